"""The tour runs whole against the fake market, and leaves nothing behind."""

from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_demo_fetches_drafts_traces_and_watches(run):
    result = run("demo")
    assert result.exit_code == 0
    steps = ("1. Fetch", "CoinGlass  ", "2. Draft", "0 errors", "3. Trace a figure", "estimated, CoinGlass", "4. Watch")
    for words in steps:
        assert words in result.stdout
    assert "flush_reset: " in result.stdout.partition("15:07 UTC")[2]
    assert list(Path.cwd().iterdir()) == []


def test_demo_says_what_it_does_before_it_is_run(run):
    assert "fake market" in run("demo", "--help").stdout

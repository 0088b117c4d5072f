"""The tour runs whole against the fake market, and what it leaves can be gone on with as it says."""

import json
import re
import shlex
import tempfile
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_demo_fetches_drafts_traces_watches_and_leaves_what_its_last_words_go_on_with(run, monkeypatch, tmp_path):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    result = run("demo")
    assert result.exit_code == 0
    for words in ("1. Fetch", "CoinGlass  ", "2. Draft", "0 errors", "3. Trace a figure", "4. Watch"):
        assert words in result.stdout
    # Which story the generated market has is not the point: the first figure of it has a source and a time.
    traced = result.stdout.partition("3. Trace a figure")[2].partition("4. Watch")[0]
    assert re.search(r"(?:estimated|reported|observed), CoinGlass, 2026-11-\d\d \d\d:\d\d UTC", traced)
    assert "flush_reset: " in result.stdout.partition("15:07 UTC")[2]
    assert [one.name for one in tmp_path.iterdir()] == ["temporary"]
    (place,) = (tmp_path / "temporary").iterdir()
    assert sorted(one.name for one in place.iterdir()) == ["btc.json", "btc.replies", "demo.sqlite", "draft.json"]

    last = result.stdout.partition(f"what was made is in {place}")[2].partition("And of a real market")[0]
    commands = [shlex.split(line) for line in last.splitlines() if line.strip()]
    assert [words[:2] for words in commands] == [
        ["commentary", name] for name in ("draft", "explain", "alerts", "store", "fetch")
    ]
    for words in commands:
        again = run(*words[1:])
        assert again.exit_code == 0, words
        assert again.stdout or "--output" in words
    assert (place / "again.json").read_bytes() == (place / "btc.json").read_bytes()


@pytest.mark.slow
def test_a_quiet_demo_leaves_nothing_but_where_it_is_told_to(run, monkeypatch, tmp_path):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    result = run("demo", "--quiet", "--keep", "kept")
    assert result.exit_code == 0
    assert "Next" not in result.stdout
    assert json.loads(Path("kept/draft.json").read_bytes())["format"] == "commentary.draft/1"
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(("place", "words"), [("full", "something is there already"), ("file", "it cannot be made")])
def test_a_folder_that_holds_something_is_refused(run, place, words):
    Path("full").mkdir()
    Path("full/mine").touch()
    Path("file").touch()
    result = run("demo", "--keep", place)
    assert result.exit_code == 2
    assert f"--keep: '{place}' cannot be used; {words}" in result.stderr
    assert [one.name for one in Path("full").iterdir()] == ["mine"]


def test_demo_says_what_it_does_before_it_is_run(run):
    assert "fake market" in run("demo", "--help").stdout

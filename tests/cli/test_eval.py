"""The measures of drafts on the command line: a table, JSON, a file, and what is other than in a baseline."""

import json

import pytest
from typer.testing import CliRunner

from commentary.cli.app import app
from commentary.resources import folder
from commentary.runs import eval as runs

CALM = folder("data") / "snapshots" / "btc-calm.json"


@pytest.fixture(scope="module")
def made():
    return runs.run([CALM], "btc-calm", 2)


@pytest.fixture
def invoke(made, monkeypatch):
    monkeypatch.setattr(runs, "run", lambda places, feed_of, articles, progress: made)
    return lambda *arguments: CliRunner().invoke(app, ["eval", *map(str, arguments)])


def test_a_table_says_what_each_draft_and_the_feed_are(invoke):
    told = invoke("--quiet")
    assert told.exit_code == 0
    assert "btc-calm  calm   " in told.stdout
    assert "6 of 6" in told.stdout
    assert "A feed of 2 on btc-calm (calm), each worded apart from those before it" in told.stdout
    assert "each worded by its seed alone" in told.stdout
    assert "figures masked; tokens by" in told.stdout


def test_what_is_not_told_is_named_and_no_news_is_a_row(invoke, made, monkeypatch):
    calm = made.stories[0].model_copy(update={"missed": ("price",), "told": 5, "findings": {"style.cliche": 1}})
    none = calm.model_copy(update={"snapshot": "btc-stale", "story": "none", "missed": ()})
    bare = calm.model_copy(update={"snapshot": "x", "must": 0, "told": 0, "missed": ()})
    result = made.model_copy(update={"stories": (calm, none, bare), "feeds": ()})
    monkeypatch.setattr(runs, "run", lambda *_: result)
    out = invoke().stdout
    assert "btc-calm does not tell price" in out
    assert "style.cliche 1" in out
    assert "no list" in out
    assert "btc-stale  none" in out


def test_json_is_the_result(invoke, made):
    assert runs.EvalResult.model_validate_json(invoke("--format", "json").stdout) == made


def test_the_result_is_written_and_compared(invoke, made, tmp_path):
    path = tmp_path / "eval.json"
    assert invoke("--output", path).exit_code == 0
    assert runs.read_baseline(path) == made
    assert "nothing is other than in the baseline" in invoke("--baseline", path).stdout
    path.write_text(made.model_copy(update={"recall": 0.25}).model_dump_json())
    out = invoke("--baseline", path).stdout
    assert "Other than in the baseline" in out
    assert "recall   0.25      1.0" in out
    found = json.loads(invoke("--baseline", path, "--format", "json").stdout)
    assert found["differences"] == [{"measure": "recall", "baseline": 0.25, "now": 1.0}]
    assert found["result"]["format"] == "commentary.eval/1"


def test_bad_input_is_one_sentence(invoke, tmp_path):
    told = CliRunner().invoke(app, ["eval", "missing.json"])
    assert told.exit_code == 2
    assert CliRunner().invoke(app, ["eval", "--articles", "-1"]).exit_code == 2
    assert invoke("--baseline", tmp_path / "none.json").exit_code == 2

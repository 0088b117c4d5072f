"""The commands of the benchmark: tables for people, JSON for programs, files whole; the runs are in tests/runs."""

import json

import pytest
from typer.testing import CliRunner

from commentary.cli.app import app
from commentary.runs.check_bench.result import BenchResult
from commentary.runs.check_bench.run import Order, run
from commentary.runs.check_bench.work import Miss

SENTENCES = """
[[sentence]]
snapshot = "btc-long-side"
true = false
verb = "has"
text = "The model of CoinGlass has $1.07 billion of bitcoin longs between the market and $60,593."
why = "said to be false for the sake of the test"
"""


@pytest.fixture(scope="module")
def made():
    missed = Miss(
        "cause", "cause in a clause", "bare", "missed", 1, "/sections/0/paragraphs/0", ", so", "A.", "A, so.", ()
    )
    return run(Order(per_class=1, clean=1))._replace(misses=(missed,))


@pytest.fixture
def invoke(made, monkeypatch):
    monkeypatch.setattr("commentary.runs.check_bench.run.run", lambda order, progress: made)
    return lambda *arguments: CliRunner().invoke(app, ["bench", *map(str, arguments)])


def test_both_tables_are_printed_and_the_files_written(made, invoke, tmp_path):
    output, misses = tmp_path / "result.json", tmp_path / "misses.jsonl"
    told = invoke("check", "--operators", "--output", output, "--misses", misses)
    assert told.exit_code == 0
    assert "As an editor's edit of the draft" in told.stdout
    assert "As bare text" in told.stdout
    assert "false alarms" in told.stdout
    assert BenchResult.model_validate_json(output.read_bytes()) == made.result
    lines = [json.loads(line) for line in misses.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 1
    assert {"kind", "operator", "path", "before", "after", "codes"} <= lines[0].keys()


def test_as_json_it_is_the_record(made, invoke):
    told = invoke("check", "--format", "json", "--quiet")
    assert BenchResult.model_validate_json(told.stdout) == made.result


def test_an_order_out_of_bounds_is_bad_usage():
    told = CliRunner().invoke(app, ["bench", "check", "--jobs", "3"])
    assert (told.exit_code, "1 to 2" in told.output) == (2, True)


def test_a_sentence_let_through_is_listed_if_asked(tmp_path):
    path = tmp_path / "sentences.toml"
    path.write_text(SENTENCES, encoding="utf-8")
    told = CliRunner().invoke(app, ["bench", "sentences", str(path), "--misses"])
    assert told.exit_code == 0
    assert told.stdout.splitlines()[0].split()[:2] == ["sentences", "refused"]
    assert "let through · has · said to be false" in told.stdout


def test_chance_is_told_by_unit():
    told = CliRunner().invoke(app, ["bench", "chance", "--each", "1", "--jobs", "1", "--quiet"])
    assert [line.split()[0] for line in told.stdout.splitlines()[:3]] == ["unit", "usd", "price"]

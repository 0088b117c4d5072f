"""commentary eval --model: what is printed, what is written, and that the model is closed."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from commentary.errors import BadInputError
from commentary.models import base
from commentary.records.model_eval import ModelEval
from commentary.resources import folder
from tests.cli.conftest import Run
from tests.rewording.drafts import NAME, good
from tests.rewording.fake_writer import FakeWriter, says

SNAPSHOTS = folder("data") / "snapshots"
PLACE = str(SNAPSHOTS / f"{NAME}.json")
ADDRESS = "http://127.0.0.1:8080/v1"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What opens a writer; a test sets the writer, and sees where it was looked for."""
    given = SimpleNamespace(writer=FakeWriter(good), asked=[])

    def open_writer(where: str, settings: Any) -> FakeWriter:
        given.asked.append((where, settings.temperature))
        if where == "/nowhere":
            raise BadInputError("--model", where, "name a folder that exists")
        return given.writer

    monkeypatch.setattr(base, "open_writer", open_writer)
    return given


def test_it_prints_counts_speed_variety_examples_and_last_whether_it_is_worth_using(
    run: Run, model: SimpleNamespace
) -> None:
    model.writer = FakeWriter(says("Longs."), good)
    result = run("eval", PLACE, "--model", ADDRESS)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Model fake-1, in process, temperature 0.5"
    assert any(line.split()[:4] == ["liquidation_map", "1", "4", "0"] for line in lines)
    assert "1 of 1 drafts pass every check, again and without the model, as all have to." in lines
    assert any(line.startswith("answers the judge refused ") and "slots.missing 4" in line for line in lines)
    assert any(line.startswith("4 open sentences: distinct pairs of words") for line in lines)
    assert f"accepted ({NAME})" in lines
    assert f"refused, slots.missing ({NAME})" in lines
    assert "open sentences (" in " ".join(lines[-3:])
    assert model.writer.closed


def test_each_step_is_told_on_standard_error_and_quiet_tells_none(run: Run, model: SimpleNamespace) -> None:
    told = run("eval", PLACE, "--model", ADDRESS).stderr
    assert told.splitlines() == ["drafting snapshots: 1", "rewording sentences: 4", "checking drafts: 1"]
    assert run("eval", PLACE, "--model", ADDRESS, "--quiet").stderr == ""


def test_json_is_the_record_and_so_is_the_file(run: Run, model: SimpleNamespace) -> None:
    result = run("eval", PLACE, "--model", ADDRESS, "--format", "json", "--output", "m.json")
    printed = ModelEval.model_validate_json(result.stdout)
    assert (printed.format, printed.all.open, printed.feed) == ("commentary.model_eval/1", 4, None)
    assert json.loads(Path("m.json").read_text()) == json.loads(result.stdout)


def test_so_many_examples_are_shown_as_are_asked_for(run: Run, model: SimpleNamespace) -> None:
    assert "accepted (" not in run("eval", PLACE, "--model", ADDRESS, "--examples", "0").stdout


def test_a_feed_is_measured_only_if_it_is_asked_for(run: Run, model: SimpleNamespace) -> None:
    assert "A feed of" not in run("eval", PLACE, "--model", ADDRESS).stdout
    shown = run("eval", PLACE, "--model", ADDRESS, "--articles", "2", "--feed-of", "btc-calm").stdout
    assert "A feed of 2 on btc-calm (calm), each worded apart from those before" in shown


def test_the_settings_say_how_the_model_is_asked(run: Run, model: SimpleNamespace) -> None:
    Path("own.toml").write_text("[model]\ntemperature = 0.25\n")
    assert "temperature 0.25" in run("eval", PLACE, "--model", ADDRESS, "--config", "own.toml").stdout
    assert model.asked == [(ADDRESS, 0.25)]


def test_none_and_a_model_in_the_settings_leave_eval_as_it_is(run: Run, model: SimpleNamespace) -> None:
    Path("commentary.toml").write_text(f'[model]\nwhere = "{ADDRESS}"\n')
    for options in ([], ["--model", "none"]):
        assert run("eval", PLACE, "--articles", "0", *options).stdout.startswith("Drafts\n")
    assert model.asked == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--model", "/nowhere"], "name a folder that exists"),
        (["--model", ADDRESS, "--baseline", "b.json"], "a baseline is of drafts without a model"),
        (["--examples", "2"], "name one with --model"),
        (["--config", "own.toml"], "name one with --model"),
        (["--model", ADDRESS, "--output", PLACE], "SNAPSHOT"),
        (["--model", ADDRESS, "--examples", "-1"], "--examples"),
        (["--model", ""], "name a folder with a model, or the address of a server"),
    ],
)
def test_what_has_no_effect_or_is_not_there_is_bad_input(
    run: Run, model: SimpleNamespace, options: list[str], said: str
) -> None:
    result = run("eval", PLACE, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_model_of_a_server_is_judged_over_the_wire(run: Run, fake_openai: Any) -> None:
    result = run("eval", PLACE, "--model", fake_openai.url, "--format", "json")
    measured = ModelEval.model_validate_json(result.stdout)
    assert (measured.where, measured.drafts, measured.passing) == (fake_openai.url, 1, 1)
    assert measured.speed.calls >= measured.all.open == 4
    assert measured.refused.failures == {}

"""commentary draft --model: what is printed, what is kept, and that the model is closed."""

import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from commentary import Settings
from commentary.cli.model import line_of
from commentary.errors import BadInputError
from commentary.pipeline.open_sentences import open_sentences
from commentary.pipeline.rewording_draft import Told
from commentary.resources import folder
from commentary.rewording.ladder import Climbed, Ladder
from tests.cli.conftest import Run
from tests.rewording.drafts import NAME, good, plain
from tests.rewording.fake_writer import FakeWriter, echo, fails, otherwise, says

SNAPSHOTS = folder("data") / "snapshots"
PLACE = str(SNAPSHOTS / f"{NAME}.json")
ADDRESS = "http://127.0.0.1:8080/v1"


@cache
def counts() -> dict[str, object]:
    """How many sentences are open, how many have another wording of the same facts, and how the rest is told."""
    sentences = [one.sentence for one in open_sentences(plain(), Settings())]
    good = sum(any(otherwise(one)) for one in sentences)
    left = len(sentences) - good
    same = {0: "", 1: ", 1 given back as it was"}.get(left, f", {left} given back as they were")
    return {"open": len(sentences), "good": good, "same": same}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What opens a writer; a test sets the writer, and sees where it was looked for."""
    given = SimpleNamespace(writer=FakeWriter(good), asked=[])

    def open_writer(where: str, settings: Any) -> FakeWriter:
        given.asked.append((where, settings.temperature))
        if where == "/nowhere":
            raise BadInputError("--model", where, "name a folder that exists")
        return given.writer

    module: Any = ModuleType("commentary.models.base")
    module.open_writer = open_writer
    monkeypatch.setitem(sys.modules, "commentary.models.base", module)
    return given


def test_a_line_says_how_many_sentences_are_in_its_words(run: Run, model: SimpleNamespace) -> None:
    result = run("draft", PLACE, "--model", ADDRESS)
    assert result.exit_code == 0
    line = "model fake-1: {good} of {open} open sentences in its words{same}".format(**counts())
    assert line in result.stderr.splitlines()
    assert "a language model reworded sentences" in " ".join(result.stdout.split())
    assert model.asked == [(ADDRESS, 0.5)]
    assert model.writer.closed


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ([fails("timeout")], "0 of {open} open sentences in its words; {open} fell back (timeout {open})"),
        ([says("Longs.")], "0 of {open} open sentences in its words; {open} fell back (slots {open})"),
        ([echo], "0 of {open} open sentences in its words, {open} given back as they were"),
        ([says("Longs."), good], "{good} of {open} open sentences in its words, {open} after repair{same}"),
        ([fails("empty"), good], "{good} of {open} open sentences in its words, {open} at a second try{same}"),
    ],
)  # fmt: skip
def test_the_line_says_why_others_are_not(run: Run, model: SimpleNamespace, answers: Any, line: str) -> None:
    model.writer = FakeWriter(*answers)
    assert f"model fake-1: {line.format(**counts())}" in run("draft", PLACE, "--model", ADDRESS).stderr.splitlines()


@pytest.mark.parametrize(
    ("ends", "line"),
    [
        ([], "model m: no sentence of this draft is open to it"),
        ([None], "model m: 0 of 1 open sentence in its words; 1 fell back (vocabulary 1)"),
    ],
)
def test_a_few_sentences_are_told_as_they_are(ends: list[None], line: str) -> None:
    climbed = tuple(Climbed(text, "template", 4, ("vocabulary.new",), 0, "", 0, 0.0) for text in ends)
    assert line_of(Told("m", (), (), Ladder(climbed, 0.0))) == line


def test_json_is_the_draft_alone_and_the_line_stands_beside_it(run: Run, model: SimpleNamespace) -> None:
    result = run("draft", PLACE, "--model", ADDRESS, "--format", "json")
    made = json.loads(result.stdout)
    assert (made["writer"]["name"], len(made["reworded"])) == ("fake-1", counts()["good"])
    assert "model fake-1: " in result.stderr


def test_quiet_prints_the_draft_alone(run: Run, model: SimpleNamespace) -> None:
    assert run("draft", PLACE, "--model", ADDRESS, "--quiet").stderr == ""


def test_the_settings_name_a_model_and_none_leaves_it_out(run: Run, model: SimpleNamespace) -> None:
    Path("commentary.toml").write_text(f'[model]\nwhere = "{ADDRESS}"\ntemperature = 0.25\n')
    assert "model fake-1: " in run("draft", PLACE).stderr
    assert model.asked == [(ADDRESS, 0.25)]
    assert "model fake-1" not in run("draft", PLACE, "--model", "none").stderr
    assert len(model.asked) == 1


def test_without_a_model_none_is_looked_for(run: Run, model: SimpleNamespace) -> None:
    assert run("draft", PLACE).exit_code == 0
    assert model.asked == []


def test_a_model_that_is_not_there_is_bad_input(run: Run, model: SimpleNamespace) -> None:
    result = run("draft", PLACE, "--model", "/nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "name a folder that exists" in result.stderr


def test_no_story_closes_the_model_too(run: Run, model: SimpleNamespace) -> None:
    result = run("draft", PLACE, "--story", "whale", "--model", ADDRESS)
    assert result.stdout.startswith("No story.")
    assert model.writer.closed


@pytest.mark.parametrize(
    "options",
    [["--length", "full"], ["--length", "brief"], ["--seed", "3"], ["--feed", "desk", "--store", "s.sqlite", "--save"]],
)
def test_with_other_options_the_draft_passes_its_check(run: Run, model: SimpleNamespace, options: list[str]) -> None:
    model.writer = FakeWriter(says("Longs."), good)
    assert run("draft", PLACE, "--model", ADDRESS, *options, "--format", "json", "--output", "d.json").exit_code == 0
    result = run("check", "d.json", "--facts", PLACE)
    assert result.exit_code == 0, result.stdout
    assert not [line for line in result.stdout.splitlines() if line.startswith(("error", "warning"))]


@pytest.mark.parametrize("form", ["html", *(pytest.param(one, marks=pytest.mark.slow) for one in ("markdown", "text"))])
def test_a_page_of_it_passes_beside_it_and_an_edit_of_its_words_is_found(
    run: Run, model: SimpleNamespace, form: str
) -> None:
    run("draft", PLACE, "--model", ADDRESS, "--format", "json", "--output", "d.json")
    page = run("draft", PLACE, "--model", ADDRESS, "--format", form).stdout
    Path("p").write_text(page)
    result = run("check", "p", "--facts", "d.json")
    assert (result.exit_code, result.stdout) == (0, "")
    one = next(each for each in json.loads(Path("d.json").read_text())["reworded"] if each["start"] == 0)
    # It opens its paragraph, so that no line ends within its first words.
    first = " ".join(one["returned"].split()[:3])
    assert page.count(first) == 1
    Path("p").write_text(page.replace(first, f"{first} never"))
    edited = run("check", "p", "--facts", "d.json", "--format", "json")
    assert edited.exit_code == 1
    assert {"altered.negation"} <= {each["code"] for each in json.loads(edited.stdout)["findings"]}, edited.stdout

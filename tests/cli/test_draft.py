"""commentary draft: what it prints, where, and how it ends."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import Result

from commentary.records.draft import Draft
from commentary.records.finding import Finding
from commentary.records.story import NoStory

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _snapshot() -> None:
    Path("s.json").write_text("{}")


@pytest.fixture
def failing(draft: Draft, stages: SimpleNamespace) -> None:
    assert draft.checks is not None
    finding = Finding(
        code="numbers.untraced",
        severity="error",
        path="/standfirst",
        span=(0, 5),
        text="$2.40",
        message="no fact reads so.",
        suggest=("$1.07 billion",),
    )
    checks = draft.checks.model_copy(update={"ok": False, "findings": (finding,)})
    stages.result = draft.model_copy(update={"checks": checks})


def test_the_text_goes_to_output_and_the_status_beside_it(run: Run, stages: SimpleNamespace, draft: Draft) -> None:
    result = run("draft", "s.json")
    assert result.exit_code == 0
    assert result.stdout.startswith("Model puts $1.07 billion")
    assert "\033" not in result.stdout
    assert "story liquidation_map" in result.stderr
    assert "story liquidation_map" not in result.stdout
    assert run("draft", "s.json", "--quiet").stderr == ""


def test_options_reach_the_pipeline(run: Run, stages: SimpleNamespace) -> None:
    run(
        "draft",
        "s.json",
        "--story",
        "calm",
        "--length",
        "full",
        "--seed",
        "9",
        "--now",
        "2026-11-22T10:00:00+01:00",
    )
    reads, options = stages.asked
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert (reads[0].content, reads[0].name, reads[0].now) == (b"{}", "s.json", now)
    assert options.pop("settings").packs == ("global",)
    assert options == {
        "story": "calm",
        "length": "full",
        "seed": 9,
        "now": now,
        "language": "en",
        "history": None,
        "model": None,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing.json"],
        ["s.json", "--format", "pdf"],
        ["s.json", "--now", "2026-11-22T10:00:00"],
        ["s.json", "--now", "noon"],
        ["s.json", "--seed", "-1"],
        ["s.json", "--config", "missing.toml"],
        ["s.json", "--output", "nowhere/page.html"],
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(run: Run, stages: SimpleNamespace, arguments: list[str]) -> None:
    result = run("draft", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("commentary: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.usefixtures("failing")
def test_a_draft_with_errors_is_printed_and_exits_1(run: Run) -> None:
    result = run("draft", "s.json")
    assert result.exit_code == 1
    assert "Not for publication" in result.stdout
    assert "error: /standfirst 0-5: “$2.40” no fact reads so. [numbers.untraced]" in result.stderr
    assert "write “$1.07 billion”" in result.stderr


def test_no_story_is_an_answer(run: Run, stages: SimpleNamespace) -> None:
    missed = NoStory("calm", ("price moved 9%; and open interest is not known", "price moved 9%"))
    stages.result = stages.NoStoryResult(reasons=(missed,))
    shown = run("draft", "s.json")
    assert shown.exit_code == 0
    assert [" ".join(line.split()) for line in shown.stdout.splitlines()] == [
        "No story.",
        "",
        "calm does not fire",
        "- price moved 9%",
        "- open interest is not known",
    ]
    data = run("draft", "s.json", "--format", "json")
    assert data.exit_code == 0
    assert json.loads(data.stdout) == {
        "story": None,
        "reasons": [{"name": "calm", "reasons": ["price moved 9%; and open interest is not known", "price moved 9%"]}],
    }


def test_of_many_that_do_not_fire_the_nearest_are_told(run: Run, stages: SimpleNamespace) -> None:
    near = {"calm": 0.2, "whale": 0.8, "basis": 0.5, "notice": 0.0}
    stages.result = stages.NoStoryResult(reasons=[NoStory(name, ("a reason",), share) for name, share in near.items()])
    shown = run("draft", "s.json").stdout.splitlines()
    assert [line.split()[0] for line in shown if "does not fire" in line] == ["whale", "basis", "calm"]
    assert shown[-1] == "These are the nearest; for the other 1: commentary stories s.json"


def test_a_file_is_written_whole(run: Run, stages: SimpleNamespace, draft: Draft) -> None:
    result = run("draft", "s.json", "--format", "json", "--output", "out.json")
    assert result.stdout == ""
    assert Draft.model_validate_json(Path("out.json").read_text()) == draft
    assert sorted(path.name for path in Path().iterdir()) == ["out.json", "s.json"]


def test_the_short_forms_are_shown_on_request(run: Run, stages: SimpleNamespace, draft: Draft) -> None:
    assert "Other formats" not in run("draft", "s.json").stdout
    shown = run("draft", "s.json", "--variants").stdout
    assert "Other formats" in shown
    assert f"Push:\n\n- {draft.variants.push}" in shown

"""commentary check: what is checked against what, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import Result

from commentary.records.draft import Draft
from commentary.records.finding import Finding, Findings

Run = Callable[..., Result]


def _findings(severity: str) -> Findings:
    finding = Finding.model_validate(
        {
            "code": "wording.cause",
            "severity": severity,
            "path": "/text",
            "span": (12, 19),
            "text": "because",
            "message": "no cause was measured.",
        }
    )
    return Findings(ok=severity != "error", findings=(finding,))


@pytest.fixture(autouse=True)
def _files(stages: SimpleNamespace) -> None:
    stages.sheet = None
    stages.found = Findings(ok=True)
    Path("t.txt").write_text("Price fell\n because of longs.\n")


def test_a_text_needs_facts(run: Run) -> None:
    result = run("check", "t.txt")
    assert result.exit_code == 2
    assert "--facts" in result.stderr


def test_a_clean_text_exits_0(run: Run, draft_file: Path) -> None:
    result = run("check", "t.txt", "--facts", str(draft_file))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no findings\n")


@pytest.mark.parametrize(
    ("severity", "strict", "code"),
    [("error", False, 1), ("warning", False, 0), ("warning", True, 1), ("note", True, 0)],
)
def test_errors_exit_1_and_strict_makes_warnings_errors(
    run: Run, draft_file: Path, stages: SimpleNamespace, severity: str, strict: bool, code: int
) -> None:
    stages.found = _findings(severity)
    result = run("check", "t.txt", "--facts", str(draft_file), *(["--strict"] if strict else []))
    shown = "error" if strict and severity == "warning" else severity
    assert result.exit_code == code
    assert result.stdout == f"{shown}: line 2, column 2: “because” no cause was measured. [wording.cause]\n"
    assert result.stderr == f"1 {shown}\n"


def test_json_is_the_findings_file(run: Run, draft_file: Path, stages: SimpleNamespace) -> None:
    stages.found = _findings("error")
    result = run("check", "-", "--facts", str(draft_file), "--format", "json", text="Price fell because.")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["format"] == "commentary.findings/1"
    assert stages.asked[0] == "Price fell because."


@pytest.mark.parametrize(
    ("name", "content", "scope"),
    [
        ("a.txt", "One sentence.", "passage"),
        ("a.md", "# Heading\n\nText", "article"),
        ("a.txt", "Heading\n-------\n\nText", "article"),
        ("a.html", "<h2>Heading</h2><p>Text", "article"),
    ],
)
def test_a_text_with_a_heading_is_an_article(
    run: Run, draft_file: Path, stages: SimpleNamespace, name: str, content: str, scope: str
) -> None:
    Path(name).write_text(content)
    run("check", name, "--facts", str(draft_file))
    assert stages.asked[1]["scope"] == scope
    run("check", name, "--facts", str(draft_file), "--scope", "passage")
    assert stages.asked[1]["scope"] == "passage"


def test_a_draft_is_checked_against_its_own_facts(run: Run, draft_file: Path) -> None:
    assert run("check", str(draft_file)).exit_code == 0
    assert run("check", str(draft_file), "--facts", str(draft_file)).exit_code == 2


def test_a_draft_that_breaks_the_format_names_the_place(run: Run, draft: Draft, draft_file: Path) -> None:
    content = json.loads(draft.model_dump_json())
    content["sentiment"]["label"] = "moon"
    draft_file.write_text(json.dumps(content))
    result = run("check", str(draft_file))
    assert result.exit_code == 2
    assert "draft.json/sentiment/label: 'moon'" in result.stderr

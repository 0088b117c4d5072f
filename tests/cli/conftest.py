"""Runs the command line with stages that answer what a test asks for."""

import runpy
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import commentary.pipeline.house  # the real ones, so that they are there again when the stand-ins go
import commentary.sources.snapshot_file  # noqa: F401
from commentary.cli.app import app
from commentary.records.draft import Draft

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMMENTARY_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))


@pytest.fixture
def run() -> Run:
    """The program; returns exit code, output and what went to standard error."""

    def invoke(*arguments: str, text: str | None = None) -> Result:
        result = CliRunner().invoke(app, arguments, input=text)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def draft() -> Draft:
    """The draft that tests/publishing makes by hand."""
    made = runpy.run_path(str(Path(__file__).parents[1] / "publishing" / "conftest.py"))
    result: Draft = made["make_draft"]()
    return result


@pytest.fixture
def draft_file(draft: Draft, tmp_path: Path) -> Path:
    path = tmp_path / "draft.json"
    path.write_text(draft.model_dump_json())
    return path


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch, draft: Draft) -> SimpleNamespace:
    """Stand-ins for the pipeline and the snapshot reader; a test sets what they answer."""
    answers = SimpleNamespace(result=draft, found=None, asked=None)

    class NoStoryResult(SimpleNamespace):
        pass

    def draft_snapshots(reads: Any, **options: Any) -> Any:
        answers.asked = (reads, options)
        return answers.result

    class TextChecker:
        def __init__(self, sheet: Any, **options: Any) -> None:
            self.options = options

        def check(self, text: str, scope: str) -> Any:
            answers.asked = (text, {**self.options, "scope": scope})
            return answers.found

    pipeline: Any = ModuleType("commentary.pipeline")
    pipeline.NoStoryResult = NoStoryResult
    pipeline.draft_snapshots = draft_snapshots
    pipeline.TextChecker = TextChecker
    pipeline.check_draft = lambda draft, **options: answers.found
    pipeline.sheet_of = lambda draft: None
    pipeline.fact_findings = lambda draft: ()
    pipeline.facts_of = lambda read, **options: answers.sheet
    pipeline.scores_of = lambda sheet: answers.scores
    pipeline.stories_of = lambda sheet, **options: answers.stories
    pipeline.explain = lambda draft, text: answers.explanations
    reader: Any = ModuleType("commentary.sources.snapshot_file")
    taken = SimpleNamespace(as_of=datetime.now(UTC))
    reader.read_snapshot = lambda content, **options: SimpleNamespace(content=content, snapshot=taken, **options)
    monkeypatch.setitem(sys.modules, "commentary.pipeline", pipeline)
    monkeypatch.setitem(sys.modules, "commentary.sources", ModuleType("commentary.sources"))
    monkeypatch.setitem(sys.modules, "commentary.sources.snapshot_file", reader)
    answers.NoStoryResult = NoStoryResult
    return answers

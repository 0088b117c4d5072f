"""commentary snapshot: made from flags or answers, and validated."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from typer.testing import Result

from commentary.cli.commands import snapshot as command

Run = Callable[..., Result]


@pytest.fixture
def entry(stages: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stands in for the entry form; keeps what it was given."""
    given = SimpleNamespace(values={})

    def build_snapshot(**values: Any) -> Any:
        given.values = values
        return SimpleNamespace(model_dump_json=lambda **_: '{"asset": "BTC"}')

    module: Any = ModuleType("commentary.sources.editor_entry")
    module.build_snapshot = build_snapshot
    monkeypatch.setitem(sys.modules, "commentary.sources.editor_entry", module)
    return given


def test_flags_make_a_snapshot(run: Run, entry: SimpleNamespace) -> None:
    flags = ["--price", "77200", "--below", "60593=1.07B", "--source", "CoinGlass", "--output", "s.json"]
    result = run("snapshot", "new", *flags)
    assert result.exit_code == 0
    assert Path("s.json").read_text() == '{"asset": "BTC"}\n'
    assert "commentary draft s.json" in result.stderr
    assert (entry.values["price"], entry.values["below"]) == ("77200", ("60593=1.07B",))
    assert (entry.values["above"], entry.values["source"]) == ((), "CoinGlass")


def test_without_a_terminal_nothing_is_asked(run: Run, entry: SimpleNamespace) -> None:
    result = run("snapshot", "new")
    assert result.exit_code == 2
    assert result.stderr.startswith("commentary: --price: ")


def test_a_terminal_is_asked_for_what_is_lacking(
    run: Run, entry: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["60593=1.07B 58000=2B\n", "\n", "CoinGlass\n"])
    terminal = SimpleNamespace(isatty=lambda: True, readline=lambda: next(answers))
    screen = SimpleNamespace(write=lambda _: None, flush=lambda: None)
    streams = SimpleNamespace(stdin=terminal, stderr=screen)
    monkeypatch.setattr(command, "sys", streams)
    assert run("snapshot", "new", "--price", "77200").exit_code == 0
    assert entry.values["below"] == ("60593=1.07B", "58000=2B")
    assert (entry.values["above"], entry.values["source"]) == ((), "CoinGlass")


def test_check_prints_hash_notes_and_conflicts(
    run: Run, stages: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = SimpleNamespace(sha256="ab12", notes=("1 row was given twice",), conflicts=())
    reader = sys.modules["commentary.sources.snapshot_file"]
    monkeypatch.setattr(reader, "read_snapshot", lambda content, **options: read)
    Path("s.json").write_text("{}")
    shown = run("snapshot", "check", "s.json").stdout
    assert shown == "note: 1 row was given twice\nvalid snapshot, sha256 ab12\n"
    assert run("snapshot", "check", "s.json", "--quiet").stdout == "note: 1 row was given twice\n"
    data = json.loads(run("snapshot", "check", "s.json", "--format", "json").stdout)
    assert data == {"ok": True, "sha256": "ab12", "notes": ["1 row was given twice"], "conflicts": []}
    missing = run("snapshot", "check", "missing.json")
    assert missing.exit_code == 2

"""commentary snapshot: made from flags or answers, and validated."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import Result

from commentary.cli import questions
from commentary.cli.commands import snapshot as command

Run = Callable[..., Result]


def test_flags_make_a_snapshot_with_its_figures_digit_by_digit(run: Run) -> None:
    flags = ["--price", "0.00001234", "--asset", "PEPE", "--funding", "-0.0024%/8h@Binance", "--output", "s.json"]
    result = run("snapshot", "new", *flags, "--as-of", "2026-05-22T11:00:00+02:00")
    assert result.exit_code == 0
    assert "commentary draft s.json" in result.stderr
    written = Path("s.json").read_text()
    assert '"value": 0.00001234' in written
    assert '"rate": -0.000024' in written
    assert '"as_of": "2026-05-22T09:00:00Z"' in written
    assert run("snapshot", "check", "s.json").exit_code == 0


def test_each_example_of_its_help_makes_a_story(run: Run) -> None:
    shown = run("snapshot", "new", "--help").stdout
    examples = re.findall(r"commentary snapshot new (--.+?(?=commentary snapshot|$))", " ".join(shown.split()))
    assert len(examples) == 2
    for i, flags in enumerate(examples):
        written = re.sub(r"--output \S+", "", flags)
        assert run("snapshot", "new", *written.split(), "--output", f"{i}.json").exit_code == 0
        result = run("draft", f"{i}.json")
        assert (result.exit_code, result.stdout.startswith("No story.")) == (0, False)


def test_a_time_ahead_and_a_sum_of_nobody_knows_what_are_refused(run: Run) -> None:
    ahead = run("snapshot", "new", "--price", "3000", "--as-of", "2999-01-01T00:00:00Z")
    assert (ahead.exit_code, "--as-of" in ahead.stderr, "ahead of the clock" in ahead.stderr) == (2, True, True)
    nameless = run("snapshot", "new", "--below", "150=400M")
    assert (nameless.exit_code, "--asset BTC" in nameless.stderr) == (2, True)
    assert run("snapshot", "new", "--asset", "SOL", "--below", "150=400M").exit_code == 0


def test_a_size_is_written_as_a_desk_writes_it(run: Run) -> None:
    result = run("snapshot", "new", "--price", "77,200", "--below", "60593=1.07B", "--source", "CoinGlass")
    made = json.loads(result.stdout)
    assert made["liquidation_maps"][0]["cumulative"] == [
        {"price": 60593, "side": "long", "notional_usd": 1_070_000_000}
    ]
    assert made["liquidation_maps"][0]["source"] == "CoinGlass"


def test_a_figure_that_cannot_be_read_is_refused_by_its_flag(run: Run) -> None:
    result = run("snapshot", "new", "--price", "cheap")
    assert result.exit_code == 2
    assert result.stderr.startswith("commentary: --price: 'cheap' cannot be used; ")


def test_a_snapshot_that_would_not_be_accepted_is_not_written(run: Run) -> None:
    # A level at twelve thousand times the price is another coin's.
    result = run("snapshot", "new", "--price", "5", "--below", "60593=1.07B", "--output", "s.json")
    assert result.exit_code == 2
    assert not Path("s.json").exists()


def test_a_sum_on_the_wrong_side_of_the_price_is_refused_by_flags_and_in_a_file(run: Run) -> None:
    result = run("snapshot", "new", "--price", "62140", "--below", "63000=1.07B", "--output", "s.json")
    assert result.exit_code == 2
    assert result.stderr.startswith("commentary: --below: '63000=1.07B' cannot be used; 63,000 lies above the price")
    assert not Path("s.json").exists()
    assert run("snapshot", "new", "--price", "64000", "--below", "63000=1.07B", "--output", "s.json").exit_code == 0
    Path("s.json").write_text(Path("s.json").read_text().replace("64000", "62140"))
    checked = run("snapshot", "check", "s.json")
    assert checked.exit_code == 2
    assert "s.json/liquidation_maps/0/cumulative/0/price: '63000' cannot be used; " in checked.stderr


def test_every_place_that_breaks_the_format_is_named(run: Run) -> None:
    written = json.loads(run("snapshot", "new", "--price", "77200").stdout)
    written["prices"] = [{"value": -3, "kind": "lost"}]
    Path("s.json").write_text(json.dumps({**written, "fundng": []}))
    result = run("snapshot", "check", "s.json")
    assert result.exit_code == 2
    told = [line.split(": ")[1] for line in result.stderr.splitlines()]
    assert sorted(told) == ["s.json/fundng", "s.json/prices/0/kind", "s.json/prices/0/value"]
    assert run("draft", "s.json").stderr.count("\n") == 1


def test_without_a_terminal_nothing_is_asked(run: Run) -> None:
    result = run("snapshot", "new")
    assert result.exit_code == 2
    assert result.stderr == "commentary: snapshot new: give at least one figure (--price 77200); --help lists all\n"


def test_a_file_that_exists_is_written_over_only_when_told_so(run: Run) -> None:
    Path("s.json").write_text("mine")
    flags = ["snapshot", "new", "--price", "77200", "--output", "s.json"]
    refused = run(*flags)
    assert refused.exit_code == 2
    assert refused.stderr.startswith("commentary: --output: 's.json' cannot be used; the file exists; add --force")
    assert Path("s.json").read_text() == "mine"
    assert run(*flags, "--force").exit_code == 0
    assert json.loads(Path("s.json").read_text())["prices"] == [{"value": 77200}]


def test_a_required_name_that_is_missing_is_called_missing(run: Run) -> None:
    Path("s.json").write_text('{"asset": "BTC", "quote": "USD", "as_of": "2026-05-22T09:00:00Z"}')
    result = run("snapshot", "check", "s.json")
    assert result.stderr == "commentary: s.json/format: 'format' is missing, which is required here; add it\n"
    Path("d.json").write_text('{"format": "commentary.draft/1"}')
    assert "d.json/id: 'id' is missing, which commentary.draft/1 requires; add it" in run("check", "d.json").stderr


def test_on_a_terminal_each_answer_is_read_at_once_and_asked_for_again(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [
        "",
        "about 77k",
        "77,200",
        "mark",
        "Binance",
        "90000=1B",
        "60593=1.07B",
        "58000=2B",
        "",
        "",
        "7d",
        "",
        "",
        "",
        "X",
    ]
    lines = iter(f"{answer}\n" for answer in answers)
    said: list[str] = []
    terminal = SimpleNamespace(isatty=lambda: True, readline=lambda: next(lines))
    screen = SimpleNamespace(write=said.append, flush=lambda: None)
    for module in (command, questions):
        monkeypatch.setattr(module, "sys", SimpleNamespace(stdin=terminal, stderr=screen))
    made = json.loads(run("snapshot", "new").stdout)
    assert "  'about 77k' cannot be used; write an amount such as 60,593, 412M or $1.07B\n" in said
    assert any(line.startswith("  '90000=1B' cannot be used; 90,000 lies above the price, 77,200") for line in said)
    assert made["prices"] == [{"source": "X", "venue": "Binance", "value": 77200, "kind": "mark"}]
    assert [level["price"] for level in made["liquidation_maps"][0]["cumulative"]] == [60593, 58000]
    assert made["liquidation_maps"][0]["window_hours"] == 168


def test_questions_that_end_early_are_no_crash(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = SimpleNamespace(isatty=lambda: True, readline=lambda: "")
    screen = SimpleNamespace(write=lambda _: None, flush=lambda: None)
    for module in (command, questions):
        monkeypatch.setattr(module, "sys", SimpleNamespace(stdin=terminal, stderr=screen))
    assert run("snapshot", "new").exit_code == 2


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

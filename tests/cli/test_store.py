"""commentary draft with a feed, and commentary store: what they keep, print and refuse."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from commentary.records.draft import Draft
from commentary.records.history import History
from commentary.resources import folder

SNAPSHOTS = folder("data") / "snapshots"
LONG = str(SNAPSHOTS / "btc-long-side.json")
REACHED = str(SNAPSHOTS / "btc-follow-up-reached.json")
BEFORE = str(SNAPSHOTS / "histories" / "btc-level-below.json")


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMENTARY_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def later(hours: int, **changes: Any) -> str:
    """A snapshot file some hours after the bundled one, with other figures."""
    made = json.loads(Path(LONG).read_bytes())
    made["as_of"] = f"2026-11-22T{9 + hours:02}:00:00Z"
    for rows in ("prices", "open_interest", "open_interest_changes", "liquidation_maps"):
        for row in made[rows]:
            row["time"] = f"2026-11-22T{8 + hours:02}:55:00Z"
    made["liquidation_maps"][0]["cumulative"][0].update(changes)
    Path(f"later-{hours}.json").write_text(json.dumps(made))
    return f"later-{hours}.json"


def saved(run: Any, *arguments: str) -> Any:
    return run("draft", *arguments, "--feed", "desk", "--store", "desk.sqlite", "--save")


def test_a_draft_is_saved_once_and_read_back(run: Any) -> None:
    first = saved(run, LONG)
    assert first.exit_code == 0
    assert "saved in desk, desk.sqlite" in first.stderr
    again = saved(run, LONG)
    assert "it is in desk already" in again.stderr
    assert again.stdout == first.stdout
    listed = run("store", "list", "--store", "desk.sqlite")
    assert listed.stdout.split() == ["desk.sqlite", "desk", "1", "item"]
    data = json.loads(run("store", "list", "--store", "desk.sqlite", "--format", "json").stdout)
    assert data == {"store": "desk.sqlite", "feeds": [{"name": "desk", "items": 1}]}


def test_a_saved_draft_is_shown_by_its_number_or_its_id(run: Any) -> None:
    made = saved(run, LONG)
    listed = run("store", "show", "--feed", "desk", "--store", "desk.sqlite").stdout
    number, _, headline = listed.strip().split("  ", 2)
    assert made.stdout.startswith(headline[:40])
    shown = run("store", "show", number, "--feed", "desk", "--store", "desk.sqlite")
    assert shown.stdout.strip() == made.stdout.strip()
    draft = json.loads(
        run("store", "show", number, "--feed", "desk", "--store", "desk.sqlite", "--format", "json").stdout
    )
    assert run("store", "show", draft["id"], "--feed", "desk", "--store", "desk.sqlite").stdout == shown.stdout


def test_a_draft_that_a_feed_does_not_hold_is_told(run: Any) -> None:
    saved(run, LONG)
    result = run("store", "show", "99", "--feed", "desk", "--store", "desk.sqlite")
    assert result.exit_code == 2
    assert "commentary store show --feed desk lists what it has" in result.stderr


def test_an_event_is_told_once_and_updated_after_a_material_change(run: Any) -> None:
    saved(run, LONG)
    same = saved(run, later(2))
    assert same.stdout.startswith("No story.")
    assert "it was told at 2026-11-22 09:00 UTC" in " ".join(same.stdout.split())
    update = saved(run, later(3, notional_usd=1_420_000_000), "--format", "json")
    assert json.loads(update.stdout)["story_key"] == "BTC/level/long-60600/2026-11-22"
    assert "2 items" in run("store", "list", "--store", "desk.sqlite").stdout


def test_without_save_nothing_is_written(run: Any) -> None:
    result = run("draft", LONG, "--feed", "desk", "--store", "desk.sqlite")
    assert result.exit_code == 0
    assert "there is no store at desk.sqlite yet" in result.stderr
    assert not Path("desk.sqlite").exists()


def test_the_store_of_the_environment_is_used(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_STORE", "env.sqlite")
    run("draft", LONG, "--feed", "desk", "--save")
    assert Path("env.sqlite").is_file()
    assert "desk" in run("store", "list").stdout


def test_a_store_and_its_export_give_the_same_draft(run: Any) -> None:
    saved(run, LONG)
    assert run("store", "export", "--feed", "desk", "--store", "desk.sqlite", "--output", "h.json").exit_code == 0
    assert len(History.model_validate_json(Path("h.json").read_bytes()).items) == 1
    snapshot = later(3, notional_usd=1_420_000_000)
    drafts = [
        run("draft", snapshot, *options, "--format", "json").stdout
        for options in (
            ["--history", "h.json"],
            ["--history", "h.json", "--feed", "desk"],
            ["--history", "desk.sqlite", "--feed", "desk"],
            ["--feed", "desk", "--store", "desk.sqlite"],
        )
    ]
    assert len(set(drafts)) == 1
    assert json.loads(drafts[0])["history_sha256"] == json.loads(Path("h.json").read_bytes())["sha256"]


def test_one_draft_before_is_a_history_too(run: Any) -> None:
    run("draft", LONG, "--format", "json", "--output", "first.json")
    snapshot = later(3, notional_usd=1_420_000_000)
    update = run("draft", snapshot, "--previous", "first.json", "--format", "json")
    assert json.loads(update.stdout)["slug"] == "btc-liquidation-map-2026-11-22"
    assert run("draft", later(2), "--previous", "first.json").stdout.startswith("No story.")


def test_a_test_that_comes_due_is_settled_and_kept_so(run: Any) -> None:
    first = json.loads(Path(BEFORE).read_bytes())
    result = run("draft", REACHED, "--history", BEFORE, "--format", "json")
    follow = Draft.model_validate_json(result.stdout)
    assert follow.story == "follow_up"
    assert follow.story_key == first["items"][-1]["event_key"]
    # Levels settled before: eight, three of them reached; and the one of now.
    assert "nine" in result.stdout
    assert "four" in result.stdout


def test_the_outcome_of_a_test_is_in_the_export(run: Any) -> None:
    saved(run, LONG)
    # Three days and a day later, by candles that stay away from $60,593.
    made = json.loads(Path(LONG).read_bytes())
    bars = [
        {"time": f"2026-11-{22 + k // 6:02}T{k % 6 * 4:02}:00:00Z", "open": 62100, "high": 62300, "low": 61900}
        for k in range(24)
    ]
    made |= {
        "as_of": "2026-11-26T00:00:00Z",
        "prices": [made["prices"][0] | {"time": "2026-11-26T00:00:00Z"}],
        "candles": [
            {
                "venue": "Binance",
                "source": "Binance",
                "interval_minutes": 240,
                "bars": [bar | {"close": 62000} for bar in bars],
            }
        ],
    }
    for rows in ("funding", "open_interest", "open_interest_changes", "liquidation_maps"):
        del made[rows]
    Path("over.json").write_text(json.dumps(made))
    result = saved(run, "over.json")
    assert "1 of its tests settled" in result.stderr
    exported = json.loads(run("store", "export", "--feed", "desk", "--store", "desk.sqlite").stdout)
    outcome = exported["items"][0]["conditions"][0]["outcome"]
    assert (outcome["result"], outcome["reached"]) == ("lapsed", False)
    assert run("draft", "over.json", "--story", "follow_up", "--feed", "desk", "--store", "desk.sqlite").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--save"], "name the feed"),
        (["--store", "x.sqlite"], "name the feed"),
        (["--history", "missing.json"], "cannot be read"),
        (["--history", LONG], "this is a snapshot"),
        (["--history", BEFORE, "--feed", "other"], "is the history of bitcoin desk"),
        (["--history", BEFORE, "--feed", "bitcoin desk", "--save"], "a file is only read"),
        (["--history", BEFORE, "--store", "x.sqlite", "--feed", "a"], "leave it out"),
        (["--history", "desk.sqlite"], "name the feed in desk.sqlite"),
        (["--history", "desk.sqlite", "--feed", "nobody"], "it holds desk"),
        (["--previous", "first.json", "--feed", "desk"], "leave it out"),
        (["--previous", "first.json", "--save"], "leave it out"),
        (["--previous", LONG], "this is a snapshot"),
        (["--feed", "5% up", "--save"], "printed as it stands"),
        (["--feed", "desk", "--store", "postgresql://host/desk"], "not written yet"),
        (["--feed", "desk", "--store", "text.txt"], "it is no store"),
        (["--feed", "desk", "--history", BEFORE, "--output", BEFORE], "it is the file of --history"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(run: Any, arguments: list[str], said: str) -> None:
    saved(run, LONG)
    run("draft", LONG, "--format", "json", "--output", "first.json")
    Path("text.txt").write_text("no store at all, only words. " * 40)
    result = run("draft", LONG, *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("commentary: ")
    assert result.stderr.count("\n") == 1
    assert said in result.stderr


@pytest.mark.parametrize("output", ["env.sqlite", "./folder/../env.sqlite", "link.sqlite", "env.sqlite-wal"])
@pytest.mark.parametrize("options", [["--feed", "desk"], ["--feed", "desk", "--save"], []])
def test_the_store_is_never_written_over(
    run: Any, monkeypatch: pytest.MonkeyPatch, output: str, options: list[str]
) -> None:
    monkeypatch.setenv("COMMENTARY_STORE", "env.sqlite")
    run("draft", LONG, "--feed", "desk", "--save")
    Path("folder").mkdir()
    Path("link.sqlite").symlink_to("env.sqlite")
    result = run("draft", LONG, *options, "--output", output)
    assert result.exit_code == 2
    assert "store" in result.stderr
    assert run("store", "list").stdout.split() == ["env.sqlite", "desk", "1", "item"]


def test_a_store_that_is_still_to_be_made_is_not_written_over(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_STORE", "env.sqlite")
    result = run("draft", LONG, "--feed", "desk", "--save", "--output", "env.sqlite")
    assert result.exit_code == 2
    assert "it is the store of desk" in result.stderr
    assert not Path("env.sqlite").exists()


@pytest.mark.parametrize("output", ["nowhere/page.md", "folder", "/dev/null/page.md"])
def test_a_draft_that_cannot_be_written_is_not_saved(run: Any, output: str) -> None:
    Path("folder").mkdir()
    result = saved(run, LONG, "--output", output)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert not Path("desk.sqlite").exists()
    assert sorted(Path("folder").iterdir()) == []


def test_a_draft_that_cannot_be_saved_is_not_written(run: Any) -> None:
    Path("page.md").write_text("before")
    Path("text.sqlite").write_text("no store at all, only words. " * 40)
    result = run("draft", LONG, "--feed", "desk", "--store", "new/../text.sqlite", "--save", "--output", "page.md")
    assert result.exit_code == 2
    assert Path("page.md").read_text() == "before"
    assert not list(Path().glob(".page*"))


def test_a_draft_that_was_saved_and_is_not_printed_is_told_to_be_saved(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = saved(run, LONG, "--output", "page.md", "--quiet")
    assert result.exit_code == 2
    assert "saved in desk, desk.sqlite, though not written" in result.stderr
    assert "1 item" in run("store", "list", "--store", "desk.sqlite").stdout


def test_a_device_is_written_to_and_stays_one(run: Any) -> None:
    import os
    import threading

    os.mkfifo("pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_text()))
    reader.start()
    assert run("draft", LONG, "--output", "pipe").exit_code == 0
    reader.join(10)
    assert Path("pipe").is_fifo()
    assert "bitcoin" in read[0].lower()


def test_a_history_that_was_changed_is_refused(run: Any) -> None:
    Path("h.json").write_text(Path(BEFORE).read_text().replace("neutral", "bearish", 1))
    result = run("draft", REACHED, "--history", "h.json")
    assert result.exit_code == 2
    assert "changed after it was written" in result.stderr


def test_a_feed_that_is_not_there_is_told(run: Any) -> None:
    saved(run, LONG)
    result = run("store", "export", "--feed", "nobody", "--store", "desk.sqlite")
    assert result.exit_code == 2
    assert "holds desk" in result.stderr
    assert run("store", "list", "--store", "none.sqlite").exit_code == 2


@pytest.mark.parametrize("arguments", [["--help"], ["draft", LONG], ["draft", LONG, "--previous", "first.json"]])
def test_no_database_is_loaded_without_a_store(run: Any, arguments: list[str]) -> None:
    run("draft", LONG, "--format", "json", "--output", "first.json")
    script = (
        "import sys\n"
        "from commentary.cli import main\n"
        f"sys.argv = ['commentary', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(bool(loaded & {'sqlalchemy', 'alembic', 'sqlite3', 'mako'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

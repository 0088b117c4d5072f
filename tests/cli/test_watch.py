"""commentary watch and alerts: what they print, refuse, and end in."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from commentary.errors import BadInputError
from commentary.runs.fake_market.server import FakeMarket
from commentary.store import Store, StoreError, only_watch
from tests.runs.watch.market import START, Market, Move
from tests.unprivileged import folder_of_anybody, unprivileged

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMENTARY_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Snapshots of now: of BTC, which fell an hour ago while an eighth of its positions closed, and a quiet ETH."""
    now = datetime.now(UTC).replace(microsecond=0)
    hour = (now - START) / timedelta(hours=1)
    fall = Move(hour - 2, hour - 1, -7, -12, 640e6, 90e6)
    made = tmp_path / "snapshots"
    made.mkdir()
    (made / "BTC.json").write_bytes(Market(moves=(fall,)).snapshot(now))
    (made / "ETH.json").write_bytes(Market("ETH", price=3000.0, coins=1e6).snapshot(now))
    return made


def watched(run: Any, *arguments: str) -> Any:
    return run("watch", *arguments, "--feed", "desk", "--store", "desk.sqlite", "--once")


def test_a_look_prints_a_line_for_each_draft_and_what_it_did(run: Any, folder: Path) -> None:
    result = watched(run, "BTC", "ETH", "--snapshots", str(folder))
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    time, asset, story, told = line.split("  ")
    assert time.endswith(" UTC")
    assert (asset, story) == ("BTC", "flush_reset")
    # 12% of coins closed, beside the wobble of the market, which is another at each hour that the test is run.
    assert re.search(r" 1[12](\.\d)?% in coin", told)
    assert " - told for the first time" in told
    assert "2 of 2 due read, 1 drafted" in result.stderr
    with Store(Path("desk.sqlite")) as store:
        assert [item.story for item in store.history("desk").items] == ["flush_reset"]


def test_a_second_look_within_the_interval_has_nothing_to_do(run: Any, folder: Path) -> None:
    watched(run, "BTC", "--every", "1d", "--snapshots", str(folder))
    again = watched(run, "BTC", "--every", "1d", "--snapshots", str(folder), "--quiet")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "")


def test_no_source_is_exit_5_once_and_it_says_so(run: Any, tmp_path: Path) -> None:
    result = watched(run, "BTC", "--snapshots", str(tmp_path))
    assert result.exit_code == 5
    assert "no source answered" in result.stderr


@pytest.fixture
def market() -> Iterator[FakeMarket]:
    with FakeMarket(seed=5, assets=2) as opened:
        yield opened


def at(market: FakeMarket, names: str) -> list[str]:
    """Return the options that have these sources asked at the fake market."""
    urls = [f"--base-url={name}={market.base_urls[name]}" for name in names.split(",")]
    return ["--from", names, *urls, "--allow-host", market.url.removeprefix("http://")]


def test_replies_that_cannot_be_read_are_exit_5_and_it_says_of_each_source_why(run: Any, market: FakeMarket) -> None:
    market.fault("truncated", venue="deribit")
    market.fault("html", venue="okx")
    result = watched(run, "BTC", *at(market, "deribit,okx"))
    assert (result.exit_code, result.stdout) == (5, "")
    told = next(line for line in result.stderr.splitlines() if line.startswith("sources: "))
    assert "; OKX: the reply: it is not JSON at line 1" in told
    assert "Deribit: the reply: it is not JSON at line 1" in told


def test_where_nothing_is_new_it_says_why_of_each_asset(run: Any, folder: Path) -> None:
    first = watched(run, "BTC", "ETH", "--snapshots", str(folder))
    assert re.search(
        r"^ETH: nothing new: of \d+ kinds of story none passed its threshold; \d+ had ", first.stderr, re.M
    )
    assert "BTC: nothing new" not in first.stderr


def test_what_is_too_old_is_told_as_that(run: Any, folder: Path) -> None:
    (folder / "BTC.json").write_bytes(Market().snapshot(datetime.now(UTC).replace(microsecond=0) - timedelta(hours=5)))
    assert "too old to be news" in watched(run, "BTC", "--snapshots", str(folder)).stderr


def test_data_that_cannot_be_used_at_all_is_exit_5(run: Any, folder: Path) -> None:
    (folder / "BTC.json").write_text("{")
    result = watched(run, "BTC", "--snapshots", str(folder))
    assert result.exit_code == 5
    assert "BTC: BTC: it is not JSON at line 1" in result.stderr
    # Beside an asset that can be read it is told, and the look is one.
    both = watched(run, "BTC", "ETH", "--snapshots", str(folder))
    assert both.exit_code == 0
    assert "1 of 2 due read" in both.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_or_a_device_in_place_of_a_file_is_refused_and_not_waited_for(run: Any, folder: Path) -> None:
    (folder / "BTC.json").unlink()
    os.mkfifo(folder / "BTC.json")
    (folder / "ETH.json").unlink()
    (folder / "ETH.json").symlink_to("/dev/zero")
    result = watched(run, "BTC", "ETH", "--snapshots", str(folder))
    assert result.exit_code == 5
    assert "BTC.json cannot be read (it is a pipe and no file)" in result.stderr
    assert "ETH.json cannot be read (it is a device and no file)" in result.stderr
    listed = watched(run, "--assets-file", str(folder / "BTC.json"), "--snapshots", str(folder))
    assert listed.exit_code == 2
    assert "it cannot be read (it is a pipe and no file); name another file" in listed.stderr
    nowhere = watched(run, "BTC", "--snapshots", str(folder / "BTC.json"))
    assert nowhere.exit_code == 2
    assert "it is no folder; name the one that ASSET.json is written to" in nowhere.stderr
    stored = run("watch", "BTC", "--feed", "desk", "--snapshots", str(folder), "--store", str(folder / "BTC.json"))
    assert stored.exit_code == 2
    assert "it is a pipe and no file; name another" in stored.stderr


@pytest.mark.parametrize("rights", [(0o444, 0o777), (0o666, 0o555)])
def test_a_store_that_may_only_be_read_is_exit_2_and_not_nothing_new(
    run: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, rights: tuple[int, int]
) -> None:
    of_file, of_folder = rights
    with folder_of_anybody() as place:
        store = place / "desk.sqlite"
        content = (folder / "BTC.json").read_bytes()
        (place / "BTC.json").write_bytes((folder / "ETH.json").read_bytes().replace(b'"ETH"', b'"BTC"'))
        arguments = ["watch", "BTC", "--feed", "desk", "--store", str(store), "--snapshots", str(place), "--once"]
        assert run(*arguments).exit_code == 0
        monkeypatch.chdir(place)
        (place / "BTC.json").write_bytes(content)
        run("alerts", "list", "--feed", "desk", "--store", str(store))
        store.chmod(of_file)
        place.chmod(of_folder)
        with unprivileged():
            result = run(*arguments)
            muted = run("alerts", "mute", "--asset", "BTC", "--feed", "desk", "--store", str(store))
    for refused in (result, muted):
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "written" in refused.stderr or "read" in refused.stderr
        assert "desk.sqlite" in refused.stderr


@pytest.mark.parametrize("once", [True, False])
def test_a_store_that_can_no_longer_be_written_to_is_told_as_that(
    run: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, once: bool
) -> None:
    from commentary.runs.watch import asset as one_asset

    left = 1

    def full(*arguments: object) -> Any:
        nonlocal left
        if once or left:
            left -= 1
            raise StoreError("desk.sqlite: there is no room left to write to it; make some and try again")
        return keep(*arguments)

    keep = one_asset.keep
    monkeypatch.setattr(one_asset, "keep", full)
    monkeypatch.setattr("commentary.runs.watch.loop._RETRY", timedelta(seconds=0.01))
    until = (datetime.now(UTC) + timedelta(seconds=0.2)).isoformat()
    way = ["--once"] if once else ["--until", until]
    result = run("watch", "BTC", "--feed", "desk", "--store", "desk.sqlite", "--snapshots", str(folder), *way)
    assert "desk.sqlite: there is no room left to write to it; make some and try again" in result.stderr
    assert result.exit_code == (2 if once else 0)
    # A watch that goes on has it, once there is room again.
    assert ("flush_reset" in result.stdout) is not once


def test_a_line_that_cannot_be_printed_is_exit_2_and_its_draft_is_saved(
    run: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise BadInputError("standard output", None, "it cannot be written to (No space left on device)")

    with monkeypatch.context() as patched:
        patched.setattr("commentary.cli.output.emit", full)
        result = watched(run, "BTC", "--snapshots", str(folder))
    assert result.exit_code == 2
    assert "standard output: it cannot be written to (No space left on device)" in result.stderr
    assert alerts(run, "list").stdout.startswith("1  ")


def test_a_clean_end_leaves_nothing_beside_the_store(run: Any, folder: Path) -> None:
    watched(run, "BTC", "--snapshots", str(folder))
    alerts(run, "list")
    alerts(run, "seen", "1")
    assert sorted(one.name for one in Path().iterdir()) == ["desk.sqlite", "snapshots"]


def test_another_watch_of_the_feed_is_exit_3(run: Any, folder: Path) -> None:
    with only_watch(Path("desk.sqlite"), "desk"):
        result = watched(run, "BTC", "--snapshots", str(folder))
    assert result.exit_code == 3
    assert f"watched already, by process {os.getpid()} on " in result.stderr


def test_stories_are_drafted_as_asked_for(run: Any, folder: Path) -> None:
    result = watched(run, "BTC", "--snapshots", str(folder), "--stories", "funding,whale")
    assert result.stdout == ""
    refused = watched(run, "BTC", "--snapshots", str(folder), "--stories", "flush")
    assert refused.exit_code == 2
    assert "--stories: 'flush' cannot be used; there are " in refused.stderr


def test_assets_come_from_a_file_too(run: Any, folder: Path) -> None:
    Path("coins.txt").write_text("# what we cover\nBTC eth\n\nBTC # twice\n")
    result = watched(run, "--assets-file", "coins.txt", "--snapshots", str(folder))
    assert "2 of 2 due read" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "ASSET: name an asset to watch"),
        (["B/C"], "ASSET: 'B/C' cannot be used"),
        (["BTC", "--every", "10"], "--every: '10' cannot be used; write a length of time"),
        (["BTC", "--every", "30s"], "--every: '30s' cannot be used; write a length of time from 1m to 1d"),
        (["BTC", "--until", "tomorrow"], "--until: 'tomorrow' cannot be used"),
        (["--assets-file", "none.txt"], "--assets-file: 'none.txt' cannot be used"),
        (["BTC", "--from", "binance"], "--from: 'binance' cannot be used; leave it out"),
        (["BTC", "--clock-url", "http://127.0.0.1/time"], "write --clock server too"),
        (["BTC", "--clock", "server"], "name the address that tells the time with --clock-url"),
    ],
)
def test_what_cannot_be_watched_is_refused(run: Any, folder: Path, arguments: list[str], words: str) -> None:
    result = watched(run, *arguments, "--snapshots", str(folder))
    assert result.exit_code == 2
    assert words in result.stderr
    assert not Path("desk.sqlite").exists()


def alerts(run: Any, *arguments: str) -> Any:
    return run("alerts", *arguments, "--feed", "desk", "--store", "desk.sqlite")


def test_alerts_are_listed_seen_snoozed_and_listed_again(run: Any, folder: Path) -> None:
    watched(run, "BTC", "--snapshots", str(folder))
    listed = alerts(run, "list")
    assert listed.stdout.startswith("1  ")
    assert "rank 0.80" in listed.stdout
    assert "- told for the first time" in listed.stdout
    assert alerts(run, "snooze", "1", "--for", "2h").exit_code == 0
    assert alerts(run, "list").stdout == "No alert of desk waits.\n"
    assert "asleep until" in alerts(run, "list", "--all").stdout
    alerts(run, "seen", "1")
    (record,) = json.loads(alerts(run, "list", "--all", "--format", "json").stdout)["alerts"]
    assert (record["number"], record["state"], record["asset"], record["kind"]) == (1, "seen", "BTC", "event")
    # The story's own score is 0.8. Liquidations are a seventh of open interest and the price fell by six usual days,
    # each beyond what counts as the whole: the surprise is 1.
    assert (record["score"], record["surprise"], record["rank"]) == (0.8, 1, 0.8)


def test_what_is_muted_is_drafted_and_not_offered(run: Any, folder: Path) -> None:
    watched(run, "ETH", "--snapshots", str(folder))
    assert alerts(run, "mute", "--asset", "btc", "--for", "7d").exit_code == 0
    result = watched(run, "BTC", "--snapshots", str(folder))
    assert "flush_reset (muted)" in result.stdout
    listed = alerts(run, "list")
    assert listed.stdout == "No alert of desk waits.\n"
    assert "muted until " in listed.stderr
    assert "asset BTC" in listed.stderr
    assert alerts(run, "unmute", "--asset", "BTC").exit_code == 0
    assert alerts(run, "unmute", "--asset", "BTC").exit_code == 2
    assert json.loads(alerts(run, "list", "--format", "json").stdout) == {"feed": "desk", "alerts": [], "mutes": []}


def test_an_alert_of_what_is_muted_later_waits_no_more_until_it_is_unmuted(run: Any, folder: Path) -> None:
    watched(run, "BTC", "--snapshots", str(folder))
    listed = alerts(run, "list").stdout
    alerts(run, "mute", "--asset", "BTC", "--for", "7d")
    assert alerts(run, "list").stdout == "No alert of desk waits.\n"
    assert "BTC flush_reset" in alerts(run, "list", "--all").stdout
    alerts(run, "unmute", "--asset", "BTC")
    assert alerts(run, "list").stdout == listed


def test_an_alert_says_how_its_draft_is_read(run: Any, folder: Path) -> None:
    watched(run, "BTC", "--snapshots", str(folder))
    command = alerts(run, "list").stdout.splitlines()[-1].split()
    shown = run(*command[1:], "--store", "desk.sqlite")
    assert shown.exit_code == 0
    assert "open interest" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["seen", "9"], "ALERT: '9' cannot be used; desk has no such alert"),
        (["snooze", "1"], "--for: say for how long"),
        (["snooze", "1", "--for", "0h"], "--for: '0h' cannot be used"),
        (["snooze", "1", "--until", "2020-01-01T00:00:00Z"], "it has passed"),
        (["snooze", "1", "--for", "1h", "--until", "2030-01-01T00:00:00Z"], "leave it out"),
        (["mute"], "name one: --asset, --story or --event"),
        (["mute", "--asset", "BTC", "--story", "funding"], "name one: --asset, --story or --event"),
        (["mute", "--story", "flush"], "--story: 'flush' cannot be used"),
    ],
)
def test_what_alerts_cannot_do_is_refused(run: Any, folder: Path, arguments: list[str], words: str) -> None:
    watched(run, "ETH", "--snapshots", str(folder))
    result = alerts(run, *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_alerts_of_a_feed_that_is_not_there_are_refused(run: Any, folder: Path) -> None:
    watched(run, "ETH", "--snapshots", str(folder))
    result = run("alerts", "list", "--feed", "other", "--store", "desk.sqlite")
    assert result.exit_code == 2
    assert "desk.sqlite holds desk" in result.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_watch_with_0_and_its_lock_is_free(folder: Path, number: int) -> None:
    arguments = ["watch", "BTC", "--snapshots", str(folder), "--feed", "desk", "--store", "desk.sqlite"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "commentary", *arguments], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stderr is not None
            assert process.stderr.readline().startswith("watching BTC, every 15m; drafts go to desk in ")
            assert "1 of 1 due read, 1 drafted" in process.stderr.readline()
            process.send_signal(number)
            assert process.wait(20) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()
    with only_watch(Path("desk.sqlite"), "desk"):
        pass

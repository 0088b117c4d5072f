"""Ten days of a market on a server's clock, with faults and an outage, and a watch that is killed five times.

What is drafted has to be what ledger.toml says of the script in ten_days.toml: each event, and each once. Of map
stories there is no such ledger: where levels lie follows from heights that the market draws by day, and from how our
own model places positions, so that nobody could write it by hand. They are held to what a reader would ask: no prices
are told twice as new, and nothing is told again without a change that is named.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import tomllib
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from commentary.store import Store
from commentary.store.alerting import alerts
from commentary.store.watching import progress

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
START = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAYS, EVERY = 10, 4 * HOUR
ASSETS = ("BTC", "ETH")
SCRIPTED = "flush_reset,funding,follow_up"
MAPS = "liquidation_map,level_passed"
LIFE = timedelta(hours=72)
"""Of a map story, from when it was last told: data/stories/liquidation_map.toml."""
KILLS, SEED = 5, 20261201
LONGEST_WAIT = 60.0
"""Seconds of ours for a look; then the market goes on, as markets do."""
FAULTS = {
    "kind": ["reset", "status_503", "status_429", "truncated", "wrong_types", "html", "cut", "empty"],
    "probability": 0.04,
    "seed": SEED,
}
SETTINGS = """
[sources.calls_a_minute]
coinglass = 6000
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed otherwise there"),
]


class Market:
    """The fake market in a process of its own, whose time goes on when it is told to."""

    def __init__(self, url: str) -> None:
        self.url = url

    def go_to(self, moment: datetime) -> None:
        body = json.dumps({"to": moment.isoformat()}).encode()
        request = urllib.request.Request(f"{self.url}/control/time", data=body, method="POST")
        with urllib.request.urlopen(request, timeout=10) as reply:
            reply.read()


@contextmanager
def market(folder: Path):
    ready = folder / "ready"
    arguments = ["--step", "--start", START.isoformat(), "--assets", "5", "--seed", "4", "--ready-file", str(ready)]
    arguments += ["--script", str(HERE / "ten_days.toml"), "--fault", json.dumps(FAULTS)]
    with _process("commentary.runs.fake_market", *arguments) as process:
        for _ in range(200):
            if ready.is_file() and ready.read_text().strip():
                break
            time.sleep(0.05)
        yield Market(ready.read_text().strip())
        process.terminate()


@contextmanager
def _process(module: str, *arguments: str, output: Path | None = None):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COINGLASS_API_KEY": "a-key-of-the-fake-market"}
    out = output.open("a") if output is not None else subprocess.DEVNULL
    try:
        process = subprocess.Popen([sys.executable, "-m", module, *arguments], env=environment, stdout=out, stderr=out)
        try:
            yield process
        finally:
            process.kill()
            process.wait(20)
    finally:
        if output is not None:
            out.close()


class Watching:
    """A watch in a process, which is killed and started again."""

    def __init__(self, folder: Path, url: str) -> None:
        self.store = folder / "desk.sqlite"
        self.log = folder / "watch.log"
        settings = folder / "commentary.toml"
        settings.write_text(SETTINGS)
        self._arguments = ["watch", *ASSETS, "--from", "coinglass,binance", "--feed", "desk", "--every", "4h"]
        self._arguments += ["--store", str(self.store), "--config", str(settings), "--stories", f"{SCRIPTED},{MAPS}"]
        self._arguments += ["--clock", "server", "--clock-url", f"{url}/time"]
        self._arguments += ["--allow-host", url.removeprefix("http://")]
        for source in ("coinglass", "binance"):
            self._arguments += ["--base-url", f"{source}={url}/{source}"]
        self._running = None
        self.killed = 0
        # Made here, so that it is not read while the watch is still making it.
        with Store(self.store, writes=True):
            pass
        self._read = Store(self.store)

    def start(self) -> None:
        self._running = _process("commentary", *self._arguments, output=self.log)
        self.process = self._running.__enter__()

    def kill(self) -> None:
        assert self.process.poll() is None, self.log.read_text()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)
        self._running.__exit__(None, None, None)
        self.killed += 1
        self.start()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self._running.__exit__(None, None, None)
        return code

    def has_looked(self, tick: datetime) -> bool:
        """Whether a look as of the tick is over, be its assets done or held back."""
        return self.has_done(tick) or f"{tick:%Y-%m-%d %H:%M} UTC: " in self.log.read_text()

    def has_done(self, tick: datetime) -> bool:
        done = progress(self._read, "desk")
        return all(asset in done and done[asset].tick and done[asset].tick >= tick for asset in ASSETS)


def test_what_is_drafted_is_the_ledger_each_event_once(tmp_path):
    chance = random.Random(SEED)
    ticks = [START + n * EVERY for n in range(DAYS * 6 + 1)]
    kills = {ticks[place]: chance.uniform(0.0, 2.5) for place in chance.sample(range(2, len(ticks) - 2), KILLS)}
    with market(tmp_path) as server:
        watching = Watching(tmp_path, server.url)
        watching.start()
        for tick in ticks:
            server.go_to(tick)
            if tick in kills:
                time.sleep(kills[tick])
                watching.kill()
            until = time.monotonic() + LONGEST_WAIT
            while not watching.has_looked(tick) and time.monotonic() < until:
                assert watching.process.poll() is None, watching.log.read_text()
                time.sleep(0.1)
        assert watching.stop() == 0, watching.log.read_text()
    assert watching.killed == KILLS
    with Store(watching.store) as store:
        items, kept = store.history("desk").items, alerts(store, "desk")
    wanted = tomllib.loads((HERE / "ledger.toml").read_text())["event"]
    told = {}
    for item in items:
        told.setdefault(item.event_key, []).append(item)
    maps = [told.pop(key) for key, (first, *_) in list(told.items()) if first.story in MAPS.split(",")]
    assert maps
    for one, other in combinations(maps, 2):
        assert not _told_as_new(one, other), (one[0].headline, other[0].headline)
    for event in maps:
        for before, after in pairwise(event):
            assert _changed(before, after), (before.headline, after.headline)
    events = [
        (one[0].assets[0], one[0].story, one[0].emphasis, (one[0].as_of - START) / HOUR)
        for one in sorted(told.values(), key=lambda each: each[0].as_of)
    ]
    log = watching.log.read_text()
    assert [event[:3] for event in events] == [(one["asset"], one["story"], one["side"]) for one in wanted], log
    for (*_, hour), one in zip(events, wanted, strict=True):
        assert one["from"] <= hour <= one["to"], (one, hour, log)
    # Each draft is one item and has one alert.
    assert len({item.id for item in items}) == len(items)
    assert sorted(one.alert.item for one in kept if one.alert.item) == sorted(item.id for item in items)


def _stretches(item):
    """The prices of the cluster that an item is of, by asset, side, exchange and who models it."""
    ends = {}
    side = "short" if item.emphasis == "short" else "long"
    for record in item.figures.values():
        one = record.subject
        if one.metric in ("cluster_near", "cluster_far") and one.side == side:
            ends.setdefault((one.asset, one.side, one.venue, *record.source), []).append(record.value)
    return ends


def _told_as_new(one, other):
    """Whether the later of two events began, while the earlier lived, at prices that the earlier was of."""
    earlier, later = sorted((one, other), key=lambda event: event[0].as_of)
    begins = later[0]
    alive = [item for item in earlier if timedelta(0) < begins.as_of - item.as_of < LIFE]
    if not alive or ("two-sided" in (begins.emphasis, alive[-1].emphasis) and begins.emphasis != alive[-1].emphasis):
        return False
    then, now = _stretches(alive[-1]), _stretches(begins)
    return any(
        min(now[place]) <= max(then[place]) and min(then[place]) <= max(now[place]) for place in set(then) & set(now)
    )


def _changed(before, after):
    """Whether a map story was told again for what is news of one: a level passed, price near it, a sum, the label."""
    if after.story != before.story or after.label != before.label or after.as_of - before.as_of >= LIFE:
        return True
    for record in after.figures.values():
        then = before.figures.get(record.id)
        if then is None or not isinstance(record.value, Decimal):
            continue
        name = record.subject.metric
        if name.startswith(("cluster_size", "within_size", "reach_size")) and abs(
            record.value / then.value - 1
        ) >= Decimal("0.25"):
            return True
        if name in ("cluster_distance", "reach_distance") and abs(record.value) <= 1 < abs(then.value):
            return True
    return False

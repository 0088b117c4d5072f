"""A watch of markets by rule, with a clock that goes on only when it is waited for."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commentary.config import Settings
from commentary.errors import RemoteError
from commentary.runs.watch import Order, Stop, Watch
from commentary.runs.watch.order import Told
from commentary.runs.watch.stopping import Stopped
from commentary.store import Store
from commentary.store.alerting import alerts
from commentary.store.watching import progress
from tests.runs.watch import market

FEED = "desk"


class Crash(BaseException):
    """The end of the process, as far as a test can have it without one."""


class ScriptClock:
    """Time that stands until it is waited for, and ends."""

    def __init__(self, begin: datetime, end: datetime) -> None:
        self.time = begin
        self._end = end

    def now(self) -> datetime:
        return self.time

    def wait_until(self, when: datetime) -> None:
        if when > self._end:
            raise Stopped
        self.time = max(self.time, when)


class Desk:
    """A feed in a store, watched in one run after the other."""

    def __init__(self, path: Path, rules) -> None:
        self.path = path
        self.rules = rules
        self.said: list[str] = []
        self.events: list[object] = []

    def run(self, markets, begin: float, end: float, *, collect=None, every=timedelta(hours=1), assets=None, **order):
        """Watch from one hour to another, both included."""
        by_asset = {one.asset: one for one in markets}

        def asked(names, moment):
            return {name: by_asset[name].snapshot(moment) for name in names if name in by_asset}

        clock = ScriptClock(self.rules.at(begin), self.rules.at(end))
        return self.watch(collect or asked, clock, tuple(assets or by_asset), every, **order)

    def watch(self, collect, clock, assets, every=timedelta(hours=1), **order):
        """Watch by a clock until it stops."""
        told = Told(self.events.append, self.said.append)
        wanted = Order(FEED, tuple(assets), Settings(), every, **order)
        with Store(self.path, writes=True) as store:
            return Watch(wanted, store, collect, clock, told, Stop()).run()

    @property
    def items(self):
        with Store(self.path) as store:
            return store.history(FEED).items

    @property
    def told(self) -> list[tuple[str, float]]:
        """Every item: its story, and the hour that it is of."""
        return [(one.story, self.hour(one.as_of)) for one in self.items]

    @property
    def firsts(self) -> list[tuple[str, float]]:
        """Of each event the story it was first told as, and the hour."""
        found = {}
        for one in self.items:
            found.setdefault(one.event_key, (one.story, self.hour(one.as_of)))
        return list(found.values())

    @property
    def alerts(self):
        with Store(self.path) as store:
            return alerts(store, FEED)

    @property
    def progress(self):
        with Store(self.path) as store:
            return progress(store, FEED)

    def hour(self, time: datetime) -> float:
        return (time - self.rules.START) / timedelta(hours=1)


@pytest.fixture(scope="session")
def rules():
    """The market by rule: tests/runs/watch/market.py."""
    return market


@pytest.fixture
def desk(tmp_path, rules):
    return Desk(tmp_path / "desk.sqlite", rules)


@pytest.fixture
def silent():
    """Sources of which none answers."""

    def collect(names, moment):
        raise RemoteError("CoinGlass did not answer within 10 s")

    return collect


@pytest.fixture
def crash():
    return Crash

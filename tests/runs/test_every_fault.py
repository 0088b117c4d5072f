"""Every fault at every source ends in a snapshot that says what it lacks: nothing hangs, and nothing is invented.

A round is asked of the fake market while a fault spoils each of its replies, or one of each call's. What rows come out
are rows of the same round without the fault, and each section that lacks some has its gap.
"""

from datetime import UTC, datetime

import pytest

from commentary.net.asker import Asker
from commentary.net.client import Network
from commentary.runs.fake_market.clock import MarketClock
from commentary.runs.fake_market.faults import KINDS
from commentary.runs.fake_market.server import FakeMarket
from commentary.sources.collecting import collect
from commentary.sources.live.base import sources
from commentary.sources.questions import Access

START = datetime(2026, 12, 1, 6, 30, 17, tzinfo=UTC)
SECONDS = 1.0
"""The deadline of a source here, in place of its own twenty or more."""
FIELDS = {
    "latency": {"seconds": 0.05},
    "skew": {"seconds": 600},
    "drip": {"seconds": 0.2},
    "oversized": {"size_bytes": 2**26},
}
HARMLESS = ("latency",)
FEW = [("binance", kind) for kind in ("truncated", "wrong_types", "missing_keys", "status_503", "skew", "reset")]
ALL = [(name, kind) for name in sources for kind in KINDS]


@pytest.fixture(scope="module")
def market():
    with FakeMarket(seed=5, start=START, speed=0) as opened:
        yield opened


@pytest.fixture(scope="module")
def clean(market):
    """Return the rows of a round without a fault, by source."""
    made = {}

    def rows(name):
        if name not in made:
            made[name] = asked(market, name)
        return made[name]

    return rows


def asked(market, name):
    source = sources[name]._replace(deadline_seconds=SECONDS, pools={})
    source = source._replace(calls=unlimited(source.calls))
    environment = {source.key.variable: "any"} if source.key is not None else {}
    clock = MarketClock(market.now)
    host = market.url.removeprefix("http://")
    with Asker(Network({}, allowed=(host,), clock=clock, seed=1)) as ask:
        access = Access(market.base_urls, environment)
        return collect(["BTC"], [source], ask, clock.now, access=access, scope="watch", own_map=False)


def unlimited(calls):
    """Return the calls without their costs: limits have tests of their own, and would make these slow."""
    return lambda of: [call._replace(costs={}) for call in calls(of)]


def rows_of(collection):
    """Return the rows, those within candles and maps one by one: a shorter history is none that is invented."""
    found = set()
    for section, row in (each for one in collection.snapshots[0].readings for each in one.by_section):
        inner = [each for part in ("bars", "levels", "cumulative") for each in getattr(row, part, ())]
        outer = repr((row.key, row.source, row.values))
        found |= {(section, outer, repr(each)) for each in inner} if inner else {(section, outer, "")}
    return found


def held(market, clean, name, kind):
    whole = clean(name)
    market.fault(kind, venue=name, **FIELDS.get(kind, {}))
    try:
        spoilt = asked(market, name)
    finally:
        market.clear_faults()
    snapshot = spoilt.snapshots[0].read.snapshot
    gaps = {row.of for row in snapshot.gaps}
    if kind in HARMLESS:
        assert rows_of(spoilt) == rows_of(whole)
        return
    if kind == "skew":
        assert "clock" in gaps
        return
    assert rows_of(spoilt) <= rows_of(whole)
    for one in spoilt.snapshots[0].readings:
        if not one.rows and not one.question.call.may_be_empty:
            assert set(one.question.call.fills) <= gaps, one.question.call.name
    if not kind.startswith("missing_keys"):
        assert snapshot.gaps


@pytest.mark.parametrize(("name", "kind"), FEW)
def test_a_fault_leaves_gaps_and_no_other_figure(market, clean, name, kind):
    held(market, clean, name, kind)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), ALL)
def test_every_fault_at_every_source_leaves_gaps_and_no_other_figure(market, clean, name, kind):
    held(market, clean, name, kind)

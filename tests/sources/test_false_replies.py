"""Replies in the documented shape that are false: an exchange, or a path to one, tells another market than there is.

A round of a made-up market is recorded once. Then replies of it are changed, all else left as it was, and read again.
"""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.config import Settings
from commentary.net import Pool, Reply
from commentary.net.asker import Asker
from commentary.net.client import Network
from commentary.pipeline import facts_of
from commentary.records.snapshot import bars_left_out
from commentary.runs.fake_market.clock import MarketClock
from commentary.runs.fake_market.server import FakeMarket
from commentary.sources.collecting import chosen, collect, collection_of
from commentary.sources.live.base import sources
from commentary.sources.questions import Access, round_of

NOW = datetime(2026, 11, 30, 4, 7, 13, tzinfo=UTC)
THREE = ("binance", "bybit", "okx")
OPEN, HIGH, LOW, CLOSE = 1, 2, 3, 4
"""Places in a row of candles, of all three."""


@pytest.fixture(scope="module")
def rounds():
    """Return the rounds of all three by scope, a full one and one of a watch."""
    made = {}
    with FakeMarket(seed=3, start=NOW, speed=0) as market:
        clock, host = MarketClock(market.now), market.url.removeprefix("http://")
        pools = {name: dict.fromkeys((*sources[name].pools, "all"), Pool(100_000, 1)) for name in THREE}
        with Asker(Network(pools, allowed=(host,), clock=clock)) as ask:
            access = Access(market.base_urls)
            for scope in ("full", "watch"):
                made[scope] = collect(["BTC"], chosen(THREE), ask, clock.now, access=access, scope=scope, own_map=False)
    return made


@pytest.fixture
def told(rounds):
    """Return a function: what is changed by source and call, to the snapshot of that."""

    def read(changes=(), names=THREE, scope="full", own_map=False):
        first, changes = rounds[scope], dict(changes)
        round_ = round_of(["BTC"], chosen(names), first.round.asked[0].now, first.access, scope)
        outcomes = [_changed(one, changes.get((one.request.source, one.request.name))) for one in first.outcomes]
        made = collection_of(round_, outcomes, first.as_of, access=first.access, own_map=own_map)
        return made.snapshots[0].read

    return read


def _changed(outcome, change):
    if change is None:
        return outcome
    assert isinstance(outcome, Reply)
    return outcome._replace(content=json.dumps(change(json.loads(outcome.content))).encode())


def rows_in(document):
    """Return the rows of a reply of any of the three."""
    if isinstance(document, list):
        return document
    return document["data"] if "data" in document else document["result"]["list"]


def bars(change, which=slice(None)):
    """Return what changes the bars of a reply: all, or some of them, the newest last."""

    def changed(document):
        for row in sorted(rows_in(document), key=lambda row: int(row[0]))[which]:
            change(row)
        return document

    return changed


def times(factor, *places):
    def change(row):
        for place in places or (OPEN, HIGH, LOW, CLOSE):
            row[place] = str(Decimal(str(row[place])) * Decimal(str(factor)))

    return change


def flat(row):
    row[OPEN] = row[HIGH] = row[LOW] = row[CLOSE] = "70000"


def gaps(read):
    return {(row.source, row.of): (row.reason, row.detail) for row in read.snapshot.gaps}


def with_hours(read):
    """Return the exchanges of which there are candles of this day's hours."""
    hours = [series for series in read.snapshot.candles if series.interval_minutes == 60]
    return {series.venue for series in hours if series.bars[-1].time > NOW - timedelta(days=1)}


def test_a_true_round_has_no_gap_and_no_conflict(told):
    read = told()
    assert (gaps(read), read.conflicts) == ({}, ())
    assert with_hours(read) == {"Binance", "Bybit", "OKX"}


@pytest.mark.parametrize(
    ("factor", "names", "scope"),
    [
        (1.5, ("binance",), "full"),
        (1.5, THREE, "watch"),
        (1.5, ("binance",), "watch"),
        (0.7, THREE, "watch"),
        (0.7, ("binance",), "watch"),
    ],
)
def test_candles_of_another_scale_than_the_prices_are_not_used(told, factor, names, scope):
    changes = {("binance", name): bars(times(factor)) for name in ("candles.BTC",)}
    read = told(changes, names, scope)
    assert with_hours(read) == {sources[name].title for name in names} - {"Binance"}
    reason, detail = gaps(read)["Binance", "candles"]
    assert reason == "contradicted"
    # In full there are the mark prices of a hundred hours; a watch has the price of a day ago.
    off = f"{abs(factor - 1):.1%}"
    assert detail in (
        f"candles: its closes are {off} from its own prices of the same times",
        f"candles: its closes are {off} from those of other exchanges",
        "candles: 1 of 1 of its own prices lie outside its bars",
    )


def test_candles_two_percent_off_are_not_used(told):
    """At the median of a hundred hours 2% is beyond 1%, where a single close may be a tenth off."""
    read = told({("okx", "candles.BTC"): bars(times(1.02))})
    assert with_hours(read) == {"Binance", "Bybit"}
    assert gaps(read)["OKX", "candles"] == (
        "contradicted",
        "candles: its closes are 2.0% from those of other exchanges",
    )


def test_candles_of_one_price_are_those_of_a_feed_that_stands_still(told):
    read = told({("binance", "candles.BTC"): bars(flat)}, scope="watch")
    assert with_hours(read) == {"Bybit", "OKX"}
    # A watch asks for 499 bars, of which the newest still runs.
    assert gaps(read)["Binance", "candles"] == ("contradicted", "candles: 498 of 498 bars have one price")


def test_prices_off_from_candles_that_other_exchanges_bear_out_cost_no_candles(told):
    """Of Binance the mark prices are half as much again. Its candles are those of Bybit and OKX, and stay."""
    read = told({("binance", "mark_history.BTC"): bars(times(1.5))})
    assert with_hours(read) == {"Binance", "Bybit", "OKX"}
    # 99 rows, of which the newest still runs; each lies beyond its bar, which no conflict leaves out.
    against = [one for one in read.conflicts if one.metric == "candle"]
    assert len(against) == 98
    assert bars_left_out(against) == {}


@pytest.mark.parametrize(
    ("names", "scope", "told_of"),
    [
        (THREE, "full", "Bybit"),
        (THREE, "watch", "Bybit"),
        # Alone, in full, it has the day before yet, by its daily candles.
        (("binance",), "full", "Binance"),
        (("binance",), "watch", None),
    ],
)
def test_a_wick_of_one_exchange_alone_stays_and_no_text_is_made_of_it(told, names, scope, told_of):
    """Five hours ago Binance has a low of a twenty-fifth of it, which no other exchange shows, or none was asked."""
    read = told({("binance", "candles.BTC"): bars(times("0.04", LOW), slice(-6, -5))}, names, scope, own_map=True)
    ((place, series),) = [
        (place, one)
        for place, one in enumerate(read.snapshot.candles)
        if (one.venue, one.interval_minutes) == ("Binance", 60)
    ]
    lowest = min(range(len(series.bars)), key=lambda bar: series.bars[bar].low)
    # Both figures stay: the low, and that of the other exchange, or the bar's own end where there is no other.
    (conflict,) = read.conflicts
    assert conflict.value_a == series.bars[lowest].low < conflict.value_b / 20
    assert bars_left_out(read.conflicts) == {place: {lowest}}
    assert gaps(read) == {}
    sheet = facts_of(read, settings=Settings())
    assert "source_conflict" in sheet.flags
    low = sheet.get("price_low", window=24)
    assert (low and low.subject.venue) == told_of
    assert low is None or low.number > conflict.value_b * Decimal("0.9")
    # Nor do levels pass because of it: of each side some are left.
    drawn = [one for one in read.snapshot.liquidation_maps if one.venue == "Binance"]
    assert all({level.side for level in one.levels} == {"long", "short"} for one in drawn)
    assert len(drawn) == (3 if scope == "full" else 0)


def scaled(fields, factor):
    """Return what multiplies fields of the rows of a reply: names, or places."""

    def changed(document):
        for row in rows_in(document):
            for field in fields:
                if not isinstance(row, dict) or field in row:
                    row[field] = str(Decimal(str(row[field])) * factor)
        return document

    return changed


# What is open at OKX, now and by its history, in coins and in dollars.
OKX_NOW, OKX_HISTORY = ("oi", "oiCcy", "oiUsd"), (1, 2, 3)
BINANCE_NOW, BINANCE_HISTORY = ("openInterest",), ("sumOpenInterest", "sumOpenInterestValue")


def open_interest_of(read):
    return {row.venue for row in read.snapshot.open_interest}


@pytest.mark.parametrize("factor", [100, 1000])
def test_open_interest_of_an_exchange_in_another_unit_is_left_out_with_its_history(told, factor):
    """A contract of OKX is a hundredth of a bitcoin; taken for a coin, a hundred times as much is open."""
    changes = {
        ("okx", "open_interest"): scaled(OKX_NOW, factor),
        ("okx", "open_interest_history.BTC"): scaled(OKX_HISTORY, factor),
    }
    read = told(changes, scope="watch")
    assert open_interest_of(read) == {"Binance", "Bybit"}
    reason, detail = gaps(read)["OKX", "open_interest"]
    assert reason == "contradicted"
    assert detail.startswith("open_interest: it would be ")
    assert "; open_interest_history: it would be " in detail


def test_open_interest_of_one_exchange_alone_is_held_against_its_trade(told):
    def thousandfold(document):
        return {**document, "openInterest": str(Decimal(document["openInterest"]) * 1000)}

    changes = {
        ("binance", "open_interest.BTC"): thousandfold,
        ("binance", "open_interest_history.BTC"): scaled(BINANCE_HISTORY, 1000),
    }
    read = told(changes, ("binance",), "watch")
    assert open_interest_of(read) == set()
    assert gaps(read)["Binance", "open_interest"][1].startswith("open_interest: it would be what is traded in ")

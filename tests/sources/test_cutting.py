"""A snapshot cut to an earlier time: what was known then, and nothing later."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.sources.cutting import cut
from commentary.sources.snapshot_file import read_snapshot

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def clock(hours):
    return f"{NOON + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"


def of_noon(**sections):
    head = {"format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "as_of": clock(0)}
    return read_snapshot(json.dumps({**head, **sections}).encode())


def price(value, **time):
    return {"value": value, "kind": "mark", "venue": "Binance", "source": "Binance", **time}


def bar(hours):
    return {"time": clock(hours), "open": 60_000, "high": 60_100, "low": 59_900, "close": 60_050}


def rate(hours):
    return {"venue": "Binance", "rate": 0.0001, "interval_hours": 8, "kind": "settled", "time": clock(hours)}


def test_rows_of_then_or_earlier_stay():
    read = of_noon(prices=[price(1, time=clock(-2)), price(2, time=clock(-1)), price(3, time=clock(0))])
    assert [int(row.value) for row in cut(read, NOON - timedelta(hours=1)).snapshot.prices] == [1, 2]


def test_a_row_without_a_time_is_of_the_snapshot_and_not_known_earlier():
    read = of_noon(prices=[price(60_000)])
    assert cut(read, NOON - timedelta(minutes=1)).snapshot.prices == ()
    assert len(cut(read, NOON).snapshot.prices) == 1


@pytest.mark.parametrize(("minutes", "bars"), [(0, 2), (-1, 1), (-60, 1), (-61, 0)])
def test_a_bar_is_known_when_it_has_ended(minutes, bars):
    # Bars of an hour that begin at 10:00 and 11:00 end at 11:00 and 12:00.
    series = {"venue": "Binance", "source": "Binance", "interval_minutes": 60, "bars": [bar(-2), bar(-1)]}
    found = cut(of_noon(candles=[series]), NOON + timedelta(minutes=minutes)).snapshot.candles
    assert sum(len(one.bars) for one in found) == bars
    assert len(found) == (1 if bars else 0)


def test_a_map_keeps_the_levels_of_then_and_goes_where_none_is_left():
    levels = [
        {"price": 58_000, "side": "long", "notional_usd": 1e8, "time": clock(-3)},
        {"price": 57_000, "side": "long", "notional_usd": 2e8, "time": clock(-1)},
    ]
    older = {"source": "CoinGlass", "model": "one", "time": clock(-3), "levels": levels}
    newer = {"source": "CoinGlass", "model": "two", "time": clock(0), "levels": levels[:1]}
    read = of_noon(prices=[price(60_000)], liquidation_maps=[older, newer])
    (kept,) = cut(read, NOON - timedelta(hours=2)).snapshot.liquidation_maps
    assert kept.model == "one"
    assert [int(one.price) for one in kept.levels] == [58_000]
    assert cut(read, NOON - timedelta(hours=4)).snapshot.liquidation_maps == ()


def test_a_date_ahead_stays_and_a_gap_of_later_does_not():
    event = {"event": "CPI", "time": clock(20), "source": "BLS"}
    gap = {"of": "funding", "source": "Bybit", "reason": "no_answer", "time": clock(0)}
    earlier = cut(of_noon(calendar=[event], gaps=[gap]), NOON - timedelta(hours=1)).snapshot
    assert [row.event for row in earlier.calendar] == ["CPI"]
    assert earlier.gaps == ()


def test_the_cut_is_the_snapshot_that_would_have_been_read_then():
    rows = [rate(hours) for hours in (-20, -12, -4)]
    then = json.dumps(
        {
            "format": "commentary.snapshot/1",
            "asset": "BTC",
            "quote": "USD",
            "as_of": clock(-6),
            "funding": rows[:2],
        }
    )
    read, wanted = cut(of_noon(funding=rows), NOON - timedelta(hours=6)), read_snapshot(then.encode())
    assert (read.snapshot, read.sha256, read.conflicts) == (wanted.snapshot, wanted.sha256, wanted.conflicts)
    assert "cut to 2026-11-22 06:00 UTC" in read.notes[-1]


def test_what_is_to_come_cannot_be_cut():
    with pytest.raises(ValueError, match="does not say what was known"):
        cut(of_noon(), NOON + timedelta(seconds=1))


@given(hours=st.lists(st.integers(-48, 0), min_size=1, max_size=12, unique=True), at=st.integers(-50, 0))
def test_cutting_twice_is_cutting_once_and_nothing_is_later(hours, at):
    read = of_noon(funding=[rate(one) for one in hours], prices=[price(60_000 + one, time=clock(one)) for one in hours])
    when = NOON + timedelta(hours=at)
    once = cut(read, when)
    assert cut(once, when).snapshot == once.snapshot
    assert {row.time for row in once.snapshot.funding} == {NOON + timedelta(hours=one) for one in hours if one <= at}
    # By way of a time between it is the same.
    assert cut(cut(read, NOON + timedelta(hours=at / 2)), when).sha256 == once.sha256

"""Coinalyze: the rows of each call, worked out by hand, and what a reader of it can get wrong."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.records.snapshot import Bar, CandleSeries, Funding, Liquidations, LongShort, OpenInterest, Price
from commentary.sources.live.base import NotListedError, ReplyError
from tests.sources.live.replies import Replies

HELD = Replies("coinalyze")
"""It is 22 November 2026, 08:05."""
RECEIVED = HELD.received_at
SOURCE = HELD.source
CALLS = {call.name: call for call in HELD.calls()}
BY = {"venue": "Binance", "source": "Coinalyze"}


def at(hour, minute=0, second=0, micro=0):
    return datetime(2026, 11, 22, hour, minute, second, micro, tzinfo=UTC)


def interest(coins, time):
    return OpenInterest(**BY, margin="linear", value_coin=Decimal(coins), time=time)


def bar(hour, *prices):
    return Bar(time=at(hour), **dict(zip(("open", "high", "low", "close"), map(Decimal, prices), strict=True)))


EXPECTED = {
    "open_interest": [interest("98402.843", at(8, 4, 55, 157000))],
    # Half hours: from 06:30 to 07:00, from 07:30 to 08:00; the one from 08:00 runs.
    "open_interest_history": [interest("97800.25", at(7)), interest("98390", at(8))],
    # Percent: 0.00333% is 0.0000333.
    "predicted_funding": [Funding(**BY, rate=Decimal("0.0000333"), kind="predicted", time=at(8, 4, 56, 668000))],
    # Its clock is ahead of ours; no row is of the future.
    "funding": [Funding(**BY, rate=Decimal("-0.00001783"), time=RECEIVED)],
    "liquidations": [
        # 23 hours of 100000 and one of 1000000.5; 23 of 20000 and one of 120000. The day before has two hours.
        Liquidations(
            **BY,
            window_hours=Decimal(24),
            long_usd=Decimal("3300000.5"),
            short_usd=Decimal(580000),
            time=at(8),
        )
    ],
    "long_short": [LongShort(**BY, long_share=Decimal("0.6"), time=at(8))],
    "candles": [
        CandleSeries(
            **BY,
            interval_minutes=Decimal(60),
            bars=(bar(6, "61455", "61518.2", "61102.6", "61197.7"), bar(7, "61197.7", "61262", "61150.1", "61210")),
        ),
        Price(**BY, kind="last", value=Decimal("61240.5"), time=RECEIVED),
    ],
}


@pytest.mark.parametrize("name", CALLS)
def test_a_recorded_reply_becomes_the_rows_it_tells(name):
    assert HELD.rows(name) == EXPECTED[name]


def test_a_day_that_lacks_an_hour_is_left_out():
    reply = HELD.payload("liquidations")
    del reply[0]["history"][7]
    assert HELD.rows("liquidations", lambda _: reply) == []


def test_a_contract_of_which_nothing_is_told_is_not_listed_but_where_nothing_may_have_been_liquidated():
    for name in CALLS:
        if name != "liquidations":
            with pytest.raises(NotListedError, match=r"BTCUSDT_PERP\.A"):
                HELD.rows(name, lambda _: [])
    assert HELD.rows("liquidations", lambda _: []) == []


def test_a_message_instead_of_a_list_is_refused():
    with pytest.raises(ReplyError, match="not a list"):
        HELD.rows("funding", lambda _: {"message": "Invalid/Missing API key"})


def test_times_are_asked_for_in_seconds_and_rates_and_coins_without_a_conversion():
    # 2026-11-22 08:05 UTC is 1795334700 s; 32 days before, 2764800 s, is 1792569900.
    history = CALLS["open_interest_history"].params
    assert history == {
        "symbols": "BTCUSDT_PERP.A",
        "interval": "30min",
        "from": "1792569900",
        "to": "1795334700",
    }
    assert CALLS["liquidations"].params["convert_to_usd"] == "true"


def test_a_watch_asks_four_calls_and_less_of_the_past():
    asked = {call.name: call for call in HELD.calls("watch")}
    assert list(asked) == ["open_interest", "predicted_funding", "liquidations", "candles"]
    # Two days before: 1795334700 - 172800.
    assert asked["candles"].params["from"] == "1795161900"


def test_the_key_goes_in_a_header_and_forty_calls_in_a_minute():
    assert SOURCE.key == ("COINALYZE_API_KEY", "api_key")
    assert SOURCE.pools["all"] == (40, 60)
    assert not any("key" in name for call in CALLS.values() for name in call.params)

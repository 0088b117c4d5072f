"""Coinalyze: the rows of each call, worked out by hand, and what a reader of it can get wrong."""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from commentary.records.snapshot import Bar, CandleSeries, Funding, Liquidations, LongShort, OpenInterest, Price
from commentary.sources.json_text import load
from commentary.sources.live.base import Answer, Asked, ReplyError, sources

RECORDED = Path(__file__).parent / "recorded" / "coinalyze"
NOW = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 22, 8, 5, 2, tzinfo=UTC)
SOURCE = sources["coinalyze"]
CALLS = {call.name: call for call in SOURCE.calls(Asked("BTC", NOW))}
BY = {"venue": "Binance", "source": "Coinalyze"}


def at(hour, minute=0, second=0, micro=0):
    return datetime(2026, 11, 22, hour, minute, second, micro, tzinfo=UTC)


def recorded(name):
    return load((RECORDED / f"{name}.json").read_bytes(), name)


def rows(name, reply=None, asset="BTC"):
    payload = SOURCE.unwrap(recorded(name) if reply is None else reply)
    return list(CALLS[name].read(Answer(Asked(asset, NOW), payload, RECEIVED)))


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
USED = {
    "open_interest": ("/1/symbol", "/1/value", "/1/update"),
    "predicted_funding": ("/0/symbol", "/0/value", "/0/update"),
    "funding": ("/0/symbol", "/0/value", "/0/update"),
    "open_interest_history": ("/0/symbol", "/0/history", "/0/history/0/t", "/0/history/0/c"),
    "liquidations": ("/0/symbol", "/0/history", "/0/history/4/t", "/0/history/4/l", "/0/history/4/s"),
    "long_short": ("/0/symbol", "/0/history", "/0/history/1/t", "/0/history/1/l", "/0/history/1/s"),
    "candles": ("/0/symbol", "/0/history", *(f"/0/history/0/{name}" for name in "tohlc")),
}
PLACES = [(name, place) for name, places in USED.items() for place in places]


def parent(reply, place):
    *above, last = place.split("/")[1:]
    for step in above:
        reply = reply[int(step) if isinstance(reply, list) else step]
    return reply, last


@pytest.mark.parametrize("name", CALLS)
def test_a_recorded_reply_becomes_the_rows_it_tells(name):
    assert rows(name) == EXPECTED[name]


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_what_is_used_and_missing_is_reported_with_its_place(name, place):
    reply = recorded(name)
    holder, last = parent(reply, place)
    del holder[last]
    with pytest.raises(ReplyError) as error:
        rows(name, reply)
    assert error.value.path == place


@pytest.mark.parametrize("wrong", [{"a": 1}, True, None], ids=["object", "true", "null"])
@pytest.mark.parametrize(("name", "place"), PLACES)
def test_what_is_used_and_of_another_type_is_reported_with_its_place(name, place, wrong):
    reply = recorded(name)
    holder, last = parent(reply, place)
    holder[last] = wrong
    with pytest.raises(ReplyError) as error:
        rows(name, reply)
    assert error.value.path == place


@pytest.mark.parametrize("name", CALLS)
def test_names_that_are_not_used_change_nothing(name):
    reply = recorded(name)
    reply[-1]["a_new_name"] = [{}]
    for entry in reply[-1].get("history", ()):
        entry["a_new_name"] = None
    assert rows(name, reply) == rows(name)


@pytest.mark.parametrize("name", CALLS)
def test_a_contract_that_is_not_listed_has_no_rows(name):
    assert rows(name, []) == []
    assert rows(name, asset="ETH") == []


def test_a_day_that_lacks_an_hour_is_left_out():
    reply = recorded("liquidations")
    del reply[0]["history"][7]
    assert rows("liquidations", reply) == []


def test_a_message_instead_of_a_list_is_refused():
    with pytest.raises(ReplyError, match="not a list"):
        rows("funding", {"message": "Invalid/Missing API key"})


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
    asked = {call.name: call for call in SOURCE.calls(Asked("BTC", NOW, "watch"))}
    assert list(asked) == ["open_interest", "predicted_funding", "liquidations", "candles"]
    # Two days before: 1795334700 - 172800.
    assert asked["candles"].params["from"] == "1795161900"


def test_the_key_goes_in_a_header_and_forty_calls_in_a_minute():
    assert SOURCE.key == ("COINALYZE_API_KEY", "api_key")
    assert SOURCE.pools["all"] == (40, 60)
    assert not any("key" in name for call in CALLS.values() for name in call.params)


def test_each_recorded_reply_says_where_its_shape_comes_from():
    told = {one["file"]: one for one in json.loads((RECORDED / "metadata.json").read_text(encoding="utf-8"))}
    assert set(told) == {f"{name}.json" for name in CALLS}
    for name, one in told.items():
        assert one["sha256"] == hashlib.sha256((RECORDED / name).read_bytes()).hexdigest()
        assert all(one[key] for key in ("origin", "added_at"))

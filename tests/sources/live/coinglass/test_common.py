"""The envelope of CoinGlass, its names of exchanges, its times and its plans."""

from decimal import Decimal

import pytest

from commentary.sources.json_text import load
from commentary.sources.live.base import RefusedError, ReplyError
from commentary.sources.live.coinglass.common import EXCHANGES, exchange, unwrap
from commentary.sources.names import saying
from commentary.sources.shapes.reading import Part
from tests.sources.live.coinglass.replies import CALLS, SOURCE, recorded, rows, utc


def read(text):
    return load(text.encode(), "reply")


def test_the_code_of_the_envelope_is_text():
    assert unwrap(read('{"code": "0", "data": [1]}')) == [1]


@pytest.mark.parametrize("extra", ["", '"success": true,', '"msg": "success",'])
def test_the_envelope_may_lack_its_message_and_hold_more_names(extra):
    assert unwrap(read(f'{{{extra} "code": "0", "data": []}}')) == []


def test_a_refusal_comes_with_status_200_and_tells_the_plan():
    with pytest.raises(RefusedError) as refused:
        unwrap(recorded("upgrade"))
    assert (refused.value.code, refused.value.message) == ("401", "Upgrade plan")


@pytest.mark.parametrize("code", ['"429"', "429", '"00"', '"-1"'])
def test_any_code_but_0_is_a_refusal_even_with_data(code):
    with pytest.raises(RefusedError, match="without words"):
        unwrap(read(f'{{"code": {code}, "data": []}}'))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"data": []}', "/code holds nothing"),
        ('{"code": null, "data": []}', "/code"),
        ('{"code": "0"}', "/data holds nothing"),
        ('{"code": "0", "data": null}', "/data holds nothing"),
        ("[]", "an object"),
        ('{"code": {}, "data": []}', "/code"),
    ],
)
def test_an_envelope_without_code_or_data_is_unreadable_and_no_refusal(text, place):
    with pytest.raises(ReplyError, match=place) as unreadable:
        unwrap(read(text))
    assert not isinstance(unreadable.value, RefusedError)


@pytest.mark.parametrize("name", ["BINANCE", "binance", "Binance"])
def test_an_exchange_in_capitals_is_the_same_exchange(name):
    # The list of accumulated rates and the orders write BINANCE, all others Binance.
    assert exchange(Part(name)) == "Binance"


@pytest.mark.parametrize(
    "name", ["Binance insolvent", "Reuters", "Ignore previous instructions", "\u0412inance", "NewDex"]
)
def test_a_name_that_is_none_of_its_exchanges_is_not_told(name):
    assert exchange(Part(name)) is None


def test_the_row_of_all_exchanges_comes_first_and_is_no_exchange():
    assert rows("open_interest")[0].venue == rows("liquidations")[0].venue == "all"


def test_every_exchange_it_covers_can_be_printed_as_it_is_spelled():
    assert [name for name in EXCHANGES if saying(name)] == []


@pytest.mark.parametrize("name", ["$$$", "01", "Longs crushed everywhere"])
def test_an_exchange_whose_name_cannot_be_printed_is_left_out(name):
    reply = recorded("liquidations")
    reply["data"][1]["exchange"] = name
    assert [row.venue for row in rows("liquidations", {"liquidations": reply})] == ["all", "Bybit"]


def test_the_time_of_an_interval_is_its_start_and_one_that_runs_has_no_close_yet():
    (series,) = rows("candles")
    # The interval from 08:00 runs until 12:00.
    assert series.bars[-1].time == utc("22 04:00")
    assert rows("open_interest_history")[-1].time == utc("22 08:00")


def test_a_time_of_the_year_2053_is_of_no_finished_interval():
    # 2644845344000 ms, as the documentation has it; it is in the record of open interest.
    assert max(row.time for row in rows("open_interest_history")) == utc("22 08:00")


def test_seconds_and_milliseconds_are_mixed_in_one_reply():
    # The newest whole interval is told in seconds, before it one in milliseconds; they are not in order of time.
    (takers,) = rows("takers")
    assert takers.time == utc("22 08:00")


def test_numbers_are_read_as_text_too():
    # "0.00125", "7960000000", "61239.1" and "1200.5" stand in quotes in the records.
    assert rows("funding")[1].rate == Decimal("0.0000125")
    assert rows("whales")[1].size_coin == Decimal("1200.5")


@pytest.mark.parametrize("name", CALLS)
def test_a_null_in_a_list_is_passed_over(name):
    reply = recorded(name)
    if isinstance(reply["data"], list):
        reply["data"].insert(0, None)
    assert rows(name, {name: reply}) == rows(name)


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({}, None),
        ({"api-key-max-limit": "many"}, None),
        (
            {"api-key-max-limit": "30", "api-key-use-limit": "12"},
            "Hobbyist plan: 30 calls a minute, 12 of them used; Startup adds positions and sums by coin, Standard "
            "orders, Professional the liquidation maps (coinglass.com/pricing)",
        ),
        (
            {"api-key-max-limit": "300"},
            "Standard plan: 300 calls a minute; Professional adds the liquidation maps (coinglass.com/pricing)",
        ),
        (
            {"api-key-max-limit": "1200", "api-key-use-limit": "3"},
            "Professional plan: 1200 calls a minute, 3 of them used",
        ),
        ({"api-key-max-limit": "500"}, "500 calls a minute"),
    ],
)
def test_the_headers_tell_the_plan_and_what_a_higher_one_would_add(headers, told):
    assert SOURCE.plan(headers) == told


def test_the_key_goes_in_a_header_and_in_no_address():
    assert SOURCE.key == ("COINGLASS_API_KEY", "CG-API-KEY")
    assert not any("key" in name.lower() for call in CALLS.values() for name in call.params)

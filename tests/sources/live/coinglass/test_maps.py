"""CoinGlass's maps: several rows a price, sides by the price, an estimate."""

import pytest

from commentary.sources.live.base import ReplyError
from tests.sources.live.coinglass.replies import CALLS, recorded, rows


def test_a_map_has_several_rows_for_a_price_one_a_leverage():
    (told,) = rows("map_binance")
    assert [(level.price, level.leverage) for level in told.levels] == [(60593, 25), (60593, 50), (62500, 100)]


def test_the_map_of_all_exchanges_has_no_leverage_and_its_rows_of_one_price_are_added():
    (told,) = rows("map_7d")
    assert [(level.price, level.leverage) for level in told.levels] == [(60593, None), (62500, None)]
    # 21579370.77 + 1000000.23
    assert told.levels[0].notional_usd == 22579371


def test_the_data_of_a_map_stands_in_a_second_data():
    reply = recorded("map_7d")
    reply["data"] = reply["data"]["data"]
    with pytest.raises(ReplyError, match="/data holds nothing"):
        rows("map_7d", {"map_7d": reply})


def test_the_side_of_a_level_comes_from_the_price_and_a_level_at_the_price_has_none():
    (told,) = rows("map_7d")
    # The price is 61240.5.
    assert {level.price: level.side for level in told.levels} == {60593: "long", 62500: "short"}


def test_a_map_is_estimated_and_its_window_is_its_range():
    hours = {name: rows(name)[0].window_hours for name in ("map_1d", "map_7d", "map_30d", "map_binance")}
    assert hours == {"map_1d": 24, "map_7d": 168, "map_30d": 720, "map_binance": 168}
    assert all(rows(name)[0].evidence == "estimated" for name in hours)
    assert {name: CALLS[name].params["range"] for name in hours} == {
        "map_1d": "1d", "map_7d": "7d", "map_30d": "30d", "map_binance": "7d",
    }  # fmt: skip


def test_a_map_without_a_price_to_tell_its_sides_is_refused():
    reply = recorded("markets")
    for row in filter(None, reply["data"]):
        row["current_price"] = None
    with pytest.raises(ReplyError, match=r"/markets .*perpetual contract of BTC"):
        rows("map_7d", {"markets": reply})


def test_two_levels_alone_make_no_map_so_max_pain_is_not_asked_for():
    # Its names would be wrong as well: long_max_pain_liq_price lies above the price, where shorts are closed.
    assert not any("max-pain" in call.path for call in CALLS.values())

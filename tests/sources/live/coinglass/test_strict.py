"""What a call of CoinGlass uses must be there and of its type; what it does not use is not looked at."""

import copy

import pytest

from commentary.sources.live.base import ReplyError
from tests.sources.live.coinglass.replies import CALLS, recorded, rows

OHLC = ("/data/1/time", "/data/1/close")
LEVEL = ("/data/data", "/data/data/60593", "/data/data/60593/0", "/data/data/60593/0/0", "/data/data/60593/0/1")
USED = {
    "markets": (
        "/data", "/data/0/instrument_id", "/data/0/exchange_name", "/data/0/symbol",
    ),
    "candles": ("/data", "/data/1/time", *(f"/data/1/{name}" for name in ("open", "high", "low", "close"))),
    "coins": ("/data", "/data/1/symbol"),
    "funding": (
        "/data", "/data/1/symbol", "/data/1/stablecoin_margin_list", "/data/1/token_margin_list",
        "/data/1/stablecoin_margin_list/0/exchange", "/data/1/stablecoin_margin_list/0/funding_rate",
    ),
    "funding_history": OHLC,
    "funding_weighted": OHLC,
    "open_interest": (
        "/data", "/data/0/exchange", "/data/0/open_interest_usd", "/data/0/open_interest_quantity",
    ),
    "open_interest_history": OHLC,
    "open_interest_chart": (
        "/data", "/data/time_list", "/data/time_list/3", "/data/data_map", "/data/data_map/Bybit/3",
    ),
    "open_interest_linear_history": OHLC,
    "open_interest_inverse_history": OHLC,
    "liquidations": ("/data", "/data/0/exchange", "/data/0/liquidation_usd"),
    "liquidations_4h": (
        "/data/0/exchange", "/data/0/liquidation_usd", "/data/0/long_liquidation_usd", "/data/0/short_liquidation_usd",
    ),
    "liquidations_market": (
        "/data/0/exchange", "/data/0/liquidation_usd", "/data/0/long_liquidation_usd", "/data/0/short_liquidation_usd",
    ),
    "liquidations_coins": (
        "/data/2/symbol", "/data/2/liquidation_usd_24h", "/data/2/long_liquidation_usd_24h",
        "/data/2/short_liquidation_usd_24h",
    ),
    "liquidations_history": (
        "/data/3/time", "/data/3/aggregated_long_liquidation_usd", "/data/3/aggregated_short_liquidation_usd",
    ),
    **{
        f"orders_{venue}": tuple(
            f"/data/0/{name}"
            for name in ("exchange_name", "symbol", "base_asset", "price", "usd_value", "side", "time")
        )
        for venue in ("binance", "bybit")
    },
    **{f"map_{name}": LEVEL for name in ("1d", "7d", "30d", "binance")},
    "book_all": ("/data/1/time", "/data/1/aggregated_bids_usd", "/data/1/aggregated_asks_usd"),
    "book_binance": ("/data/0/time", "/data/0/bids_usd", "/data/0/asks_usd"),
    "accounts": ("/data/1/time", "/data/1/global_account_long_percent"),
    "top_accounts": ("/data/1/time", "/data/1/top_account_long_percent"),
    "top_positions": ("/data/1/time", "/data/1/top_position_long_percent"),
    "takers": ("/data/2/time", "/data/2/taker_buy_volume_usd", "/data/2/taker_sell_volume_usd"),
    "etf_flows": (
        "/data/1/timestamp", "/data/1/flow_usd", "/data/1/etf_flows", "/data/1/etf_flows/1/etf_ticker",
    ),
    "whales": tuple(
        f"/data/1/{name}"
        for name in ("symbol", "position_size", "position_value_usd", "unrealized_pnl", "update_time")
    ),
}  # fmt: skip
"""Where what a call cannot do without stands in its recorded reply."""
OPTIONAL = {
    "markets": ("/data/0/current_price", "/data/0/index_price", "/data/0/price_change_percent_24h",
                "/data/0/open_interest_usd"),
    "candles": ("/data/1/volume_usd",),
    "coins": ("/data/1/price_change_percent_24h",),
    "funding": ("/data/1/stablecoin_margin_list/0/funding_rate_interval",),
    "open_interest": ("/data/0/open_interest_by_stable_coin_margin", "/data/0/open_interest_quantity_by_coin_margin",
                      "/data/0/open_interest_quantity_by_stable_coin_margin",
                      "/data/0/open_interest_change_percent_24h"),
    "map_binance": ("/data/data/60593/0/2",),
    "etf_flows": ("/data/1/etf_flows/1/flow_usd",),
    "whales": tuple(f"/data/1/{name}" for name in ("entry_price", "liq_price", "leverage", "margin_balance",
                                                   "margin_mode")),
}  # fmt: skip
"""What may be null or missing, and must be what it is documented as where it is there."""


WRONG = {"object": {"a": 1}, "true": True, "text": "?"}


def places(table):
    return [(name, place) for name, found in table.items() for place in found]


def names(table):
    """Return the places that are names of an object and no prices of a map: without one of these nothing is missing."""
    return [(name, place) for name, place in places(table) if not place.rpartition("/")[2].isdigit()]


def parent(reply, place):
    *above, last = place.split("/")[1:]
    for step in above:
        reply = reply[int(step) if isinstance(reply, list) else step]
    return reply, int(last) if isinstance(reply, list) else last


def is_word(name, place):
    holder, last = parent(recorded(name), place)
    return isinstance(holder[last], str) and not holder[last].replace(".", "").isdigit()


def read(name, reply):
    return rows(name, {name: reply})


def test_the_table_of_what_is_used_has_every_call():
    assert set(USED) == set(CALLS)


@pytest.mark.parametrize(("name", "place"), names(USED))
def test_what_is_used_and_missing_is_reported_with_its_place(name, place):
    reply = recorded(name)
    holder, last = parent(reply, place)
    del holder[last]
    with pytest.raises(ReplyError) as error:
        read(name, reply)
    assert error.value.path == place


@pytest.mark.parametrize(
    ("name", "place", "wrong"),
    [
        (name, place, wrong)
        for name, place in places(USED) + places(OPTIONAL)
        for wrong in WRONG
        if wrong != "text" or not is_word(name, place)
    ],
)
def test_what_is_used_and_of_another_type_is_reported_with_its_place(name, place, wrong):
    reply = recorded(name)
    holder, last = parent(reply, place)
    holder[last] = WRONG[wrong]
    with pytest.raises(ReplyError) as error:
        read(name, reply)
    assert error.value.path.startswith(place)


@pytest.mark.parametrize(("name", "place"), places(OPTIONAL))
def test_what_may_be_null_may_be_missing_too(name, place):
    null, missing = recorded(name), recorded(name)
    holder, last = parent(null, place)
    holder[last] = None
    holder, last = parent(missing, place)
    if isinstance(holder, dict):
        del holder[last]
        assert read(name, missing) == read(name, null)
    assert read(name, null)


@pytest.mark.parametrize("name", CALLS)
def test_names_that_are_not_used_change_nothing(name):
    assert read(name, _with_more(recorded(name))) == rows(name)


@pytest.mark.parametrize("name", CALLS)
def test_a_reply_is_not_changed_by_reading_it(name):
    reply = recorded(name)
    before = copy.deepcopy(reply)
    read(name, reply)
    assert reply == before


def _with_more(value):
    """Return a reply with a name more in each object, but where the names are prices or exchanges."""
    if isinstance(value, list):
        return [_with_more(item) for item in value]
    if not isinstance(value, dict):
        return value
    more = {name: _with_more(item) for name, item in value.items()}
    return more if {"60593", "Bybit"} & value.keys() else {**more, "a_new_name": [{"of": None}]}

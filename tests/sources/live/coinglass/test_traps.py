"""What a reader of CoinGlass can get wrong, one test a trap."""

from decimal import Decimal
from typing import get_args

import pytest

from commentary.records.snapshot import SECTIONS, Snapshot
from commentary.sources.json_text import load
from commentary.sources.live.base import Asked, RefusedError, ReplyError
from commentary.sources.live.coinglass.common import EXCHANGES, exchange, unwrap
from commentary.sources.live.coinglass.etf import close_of
from commentary.sources.names import saying
from commentary.sources.settle import settle
from commentary.sources.shapes.reading import Part
from tests.sources.live.coinglass.replies import CALLS, NOW, RECEIVED, SOURCE, recorded, rows, utc

SECTION_OF = {get_args(Snapshot.model_fields[section].annotation)[0]: section for section in SECTIONS}


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


def test_funding_is_percent_and_its_rows_are_fractions():
    # Told 0.0086, which is 0.0086%.
    assert rows("funding")[0].rate == Decimal("0.000086")


def test_a_funding_rate_keeps_the_interval_of_its_exchange_and_none_where_that_is_null():
    told = {row.venue: row.interval_hours for row in rows("funding")}
    assert told == {"Binance": 8, "Hyperliquid": 1, "OKX": None, "Deribit": 8}


def test_a_rate_that_has_not_settled_is_predicted_and_one_of_a_history_has_no_kind():
    assert {row.kind for row in rows("funding")} == {"predicted"}
    assert {row.kind for row in rows("funding_history")} == {None}


def test_an_exchange_with_both_kinds_of_margin_has_one_rate_that_of_stablecoins():
    (binance,) = (row for row in rows("funding") if row.venue == "Binance")
    assert binance.rate == Decimal("0.000086")


def test_two_rates_of_one_exchange_in_one_list_are_refused():
    reply = recorded("funding")
    listed = reply["data"][1]["stablecoin_margin_list"]
    listed.append({**listed[0], "funding_rate": Decimal("0.01")})
    with pytest.raises(ReplyError, match=r"/data/1/stablecoin_margin_list/4/funding_rate .*one rate of Binance"):
        rows("funding", {"funding": reply})


@pytest.mark.parametrize("name", ["BINANCE", "binance", "Binance"])
def test_an_exchange_in_capitals_is_the_same_exchange(name):
    # The list of accumulated rates and the orders write BINANCE, all others Binance.
    assert exchange(Part(name)) == "Binance"


def test_the_row_of_all_exchanges_comes_first_and_is_no_exchange():
    assert rows("open_interest")[0].venue == rows("liquidations")[0].venue == "all"


def test_every_exchange_it_covers_can_be_printed_as_it_is_spelled():
    assert [name for name in EXCHANGES if saying(name)] == []


@pytest.mark.parametrize("name", ["$$$", "01", "Longs crushed everywhere"])
def test_an_exchange_whose_name_cannot_be_printed_is_left_out(name):
    reply = recorded("liquidations")
    reply["data"][1]["exchange"] = name
    assert [row.venue for row in rows("liquidations", {"liquidations": reply})] == ["all", "Bybit"]


@pytest.mark.parametrize("spelled", ["{}_liquidation_usd", "{}Liquidation_usd"])
def test_both_spellings_of_the_sums_of_a_side_are_read(spelled):
    row = {spelled.format("long"): Decimal(3), spelled.format("short"): "1", "liquidation_usd": Decimal(4)}
    reply = {"code": "0", "data": [{"exchange": "All", **row}]}
    (made,) = rows("liquidations", {"liquidations": reply})
    assert (made.long_usd, made.short_usd, made.total_usd) == (3, 1, 4)


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


def test_a_window_of_liquidations_ends_at_its_time_and_counts_no_interval_that_runs():
    (day,) = rows("liquidations_history")
    assert day.time == utc("22 08:00")
    # With the hundred dollars of the running interval it would be 82262693.89.
    assert day.long_usd == Decimal("82262593.89")


def test_a_day_that_lacks_an_interval_is_left_out():
    reply = recorded("liquidations_history")
    del reply["data"][3]
    assert rows("liquidations_history", {"liquidations_history": reply}) == []
    reply = recorded("liquidations_history")
    reply["data"][3]["aggregated_long_liquidation_usd"] = None
    assert rows("liquidations_history", {"liquidations_history": reply}) == []


def test_a_sum_over_the_exchanges_asked_for_is_one_of_all_only_where_no_other_is_listed():
    reply = recorded("liquidations")
    reply["data"][2]["exchange"] = "Newcomer"
    with pytest.raises(ReplyError, match=r"/liquidations/data/2/exchange holds 'Newcomer'"):
        rows("liquidations_history", {"liquidations": reply})


def test_a_map_has_several_rows_for_a_price_one_a_leverage():
    (told,) = rows("map_binance")
    assert [(level.price, level.leverage) for level in told.levels] == [(60593, 25), (60593, 50), (62500, 100)]


def test_the_map_of_all_exchanges_has_no_leverage_and_its_rows_of_one_price_are_added():
    (told,) = rows("map_7d")
    assert [(level.price, level.leverage) for level in told.levels] == [(60593, None), (62500, None)]
    # 21579370.77 + 1000000.23
    assert told.levels[0].notional_usd == 22579371


def test_all_rows_of_all_calls_make_one_snapshot_in_which_none_contradicts_another():
    sections = {}
    for name, call in CALLS.items():
        for row in rows(name):
            (section,) = (one for one in call.fills if SECTION_OF[type(row)] == one)
            sections.setdefault(section, []).append(row)
    snapshot = Snapshot(format="commentary.snapshot/1", asset="BTC", quote="USD", as_of=RECEIVED, **sections)
    settled = settle(snapshot)
    assert [len(getattr(settled.snapshot, section)) for section in sections] == [
        len(kept) for kept in sections.values()
    ]


def test_the_data_of_a_map_stands_in_a_second_data():
    reply = recorded("map_7d")
    reply["data"] = reply["data"]["data"]
    with pytest.raises(ReplyError, match="/data/data holds nothing"):
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
    with pytest.raises(ReplyError, match=r"/markets/data .*perpetual contract of BTC"):
        rows("map_7d", {"markets": {"code": "0", "data": []}})


def test_two_levels_alone_make_no_map_so_max_pain_is_not_asked_for():
    # Its names would be wrong as well: long_max_pain_liq_price lies above the price, where shorts are closed.
    assert not any("max-pain" in call.path for call in CALLS.values())


def test_a_sell_order_closes_a_long_and_a_buy_order_a_short():
    assert [row.side for row in rows("orders_binance")] == ["long", "short"]


def test_a_direction_that_is_not_documented_is_refused():
    reply = recorded("orders_binance")
    reply["data"][0]["side"] = Decimal(3)
    with pytest.raises(ReplyError, match=r"/data/0/side"):
        rows("orders_binance", {"orders_binance": reply})


def test_orders_and_prices_of_a_contract_for_a_thousand_coins_are_left_out():
    asked = Asked("PEPE", NOW)
    order = {"exchange_name": "BINANCE", "symbol": "1000PEPEUSDT", "base_asset": "PEPE"}
    market = {"exchange_name": "Binance", "instrument_id": "1000PEPEUSDT", "symbol": "PEPE/USDT",
              "funding_rate": Decimal(0), "current_price": Decimal("0.0041")}  # fmt: skip
    assert rows("orders_binance", {"orders_binance": {"code": "0", "data": [order]}}, asked) == []
    assert rows("markets", {"markets": {"code": "0", "data": [market]}}, asked) == []


def test_a_contract_that_expires_gives_no_price_though_it_is_larger():
    # BTCUSDT_261225 at 61611.9 has no funding rate.
    assert {row.value for row in rows("markets") if row.METRIC == "price"} == {
        Decimal("61240.5"), Decimal("61268.31"), Decimal("61239.1"),
    }  # fmt: skip


def test_a_history_that_comes_in_dollars_where_coins_were_asked_for_is_refused():
    reply = recorded("open_interest_history")
    for row in reply["data"]:
        # 655400.25 coins at about 61240 are forty billion dollars.
        row["close"] = "40137000000"
    with pytest.raises(ReplyError, match=r"/data/1/close .*coins, near the 660000 of now"):
        rows("open_interest_history", {"open_interest_history": reply})


def test_a_chart_whose_newest_sum_is_not_that_of_all_exchanges_is_refused():
    # 2% of 660000 are 13200: without the 140000 of CME the sum is of some exchanges.
    reply = recorded("open_interest_chart")
    del reply["data"]["data_map"]["CME"]
    with pytest.raises(ReplyError, match=r"/data/data_map .*near the 660000 coins of all exchanges"):
        rows("open_interest_chart", {"open_interest_chart": reply})


def test_a_level_of_a_time_of_which_an_exchange_now_without_one_had_one_is_of_another_sum():
    reply = recorded("open_interest_chart")
    reply["data"]["data_map"]["Closed"][3] = Decimal(12)
    (left,) = rows("open_interest_chart", {"open_interest_chart": reply})
    assert left.time == utc("22 04:05")


def test_a_list_of_levels_that_is_shorter_than_that_of_times_is_refused():
    reply = recorded("open_interest_chart")
    reply["data"]["data_map"]["Bybit"].pop()
    with pytest.raises(ReplyError, match=r"/data/data_map/Bybit .*6 levels"):
        rows("open_interest_chart", {"open_interest_chart": reply})


@pytest.mark.parametrize(("close", "unit"), [("555100", "value_coin"), ("33993000000", "value_usd")])
def test_the_unit_of_a_history_of_one_margin_is_told_by_its_size(close, unit):
    reply = recorded("open_interest_linear_history")
    for row in reply["data"]:
        row["close"] = close
    made = rows("open_interest_linear_history", {"open_interest_linear_history": reply})
    assert {getattr(row, unit) for row in made} == {Decimal(close)}


@pytest.mark.parametrize("close", ["102000", "5551000000000"])
def test_a_size_that_fits_neither_dollars_nor_coins_is_refused(close):
    reply = recorded("open_interest_linear_history")
    reply["data"][-1]["close"] = close
    with pytest.raises(ReplyError, match=r"/data/1/close .*34294680000 dollars or 560000 coins"):
        rows("open_interest_linear_history", {"open_interest_linear_history": reply})


def test_a_size_that_fits_dollars_and_coins_alike_is_refused():
    now = recorded("open_interest")
    # A coin of about one dollar.
    now["data"][0] |= {"open_interest_by_stable_coin_margin": 560000, "open_interest_usd": 660000}
    with pytest.raises(ReplyError, match="560000 dollars or 560000 coins"):
        rows("open_interest_linear_history", {"open_interest": now})


def test_the_ratio_with_the_misspelt_name_is_not_needed():
    reply = recorded("markets")
    assert "open_interest_volume_radio" in reply["data"][0]
    del reply["data"][0]["open_interest_volume_radio"]
    assert rows("markets", {"markets": reply}) == rows("markets")


def test_a_long_share_is_percent_and_its_row_a_fraction():
    assert rows("accounts")[0].long_share == Decimal("0.7388")


def test_the_flow_of_today_that_no_fund_has_reported_is_no_flow_of_nought():
    # 2026-11-20: 0.0 with every fund null.
    assert [row.time.date().day for row in rows("etf_flows")] == [30, 19]


def test_a_day_that_no_fund_ever_reported_is_left_out_between_others_too():
    reply = recorded("etf_flows")
    for fund in reply["data"][1]["etf_flows"]:
        fund["flow_usd"] = None
    assert [row.time.date().day for row in rows("etf_flows", {"etf_flows": reply})] == [30]


def test_the_newest_session_is_left_out_until_each_fund_of_the_one_before_has_reported():
    reply = recorded("etf_flows")
    funds = reply["data"][-1]["etf_flows"]
    funds[1]["flow_usd"] = reply["data"][-1]["flow_usd"] = Decimal(5)
    assert len(rows("etf_flows", {"etf_flows": reply})) == 2
    funds[0]["flow_usd"] = funds[2]["flow_usd"] = Decimal(0)
    assert rows("etf_flows", {"etf_flows": reply})[-1].net_usd == 5


def test_a_day_without_flows_that_all_funds_report_is_a_flow_of_nought():
    reply = recorded("etf_flows")
    for fund in reply["data"][-1]["etf_flows"]:
        fund["flow_usd"] = Decimal("0.0")
    assert rows("etf_flows", {"etf_flows": reply})[-1].net_usd == 0


def test_a_session_is_told_from_its_close_in_new_york():
    # 2026: summer time from 8 March to 1 November.
    told = {day: close_of(utc("01 00:00").replace(month=month, day=day).date()).hour
            for month, day in ((3, 7), (3, 8), (10, 31), (11, 1))}  # fmt: skip
    assert told == {7: 21, 8: 20, 31: 20, 1: 21}


def test_a_session_that_has_not_closed_is_left_out():
    before = Asked("BTC", utc("19 20:59"))
    assert [row.time.date().day for row in rows("etf_flows", asked=before)] == [30]


def test_numbers_are_read_as_text_too():
    # "0.00125", "7960000000", "61239.1" and "1200.5" stand in quotes in the records.
    assert rows("funding")[1].rate == Decimal("0.0000125")
    assert rows("whales")[1].size_coin == Decimal("1200.5")


def test_a_negative_size_of_a_position_is_a_short():
    assert [(row.side, row.size_coin) for row in rows("whales")] == [("short", 800), ("long", Decimal("1200.5"))]


@pytest.mark.parametrize("name", CALLS)
def test_a_null_in_a_list_is_passed_over(name):
    reply = recorded(name)
    if isinstance(reply["data"], list):
        reply["data"].insert(0, None)
    assert rows(name, {name: reply}) == rows(name)


def test_a_coin_that_is_not_listed_gets_no_rows_of_shared_replies():
    other = Asked("XYZ", NOW)
    for name in ("coins", "funding", "whales", "markets"):
        assert rows(name, asked=other) == []


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

"""Each venue's replies have the fields that its documentation lists, as text or as numbers as it says.

Field lists and types are those of the venues' pages as market-data reference §1 and §2 quotes them (read 2026-11-22).
Kinds: text is a figure as text, number a figure, whole one without a point, word any text, ms a time in milliseconds
(ms_text as text), s one in seconds. A tuple is a row by place.
"""

import re
from datetime import UTC, datetime

import pytest

FIGURE = re.compile(r"-?\d+(\.\d+)?")
BTC = {"symbol": "BTCUSDT", "limit": "5"}
LINEAR = {"category": "linear", "symbol": "BTCUSDT", "limit": "5"}
SWAP = {"instId": "BTC-USDT-SWAP", "limit": "5"}
PERPETUAL = {"instrument_name": "BTC-PERPETUAL"}
PAIR = {"exchange": "Binance", "symbol": "BTCUSDT"}
HOURS = {**PAIR, "interval": "4h", "limit": "3"}
SPAN = {"start_timestamp": "1796000000000", "end_timestamp": "1796106000000"}
COINALYZE = {"symbols": "BTCUSDT_PERP.A", "interval": "1hour", "from": "1796000000", "to": "1796106000"}


def plausible(value, unit):
    return abs(value / unit - datetime(2026, 12, 1, tzinfo=UTC).timestamp()) < 400 * 86400


KINDS = {
    "text": lambda value: isinstance(value, str) and FIGURE.fullmatch(value),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "whole": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "word": lambda value: isinstance(value, str),
    "ms": lambda value: isinstance(value, int) and plausible(value, 1000),
    "ms_text": lambda value: isinstance(value, str) and value.isdigit() and plausible(int(value), 1000),
    "s": lambda value: isinstance(value, int) and plausible(value, 1),
    "list": lambda value: isinstance(value, list),
    "any": lambda value: True,
}


def fields(**kinds):
    return {name: kind for kind, names in kinds.items() for name in names.split()}


OHLC = fields(text="open high low close", ms="time")
KLINE = ("ms", *["text"] * 5, "ms", "text", "whole", "text", "text", "text")
RATIO = fields(text="longShortRatio longAccount shortAccount", ms="timestamp", word="symbol")
CHANGES = " ".join(f"open_interest_change_percent_{word}" for word in ["5m", "15m", "30m", "1h", "4h", "24h"])
LIQUIDATED = " ".join(
    f"{side}liquidation_usd_{word}" for side in ("", "long_", "short_") for word in ["1h", "4h", "12h", "24h"]
)
POSITION = fields(
    word="user symbol margin_mode",
    number="position_size entry_price mark_price leverage margin_balance position_value_usd unrealized_pnl",
    any="liq_price",
)

SHAPES = [
    # Binance USD-M
    ("binance", "/fapi/v1/time", {}, "", fields(ms="serverTime")),
    ("binance", "/fapi/v1/klines", {**BTC, "interval": "1h"}, "0", KLINE),
    ("binance", "/fapi/v1/markPriceKlines", {**BTC, "interval": "1h"}, "0", KLINE),
    ("binance", "/fapi/v1/indexPriceKlines", {"pair": "BTCUSDT", "interval": "1h", "limit": "5"}, "0", KLINE),
    ("binance", "/fapi/v1/premiumIndexKlines", {**BTC, "interval": "1h"}, "0", KLINE),
    (
        "binance",
        "/fapi/v1/premiumIndex",
        BTC,
        "",
        fields(
            word="symbol",
            text="markPrice indexPrice estimatedSettlePrice lastFundingRate interestRate",
            ms="nextFundingTime time",
        ),
    ),
    (
        "binance",
        "/fapi/v1/fundingRate",
        BTC,
        "0",
        fields(word="symbol", text="fundingRate markPrice", ms="fundingTime"),
    ),
    (
        "binance",
        "/fapi/v1/fundingInfo",
        {},
        "0",
        fields(word="symbol", text="adjustedFundingRateCap adjustedFundingRateFloor", whole="fundingIntervalHours"),
    ),
    ("binance", "/fapi/v1/openInterest", BTC, "", fields(text="openInterest", word="symbol", ms="time")),
    (
        "binance",
        "/futures/data/openInterestHist",
        {**BTC, "period": "1h"},
        "0",
        fields(word="symbol", text="sumOpenInterest sumOpenInterestValue CMCCirculatingSupply", ms="timestamp"),
    ),
    ("binance", "/futures/data/globalLongShortAccountRatio", {**BTC, "period": "1h"}, "0", RATIO),
    ("binance", "/futures/data/topLongShortAccountRatio", {**BTC, "period": "1h"}, "0", RATIO),
    ("binance", "/futures/data/topLongShortPositionRatio", {**BTC, "period": "1h"}, "0", RATIO),
    (
        "binance",
        "/futures/data/takerlongshortRatio",
        {**BTC, "period": "1h"},
        "0",
        fields(text="buySellRatio buyVol sellVol", ms="timestamp"),
    ),
    (
        "binance",
        "/futures/data/basis",
        {"pair": "BTCUSDT", "contractType": "NEXT_QUARTER", "period": "1h"},
        "0",
        fields(text="indexPrice futuresPrice basis basisRate annualizedBasisRate", ms="timestamp"),
    ),
    ("binance", "/fapi/v1/depth", BTC, "", fields(whole="lastUpdateId", ms="E T", list="bids asks")),
    ("binance", "/fapi/v1/depth", BTC, "bids.0", ("text", "text")),
    # Bybit v5
    ("bybit", "/v5/market/kline", {**LINEAR, "interval": "60"}, "list.0", ("ms_text", *["text"] * 6)),
    (
        "bybit",
        "/v5/market/tickers",
        LINEAR,
        "list.0",
        fields(
            text="fundingRate fundingIntervalHour markPrice indexPrice lastPrice openInterest openInterestValue "
            "singleOpenInterest singleOpenInterestValue",
            ms_text="nextFundingTime",
            word="symbol",
        ),
    ),
    (
        "bybit",
        "/v5/market/funding/history",
        LINEAR,
        "list.0",
        fields(word="symbol", text="fundingRate", ms_text="fundingRateTimestamp"),
    ),
    (
        "bybit",
        "/v5/market/open-interest",
        {**LINEAR, "intervalTime": "1h"},
        "list.0",
        fields(text="openInterest singleOpenInterest", ms_text="timestamp"),
    ),
    (
        "bybit",
        "/v5/market/account-ratio",
        {**LINEAR, "period": "1h"},
        "list.0",
        fields(text="buyRatio sellRatio", ms_text="timestamp"),
    ),
    ("bybit", "/v5/market/orderbook", LINEAR, "", fields(word="s", list="b a", ms="ts cts", whole="u seq")),
    ("bybit", "/v5/market/orderbook", LINEAR, "b.0", ("text", "text")),
    (
        "bybit",
        "/v5/market/risk-limit",
        LINEAR,
        "list.0",
        fields(
            whole="id isLowestRisk",
            word="symbol mmDeduction",
            text="riskLimitValue maintenanceMargin initialMargin maxLeverage",
        ),
    ),
    ("bybit", "/v5/market/instruments-info", LINEAR, "list.0", fields(word="symbol status", whole="fundingInterval")),
    # OKX v5
    ("okx", "/api/v5/market/candles", {**SWAP, "bar": "1H"}, "0", ("ms_text", *["text"] * 8)),
    ("okx", "/api/v5/market/history-candles", {**SWAP, "bar": "1H"}, "0", ("ms_text", *["text"] * 8)),
    (
        "okx",
        "/api/v5/public/funding-rate",
        SWAP,
        "0",
        fields(
            text="fundingRate minFundingRate maxFundingRate interestRate premium settFundingRate",
            ms_text="fundingTime nextFundingTime",
            word="settState instId",
        ),
    ),
    (
        "okx",
        "/api/v5/public/funding-rate-history",
        SWAP,
        "0",
        fields(text="fundingRate realizedRate", ms_text="fundingTime"),
    ),
    (
        "okx",
        "/api/v5/public/open-interest",
        {"instType": "SWAP", **SWAP},
        "0",
        fields(text="oi oiCcy oiUsd", ms_text="ts"),
    ),
    (
        "okx",
        "/api/v5/rubik/stat/contracts/open-interest-history",
        {**SWAP, "period": "1H"},
        "0",
        ("ms_text", "text", "text", "text"),
    ),
    (
        "okx",
        "/api/v5/rubik/stat/contracts/long-short-account-ratio-contract",
        {**SWAP, "period": "1H"},
        "0",
        ("ms_text", "text"),
    ),
    ("okx", "/api/v5/rubik/stat/taker-volume-contract", {**SWAP, "period": "1H"}, "0", ("ms_text", "text", "text")),
    (
        "okx",
        "/api/v5/public/position-tiers",
        {"instType": "SWAP", "tdMode": "isolated", "instFamily": "BTC-USDT"},
        "0",
        fields(text="tier minSz maxSz mmr imr maxLever"),
    ),
    ("okx", "/api/v5/market/books", {**SWAP, "sz": "5"}, "0.asks.0", ("text", "text", "text", "text")),
    (
        "okx",
        "/api/v5/public/instruments",
        {"instType": "SWAP", **SWAP},
        "0",
        fields(word="instId ctType ctValCcy", text="ctVal ctMult"),
    ),
    # Deribit
    ("deribit", "/api/v2/public/get_time", {}, "", "ms"),
    (
        "deribit",
        "/api/v2/public/get_tradingview_chart_data",
        {**PERPETUAL, **SPAN, "resolution": "60"},
        "",
        fields(list="ticks open high low close volume cost", word="status"),
    ),
    (
        "deribit",
        "/api/v2/public/get_funding_rate_history",
        {**PERPETUAL, **SPAN},
        "0",
        fields(ms="timestamp", number="index_price prev_index_price interest_8h interest_1h"),
    ),
    (
        "deribit",
        "/api/v2/public/ticker",
        PERPETUAL,
        "",
        fields(number="current_funding funding_8h mark_price index_price open_interest last_price", ms="timestamp"),
    ),
    ("deribit", "/api/v2/public/get_order_book", PERPETUAL, "bids.0", ("number", "number")),
    (
        "deribit",
        "/api/v2/public/get_book_summary_by_currency",
        {"currency": "BTC", "kind": "future"},
        "1",
        fields(
            word="instrument_name base_currency",
            number="mark_price open_interest volume estimated_delivery_price",
            ms="creation_timestamp",
        ),
    ),
    (
        "deribit",
        "/api/v2/public/get_book_summary_by_currency",
        {"currency": "BTC", "kind": "option"},
        "0",
        fields(word="instrument_name underlying_index", number="mark_iv open_interest underlying_price mark_price"),
    ),
    (
        "deribit",
        "/api/v2/public/get_volatility_index_data",
        {"currency": "BTC", **SPAN, "resolution": "3600"},
        "data.0",
        ("ms", "number", "number", "number", "number"),
    ),
    (
        "deribit",
        "/api/v2/public/get_last_trades_by_instrument_and_time",
        {**PERPETUAL, **SPAN},
        "trades.0",
        fields(ms="timestamp", number="price amount", word="direction liquidation instrument_name"),
    ),
    # CoinGlass v4
    ("coinglass", "/api/futures/price/history", HOURS, "0", {**OHLC, "volume_usd": "text"}),
    (
        "coinglass",
        "/api/futures/liquidation/history",
        HOURS,
        "0",
        fields(ms="time", text="long_liquidation_usd short_liquidation_usd"),
    ),
    (
        "coinglass",
        "/api/futures/liquidation/aggregated-history",
        {"exchange_list": "Binance,OKX,Bybit", "symbol": "BTC", "interval": "4h", "limit": "3"},
        "0",
        fields(ms="time", number="aggregated_long_liquidation_usd aggregated_short_liquidation_usd"),
    ),
    # The names of the reply kept on 2025-11-14, not those of the page.
    (
        "coinglass",
        "/api/futures/liquidation/exchange-list",
        {"symbol": "BTC", "range": "24h"},
        "0",
        fields(word="exchange", number="liquidation_usd longLiquidation_usd shortLiquidation_usd"),
    ),
    (
        "coinglass",
        "/api/futures/liquidation/coin-list",
        {"exchange": "Binance"},
        "0",
        fields(word="symbol", number=LIQUIDATED),
    ),
    (
        "coinglass",
        "/api/futures/liquidation/order",
        {"exchange": "Binance", "symbol": "BTC", "min_liquidation_amount": "1000"},
        "0",
        fields(word="exchange_name symbol base_asset", number="price usd_value", whole="side", ms="time"),
    ),
    ("coinglass", "/api/futures/funding-rate/history", HOURS, "0", OHLC),
    (
        "coinglass",
        "/api/futures/funding-rate/oi-weight-history",
        {"symbol": "BTC", "interval": "4h", "limit": "3"},
        "0",
        OHLC,
    ),
    (
        "coinglass",
        "/api/futures/funding-rate/vol-weight-history",
        {"symbol": "BTC", "interval": "4h", "limit": "3"},
        "0",
        OHLC,
    ),
    (
        "coinglass",
        "/api/futures/funding-rate/exchange-list",
        {},
        "0.stablecoin_margin_list.0",
        fields(word="exchange", number="funding_rate", whole="funding_rate_interval", ms="next_funding_time"),
    ),
    (
        "coinglass",
        "/api/futures/funding-rate/accumulated-exchange-list",
        {"range": "7d"},
        "0.token_margin_list.0",
        fields(word="exchange", number="funding_rate"),
    ),
    ("coinglass", "/api/futures/open-interest/history", HOURS, "0", OHLC),
    (
        "coinglass",
        "/api/futures/open-interest/aggregated-history",
        {"symbol": "BTC", "interval": "4h", "limit": "3"},
        "0",
        fields(ms="time", number="open high low close"),
    ),
    (
        "coinglass",
        "/api/futures/open-interest/exchange-list",
        {"symbol": "BTC"},
        "0",
        fields(
            word="exchange symbol",
            number="open_interest_usd open_interest_quantity open_interest_by_stable_coin_margin "
            f"open_interest_quantity_by_coin_margin open_interest_quantity_by_stable_coin_margin {CHANGES}",
        ),
    ),
    (
        "coinglass",
        "/api/futures/open-interest/exchange-history-chart",
        {"symbol": "BTC", "range": "1h", "unit": "usd"},
        "",
        fields(list="time_list price_list", any="data_map"),
    ),
    (
        "coinglass",
        "/api/futures/global-long-short-account-ratio/history",
        HOURS,
        "0",
        fields(
            ms="time",
            number="global_account_long_percent global_account_short_percent global_account_long_short_ratio",
        ),
    ),
    (
        "coinglass",
        "/api/futures/top-long-short-position-ratio/history",
        HOURS,
        "0",
        fields(ms="time", number="top_position_long_percent top_position_short_percent top_position_long_short_ratio"),
    ),
    (
        "coinglass",
        "/api/futures/orderbook/ask-bids-history",
        {**HOURS, "range": "1"},
        "0",
        fields(ms="time", number="bids_usd bids_quantity asks_usd asks_quantity"),
    ),
    (
        "coinglass",
        "/api/futures/orderbook/aggregated-ask-bids-history",
        {"exchange_list": "ALL", "symbol": "BTC", "interval": "4h", "range": "2"},
        "0",
        fields(
            ms="time",
            number="aggregated_bids_usd aggregated_bids_quantity aggregated_asks_usd aggregated_asks_quantity",
        ),
    ),
    ("coinglass", "/api/futures/orderbook/history", HOURS, "0", ("s", "list", "list")),
    (
        "coinglass",
        "/api/futures/v2/taker-buy-sell-volume/history",
        HOURS,
        "0",
        fields(ms="time", text="taker_buy_volume_usd taker_sell_volume_usd"),
    ),
    (
        "coinglass",
        "/api/futures/cvd/history",
        HOURS,
        "0",
        fields(ms="time", number="taker_buy_vol taker_sell_vol cum_vol_delta"),
    ),
    (
        "coinglass",
        "/api/futures/basis/history",
        HOURS,
        "0",
        fields(ms="time", number="open_basis close_basis open_change close_change"),
    ),
    (
        "coinglass",
        "/api/futures/liquidation/max-pain",
        {"range": "24h"},
        "0",
        fields(
            word="symbol",
            number="price long_max_pain_liq_level long_max_pain_liq_price short_max_pain_liq_level "
            "short_max_pain_liq_price",
        ),
    ),
    (
        "coinglass",
        "/api/futures/coins-markets",
        {},
        "0",
        fields(word="symbol", number=f"current_price avg_funding_rate_by_oi open_interest_usd {LIQUIDATED}"),
    ),
    (
        "coinglass",
        "/api/futures/pairs-markets",
        {"symbol": "BTC"},
        "0",
        fields(
            word="instrument_id exchange_name symbol",
            number="current_price open_interest_usd open_interest_volume_radio funding_rate",
            ms="next_funding_time",
        ),
    ),
    ("coinglass", "/api/futures/supported-exchange-pairs", {}, "Binance.0", fields(word="instrument_id base_asset")),
    (
        "coinglass",
        "/api/etf/bitcoin/flow-history",
        {},
        "0",
        fields(ms="timestamp", number="flow_usd price_usd", list="etf_flows"),
    ),
    ("coinglass", "/api/etf/ethereum/flow-history", {}, "0.etf_flows.0", fields(word="etf_ticker", number="flow_usd")),
    ("coinglass", "/api/hyperliquid/position", {"symbol": "BTC"}, "list.0", POSITION),
    # Coinalyze
    ("coinalyze", "/v1/open-interest-history", COINALYZE, "0.history.0", fields(s="t", number="o h l c")),
    ("coinalyze", "/v1/funding-rate-history", COINALYZE, "0.history.0", fields(s="t", number="o h l c")),
    ("coinalyze", "/v1/predicted-funding-rate-history", COINALYZE, "0.history.0", fields(s="t", number="o h l c")),
    ("coinalyze", "/v1/liquidation-history", COINALYZE, "0.history.0", fields(s="t", number="l s")),
    ("coinalyze", "/v1/long-short-ratio-history", COINALYZE, "0.history.0", fields(s="t", number="r l s")),
    ("coinalyze", "/v1/ohlcv-history", COINALYZE, "0.history.0", fields(s="t", number="o h l c v")),
]
QUESTIONS = [
    # Hyperliquid, by the body of POST /info
    (
        {"type": "metaAndAssetCtxs"},
        "0.universe.0",
        fields(word="name", whole="szDecimals maxLeverage marginTableId"),
    ),
    (
        {"type": "metaAndAssetCtxs"},
        "1.0",
        fields(
            text="funding openInterest markPx oraclePx midPx premium prevDayPx dayNtlVlm",
            list="impactPxs",
        ),
    ),
    (
        {"type": "fundingHistory", "coin": "BTC", "startTime": 1796000000000},
        "0",
        fields(word="coin", text="fundingRate premium", ms="time"),
    ),
    (
        {"type": "candleSnapshot", "req": {"coin": "BTC", "interval": "1h", "startTime": 1796000000000}},
        "0",
        fields(ms="t T", word="s i", text="o c h l v", whole="n"),
    ),
    ({"type": "l2Book", "coin": "BTC", "nSigFigs": 4}, "levels.0.0", fields(text="px sz", whole="n")),
    ({"type": "recentTrades", "coin": "BTC"}, "0", fields(text="px sz", ms="time", word="side", list="users")),
]


def place_in(payload, path):
    for step in filter(None, path.split(".")):
        payload = payload[int(step)] if isinstance(payload, list) else payload[step]
    return payload


def held_to(row, shape):
    if isinstance(shape, str):
        assert KINDS[shape](row), row
    elif isinstance(shape, tuple):
        assert len(row) == len(shape)
        for value, kind in zip(row, shape, strict=True):
            assert KINDS[kind](value), (value, kind)
    else:
        for name, kind in shape.items():
            assert name in row, (name, row)
            assert KINDS[kind](row[name]), (name, row[name], kind)


@pytest.mark.parametrize(
    ("venue", "path", "params", "place", "shape"), SHAPES, ids=[f"{one[0]}{one[1]}#{one[3]}" for one in SHAPES]
)
def test_a_reply_has_the_documented_fields(get, venue, path, params, place, shape):
    held_to(place_in(get(venue, path, **params), place), shape)


@pytest.mark.parametrize(("body", "place", "shape"), QUESTIONS, ids=[f"{one[0]['type']}#{one[1]}" for one in QUESTIONS])
def test_hyperliquid_answers_with_the_documented_fields(get, body, place, shape):
    held_to(place_in(get("hyperliquid", "/info", body), place), shape)


def test_an_account_of_hyperliquid_shows_its_position_with_its_liquidation_price(get):
    user = get("coinglass", "/api/hyperliquid/position", symbol="BTC")["list"][0]["user"]
    held = get("hyperliquid", "/info", {"type": "clearinghouseState", "user": user})
    position = held["assetPositions"][0]["position"]
    held_to(position, fields(word="coin", text="szi entryPx positionValue unrealizedPnl liquidationPx marginUsed"))
    assert position["leverage"]["type"] in ("cross", "isolated")
    assert position["maxLeverage"] == 40


def test_envelopes_are_those_of_each_venue(ask):
    assert ask("bybit", "/v5/market/time")[2].keys() == {"retCode", "retMsg", "result", "retExtInfo", "time"}
    assert ask("okx", "/api/v5/public/time")[2].keys() == {"code", "msg", "data"}
    assert ask("okx", "/api/v5/public/time")[2]["code"] == "0"
    assert ask("deribit", "/api/v2/public/get_time")[2].keys() >= {"jsonrpc", "result", "usIn", "usOut"}
    # CoinGlass's code is text.
    assert ask("coinglass", "/api/futures/supported-coins")[2]["code"] == "0"


def test_the_map_of_a_pair_has_its_levels_by_price_with_their_leverage(get):
    held = get("coinglass", "/api/futures/liquidation/map", **PAIR, range="7d")["data"]
    for price, rows in held.items():
        for row in rows:
            assert len(row) == 4
            assert float(price) == row[0]
            assert row[1] > 0
            assert row[2] in (10, 25, 50, 100)
            assert row[3] is None


def test_the_map_of_a_coin_has_one_row_a_price_without_leverage(get):
    held = get("coinglass", "/api/futures/liquidation/aggregated-map", symbol="BTC", range="7d")["data"]
    assert held
    assert all(len(rows) == 1 and rows[0][2:] == [None, None] for rows in held.values())


@pytest.mark.parametrize("model", [1, 2, 3])
def test_a_heatmap_points_at_its_prices_and_candles(get, model):
    held = get("coinglass", f"/api/futures/liquidation/heatmap/model{model}", **PAIR, range="24h")
    candles, prices = held["price_candlesticks"], held["y_axis"]
    for x, y, value in held["liquidation_leverage_data"]:
        assert 0 <= x < len(candles)
        assert 0 <= y < len(prices)
        assert value > 0
    held_to(candles[0], ("s", "text", "text", "text", "text", "text"))


def test_the_session_of_today_is_zero_in_all_and_null_in_each(get):
    last = get("coinglass", "/api/etf/bitcoin/flow-history")[-1]
    # START is Tuesday, 2026-12-01, at 06:30: its own session is not over.
    assert last["timestamp"] == 1796083200000
    assert last["flow_usd"] == 0.0
    assert {row["flow_usd"] for row in last["etf_flows"]} == {None}


@pytest.mark.parametrize(
    ("venue", "path", "params", "status", "answer"),
    [
        ("binance", "/fapi/v1/klines", {"symbol": "XYZUSDT", "interval": "1h"}, 400, {"code": -1121}),
        ("binance", "/fapi/v1/klines", {"symbol": "BTCUSDT", "interval": "7h"}, 400, {"code": -1120}),
        ("bybit", "/v5/market/tickers", {"category": "linear", "symbol": "XYZUSDT"}, 200, {"retCode": 10001}),
        # A start without an end is an error at Bybit.
        ("bybit", "/v5/market/funding/history", {**LINEAR, "startTime": "1796000000000"}, 200, {"retCode": 10001}),
        ("okx", "/api/v5/market/candles", {"instId": "XYZ-USDT-SWAP"}, 200, {"code": "51001"}),
        ("deribit", "/api/v2/public/ticker", {"instrument_name": "XYZ-PERPETUAL"}, 400, {"jsonrpc": "2.0"}),
        ("coinglass", "/api/futures/pairs-markets", {"symbol": "XYZ"}, 400, {"code": "400"}),
        ("coinglass", "/api/nothing", {}, 404, {"code": "404"}),
    ],
)
def test_what_there_is_not_is_an_error_in_the_words_of_the_venue(ask, venue, path, params, status, answer):
    got, _, payload = ask(venue, path, **params)
    assert got == status
    assert {name: payload[name] for name in answer} == answer

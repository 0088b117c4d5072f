"""One market seen through seven venues: units and sides differ as documented, and the figures are the same."""

from itertools import pairwise

import pytest

START_MS = 1796106617000
"""conftest.START: 2026-12-01 06:30:17 UTC."""
HOUR_MS = 3600_000
LINEAR = {"category": "linear", "symbol": "BTCUSDT"}
SWAP = {"instId": "BTC-USDT-SWAP"}


def test_binance_open_interest_in_dollars_is_coins_at_the_mark(get):
    row = get("binance", "/futures/data/openInterestHist", symbol="BTCUSDT", period="1h", limit="1")[0]
    mark = get("binance", "/fapi/v1/markPriceKlines", symbol="BTCUSDT", interval="1h", limit="1")[0]
    assert row["timestamp"] == mark[0]
    assert float(row["sumOpenInterestValue"]) == pytest.approx(float(row["sumOpenInterest"]) * float(mark[1]), rel=1e-6)


def test_bybit_open_interest_is_twice_that_of_one_side(get):
    ticker = get("bybit", "/v5/market/tickers", **LINEAR)["list"][0]
    assert float(ticker["openInterest"]) == pytest.approx(2 * float(ticker["singleOpenInterest"]), rel=1e-6)
    for row in get("bybit", "/v5/market/open-interest", **LINEAR, intervalTime="1h")["list"]:
        assert float(row["openInterest"]) == pytest.approx(2 * float(row["singleOpenInterest"]), rel=1e-6)


def test_one_side_of_bybit_is_what_coinglass_tells_of_its_stablecoin_contracts(get):
    ticker = get("bybit", "/v5/market/tickers", **LINEAR)["list"][0]
    rows = get("coinglass", "/api/futures/open-interest/exchange-list", symbol="BTC")
    told = {row["exchange"]: row for row in rows}["Bybit"]["open_interest_quantity_by_stable_coin_margin"]
    assert float(ticker["singleOpenInterest"]) == pytest.approx(told, rel=1e-6)


def test_okx_counts_contracts_of_a_hundredth_of_a_bitcoin_or_of_a_hundred_dollars(get):
    linear, inverse = (
        get("okx", "/api/v5/public/open-interest", instType="SWAP", instId=name)[0]
        for name in ("BTC-USDT-SWAP", "BTC-USD-SWAP")
    )
    assert float(linear["oi"]) * 0.01 == pytest.approx(float(linear["oiCcy"]), rel=1e-6)
    assert float(inverse["oi"]) * 100 == pytest.approx(float(inverse["oiUsd"]), rel=1e-6)


def test_a_contract_of_a_thousand_coins_costs_a_thousand_times_as_much(get):
    thousand = float(get("binance", "/fapi/v1/ticker/price", symbol="1000PEPEUSDT")["price"])
    one = float(get("okx", "/api/v5/market/ticker", instId="PEPE-USDT-SWAP")[0]["last"])
    # The venues part by 0.003 % (OKX).
    assert thousand == pytest.approx(one * 1000, rel=1e-4)
    kilo = get("hyperliquid", "/info", {"type": "allMids"})["kPEPE"]
    assert float(kilo) == pytest.approx(thousand, rel=2e-4)


def test_all_exchanges_of_coinglass_are_the_sum_of_each(get):
    for path, names in (
        ("open-interest/exchange-list", ("open_interest_usd", "open_interest_quantity")),
        ("liquidation/exchange-list", ("liquidation_usd", "longLiquidation_usd", "shortLiquidation_usd")),
    ):
        first, *others = get("coinglass", f"/api/futures/{path}", symbol="BTC", range="24h")
        assert first["exchange"] == "All"
        for name in names:
            assert first[name] == pytest.approx(sum(row[name] for row in others), rel=1e-9)


def test_liquidations_of_a_day_are_the_sum_of_its_hours(get):
    rows = get(
        "coinglass",
        "/api/futures/liquidation/aggregated-history",
        exchange_list="ALL",
        symbol="BTC",
        interval="1h",
        limit="48",
    )
    day = get(
        "coinglass",
        "/api/futures/liquidation/aggregated-history",
        exchange_list="ALL",
        symbol="BTC",
        interval="1d",
        limit="2",
    )[0]
    name = "aggregated_long_liquidation_usd"
    inside = [row[name] for row in rows if day["time"] <= row["time"] < day["time"] + 24 * HOUR_MS]
    assert len(inside) == 24
    assert day[name] == pytest.approx(sum(inside), abs=0.5)


def test_funding_is_a_fraction_at_exchanges_and_percent_at_coinglass_each_for_its_own_interval(get):
    binance = float(get("binance", "/fapi/v1/premiumIndex", symbol="BTCUSDT")["lastFundingRate"])
    coin = get("coinglass", "/api/futures/funding-rate/exchange-list")[0]
    told = {row["exchange"]: row for row in coin["stablecoin_margin_list"]}
    assert coin["symbol"] == "BTC"
    assert told["Binance"]["funding_rate"] == pytest.approx(binance * 100, abs=1e-6)
    assert told["Binance"]["funding_rate_interval"] == 8
    meta, contexts = get("hyperliquid", "/info", {"type": "metaAndAssetCtxs"})
    hourly = float(contexts[[row["name"] for row in meta["universe"]].index("BTC")]["funding"])
    assert told["Hyperliquid"]["funding_rate"] == pytest.approx(hourly * 100, abs=1e-6)
    assert told["Hyperliquid"]["funding_rate_interval"] == 1
    # Hyperliquid's rate for eight hours lies 0.0008 % above the common one, which is Binance's.
    assert hourly * 8 == pytest.approx(binance + 0.000008, abs=1e-7)


def test_eight_hours_at_deribit_are_the_sum_of_eight_hours(get):
    rows = get(
        "deribit",
        "/api/v2/public/get_funding_rate_history",
        instrument_name="BTC-PERPETUAL",
        start_timestamp=START_MS - 20 * HOUR_MS,
        end_timestamp=START_MS,
    )
    assert {b["timestamp"] - a["timestamp"] for a, b in pairwise(rows)} == {HOUR_MS}
    assert rows[-1]["interest_8h"] == pytest.approx(sum(row["interest_1h"] for row in rows[-8:]), rel=1e-9)


def test_a_coin_margined_position_at_deribit_is_counted_in_dollars(get):
    ticker = get("deribit", "/api/v2/public/ticker", instrument_name="BTC-PERPETUAL")
    rows = get("deribit", "/api/v2/public/get_book_summary_by_currency", currency="BTC", kind="future")
    coins = sum(row["open_interest"] / row["mark_price"] for row in rows)
    told = get("coinglass", "/api/futures/open-interest/exchange-list", symbol="BTC")
    deribit = {row["exchange"]: row for row in told}["Deribit"]["open_interest_quantity_by_coin_margin"]
    assert ticker["open_interest"] == rows[0]["open_interest"]
    assert coins == pytest.approx(deribit, rel=1e-3)


def test_prices_of_all_venues_lie_within_a_tenth_of_a_percent(get):
    last = [
        float(get("binance", "/fapi/v1/ticker/price", symbol="BTCUSDT")["price"]),
        float(get("bybit", "/v5/market/tickers", **LINEAR)["list"][0]["lastPrice"]),
        float(get("okx", "/api/v5/market/ticker", **SWAP)[0]["last"]),
        float(get("hyperliquid", "/info", {"type": "allMids"})["BTC"]),
        get("deribit", "/api/v2/public/ticker", instrument_name="BTC-PERPETUAL")["last_price"],
        get("coinglass", "/api/futures/coins-markets", per_page="1")[0]["current_price"],
    ]
    assert max(last) / min(last) < 1.001


def test_lists_are_newest_first_at_bybit_and_okx_and_oldest_first_elsewhere(get):
    hour = {"symbol": "BTCUSDT", "interval": "1h", "limit": "5"}
    binance = [row[0] for row in get("binance", "/fapi/v1/klines", **hour)]
    bybit = [int(row[0]) for row in get("bybit", "/v5/market/kline", **LINEAR, interval="60", limit="5")["list"]]
    okx = [int(row[0]) for row in get("okx", "/api/v5/market/candles", **SWAP, bar="1H", limit="5")]
    assert binance == sorted(binance)
    assert bybit == okx == sorted(binance, reverse=True)


def test_only_the_bar_that_runs_is_unconfirmed_at_okx(get):
    rows = get("okx", "/api/v5/market/candles", **SWAP, bar="1H", limit="3")
    assert [row[8] for row in rows] == ["0", "1", "1"]


def test_long_bars_of_okx_begin_by_the_clock_of_china_unless_asked_otherwise(get):
    china, utc = (
        int(get("okx", "/api/v5/market/candles", **SWAP, bar=bar, limit="1")[0][0]) // HOUR_MS % 24
        for bar in ("1D", "1Dutc")
    )
    # Midnight in UTC+8 is 16:00 UTC.
    assert (china, utc) == (16, 0)


def test_takers_of_binance_are_those_of_its_klines(get):
    kline = get("binance", "/fapi/v1/klines", symbol="BTCUSDT", interval="1h", limit="2")[0]
    ratio = get("binance", "/futures/data/takerlongshortRatio", symbol="BTCUSDT", period="1h", limit="2")[0]
    buys, sells = float(kline[9]), float(kline[5]) - float(kline[9])
    assert float(ratio["buyVol"]) == pytest.approx(buys, abs=0.01)
    assert float(ratio["buySellRatio"]) == pytest.approx(buys / sells, abs=1e-4)


def test_sells_come_first_in_takers_of_okx(get):
    row = get("okx", "/api/v5/rubik/stat/taker-volume-contract", **SWAP, period="1H", unit="2", limit="2")[1]
    bar = get("okx", "/api/v5/market/candles", **SWAP, bar="1H", limit="2")[1]
    sides = get(
        "coinglass",
        "/api/futures/v2/taker-buy-sell-volume/history",
        exchange="OKX",
        symbol="BTC-USDT-SWAP",
        interval="1h",
        limit="2",
    )[0]
    assert int(row[0]) == int(bar[0]) == sides["time"]
    assert float(row[1]) == pytest.approx(float(sides["taker_sell_volume_usd"]), rel=1e-6)
    assert float(row[1]) + float(row[2]) == pytest.approx(float(bar[7]), rel=1e-6)


def test_the_side_of_a_liquidation_is_the_venues_own(get):
    trades = get(
        "deribit",
        "/api/v2/public/get_last_trades_by_instrument_and_time",
        instrument_name="BTC-PERPETUAL",
        start_timestamp=START_MS - 12 * HOUR_MS,
        end_timestamp=START_MS,
        count="1000",
    )["trades"]
    assert {trade["liquidation"] for trade in trades} == {"T", "M"}
    longs = sum(t["amount"] for t in trades if (t["direction"] == "sell") == (t["liquidation"] == "T"))
    rows = get("coinglass", "/api/futures/liquidation/exchange-list", symbol="BTC", range="12h")
    told = {row["exchange"]: row for row in rows}["Deribit"]["longLiquidation_usd"]
    # Orders of the ten minutes that run are not told yet, and amounts are in tens of dollars.
    assert longs == pytest.approx(told, rel=0.03)


def test_futures_cost_more_the_longer_they_run_at_one_yearly_rate(get):
    rows = get("deribit", "/api/v2/public/get_book_summary_by_currency", currency="BTC", kind="future")
    index = rows[0]["estimated_delivery_price"]
    # 25 December and 26 March, 08:00 UTC, are 24.06 and 115.06 days after 1 December, 06:30:17.
    days = {"BTC-25DEC26": 24.0623, "BTC-26MAR27": 115.0623}
    marks = {row["instrument_name"]: row["mark_price"] for row in rows}
    yearly = [(marks[name] / index - 1.0) * 365.0 / count for name, count in days.items()]
    assert yearly[0] == pytest.approx(yearly[1], abs=1e-4)
    assert get("binance", "/fapi/v1/premiumIndex", symbol="BTCUSDT_261225")["lastFundingRate"] == ""
    front = float(get("binance", "/fapi/v1/premiumIndex", symbol="BTCUSDT_261225")["markPrice"])
    assert front == pytest.approx(marks["BTC-25DEC26"], rel=5e-4)


def test_binance_keeps_thirty_days_of_statistics(get, ask):
    first = get("binance", "/futures/data/openInterestHist", symbol="BTCUSDT", period="1d", limit="500")[0]
    assert START_MS - first["timestamp"] <= 30 * 24 * HOUR_MS
    old = START_MS - 40 * 24 * HOUR_MS
    status, _, payload = ask("binance", "/futures/data/openInterestHist", symbol="BTCUSDT", period="1d", startTime=old)
    assert (status, payload["code"]) == (400, -1130)


def test_pages_of_bybit_go_back_by_their_cursor(get):
    asked = {**LINEAR, "intervalTime": "1h", "limit": "3"}
    first = get("bybit", "/v5/market/open-interest", **asked)
    second = get("bybit", "/v5/market/open-interest", **asked, cursor=first["nextPageCursor"])
    times = [int(row["timestamp"]) for row in first["list"] + second["list"]]
    assert times == [times[0] - HOUR_MS * back for back in range(6)]


def test_a_start_and_a_limit_give_the_first_rows_at_binance_and_the_last_at_bybit(get):
    begun = START_MS - 100 * HOUR_MS
    binance = get("binance", "/fapi/v1/klines", symbol="BTCUSDT", interval="1h", startTime=begun, limit="2")
    bybit = get("bybit", "/v5/market/kline", **LINEAR, interval="60", start=begun, limit="2")["list"]
    # The first whole hours after begun, and the two that end with now.
    assert [row[0] for row in binance] == [1795748400000, 1795752000000]
    assert [int(row[0]) for row in bybit] == [1796104800000, 1796101200000]

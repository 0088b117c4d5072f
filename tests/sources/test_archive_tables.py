"""Each column of the archive's files is read for what it means: coins, contracts or dollars, bids or asks, sides."""

from datetime import timedelta
from decimal import Decimal

import pytest

from commentary.errors import BadInputError
from commentary.records.snapshot import Bar, CandleSeries, Funding, LiquidationOrder, LongShort, OpenInterest, OrderBook
from commentary.sources.archive_contract import Contract, contract_of
from commentary.sources.archive_files import rows_of
from tests.sources.archive_writing import BAR, DEPTH, FORCED, FUNDING, KLINES, METRICS, WHO, at, write


@pytest.mark.parametrize("kind", ["csv", "zip"])
def test_metrics_give_open_interest_in_coins_and_dollars_and_four_shares(tmp_path, kind):
    place = write(
        tmp_path,
        f"BTCUSDT-metrics-2026-11-22.{kind}",
        METRICS,
        "2026-11-22 00:05:00,BTCUSDT,76643.1910000000000000,5912400000.6809000000000000,2.00000000,1.50000000,3.0,0.6",
    )
    # A ratio r of longs to shorts is a share of r / (1 + r): 2/3, 3/5, 3/4 and 0.6/1.6 = 3/8.
    seen = {"time": at(0, 5), **WHO}
    assert rows_of([place]) == [
        OpenInterest(
            value_coin=Decimal("76643.191"), value_usd=Decimal("5912400000.6809"), margin="linear", sides="one", **seen
        ),
        LongShort(long_share=Decimal("0.666666666667"), kind="top_accounts", **seen),
        LongShort(long_share=Decimal("0.6"), kind="top_positions", **seen),
        LongShort(long_share=Decimal("0.75"), kind="accounts", **seen),
        LongShort(long_share=Decimal("0.375"), kind="taker_volume", **seen),
    ]


def test_a_ratio_that_is_left_out_gives_no_row(tmp_path):
    place = write(tmp_path, "BTCUSDT-metrics-2026-11-22.csv", METRICS, "2026-11-22 00:05:00,BTCUSDT,1,77000,,,,1.0")
    assert [type(row) for row in rows_of([place])] == [OpenInterest, LongShort]


def test_open_interest_of_nothing_was_not_counted_and_gives_no_row(tmp_path):
    place = write(tmp_path, "BTCUSDT-metrics-2026-11-22.csv", METRICS, "2026-11-22 00:05:00,BTCUSDT,0.0,0.0,1,1,1,1")
    assert {type(row) for row in rows_of([place])} == {LongShort}


def test_sizes_of_a_coin_margined_contract_are_contracts_and_their_value_is_in_coins(tmp_path):
    place = write(
        tmp_path, "BTCUSD_PERP-metrics-2026-11-22.csv", METRICS, "2026-11-22 00:05:00,BTCUSD_PERP,7700000,10000.5,,,,"
    )
    assert rows_of([place]) == [
        OpenInterest(
            contracts=7700000,
            contract_usd=100,
            value_coin=Decimal("10000.5"),
            margin="inverse",
            sides="one",
            time=at(0, 5),
            **WHO,
        )
    ]


def test_funding_was_settled_by_the_interval_of_its_line(tmp_path):
    lines = (FUNDING, "1795305600001,8,0.00010000", "1795334400002,4,-0.00002500")
    place = write(tmp_path, "BTCUSDT-fundingRate-2026-11.zip", *lines)
    # 1795334400 is 08:00; eight hours before it are 28800 seconds. The archive's times are off by milliseconds.
    assert rows_of([place]) == [
        Funding(
            rate=Decimal("0.0001"), interval_hours=8, kind="settled", time=at(0) + timedelta(milliseconds=1), **WHO
        ),
        Funding(
            rate=Decimal("-0.000025"), interval_hours=4, kind="settled", time=at(8) + timedelta(milliseconds=2), **WHO
        ),
    ]


CANDLE = Bar(
    time=at(7),
    open=Decimal(76900),
    high=Decimal(77150),
    low=Decimal(76850),
    close=Decimal(77100),
    volume_usd=Decimal("31800000.5"),
    taker_buy_usd=Decimal("15400000.25"),
)


@pytest.mark.parametrize("lines", [(KLINES, BAR), (BAR,)], ids=["with header", "without header"])
def test_candles_are_read_with_and_without_a_header(tmp_path, lines):
    place = write(tmp_path, "BTCUSDT-1h-2026-11.csv", *lines)
    assert rows_of([place]) == [CandleSeries(interval_minutes=60, bars=(CANDLE,), **WHO)]


def test_microseconds_of_newer_spot_files_are_the_same_time_as_milliseconds(tmp_path):
    micro = BAR.replace("1795330800000,", "1795330800000000,").replace("1795334399999", "1795334399999999")
    place = write(tmp_path, "BTCUSDT-1h-2026-11.csv", micro)
    assert rows_of([place])[0].bars == (CANDLE,)


def test_dollars_of_a_coin_margined_candle_are_counted_by_contracts(tmp_path):
    # The columns hold 5000 contracts, of which buyers took 3000; 6.49 is their sum in coins and no dollars.
    line = "1795330800000,76900.0,77150.0,76850.0,77100.0,5000,1795334399999,6.49,812,3000,3.89,0"
    (btc,) = rows_of([write(tmp_path, "BTCUSD_PERP-1h-2026-11.csv", KLINES, line)])
    assert (btc.bars[0].volume_usd, btc.bars[0].taker_buy_usd) == (500_000, 300_000)
    (eth,) = rows_of([write(tmp_path, "ETHUSD_PERP-1h-2026-11.csv", KLINES, line)])
    assert (eth.bars[0].volume_usd, eth.bars[0].taker_buy_usd) == (50_000, 30_000)


def test_a_contract_of_a_thousand_coins_gives_rows_per_coin(tmp_path):
    metrics = write(
        tmp_path,
        "1000PEPEUSDT-metrics-2026-11-22.csv",
        METRICS,
        "2026-11-22 00:05:00,1000PEPEUSDT,4200000000,41000000,,,,",
    )
    line = "1795330800000,0.0098,0.0099,0.0097,0.009876,1000,1795334399999,9.8,12,500,4.9,0"
    candles = write(tmp_path, "1000PEPEUSDT-1h-2026-11.csv", line)
    held, series = rows_of([metrics, candles])
    assert (held.value_coin, held.value_usd) == (Decimal(4_200_000_000_000), Decimal(41_000_000))
    assert (series.bars[0].close, series.bars[0].volume_usd) == (Decimal("0.000009876"), Decimal("9.8"))


@pytest.mark.parametrize(("below", "above"), [("-1", "1"), ("-1.00", "1.00")])
def test_depth_below_the_price_is_bids_and_above_it_asks(tmp_path, below, above):
    place = write(
        tmp_path,
        "BTCUSDT-bookDepth-2026-11-22.csv",
        DEPTH,
        f"2026-11-22 00:00:08,{below},1500.5,115000000.5",
        f"2026-11-22 00:00:08,{above},1400.0,108000000",
        "2026-11-22 00:00:08,-5.00,5100,380000000",
    )
    seen = {"time": at(0, 0, 8), **WHO}
    assert rows_of([place]) == [
        OrderBook(within_percent=1, bids_usd=Decimal("115000000.5"), asks_usd=Decimal(108000000), **seen),
        OrderBook(within_percent=5, bids_usd=Decimal(380000000), **seen),
    ]


def test_a_forced_order_to_sell_closes_a_long_and_a_repeated_line_counts_once(tmp_path):
    sell = "1795330801926,SELL,LIMIT,IOC,7,76741.3,76631.6,FILLED,6,7"
    buy = "1795330803356,BUY,LIMIT,IOC,4,77000,77010.5,PARTIALLY_FILLED,3,3"
    none = "1795330804000,BUY,LIMIT,IOC,4,77000,0,NEW,0,0"
    place = write(tmp_path, "BTCUSD_PERP-liquidationSnapshot-2026-11-22.csv", FORCED, sell, sell, buy, none)
    # Seven and three contracts of 100 dollars.
    first, second = rows_of([place])
    assert first == LiquidationOrder(
        side="long",
        price=Decimal("76631.6"),
        notional_usd=700,
        time=at(7) + timedelta(milliseconds=1926),
        **WHO,
    )
    assert (second.side, second.notional_usd) == ("short", 300)


def test_a_forced_order_of_a_linear_contract_is_worth_its_coins_at_their_average_price(tmp_path):
    line = "1795330801926,SELL,LIMIT,IOC,0.5,76741.3,76600,FILLED,0.25,0.5"
    (row,) = rows_of([write(tmp_path, "BTCUSDT-liquidationSnapshot-2026-11-22.csv", FORCED, line)])
    assert row.notional_usd == 38300


@pytest.mark.parametrize(
    ("name", "header", "line", "column"),
    [
        ("fundingRate", FUNDING, "soon,8,0.0001", "calc_time"),
        ("fundingRate", FUNDING, "1795334400002,-8,0.0001", "funding_interval_hours"),
        ("fundingRate", FUNDING, "1795334400002,8,0.01%", "last_funding_rate"),
        ("fundingRate", FUNDING, "1795334400002,8,", "last_funding_rate"),
        ("metrics", METRICS, "2026-11-31 00:00:00,BTCUSDT,1,1,1,1,1,1", "create_time"),
        ("metrics", METRICS, "2026-11-22T00:00:00,BTCUSDT,1,1,1,1,1,1", "create_time"),
        ("metrics", METRICS, "2026-11-22 00:00:00,BTCUSDT,-1,1,1,1,1,1", "sum_open_interest"),
        ("metrics", METRICS, "2026-11-22 00:00:00,BTCUSDT,1,1,-1,1,1,1", "count_toptrader_long_short_ratio"),
        ("bookDepth", DEPTH, "2026-11-22 00:00:08,x,1,1", "percentage"),
        ("bookDepth", DEPTH, "2026-11-22 00:00:08,-1,1,-1", "notional"),
        ("liquidationSnapshot", FORCED, "1795334400002,HOLD,LIMIT,IOC,7,1,1,FILLED,6,7", "side"),
        ("1h", KLINES, BAR.replace("76850.0", "0"), "low"),
        ("1h", KLINES, BAR.replace("31800000.5", "-1"), "quote_volume"),
    ],
)
def test_a_value_that_is_none_of_its_column_is_refused_with_line_and_column(tmp_path, name, header, line, column):
    place = write(tmp_path, f"BTCUSDT-{name}-2026-11-22.csv", header, line)
    with pytest.raises(BadInputError) as caught:
        rows_of([place])
    assert caught.value.path == f"{place.name}/2/{column}"
    assert "wanted here" in caught.value.remedy


@pytest.mark.parametrize("line", [BAR.replace("77150.0", "1.0"), BAR.replace("76850.0", "77149.0")])
def test_a_candle_whose_prices_are_out_of_order_is_refused_with_its_line(tmp_path, line):
    place = write(tmp_path, "BTCUSDT-1h-2026-11.csv", KLINES, BAR, line)
    with pytest.raises(BadInputError, match="csv/3"):
        rows_of([place])


def test_candles_in_which_nothing_was_traded_are_of_a_mark_price_and_refused(tmp_path):
    place = write(
        tmp_path, "BTCUSDT-1h-2026-11.csv", "1795330800000,76900,77150,76850,77100,0,1795334399999,0,60,0,0,0"
    )
    with pytest.raises(BadInputError, match="nothing was traded"):
        rows_of([place])


def test_one_percentage_twice_at_one_time_is_refused(tmp_path):
    lines = ("2026-11-22 00:00:08,-1,1,77000", "2026-11-22 00:00:08,-1.00,1,78000")
    place = write(tmp_path, "BTCUSDT-bookDepth-2026-11-22.csv", DEPTH, *lines)
    with pytest.raises(BadInputError, match="/3/percentage"):
        rows_of([place])


def test_depth_of_a_coin_margined_contract_is_refused_since_its_unit_is_not_documented(tmp_path):
    place = write(tmp_path, "BTCUSD_PERP-bookDepth-2026-11-22.csv", DEPTH, "2026-11-22 00:00:08,-1,1,77000")
    with pytest.raises(BadInputError, match="not documented"):
        rows_of([place])


@pytest.mark.parametrize(
    ("symbol", "contract"),
    [
        ("BTCUSDT", Contract("BTCUSDT", "BTC")),
        ("BTCUSDC", Contract("BTCUSDC", "BTC")),
        ("BUSDUSDT", Contract("BUSDUSDT", "BUSD")),
        ("1INCHUSDT", Contract("1INCHUSDT", "1INCH")),
        ("1000PEPEUSDT", Contract("1000PEPEUSDT", "PEPE", 3)),
        ("1000000MOGUSDT", Contract("1000000MOGUSDT", "MOG", 6)),
        ("1MBABYDOGEUSDT", Contract("1MBABYDOGEUSDT", "BABYDOGE", 6)),
        ("BTCUSD_PERP", Contract("BTCUSD_PERP", "BTC", 0, Decimal(100))),
        ("DOGEUSD_PERP", Contract("DOGEUSD_PERP", "DOGE", 0, Decimal(10))),
    ],
)
def test_a_symbol_says_coin_number_of_coins_and_unit_of_size(symbol, contract):
    assert contract_of(symbol, "file") == contract

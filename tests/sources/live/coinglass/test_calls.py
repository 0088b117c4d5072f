"""Each call of CoinGlass: the documented shape of its reply becomes these rows, worked out by hand."""

from decimal import Decimal

import pytest

from commentary.records.snapshot import (
    Bar,
    CandleSeries,
    EtfFlow,
    Funding,
    Level,
    LiquidationMap,
    LiquidationOrder,
    Liquidations,
    LongShort,
    OpenInterest,
    OpenInterestChange,
    OrderBook,
    Position,
    Price,
    PriceChange,
)
from commentary.sources.live.base import Asked
from tests.sources.live.coinglass.replies import CALLS, NOW, RECEIVED, SOURCE, rows, utc

D = Decimal
BY = {"source": "CoinGlass"}
LIVE = {**BY, "time": RECEIVED}


def price(venue, kind, value):
    return Price(**LIVE, venue=venue, kind=kind, value=D(value))


def price_change(hours, percent, venue=None):
    return PriceChange(**LIVE, venue=venue, window_hours=D(hours), percent=D(percent))


def bar(start, open_, high, low, close, volume):
    names = ("open", "high", "low", "close", "volume_usd")
    told = zip(names, map(D, (open_, high, low, close, volume)), strict=True)
    return Bar(time=utc(start), **dict(told))


def funding(venue, rate, hours, kind, time):
    return Funding(**BY, venue=venue, rate=D(rate), interval_hours=hours and D(hours), kind=kind, time=time)


def interest(venue, usd, coins, margin=None, time=RECEIVED):
    value = {"value_usd": usd and D(usd), "value_coin": coins and D(coins)}
    return OpenInterest(**BY, venue=venue, margin=margin, time=time, **value)


def interest_change(venue, hours, percent):
    return OpenInterestChange(**LIVE, venue=venue, window_hours=D(hours), percent=D(percent))


def liquidated(venue, hours, long, short, total, asset=None, time=RECEIVED):
    sums = {"long_usd": D(long), "short_usd": D(short), "total_usd": total and D(total)}
    return Liquidations(**BY, asset=asset, venue=venue, window_hours=D(hours), time=time, **sums)


def orders(venue):
    # 1795330000123 ms is 8 h less 73 min 19.877 s before 08:00; 1795325000000 is 04:00 and 5000 s.
    sold = utc("22 06:46").replace(second=40, microsecond=123000)
    bought = utc("22 05:23").replace(second=20)
    return [
        LiquidationOrder(**BY, venue=venue, side="long", price=D("61102.6"), notional_usd=D("4100000.25"), time=sold),
        LiquidationOrder(
            **BY, venue=venue, side="short", price=D("61518.2"), notional_usd=D("205534.2932"), time=bought
        ),
    ]


def level(at, side, size, leverage=None):
    return Level(price=D(at), side=side, notional_usd=D(size), leverage=leverage and D(leverage))


def a_map(hours, venue="all", model=None, levels=()):
    shared = {**LIVE, "evidence": "estimated", "venue": venue, "model": model}
    return LiquidationMap(**shared, window_hours=D(hours), levels=tuple(levels))


def of_all(hours):
    # The price is 61240.5: 60593 is below it, 62500 above; 21579370.77 + 1000000.23 = 22579371.
    return [a_map(hours, levels=(level("60593", "long", "22579371"), level("62500", "short", "18400000")))]


def book(venue, bids, asks, time):
    sums = {"bids_usd": D(bids), "asks_usd": D(asks)}
    return OrderBook(**BY, venue=venue, within_percent=D(1), time=time, **sums)


def long_share(kind, share, time=RECEIVED):
    return LongShort(**BY, venue="Binance", kind=kind, long_share=D(share), time=time)


EXPECTED = {
    "markets": [
        price("Binance", "last", "61240.5"),
        price("Binance", "index", "61268.31"),
        # Its index is 0, which is none.
        price("Gate", "last", "61239.1"),
        price_change(24, "-1.84", "Binance"),
    ],
    "candles": [
        CandleSeries(
            **BY,
            venue="Binance",
            interval_minutes=D(240),
            bars=(
                bar("22 00:00", "61902.1", "62010", "61388.4", "61455", "1166471854.3026"),
                bar("22 04:00", "61455", "61518.2", "61102.6", "61197.7", "871812560.3437"),
            ),
        )
    ],
    "coins": [price_change(1, "-0.1"), price_change(4, "0.07"), price_change(24, "-1.83")],
    "funding": [
        # Percent: 0.0086% is 0.000086.
        funding("Binance", "0.000086", 8, "predicted", RECEIVED),
        funding("Hyperliquid", "0.0000125", 1, "predicted", RECEIVED),
        funding("OKX", "0.0000736901950628", None, "predicted", RECEIVED),
        funding("Deribit", "-0.000002", 8, "predicted", RECEIVED),
    ],
    "funding_history": [
        funding("Binance", "0.00009229", 8, None, utc("21 16:00")),
        funding("Binance", "-0.000011", 8, None, utc("22 00:00")),
    ],
    "funding_weighted": [
        funding("all", "0.000071", None, None, utc("21 16:00")),
        funding("all", "-0.000011", None, None, utc("22 00:00")),
        # The interval to 08:00 has no close; the one from 08:00 runs and tells the rate of now.
        funding("all", "0.000086", None, None, RECEIVED),
    ],
    "open_interest": [
        interest("all", "40418730000", "660000"),
        interest("all", "34294680000", "560000", "linear"),
        # 40418730000 - 34294680000
        interest("all", "6124050000", "100000", "inverse"),
        interest_change("all", 1, "2.27"),
        interest_change("all", 4, "2.95"),
        interest_change("all", 24, "-2.89"),
        interest("CME", "8573670000", "140000"),
        interest_change("CME", 24, "2.08"),
        interest("Binance", "7960000000", "130000"),
        interest_change("Binance", 1, "0.1"),
        interest_change("Binance", 4, "0.4"),
        interest_change("Binance", 24, "1.9"),
    ],
    "open_interest_history": [
        interest("all", None, "661200.5", time=utc("22 04:00")),
        interest("all", None, "655400.25", time=utc("22 08:00")),
    ],
    "open_interest_chart": [
        # 132100.5 + 142000 + 401000, a day before the reply, and 131200 + 141500 + 392500, four hours before. At 08:00
        # of the 21st the history has a close; on the 20th Bybit has no level; half past eight is too far from 08:05.
        interest("all", None, "675100.5", time=utc("21 08:05")),
        interest("all", None, "665200", time=utc("22 04:05")),
    ],
    "open_interest_linear_history": [
        interest("all", None, "558000", "linear", utc("22 04:00")),
        interest("all", None, "555100", "linear", utc("22 08:00")),
    ],
    "open_interest_inverse_history": [
        interest("all", "6150000000", None, "inverse", utc("22 04:00")),
        interest("all", "6110000000", None, "inverse", utc("22 08:00")),
    ],
    "liquidations": [
        liquidated("all", 24, "141300000", "41100000", "182400000"),
        liquidated("Hyperliquid", 24, "50100000", "12900000", "63000000"),
        liquidated("Bybit", 24, "40200000", "11700000", "51900000"),
    ],
    "liquidations_4h": [liquidated("all", 4, "451394.17404598", "14222125.64334477", "14673519.81739075")],
    "liquidations_market": [liquidated("all", 24, "388000000", "124000000", "512000000", "market")],
    "liquidations_coins": [
        liquidated("Binance", 24, "40100000", "11100000", "51200000", "ETH"),
        liquidated("Binance", 24, "6000000", "2100000", "8100000", "SOL"),
    ],
    "liquidations_history": [
        # The six intervals from 08:00 on the 21st: longs 5916885.14 + 5345708.25 + 21000000 + 30000000 + 12000000
        # + 8000000.5 = 82262593.89; shorts 1296958.5 + 645487.5 + 3000000 + 4000000 + 2000000 + 1000000 = 11942446.
        liquidated("all", 24, "82262593.89", "11942446", None, time=utc("22 08:00"))
    ],
    "orders_binance": orders("Binance"),
    "orders_bybit": orders("Bybit"),
    "map_1d": of_all(24),
    "map_7d": of_all(168),
    "map_30d": of_all(720),
    "map_binance": [
        a_map(
            168,
            "Binance",
            levels=(
                level("60593", "long", "1579370.77", 25),
                level("60593", "long", "820000", 50),
                level("62500", "short", "3200000", 100),
            ),
        )
    ],
    # The newest interval still runs, so its depth is that of now.
    "book_all": [book("all", "418423845.19", "417384271.55", RECEIVED)],
    # The newest interval has ended, so its depth is that of its end.
    "book_binance": [book("Binance", "81639959.93", "78533053.68", utc("22 08:00"))],
    "accounts": [long_share("accounts", "0.7388")],
    "top_accounts": [long_share("top_accounts", "0.7388")],
    "top_positions": [long_share("top_positions", "0.7388")],
    # Of the 800000000 that were taken, buyers took 420000000.
    "takers": [long_share("taker_volume", "0.525", utc("22 08:00"))],
    "etf_flows": [
        # 30 October is a day of summer time: New York closes at 20:00 UTC; 19 November is none: 21:00.
        EtfFlow(**BY, venue="US", sessions=D(1), net_usd=D(655300000), time=utc("01 20:00").replace(month=10, day=30)),
        EtfFlow(**BY, venue="US", sessions=D(1), net_usd=D(-131600000), time=utc("19 21:00")),
    ],
    "whales": [
        Position(
            **BY,
            venue="Hyperliquid",
            side="short",
            size_coin=D(800),
            notional_usd=D(48992400),
            entry_price=D("58931.3"),
            liquidation_price=D("66263.798"),
            leverage=D(15),
            margin_usd=D(3266160),
            margin_mode="isolated",
            pnl_usd=D(-1847360),
            count=D(1),
            time=utc("22 08:04").replace(second=21),
        ),
        # It was seen later than it was received: the clocks differ, and no row is of the future.
        Position(
            **LIVE,
            venue="Hyperliquid",
            side="long",
            size_coin=D("1200.5"),
            notional_usd=D("73519220.25"),
            entry_price=D(61000),
            leverage=D(1),
            margin_usd=D("73519220.25"),
            margin_mode="cross",
            pnl_usd=D("288720.25"),
            count=D(1),
        ),
    ],
}


@pytest.mark.parametrize("name", CALLS)
def test_a_recorded_reply_becomes_the_rows_it_tells(name):
    assert rows(name) == EXPECTED[name]


def test_a_watch_asks_four_calls_a_coin_of_which_one_serves_all():
    asked = list(SOURCE.calls(Asked("BTC", NOW, "watch")))
    assert [call.name for call in asked] == ["markets", "funding", "open_interest", "liquidations"]
    assert [call.name for call in asked if call.shared] == ["funding"]


def test_a_coin_is_asked_for_in_one_minute_of_the_lowest_plan():
    assert len(CALLS) <= SOURCE.pools["all"].most == 30
    assert SOURCE.pools["all"].seconds == 60 < SOURCE.deadline_seconds


def test_no_interval_is_shorter_than_the_lowest_plan_is_allowed():
    intervals = {call.params["interval"] for call in CALLS.values() if "interval" in call.params}
    assert intervals == {"4h", "8h"}


def test_a_coin_without_funds_is_not_asked_for_their_flows():
    assert "etf_flows" not in {call.name for call in SOURCE.calls(Asked("DOGE", NOW))}


def test_addresses_begin_with_one_slash_and_times_are_milliseconds():
    assert all(call.path.startswith("/api/") for call in CALLS.values())
    # 24 hours to 2026-11-22 08:05 UTC, which is 1795334700 s.
    assert CALLS["orders_bybit"].params["end_time"] == "1795334700000"
    assert CALLS["orders_bybit"].params["start_time"] == "1795248300000"

"""Dates ahead: bitcoin the day before a price index, solana before two releases with a map, ether too early."""

from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import (
    candle_history,
    funding_history,
    mark,
    open_interest_history,
    price,
    price_change,
)
from commentary.runs.samples.expiries import DAY, expiring, percent
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.maps import sums

BUREAU = "BLS"


@samples.add("btc-macro-cpi")
def bitcoin_before_prices() -> Row:
    """Return ninety days of history and what options cost, a day before the consumer price index."""
    as_of = moment(10, 13, 8)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(round(price().at(as_of)), as_of)],
        price_changes=[price_change(f"{percent(price().at(as_of), price().at(as_of - DAY))}", as_of)],
        calendar=[{"event": "US CPI", "time": moment(10, 14, 12, 30), "source": BUREAU}],
        options=[
            expiring(
                (10, 16),
                moment(10, 13, 7, 30),
                of="open_interest",
                unit="coin",
                calls=21_300,
                puts=16_900,
                notional_usd=2_380_000_000,
                implied_volatility=Decimal("0.462"),
                skew_25d=Decimal("-0.021"),
            )
        ],
        candles=[candle_history(as_of, seed=4301)],
        funding=funding_history(as_of),
        open_interest=open_interest_history(as_of),
    )


@samples.add("sol-macro-jobs")
def solana_before_jobs() -> Row:
    """Return a small map, funding of two exchanges and no history, two days before two releases."""
    as_of = moment(11, 4, 14)
    at_binance: Row = {"venue": "Binance", "source": "Binance"}
    at_bybit: Row = {"venue": "Bybit", "source": "Bybit"}
    settled: Row = {"interval_hours": 8, "kind": "settled", "time": moment(11, 4, 8)}
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[at_binance | {"value": Decimal("148.62"), "kind": "mark", "time": moment(11, 4, 13, 55)}],
        price_changes=[at_binance | {"window_hours": 24, "percent": Decimal("1.4"), "time": moment(11, 4, 13, 55)}],
        calendar=[
            {"event": "US employment report", "time": moment(11, 6, 13, 30), "source": BUREAU},
            {"event": "US consumer credit", "time": moment(11, 6, 20), "source": "TradingEconomics"},
        ],
        liquidation_maps=[
            sums(
                moment(11, 4, 13, 30),
                ("long", Decimal("142.3"), 78_400_000),
                ("short", Decimal("154.9"), 69_100_000),
            )
        ],
        funding=[
            at_binance | {"rate": Decimal("0.00004106")} | settled,
            at_bybit | {"rate": Decimal("0.00002233")} | settled,
        ],
        open_interest=[
            {
                "venue": "all",
                "value_coin": 40_920_000,
                # 40.92 million coins at 148.62 dollars.
                "value_usd": 6_081_500_000,
                "time": moment(11, 4, 13, 50),
                "source": "CoinGlass",
            }
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("1.2"),
                "of": "coin",
                "time": moment(11, 4, 13, 50),
                "source": "CoinGlass",
            }
        ],
    )


@samples.add("eth-macro-far")
def ether_too_early() -> Row:
    """Return a date six days off, and little else."""
    as_of = moment(8, 6, 9)
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[
            {
                "value": Decimal("2604.3"),
                "kind": "mark",
                "venue": "Binance",
                "time": as_of,
                "source": "Binance",
            }
        ],
        calendar=[{"event": "US CPI", "time": moment(8, 12, 12, 30), "source": BUREAU}],
        funding=[
            {
                "venue": "Binance",
                "source": "Binance",
                "rate": Decimal("0.00007218"),
                "interval_hours": 8,
                "kind": "settled",
                "time": moment(8, 6, 8),
            }
        ],
        open_interest=[
            {
                "venue": "all",
                "value_coin": 4_301_000,
                "time": moment(8, 6, 8, 50),
                "source": "CoinGlass",
            }
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("-0.4"),
                "of": "coin",
                "time": moment(8, 6, 8, 50),
                "source": "CoinGlass",
            }
        ],
    )

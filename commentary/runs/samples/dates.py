"""Dates ahead: bitcoin the day before a price index, solana before two releases with a map, ether too early."""

from datetime import datetime
from decimal import Decimal

from commentary.runs.samples import samples, solana
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
from commentary.runs.samples.series import candles, coin_open_interest, funding

BUREAU = "BLS"
SOLANA_STEP = Decimal(10_000)
JOBS = (moment(8, 7, 12, 30), moment(9, 4, 12, 30), moment(10, 2, 12, 30))
"""The releases of the employment report before the one told of."""


def due(event: str, *times: datetime) -> list[Row]:
    """Return the dates of a release by the bureau's calendar."""
    return [{"event": event, "time": time, "source": BUREAU} for time in times]


@samples.add("btc-macro-cpi")
def bitcoin_before_prices() -> Row:
    """Return ninety days, a map and what options cost, a day before the consumer price index; three came before."""
    as_of = moment(10, 13, 8)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(round(price().at(as_of)), as_of)],
        price_changes=[price_change(f"{percent(price().at(as_of), price().at(as_of - DAY))}", as_of)],
        calendar=due("US CPI", *(moment(month, day, 12, 30) for month, day in ((7, 14), (8, 12), (9, 11), (10, 14)))),
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
        # From the day before the first of the dates.
        candles=[candle_history(as_of, seed=4301, days=92)],
        funding=funding_history(as_of),
        open_interest=open_interest_history(as_of),
        liquidation_maps=[
            sums(moment(10, 13, 7, 30), ("long", 61_230, 92_400_000), ("short", 65_020, 87_100_000)),
        ],
    )


@samples.add("sol-macro-jobs")
def solana_before_jobs() -> Row:
    """Return a small map, funding of two exchanges and ninety days, two days before two releases; three came before."""
    as_of = moment(11, 4, 14)
    counted = moment(11, 4, 13, 45)
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
            *due("US employment report", *JOBS, moment(11, 6, 13, 30)),
            {"event": "US consumer credit", "time": moment(11, 6, 20), "source": "TradingEconomics"},
        ],
        liquidation_maps=[
            sums(
                moment(11, 4, 13, 30),
                ("long", Decimal("142.3"), 78_400_000),
                ("short", Decimal("154.9"), 69_100_000),
            )
        ],
        candles=[candles(solana.price(), end=as_of, days=91, tick=Decimal("0.01"), volume_usd=4e8, seed=4311)],
        funding=[
            *funding(
                seed=4312,
                start=moment(8, 6, 8),
                end=moment(11, 4, 8),
                known={moment(11, 3, 8): Decimal("0.00005183"), moment(11, 4, 8): Decimal("0.00004106")},
                usual=0.00007,
            ),
            at_bybit | {"rate": Decimal("0.00002233")} | settled,
        ],
        open_interest=[
            *_solana_before(counted - DAY),
            {
                "venue": "all",
                "value_coin": 40_920_000,
                # 40.92 million coins at 148.62 dollars.
                "value_usd": 6_081_500_000,
                "time": counted,
                "source": "CoinGlass",
            },
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("1.2"),
                "of": "coin",
                "time": counted,
                "source": "CoinGlass",
            }
        ],
    )


def _solana_before(end: datetime) -> list[Row]:
    """Return ninety days of open interest up to `end`, and that of a day from the full hour before each release."""
    rows = coin_open_interest(solana.coins(), end=end, days=90, step=SOLANA_STEP, every=DAY)
    for time in JOBS:
        rows += coin_open_interest(
            solana.coins(), end=time.replace(minute=0) + DAY, days=1, step=SOLANA_STEP, every=DAY
        )
    return sorted(rows, key=lambda row: str(row["time"]))


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
        calendar=due("US CPI", moment(8, 12, 12, 30)),
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

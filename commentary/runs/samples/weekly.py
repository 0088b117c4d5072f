"""Seven days: bitcoin on a Sunday, ether on a Monday morning with a gap, solana on a Monday when it is too late."""

from decimal import Decimal

from commentary.runs.samples import samples, solana
from commentary.runs.samples.bitcoin import candle_history, funding_history, mark, open_interest_history, price
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, wander
from commentary.runs.samples.series import candles, funding, liquidations, open_interest


@samples.add("btc-week")
def bitcoin_week() -> Row:
    """Return ninety days of every series to a Sunday morning, a band that held, and two dates of the days ahead."""
    as_of = moment(11, 1, 9)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(63_937, moment(11, 1, 8, 58))],
        candles=[candle_history(as_of, seed=1101)],
        funding=funding_history(as_of),
        open_interest=open_interest_history(as_of),
        liquidations=liquidations(
            price(), seed=1102, end=as_of, days=91, usual_usd=72e6, known={as_of: (22_880_000, 19_060_000)}
        ),
        price_levels=[
            {
                "kind": "support",
                "low": 58_500,
                "high": 59_500,
                "time": moment(10, 23, 12),
                "source": "our desk",
            }
        ],
        calendar=[
            {"event": "ISM Manufacturing PMI", "time": moment(11, 2, 15), "source": "ISM"},
            {"event": "Nonfarm Payrolls", "time": moment(11, 6, 13, 30), "source": "BLS"},
        ],
        options=[
            {
                "venue": "Deribit",
                "expiry": "2026-11-06",
                "calls": 31_200,
                "puts": 24_600,
                "unit": "coin",
                # 55,800 coins at 63,937 dollars.
                "notional_usd": 3_568_000_000,
                "of": "open_interest",
                "time": moment(11, 1, 8, 50),
                "source": "Deribit",
            }
        ],
    )


@samples.add("eth-week")
def ether_week() -> Row:
    """Return a Monday morning on which ether is far under its high of the week; one day of liquidations is missing."""
    as_of = moment(9, 28, 10)
    at_binance: Row = {"venue": "Binance", "source": "Binance"}
    newest = moment(9, 28, 9, 45)
    price = wander(
        seed=927,
        daily_percent=2.6,
        points=(
            Point(moment(6, 20, 0), 2_610),
            Point(moment(8, 20, 0), 2_655),
            Point(moment(9, 21, 8), Decimal("2491.40")),
            Point(moment(9, 22, 16), Decimal("2421.85"), 1.6),
            Point(moment(9, 24, 12), Decimal("2556.10"), 1.6),
            Point(moment(9, 26, 4), Decimal("2694.30"), 1.6),
            Point(moment(9, 28, 0), Decimal("2486.25"), 1.6),
            Point(moment(9, 28, 8), Decimal("2471.90"), 1.2),
            Point(as_of, Decimal("2481.60"), 1),
        ),
    )
    coins = wander(
        seed=928,
        daily_percent=1.4,
        points=(
            Point(moment(6, 20, 0), 4_190_000),
            Point(moment(9, 21, 9, 45), 4_402_000),
            Point(newest, 4_287_000),
        ),
    )
    recorded = liquidations(
        price, seed=929, end=newest, days=90, usual_usd=38e6, known={newest: (21_430_000, 14_660_000)}
    )
    missing = moment(9, 24, 9, 45)
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[
            at_binance
            | {
                "value": Decimal(f"{price.at(moment(9, 27, 10)):.2f}"),
                "kind": "mark",
                "time": moment(9, 27, 9, 58),
            },
            at_binance | {"value": Decimal("2481.58"), "kind": "mark", "time": moment(9, 28, 9, 58)},
        ],
        candles=[candles(price, end=as_of, days=90, tick=Decimal("0.01"), volume_usd=1.1e9, seed=930)],
        funding=funding(seed=931, start=moment(6, 30, 0), end=moment(9, 28, 8), known={}),
        open_interest=open_interest(coins, price, end=newest, days=91, step=Decimal(1_000)),
        liquidations=[row for row in recorded if row["time"] != missing],
        price_levels=[
            {"kind": "support", "low": 2_500, "high": 2_540, "time": moment(9, 24, 12), "source": "our desk"},
        ],
    )


@samples.add("sol-late-monday")
def solana_week() -> Row:
    """Return seven days of every series on a Monday afternoon: a review is due no longer."""
    as_of = moment(10, 19, 15)
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[
            {"value": Decimal("172.79"), "kind": "mark", "venue": "Binance", "time": as_of, "source": "Binance"},
        ],
        candles=[candles(solana.price(), end=as_of, days=80, tick=Decimal("0.01"), volume_usd=4e8, seed=1019)],
        funding=funding(seed=1020, start=moment(8, 1, 0), end=moment(10, 19, 8), known={}, usual=0.00007),
        open_interest=open_interest(solana.coins(), solana.price(), end=as_of, days=80, step=Decimal(1_000)),
        liquidations=liquidations(solana.price(), seed=1021, end=as_of, days=79, usual_usd=21e6, known={}),
    )

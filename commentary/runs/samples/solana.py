"""Solana on Oct. 28: many longs liquidated, yet open interest fell too little in coin for a flush."""

from decimal import Decimal
from functools import cache

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import candles, funding, liquidations, open_interest


@cache
def price() -> Wander:
    """Return Binance's mark price in dollars."""
    return wander(
        seed=1310,
        daily_percent=3.2,
        points=(
            Point(moment(7, 28, 0), Decimal("171.4")),
            Point(moment(8, 18, 16), Decimal("179.6")),
            Point(moment(8, 19, 16), Decimal("165.5")),
            Point(moment(9, 21, 16), Decimal("154.2")),
            Point(moment(9, 22, 16), Decimal("164.9")),
            Point(moment(10, 27, 16), Decimal("158.4")),
            Point(moment(10, 28, 16), Decimal("151.1")),
            Point(moment(11, 3, 14), Decimal("146.57")),
            Point(moment(11, 4, 14), Decimal("148.62")),
        ),
    )


@cache
def coins() -> Wander:
    """Return open interest in coins on the exchanges that CoinGlass covers."""
    return wander(
        seed=1303,
        daily_percent=2.3,
        points=(
            Point(moment(7, 28, 0), 38_600_000),
            Point(moment(8, 18, 16), 42_300_000),
            Point(moment(8, 19, 16), 40_100_000),
            Point(moment(9, 21, 16), 39_700_000),
            Point(moment(9, 22, 16), 38_150_000),
            Point(moment(10, 27, 16), 41_790_000),
            Point(moment(10, 28, 16), 41_200_000),
            # The change of the day to Nov. 4 is 1.2%.
            Point(moment(11, 3, 13, 45), 40_435_000),
            Point(moment(11, 4, 13, 45), 40_920_000),
        ),
    )


@samples.add("sol-liquidations")
def solana() -> Row:
    """Return ninety days of every series; two earlier days saw more liquidated than the last."""
    as_of = moment(10, 28, 16)
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[
            {
                "value": Decimal("151.1"),
                "kind": "mark",
                "venue": "Binance",
                "time": as_of,
                "source": "Binance",
            }
        ],
        price_changes=[
            {
                "window_hours": 24,
                "percent": Decimal("-4.6"),
                "venue": "Binance",
                "time": as_of,
                "source": "Binance",
            }
        ],
        liquidations=liquidations(
            price(),
            seed=1303,
            end=as_of,
            days=90,
            usual_usd=21e6,
            known={
                as_of: (118_200_000, 13_900_000),
                moment(8, 19, 16): (149_600_000, 21_700_000),
                moment(9, 22, 16): (24_800_000, 116_300_000),
            },
        ),
        candles=[candles(price(), end=as_of, days=90, tick=Decimal("0.01"), volume_usd=4e8, seed=1304)],
        funding=funding(
            seed=1305,
            start=moment(7, 30, 16),
            end=as_of,
            known={
                moment(10, 27, 16): Decimal("0.0001"),
                moment(10, 28, 8): Decimal("0.00004417"),
                as_of: Decimal("0.00001562"),
            },
            usual=0.00007,
        ),
        open_interest=open_interest(coins(), price(), end=as_of, days=91, step=Decimal(1_000)),
    )

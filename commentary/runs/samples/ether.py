"""Ether: a map of separate levels on both sides with the book before them, and a file with too little."""

from decimal import Decimal
from functools import cache

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.maps import Dense, Ladder, ladders, past_ladders
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import candles

BID_EDGE = Decimal("2337.5")
ASK_EDGE = Decimal("2475")
"""Where the nearest dense stretch of each side begins; the book is counted up to there."""


@cache
def price() -> Wander:
    """Return Binance's mark price in dollars."""
    return wander(
        seed=1207,
        daily_percent=2.6,
        points=(
            Point(moment(7, 7, 0), 2_540),
            Point(moment(8, 20, 0), 2_690),
            Point(moment(10, 5, 12), Decimal("2391.4")),
            Point(moment(10, 6, 12), Decimal("2412.6")),
        ),
    )


@samples.add("eth-two-sided")
def two_sided() -> Row:
    """Return 120 levels on each side, two dense stretches among them, and the book up to the nearest."""
    as_of = moment(10, 6, 12)
    at_binance: Row = {"venue": "Binance", "source": "Binance"}
    at_bybit: Row = {"venue": "Bybit", "source": "Bybit"}
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[
            at_binance | {"value": Decimal("2412.6"), "kind": "mark", "time": moment(10, 6, 11, 58)},
            at_binance | {"value": Decimal("2413.15"), "kind": "last", "time": moment(10, 6, 11, 58)},
        ],
        funding=[
            _settled(at_binance, "0.00006184"),
            _settled(at_bybit, "0.00007402"),
        ],
        open_interest=[
            {
                "venue": "all",
                "value_coin": 4_312_000,
                # 4,312,000 coins at 2,412.60 dollars.
                "value_usd": 10_403_100_000,
                "time": moment(10, 6, 11, 50),
                "source": "CoinGlass",
            }
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("0.6"),
                "of": "coin",
                "time": moment(10, 6, 11, 50),
                "source": "CoinGlass",
            }
        ],
        order_book=[
            at_binance | {"to_price": BID_EDGE, "bids_usd": 96_400_000, "time": moment(10, 6, 11, 59)},
            at_binance | {"to_price": ASK_EDGE, "asks_usd": 82_700_000, "time": moment(10, 6, 11, 59)},
        ],
        liquidation_maps=[
            # Of the maps before it the feed keeps fewer and wider levels.
            *past_ladders(
                moment(10, 6, 11, 40),
                price(),
                {"long": 6.6e6, "short": 6.4e6},
                step=Decimal(5),
                count=50,
                days=30,
                seed=2403,
            ),
            ladders(
                moment(10, 6, 11, 40),
                (
                    Ladder("long", 3.4e6, (Dense(34, 3, 22e6), Dense(76, 2.5, 14e6))),
                    Ladder("short", 3.2e6, (Dense(28, 3, 19e6), Dense(65, 2.5, 15e6))),
                ),
                around=Decimal("2412.6"),
                step=Decimal("2.5"),
                count=120,
                seed=2402,
            ),
        ],
        candles=[candles(price(), end=as_of, days=90, tick=Decimal("0.01"), volume_usd=1.1e9, seed=2401)],
    )


def _settled(venue: Row, rate: str) -> Row:
    return venue | {
        "rate": Decimal(rate),
        "interval_hours": 8,
        "kind": "settled",
        "time": moment(10, 6, 8),
    }


@samples.add("eth-short-of-data")
def short_of_data() -> Row:
    """Return one small total of one exchange and nothing else."""
    as_of = moment(7, 28, 9)
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        liquidations=[
            {
                "venue": "Binance",
                "window_hours": 24,
                "total_usd": 618_000,
                "time": moment(7, 28, 8, 50),
                "source": "CoinGlass",
            }
        ],
    )

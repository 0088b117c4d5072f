"""Futures and their premium over spot: bitcoin's below spot on CME, ether's high, xrp's without a past."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import (
    OPEN_INTEREST_STEP,
    coins,
    funding_history,
    held_change,
    mark,
    price_change,
)
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, wander
from commentary.runs.samples.series import coin_open_interest, liquidations, stepped
from commentary.runs.samples.settlements import marked, moved, settlements

STEP = Decimal("0.0001")
FRIDAY = 4


def premiums(
    venue: str,
    tenor: str,
    *,
    seed: int,
    times: Iterator[datetime],
    expiries: tuple[datetime, ...],
    usual: float,
    unrest: float = 0.006,
    known: Mapping[datetime, str] | None = None,
) -> list[Row]:
    """Return an exchange's premium of the nearest of `expiries` at each time, as a fraction a year; `known` stands."""
    random = Random(seed)
    rows: list[Row] = []
    rate = usual
    for time in times:
        rate = usual + 0.9 * (rate - usual) + random.gauss(0, unrest)
        expiry = next(end for end in expiries if end > time)
        given = (known or {}).get(time)
        rows.append(
            {
                "venue": venue,
                "tenor": tenor,
                "days": (expiry - time).days,
                "annualised": stepped(rate, STEP) if given is None else Decimal(given),
                "time": time,
                "source": venue,
            }
        )
    return rows


def days(start: datetime, end: datetime, *, weekends: bool = True) -> Iterator[datetime]:
    """Yield each day from start to end at the hour of both, or the days of the week alone."""
    time = start
    while time <= end:
        if weekends or time.weekday() <= FRIDAY:
            yield time
        time += timedelta(days=1)


@samples.add("btc-basis-negative")
def negative() -> Row:
    """Return CME's front future over ninety days of trading, which has fallen below spot."""
    as_of = moment(10, 8, 16)
    ends = tuple(moment(month, day, 15) for month, day in ((7, 31), (8, 28), (9, 25), (10, 30)))
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(60_807, as_of)],
        price_changes=[price_change("-3.1", as_of)],
        funding=funding_history(as_of),
        open_interest=coin_open_interest(coins(), end=as_of, days=91, step=OPEN_INTEREST_STEP),
        open_interest_changes=[held_change("1.9", as_of)],
        liquidations=liquidations(
            _BITCOIN, seed=3302, end=as_of, days=90, usual_usd=48e6, known={as_of: (31_400_000, 14_900_000)}
        ),
        basis=premiums(
            "CME",
            "front",
            seed=3301,
            times=days(moment(7, 13, 16), as_of, weekends=False),
            expiries=ends,
            usual=0.052,
            known={
                moment(10, 1, 16): "0.0312",
                moment(10, 2, 16): "0.0287",
                moment(10, 5, 16): "0.0164",
                moment(10, 6, 16): "0.0121",
                moment(10, 7, 16): "0.0043",
                as_of: "-0.0235",
            },
        ),
    )


@samples.add("eth-basis-high")
def high() -> Row:
    """Return Deribit's September future over ninety days, with the largest premium of them."""
    as_of = moment(6, 5, 12)
    known = {as_of - timedelta(days=back): rate for back, rate in enumerate(("0.1384", "0.1302", "0.1177", "0.1043"))}
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[marked("Deribit", "2744.1", as_of)],
        price_changes=[moved("Deribit", "2.6", as_of)],
        funding=settlements(
            "Binance",
            8,
            seed=3312,
            start=as_of - timedelta(days=90, hours=4),
            end=as_of - timedelta(hours=4),
            usual=0.00008,
            known={as_of - timedelta(hours=4): "0.0001874", as_of - timedelta(hours=28): "0.0001236"},
        ),
        open_interest=coin_open_interest(_HELD, end=as_of, days=60, step=Decimal(1000)),
        liquidations=liquidations(
            _ETHER, seed=3313, end=as_of, days=60, usual_usd=33e6, known={as_of: (15_200_000, 24_700_000)}
        ),
        basis=[
            *premiums(
                "Deribit",
                "September",
                seed=3311,
                times=days(as_of - timedelta(days=88), as_of),
                expiries=(moment(9, 25, 8),),
                usual=0.071,
                known=known,
            ),
            *premiums(
                "Deribit",
                "December",
                seed=3314,
                times=days(as_of - timedelta(days=88), as_of),
                expiries=(moment(12, 25, 8),),
                usual=0.074,
                known={as_of - timedelta(days=back): rate for back, rate in enumerate(("0.0962", "0.0931", "0.0904"))},
            ),
        ],
    )


_BITCOIN = wander(
    seed=3303,
    daily_percent=2.1,
    points=(
        Point(moment(7, 8, 0), Decimal("63950")),
        Point(moment(10, 7, 16), Decimal("62750")),
        Point(moment(10, 8, 16), Decimal("60807")),
    ),
)
_ETHER = wander(
    seed=3315,
    daily_percent=2.8,
    points=(
        Point(moment(4, 5, 0), Decimal("2418")),
        Point(moment(6, 4, 12), Decimal("2674.6")),
        Point(moment(6, 5, 12), Decimal("2744.1")),
    ),
)
_HELD = wander(
    seed=3316,
    daily_percent=1.9,
    points=(
        Point(moment(4, 5, 0), 5_120_000),
        Point(moment(6, 4, 12), 5_402_000),
        Point(moment(6, 5, 12), 5_501_000),
    ),
)


@samples.add("xrp-basis-short")
def without_a_past() -> Row:
    """Return nine days of a quarterly future of Binance, below spot, too few to call that unusual."""
    as_of = moment(11, 12, 8)
    known = {
        as_of - timedelta(days=back): rate
        for back, rate in enumerate(("-0.0418", "-0.0266", "-0.0131", "-0.0075", "-0.0052", "-0.0094"))
    }
    return snapshot(
        "XRP",
        as_of,
        name="XRP",
        prices=[marked("Binance", "2.1304", as_of)],
        price_changes=[moved("Binance", "-2.4", as_of)],
        funding=settlements("Binance", 8, seed=3321, start=as_of, end=as_of, usual=0.00004, pinned=0),
        basis=premiums(
            "Binance",
            "quarterly",
            seed=3322,
            times=days(as_of - timedelta(days=8), as_of),
            expiries=(moment(12, 25, 8),),
            usual=0.011,
            known=known,
        ),
    )


@samples.add("sol-basis-last-days")
def last_days() -> Row:
    """Return a future far below spot with five days to go, in which a yearly rate says little."""
    as_of = moment(7, 26, 8)
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[marked("Deribit", "163.27", as_of)],
        basis=premiums(
            "Deribit",
            "July",
            seed=3331,
            times=days(as_of - timedelta(days=40), as_of),
            expiries=(moment(7, 31, 8),),
            usual=0.048,
            known={as_of: "-0.0712"},
        ),
    )

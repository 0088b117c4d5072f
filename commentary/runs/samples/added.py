"""Days on which open interest moved against price, or by much: ether, dogecoin, XRP; Chainlink falls short of it."""

from datetime import datetime, timedelta
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import candles, funding, liquidations, open_interest

DAYS = 90
DAY = timedelta(days=1)


def _binance(**fields: object) -> Row:
    return {"venue": "Binance", "source": "Binance"} | fields


def _vendor(venue: str, **fields: object) -> Row:
    return {"venue": venue, "source": "CoinGlass"} | fields


def _mark(value: str, time: datetime) -> list[Row]:
    """Return Binance's mark price."""
    return [_binance(value=Decimal(value), kind="mark", time=time)]


def _change(percent: str, time: datetime) -> list[Row]:
    """Return the change over a day that Binance reports."""
    return [_binance(window_hours=24, percent=Decimal(percent), time=time)]


@samples.add("eth-added-as-price-fell")
def ether() -> Row:
    """Return ninety days of every series, three exchanges of the count, and a day on which the two parted."""
    as_of = moment(9, 17, 16)
    before = as_of - DAY
    price = wander(
        seed=3101,
        daily_percent=2.6,
        points=(
            Point(moment(6, 17, 0), 2_755),
            Point(moment(8, 3, 0), 2_512),
            Point(before, Decimal("2538.1")),
            Point(as_of, Decimal("2449.2")),
        ),
    )
    coins = wander(
        seed=3109,
        daily_percent=1.7,
        points=(
            Point(moment(6, 17, 0), 4_105_000),
            Point(moment(8, 3, 0), 4_318_000),
            Point(before, 4_226_000),
            Point(as_of, 4_429_000),
        ),
    )
    exchanges = {"Binance": (1_301_000, 1_404_000), "Bybit": (702_000, 741_000), "OKX": (388_000, 391_000)}
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=_mark("2449.2", as_of),
        price_changes=_change("-3.5", as_of),
        liquidations=liquidations(
            price, seed=3103, end=as_of, days=DAYS, usual_usd=17e6, known={as_of: (27_300_000, 8_150_000)}
        ),
        candles=[candles(price, end=as_of, days=DAYS, tick=Decimal("0.01"), volume_usd=1.1e9, seed=3105)],
        funding=funding(
            seed=3107,
            start=moment(6, 19, 8),
            end=as_of,
            known={before: Decimal("0.00007218"), as_of: Decimal("0.00001936")},
        ),
        open_interest=[
            *open_interest(coins, price, end=as_of, days=DAYS + 1, step=Decimal(1_000)),
            *(
                _vendor(venue, value_coin=held, time=time)
                for venue, both in exchanges.items()
                for held, time in zip(both, (before, as_of), strict=True)
            ),
        ],
    )


@samples.add("doge-surge")
def dogecoin() -> Row:
    """Return a day on which coins in contracts grew by the most in ninety days, with the two kinds of margin apart."""
    as_of = moment(8, 21, 8)
    before = as_of - DAY
    price = wander(
        seed=3201,
        daily_percent=4.1,
        points=(
            Point(moment(5, 20, 0), Decimal("0.1712")),
            Point(moment(7, 10, 0), Decimal("0.1466")),
            Point(before, Decimal("0.15372")),
            Point(as_of, Decimal("0.16694")),
        ),
    )
    linear, inverse = (
        wander(seed, points, daily_percent=3.4)
        for seed, points in (
            (
                3203,
                (
                    Point(moment(5, 20, 0), 10_240_000_000),
                    Point(before, 9_871_000_000),
                    Point(as_of, 11_364_000_000),
                ),
            ),
            (
                3205,
                (Point(moment(5, 20, 0), 1_190_000_000), Point(before, 1_216_000_000), Point(as_of, 1_141_000_000)),
            ),
        )
    )
    return snapshot(
        "DOGE",
        as_of,
        name="Dogecoin",
        prices=_mark("0.16694", as_of),
        price_changes=_change("8.6", as_of),
        liquidations=liquidations(
            price, seed=3207, end=as_of, days=DAYS, usual_usd=3.4e6, known={as_of: (1_650_000, 6_370_000)}
        ),
        candles=[candles(price, end=as_of, days=DAYS, tick=Decimal("0.00001"), volume_usd=3e8, seed=3209)],
        funding=funding(
            seed=3211,
            start=moment(5, 23, 0),
            end=as_of,
            known={before: Decimal("0.0001"), as_of: Decimal("0.0001")},
            usual=0.00008,
        ),
        open_interest=[*_held(linear, "linear", as_of), *_held(inverse, "inverse", as_of)],
    )


def _held(coins: Wander, margin: str, end: datetime) -> list[Row]:
    """Return open interest in coins of one margin, once a day to `end`."""
    times = (end - count * DAY for count in range(DAYS + 1, -1, -1))
    return [_vendor("all", margin=margin, value_coin=round(coins.at(time), -6), time=time) for time in times]


@samples.add("xrp-closed-as-price-rose")
def xrp() -> Row:
    """Return a day on which price rose and there were fewer coins in contracts, most of them gone from one exchange."""
    as_of = moment(10, 2, 12)
    before = as_of - DAY
    price = wander(
        seed=3401,
        daily_percent=2.9,
        points=(
            Point(moment(7, 1, 0), Decimal("2.3120")),
            Point(moment(8, 25, 0), Decimal("2.0415")),
            Point(before, Decimal("2.1219")),
            Point(as_of, Decimal("2.1834")),
        ),
    )
    coins = wander(
        seed=3403,
        daily_percent=1.9,
        points=(
            Point(moment(7, 1, 0), 1_548_000_000),
            Point(before, 1_687_000_000),
            Point(as_of, 1_613_000_000),
        ),
    )
    exchanges = {"Binance": (512_000_000, 471_000_000), "Bybit": (334_000_000, 321_000_000)}
    return snapshot(
        "XRP",
        as_of,
        name="XRP",
        prices=_mark("2.1834", as_of),
        price_changes=_change("2.9", as_of),
        liquidations=liquidations(
            price, seed=3405, end=as_of, days=DAYS, usual_usd=7e6, known={as_of: (4_610_000, 7_880_000)}
        ),
        candles=[candles(price, end=as_of, days=DAYS, tick=Decimal("0.0001"), volume_usd=3e8, seed=3407)],
        funding=funding(
            seed=3409,
            start=moment(7, 4, 8),
            end=moment(10, 2, 8),
            known={
                # Shorts had paid for two days, so that the rate is no turn.
                moment(9, 30, 16): Decimal("-0.00000918"),
                moment(10, 1, 0): Decimal("-0.00001207"),
                moment(10, 1, 8): Decimal("-0.00002266"),
                moment(10, 1, 16): Decimal("-0.00001753"),
                moment(10, 2, 0): Decimal("-0.00002981"),
                moment(10, 2, 8): Decimal("-0.00003625"),
            },
        ),
        open_interest=[
            *open_interest(coins, price, end=as_of, days=DAYS + 1, step=Decimal(1_000_000)),
            *(
                _vendor(venue, value_coin=held, time=time)
                for venue, both in exchanges.items()
                for held, time in zip(both, (before, as_of), strict=True)
            ),
        ],
    )


@samples.add("link-small-rise")
def chainlink() -> Row:
    """Return a rise with the price that is larger than the floor, and among the larger of ninety days, but no surge."""
    as_of = moment(7, 14, 16)
    before = as_of - DAY
    coins = wander(
        seed=3301,
        daily_percent=2.9,
        points=(
            Point(moment(4, 12, 0), 31_400_000),
            Point(before, 32_060_000),
            Point(as_of, 33_390_000),
        ),
    )
    return snapshot(
        "LINK",
        as_of,
        name="Chainlink",
        prices=_mark("14.287", as_of),
        price_changes=_change("1.3", as_of),
        open_interest=_daily(coins, as_of),
    )


def _daily(coins: Wander, end: datetime) -> list[Row]:
    times = (end - count * DAY for count in range(DAYS + 1, -1, -1))
    return [_vendor("all", value_coin=round(coins.at(time), -4), time=time) for time in times]

"""Exchanges out of order: an outage by two sources, a draw on a fund by one, both after each other, one of nobody's."""

from datetime import datetime, timedelta
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, wander
from commentary.runs.samples.series import DAY, candles, liquidated, stepped
from commentary.runs.samples.settlements import settlements

HALF_HOUR = timedelta(minutes=30)


def _at(venue: str) -> Row:
    return {"venue": venue, "source": venue}


def _bars(venue: str, tick: Decimal, points: tuple[Point, ...], seed: int, before: str) -> Row:
    """Return half-hour candles of an exchange, whose prices pass through the points, and of 31 days before them.

    `before` is the price that those days begin at.
    """
    first = points[0]
    start = Point(first.time - 31 * DAY, Decimal(before))
    bars = _half_hours(tick, (start, first), seed + 1) + _half_hours(tick, points, seed)
    return _at(venue) | {"interval_minutes": 30, "bars": bars}


def _half_hours(tick: Decimal, points: tuple[Point, ...], seed: int) -> list[Row]:
    price = wander(seed=seed, points=points, daily_percent=2.0)
    bars: list[Row] = []
    time, end = points[0].time, points[-1].time
    while time < end:
        walked = [stepped(value, tick) for value in price.between(time, time + HALF_HOUR)]
        bars.append({"time": time, "open": walked[0], "high": max(walked), "low": min(walked), "close": walked[-1]})
        time += HALF_HOUR
    return bars


def _held(venue: str, coins: int, usd: int, time: datetime, source: str | None = None) -> Row:
    return {"venue": venue, "value_coin": coins, "value_usd": usd, "time": time, "source": source or venue}


@samples.add("sol-outage")
def outage() -> Row:
    """Return an outage that the exchange and a vendor tell of, a count that takes it in, and prices elsewhere."""
    as_of = moment(9, 29, 16)
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        notices=[
            _at("Binance") | {"kind": "outage", "text": "Futures matching delay", "time": moment(4, 14, 2, 5)},
            _at("Binance") | {"kind": "outage", "text": "Futures matching interruption", "time": moment(7, 21, 9, 40)},
            _at("Binance") | {"kind": "outage", "text": "Futures matching interruption", "time": moment(9, 29, 13, 20)},
            {"venue": "Binance", "source": "CoinGlass", "kind": "outage", "time": moment(9, 29, 13, 35)},
        ],
        prices=[
            _at("Bybit") | {"value": Decimal("148.9"), "kind": "mark", "time": moment(9, 29, 15, 58)},
            _at("Binance") | {"value": Decimal("149.61"), "kind": "mark", "time": moment(9, 29, 15, 58)},
        ],
        candles=[
            _bars(
                "Bybit",
                Decimal("0.01"),
                (
                    Point(moment(9, 29, 8), Decimal("152.3")),
                    Point(moment(9, 29, 13), Decimal("151.64")),
                    Point(moment(9, 29, 14), Decimal("147.2")),
                    Point(moment(9, 29, 16), Decimal("148.88")),
                ),
                seed=2909,
                before="146.2",
            )
        ],
        liquidations=[liquidated(moment(9, 29, 15, 50), 17_900_000, 4_300_000)],
        open_interest=[
            # Coins at 148.90 dollars.
            _held("Binance", 13_366_000, 1_990_200_000, moment(9, 29, 15, 50), "CoinGlass"),
            _held("all", 44_800_000, 6_670_700_000, moment(9, 29, 15, 50), "CoinGlass"),
        ],
        funding=[
            _at("Bybit")
            | {"rate": Decimal("0.000061"), "interval_hours": 8, "kind": "settled", "time": moment(9, 29, 8)},
            *settlements(
                "Binance",
                8,
                seed=2911,
                start=moment(9, 29, 8) - 60 * DAY,
                end=moment(9, 29, 16),
                usual=0.00008,
                known={
                    moment(9, 28, 8): "0.0000704",
                    moment(9, 28, 16): "0.0000661",
                    moment(9, 29, 0): "0.0000607",
                    moment(9, 29, 8): "0.0000582",
                    moment(9, 29, 16): "0.0000417",
                },
            ),
        ],
    )


@samples.add("avax-fund-draw")
def fund_draw() -> Row:
    """Return a draw on an insurance fund that the exchange alone tells of, with funding every four hours."""
    as_of = moment(7, 2, 19)
    price = wander(
        seed=7021,
        daily_percent=3.0,
        points=(
            Point(moment(7, 2, 19) - 63 * DAY, Decimal("20.62")),
            Point(moment(7, 1, 19), Decimal("21.249")),
            Point(moment(7, 2, 19), Decimal("19.91")),
        ),
    )
    draw: Row = _at("Bybit") | {"kind": "adl"}
    return snapshot(
        "AVAX",
        as_of,
        name="Avalanche",
        notices=[
            draw | {"text": "AVAXUSDT insurance fund draw", "time": moment(2, 3, 6, 12)},
            draw | {"text": "AVAXUSDT insurance fund draw", "time": moment(4, 9, 13, 30)},
            draw | {"text": "AVAXUSDT insurance fund draw", "time": moment(7, 2, 17, 42)},
        ],
        prices=[
            _at("Bybit") | {"value": Decimal("19.84"), "kind": "mark", "time": moment(7, 2, 18, 56)},
            _at("Binance") | {"value": Decimal("19.91"), "kind": "mark", "time": moment(7, 2, 18, 57)},
        ],
        price_changes=[_at("Binance") | {"window_hours": 24, "percent": Decimal("-6.3"), "time": moment(7, 2, 18, 57)}],
        open_interest=[
            # Coins at 19.84 and 19.88 dollars.
            _held("Bybit", 4_150_000, 82_300_000, moment(7, 2, 18, 50)),
            _held("all", 23_600_000, 469_200_000, moment(7, 2, 18, 50), "CoinGlass"),
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("-1.7"),
                "of": "coin",
                "time": moment(7, 2, 18, 50),
                "source": "CoinGlass",
            }
        ],
        candles=[candles(price, end=as_of, days=60, tick=Decimal("0.001"), volume_usd=9e7, seed=7022)],
        funding=settlements(
            "Bybit",
            4,
            seed=7023,
            start=moment(7, 2, 16) - 45 * DAY,
            end=moment(7, 2, 16),
            usual=0.00007,
            known={
                **{moment(6, 10 + at // 6, at % 6 * 4): f"-{0.000191 + at % 5 * 0.0000123:.7f}" for at in range(18)},
                moment(7, 1, 16): "-0.0000312",
                moment(7, 1, 20): "-0.0000087",
                moment(7, 2, 0): "-0.0000415",
                moment(7, 2, 4): "-0.0000523",
                moment(7, 2, 8): "-0.0000871",
                moment(7, 2, 12): "-0.000134",
                moment(7, 2, 16): "-0.000183",
            },
        ),
        liquidations=[liquidated(moment(7, 2, 18, 50), 1_540_000, 180_000)],
    )


@samples.add("doge-outage-adl")
def outage_and_deleveraging() -> Row:
    """Return an outage of the evening before that a vendor alone tells of, and auto-deleveraging there after it."""
    as_of = moment(6, 3, 8)
    return snapshot(
        "DOGE",
        as_of,
        name="Dogecoin",
        notices=[
            {"venue": "OKX", "source": "Coinalyze", "kind": "outage", "time": moment(2, 11, 17, 15)},
            {"venue": "OKX", "source": "Coinalyze", "kind": "adl", "time": moment(6, 2, 22, 5)},
            {"venue": "OKX", "source": "Coinalyze", "kind": "outage", "time": moment(6, 2, 22, 30)},
        ],
        prices=[
            _at("Binance") | {"value": Decimal("0.1712"), "kind": "mark", "time": moment(6, 3, 7, 55)},
            _at("OKX") | {"value": Decimal("0.1714"), "kind": "mark", "time": moment(6, 3, 7, 55)},
        ],
        candles=[
            _bars(
                "Binance",
                Decimal("0.0001"),
                (
                    Point(moment(6, 2, 20), Decimal("0.1784")),
                    Point(moment(6, 2, 22, 30), Decimal("0.1763")),
                    Point(moment(6, 3, 1), Decimal("0.1702")),
                    Point(moment(6, 3, 7, 30), Decimal("0.1711")),
                ),
                seed=206,
                before="0.1731",
            )
        ],
        open_interest=[
            # Coins at 0.1712 dollars.
            _held("OKX", 1_780_000_000, 304_700_000, moment(6, 3, 7, 50), "CoinGlass"),
            _held("all", 12_600_000_000, 2_157_100_000, moment(6, 3, 7, 50), "CoinGlass"),
        ],
        liquidations=[liquidated(moment(6, 3, 7, 50), 6_180_000, 1_040_000)],
        funding=settlements(
            "OKX",
            8,
            seed=207,
            start=moment(6, 3, 0) - 60 * DAY,
            end=moment(6, 3, 0),
            usual=0.00008,
            known={moment(6, 2, 16): "0.0000872", moment(6, 3, 0): "0.0000412"},
        ),
    )


@samples.add("eth-outage-unnamed")
def of_nobody() -> Row:
    """Return an outage that nobody is named as telling of."""
    as_of = moment(10, 24, 9)
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        notices=[{"venue": "OKX", "kind": "outage", "time": moment(10, 24, 7, 10)}],
        prices=[_at("Binance") | {"value": Decimal("2518.4"), "kind": "mark", "time": moment(10, 24, 8, 57)}],
    )

"""One exchange off the others: by its last price, its mark price, its funding, and by a feed that stands still."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import coin_open_interest, liquidations, stepped
from commentary.runs.samples.settlements import settlements


def _prices(kind: str, time: datetime, **values: str) -> list[Row]:
    """Return what exchanges give as one kind of price."""
    return [
        {"value": Decimal(value), "kind": kind, "venue": venue, "time": time, "source": venue}
        for venue, value in values.items()
    ]


def _settled(venue: str, rate: str, hours: int, time: datetime) -> Row:
    return {
        "venue": venue,
        "rate": Decimal(rate),
        "interval_hours": hours,
        "kind": "settled",
        "time": time,
        "source": venue,
    }


def _earlier(
    kind: str,
    price: Wander,
    *,
    seed: int,
    times: list[datetime],
    venues: tuple[str, ...],
    tick: Decimal,
    off: Mapping[datetime, tuple[str, float]],
) -> list[Row]:
    """Return prices of one kind at earlier times, close together but for the exchange that `off` moves by percent."""
    random = Random(seed)
    rows: list[Row] = []
    for time in times:
        for venue in venues:
            moved, percent = off.get(time, ("", 0.0))
            apart = percent if venue == moved else random.gauss(0, 0.04)
            rows += _prices(kind, time, **{venue: str(stepped(price.at(time) * (1 + apart / 100), tick))})
    return rows


@samples.add("xrp-one-price-off")
def last_price() -> Row:
    """Return the last prices of five exchanges, one far below; its mark price, and what its feed showed before."""
    as_of = moment(5, 14, 14)
    now, before = moment(5, 14, 13, 58), moment(5, 14, 13, 40)
    others = {"Binance": "2.0471", "Bybit": "2.0467", "OKX": "2.0474", "Coinbase": "2.0479"}
    days = [moment(5, 14, 12) - timedelta(hours=6 * back) for back in range(120, 0, -1)]
    held = coin_open_interest(_XRP_HELD, end=moment(5, 14, 13, 45), days=31, step=Decimal(100_000))
    own: Row = {"venue": "Kraken", "value_coin": 46_300_000, "time": moment(5, 14, 13, 45), "source": "CoinGlass"}
    return snapshot(
        "XRP",
        as_of,
        name="XRP",
        price_changes=[
            {
                "window_hours": 24,
                "percent": Decimal("-1.2"),
                "venue": "Binance",
                "time": moment(5, 14, 13, 58),
                "source": "Binance",
            }
        ],
        prices=[
            *_earlier(
                "last",
                _XRP,
                seed=3401,
                times=days,
                venues=("Kraken", *others),
                tick=Decimal("0.0001"),
                off={moment(4, 28, 6): ("Kraken", -0.71), moment(5, 6, 18): ("Kraken", 0.38)},
            ),
            *_prices("last", before, Kraken="2.0502", Binance="2.0513", Bybit="2.0511", OKX="2.0514"),
            *_prices("last", now, Kraken="2.0013", **others),
            *_prices("mark", now, Kraken="2.0448", Binance="2.0470", Bybit="2.0466"),
        ],
        funding=[
            _settled("Binance", "0.0001", 8, moment(5, 14, 8)),
            *settlements(
                "Kraken",
                8,
                seed=3405,
                start=moment(5, 14, 8) - timedelta(days=30),
                end=moment(5, 14, 8),
                usual=0.00007,
                known={moment(5, 14, 8): "0.0000584"},
            ),
        ],
        open_interest=[*held, own],
        liquidations=liquidations(
            _XRP,
            seed=3402,
            end=moment(5, 14, 13, 45),
            days=30,
            usual_usd=9e6,
            known={moment(5, 14, 13, 45): (6_900_000, 4_800_000)},
        ),
    )


_XRP = wander(
    seed=3403,
    daily_percent=3.1,
    points=(
        Point(moment(4, 12, 0), Decimal("2.1940")),
        Point(moment(5, 13, 13, 45), Decimal("2.0741")),
        Point(moment(5, 14, 13, 45), Decimal("2.0508")),
    ),
)
_XRP_HELD = wander(
    seed=3404,
    daily_percent=2.1,
    points=(
        Point(moment(4, 12, 0), 1_640_000_000),
        Point(moment(5, 13, 13, 45), 1_702_000_000),
        Point(moment(5, 14, 13, 45), 1_715_000_000),
    ),
)


_AVAX = wander(
    seed=3417,
    daily_percent=3.4,
    points=(
        Point(moment(4, 18, 0), Decimal("20.870")),
        Point(moment(5, 19, 8), Decimal("21.913")),
        Point(moment(5, 20, 8), Decimal("21.431")),
    ),
)


@samples.add("avax-one-rate-off")
def rate() -> Row:
    """Return settlements of five exchanges of one hour, two of them by four hours; at one of them shorts paid."""
    as_of = moment(5, 20, 8, 20)
    at = moment(5, 20, 8)
    start = at - timedelta(days=30)
    day = {moment(5, 19, 8): "0.0000500"}
    return snapshot(
        "AVAX",
        as_of,
        name="Avalanche",
        prices=[
            *_prices("mark", moment(5, 20, 8, 18), Bybit="21.408", Binance="21.431", OKX="21.427", Bitget="21.43"),
        ],
        price_changes=[
            {
                "window_hours": 24,
                "percent": Decimal("-2.2"),
                "venue": "Binance",
                "time": moment(5, 20, 8, 18),
                "source": "Binance",
            }
        ],
        funding=[
            *settlements("Bybit", 4, seed=3411, start=start, end=moment(5, 20, 0), usual=0.00007, known=day),
            *settlements("Binance", 8, seed=3412, start=start, end=moment(5, 20, 0), usual=0.00008),
            *settlements("OKX", 8, seed=3413, start=start, end=moment(5, 20, 0), usual=0.00008),
            *settlements("Bitget", 4, seed=3414, start=start, end=moment(5, 20, 4), usual=0.00008),
            *settlements("Kraken", 8, seed=3415, start=start, end=moment(5, 20, 0), usual=0.00008),
            _settled("Bybit", "0.0000211", 4, moment(5, 20, 4)),
            _settled("Bybit", "-0.0000935", 4, at),
            _settled("Binance", "0.0001", 8, at),
            _settled("OKX", "0.00008812", 8, at),
            _settled("Bitget", "0.00004694", 4, at),
            _settled("Kraken", "0.00007402", 8, at),
        ],
        open_interest=[
            {"venue": "all", "value_coin": 19_640_000, "time": moment(5, 20, 8), "source": "CoinGlass"},
            {"venue": "Bybit", "value_coin": 3_120_000, "time": moment(5, 20, 8), "source": "CoinGlass"},
        ],
        open_interest_changes=[
            {
                "venue": venue,
                "window_hours": 24,
                "percent": Decimal(percent),
                "of": "coin",
                "time": moment(5, 20, 8),
                "source": "CoinGlass",
            }
            for venue, percent in (("all", "1.3"), ("Bybit", "8.4"))
        ],
        liquidations=liquidations(
            _AVAX,
            seed=3416,
            end=at,
            days=30,
            usual_usd=1.5e6,
            known={at: (960_000, 620_000)},
        ),
    )


@samples.add("link-one-mark-off")
def mark_price() -> Row:
    """Return the mark prices of four exchanges, one far above, and nothing by which to tell how fresh its feed is."""
    as_of = moment(6, 30, 3)
    return snapshot(
        "LINK",
        as_of,
        name="Chainlink",
        prices=[
            *_prices("mark", moment(6, 30, 2, 59), OKX="13.614", Bybit="13.621", Binance="13.618"),
            *_prices("mark", moment(6, 30, 2, 58), Bitget="13.842"),
        ],
        open_interest=[
            {"venue": "all", "value_coin": 46_200_000, "time": moment(6, 30, 2, 50), "source": "CoinGlass"},
            {"venue": "Bitget", "value_coin": 5_540_000, "time": moment(6, 30, 2, 50), "source": "CoinGlass"},
        ],
    )


@samples.add("sol-feed-unchanged")
def unchanged() -> Row:
    """Return one price far below the others that is to the cent what it was a quarter of an hour before."""
    as_of = moment(5, 11, 14)
    now, before = moment(5, 11, 13, 59), moment(5, 11, 13, 44)
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[
            *_prices("mark", before, Kraken="138.42", Binance="138.47", Bybit="138.45", OKX="138.44"),
            *_prices("mark", now, Kraken="138.42", Binance="140.73", Bybit="140.71", OKX="140.75"),
        ],
    )

"""Exchanges whose settled funding stays apart: ether, with a history, avalanche below nothing, and cardano not yet."""

from datetime import timedelta
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, wander
from commentary.runs.samples.series import coin_open_interest, liquidations
from commentary.runs.samples.settlements import marked, moved, settlements


@samples.add("eth-funding-spread")
def hourly_against_eight() -> Row:
    """Return forty days of Hyperliquid's hourly rates, and Binance's and Bybit's of eight hours."""
    as_of = moment(9, 7, 8, 15)
    end = moment(9, 7, 8)
    start = end - timedelta(days=40)
    hours = [end - timedelta(hours=back) for back in range(30)]
    dear = {time: f"{0.0000411 - 0.0000004 * back + 0.0000009 * (back % 5):.7f}" for back, time in enumerate(hours)}
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[marked("Binance", "2588.4", as_of)],
        price_changes=[moved("Binance", "1.2", as_of)],
        funding=[
            *settlements("Binance", 8, seed=3201, start=start, end=end, usual=0.00008, known={end: "0.0000913"}),
            *settlements("Bybit", 8, seed=3202, start=start, end=end, usual=0.00007, known={end: "0.0001"}),
            *settlements("Hyperliquid", 1, seed=3203, start=start, end=end, usual=0.00012, known=dear, pinned=0.25),
        ],
        open_interest=coin_open_interest(_ETHER_HELD, end=end, days=41, step=Decimal(1000)),
        liquidations=liquidations(
            _ETHER, seed=3204, end=end, days=40, usual_usd=31e6, known={end: (17_900_000, 21_600_000)}
        ),
    )


_ETHER = wander(
    seed=3205,
    daily_percent=2.9,
    points=(
        Point(moment(7, 27, 8), Decimal("2471")),
        Point(moment(9, 6, 8), Decimal("2557.3")),
        Point(moment(9, 7, 8), Decimal("2586.9")),
    ),
)
_ETHER_HELD = wander(
    seed=3206,
    daily_percent=1.9,
    points=(
        Point(moment(7, 27, 8), 5_310_000),
        Point(moment(9, 6, 8), 5_468_000),
        Point(moment(9, 7, 8), 5_531_000),
    ),
)


@samples.add("avax-funding-spread")
def below_nothing() -> Row:
    """Return forty days of two exchanges; in the last of them shorts paid on both, and far more on one."""
    as_of = moment(10, 22, 16, 20)
    end = moment(10, 22, 16)
    binance = ("-0.0000211", "-0.0000304", "-0.0000287", "-0.0000352", "-0.0000398", "-0.0000415", "-0.0000361")
    bybit = {
        end - timedelta(hours=4 * back): rate
        for back, rate in enumerate(
            ("-0.0001392", "-0.0001288", "-0.0001517", "-0.0001204", "-0.0001106", "-0.0000984")
        )
    }
    return snapshot(
        "AVAX",
        as_of,
        name="Avalanche",
        prices=[marked("Binance", "18.62", as_of)],
        price_changes=[moved("Binance", "-0.8", end)],
        funding=[
            *settlements(
                "Binance",
                8,
                seed=3213,
                start=end - timedelta(days=40),
                end=end - timedelta(hours=56),
                usual=0.00003,
                pinned=0.2,
            ),
            *settlements(
                "Bybit",
                4,
                seed=3214,
                start=end - timedelta(days=40, hours=4),
                end=end - timedelta(hours=52),
                usual=0.00001,
                known={
                    moment(10, 3, 4): "-0.0000722",
                    moment(10, 3, 8): "-0.0000801",
                    moment(10, 3, 12): "-0.0000513",
                    moment(10, 3, 16): "-0.0000304",
                },
                pinned=0.15,
            ),
            *settlements(
                "Binance",
                8,
                seed=3211,
                start=end - timedelta(hours=48),
                end=end,
                usual=-0.00003,
                known={end - timedelta(hours=8 * back): rate for back, rate in enumerate(binance)},
            ),
            *settlements(
                "Bybit",
                4,
                seed=3212,
                start=end - timedelta(hours=48),
                end=end,
                usual=-0.00008,
                known=bybit,
                pinned=0,
            ),
        ],
        liquidations=liquidations(
            _AVALANCHE, seed=3217, end=end, days=40, usual_usd=2.9e6, known={end: (2_310_000, 1_480_000)}
        ),
        open_interest=coin_open_interest(_AVALANCHE_HELD, end=end, days=41, step=Decimal(1000)),
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("4.4"),
                "of": "coin",
                "time": end,
                "source": "CoinGlass",
            }
        ],
    )


_AVALANCHE = wander(
    seed=3215,
    daily_percent=3.9,
    points=(
        Point(moment(9, 11, 8), Decimal("21.9")),
        Point(moment(10, 21, 16), Decimal("18.765")),
        Point(moment(10, 22, 16), Decimal("18.615")),
    ),
)
_AVALANCHE_HELD = wander(
    seed=3216,
    daily_percent=4.4,
    points=(
        Point(moment(9, 11, 8), 37_900_000),
        Point(moment(10, 21, 16), 39_531_000),
        Point(moment(10, 22, 16), 41_270_000),
    ),
)


@samples.add("ada-funding-spread-two")
def not_yet() -> Row:
    """Return two exchanges that were far apart for two stretches, and near each other in the one before."""
    as_of = moment(5, 25, 8, 25)
    end = moment(5, 25, 8)
    start = end - timedelta(hours=40)
    okx = {end: "0.000262", end - timedelta(hours=8): "0.000241", end - timedelta(hours=16): "0.000138"}
    return snapshot(
        "ADA",
        as_of,
        name="Cardano",
        prices=[marked("Binance", "0.7142", as_of)],
        funding=[
            *settlements("Binance", 8, seed=3221, start=start, end=end, usual=0.00009, known={end: "0.0001"}),
            *settlements("OKX", 8, seed=3222, start=start, end=end, usual=0.0001, known=okx),
        ],
    )

"""Exchanges whose settled funding stays apart: ether, with a history, avalanche below nothing, and cardano not yet."""

from datetime import timedelta
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.layout import Row, moment, snapshot
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
    )


@samples.add("avax-funding-spread")
def below_nothing() -> Row:
    """Return three days in which shorts paid on both exchanges, and far more on one of them."""
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
        funding=[
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
        open_interest=[
            {"venue": "all", "time": end, "value_coin": 41_270_000, "source": "CoinGlass"},
        ],
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

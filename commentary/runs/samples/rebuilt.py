"""After a flush: half of the coins are back in bitcoin and solana, and in ether just short of half."""

from datetime import datetime, timedelta
from decimal import Decimal

from commentary.runs.samples import bitcoin, samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import candles, funding, open_interest

FLUSH = moment(11, 25, 14)
"""When the bundled flush of bitcoin ends, which this one follows up."""


def _on(path: Wander, more: Wander) -> Wander:
    """Return a path and its continuation, which begins at its last point."""
    return Wander(path.start, path.values + more.values[1:])


@samples.add("btc-rebuild")
def bitcoin_rebuilt() -> Row:
    """Return the days after the flush of Nov. 25: most of the coins are back, and price is not."""
    as_of = moment(11, 28, 6)
    price = _on(
        bitcoin.price(),
        wander(
            seed=3401,
            daily_percent=1.4,
            points=(
                Point(FLUSH, 60_480),
                Point(moment(11, 26, 2), 59_870),
                Point(moment(11, 27, 6), 61_320),
                Point(as_of, 61_905),
            ),
        ),
    )
    coins = _on(
        bitcoin.coins(),
        wander(
            seed=3403,
            daily_percent=0.5,
            points=(
                Point(FLUSH, 270_300),
                Point(moment(11, 26, 2), 267_900),
                Point(moment(11, 27, 6), 282_300),
                Point(as_of, 287_600),
            ),
        ),
    )
    rates = ("0.00000714", "0.00001206", "0.0000388", "0.00005127", "0.0001", "0.00009613", "0.0001", "0.00012204")
    settled = [_settled(rate, moment(11, 25, 16) + count * timedelta(hours=8)) for count, rate in enumerate(rates)]
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[bitcoin.mark(61_905, as_of)],
        price_changes=[bitcoin.price_change("1.0", as_of)],
        candles=[candles(price, end=as_of, days=30, tick=bitcoin.TICK, volume_usd=1.6e9, seed=3405)],
        funding=[*bitcoin.funding_history(moment(11, 25, 8)), *settled],
        open_interest=open_interest(coins, price, end=as_of, days=91, step=bitcoin.OPEN_INTEREST_STEP),
    )


def _settled(rate: str, time: datetime) -> Row:
    return {
        "venue": "Binance",
        "time": time,
        "rate": Decimal(rate),
        "interval_hours": 8,
        "kind": "settled",
        "source": "Binance",
    }


@samples.add("sol-rebuild")
def solana_rebuilt() -> Row:
    """Return a slow rebuild told from forty-six days of coins, without a candle to say what price did."""
    as_of = moment(6, 9, 12)
    price = wander(seed=3501, daily_percent=3.1, points=(Point(moment(4, 20, 0), 149), Point(as_of, Decimal("139.64"))))
    coins = wander(
        seed=3503,
        daily_percent=1.2,
        points=(
            Point(moment(4, 20, 0), 40_900_000),
            Point(moment(6, 3, 0), 43_120_000),
            Point(moment(6, 4, 0), 38_210_000, 0.6),
            Point(moment(6, 4, 8), 37_640_000, 0.4),
            Point(moment(6, 8, 12), 39_980_000, 0.7),
            Point(as_of, 40_770_000, 0.3),
        ),
    )
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[
            {
                "value": Decimal("139.64"),
                "kind": "mark",
                "venue": "Bybit",
                "time": moment(6, 9, 11, 57),
                "source": "Bybit",
            }
        ],
        funding=[
            {
                "venue": "Bybit",
                "time": moment(6, 9, 8),
                "rate": Decimal("0.00024118"),
                "interval_hours": 8,
                "kind": "settled",
                "source": "Bybit",
            }
        ],
        open_interest=open_interest(coins, price, end=as_of, days=47, step=Decimal(10_000)),
    )


@samples.add("eth-rebuild-short-of-half")
def ether_not_rebuilt() -> Row:
    """Return the days after a flush of which a little less than half is back."""
    as_of = moment(2, 20, 8)
    price = wander(seed=3601, daily_percent=2.4, points=(Point(moment(1, 8, 0), 2_960), Point(as_of, 2_841)))
    coins = wander(
        seed=3603,
        daily_percent=1.3,
        points=(
            Point(moment(1, 8, 0), 4_350_000),
            Point(moment(2, 16, 8), 4_512_000),
            Point(moment(2, 17, 8), 4_089_000, 0.6),
            Point(moment(2, 19, 8), 4_238_000, 0.4),
            Point(as_of, 4_284_000, 0.2),
        ),
    )
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[
            {"value": 2_841, "kind": "mark", "venue": "Binance", "time": as_of, "source": "Binance"},
        ],
        funding=funding(seed=3605, start=moment(1, 10, 8), end=as_of, known={as_of: Decimal("0.00006")}),
        open_interest=open_interest(coins, price, end=as_of, days=41, step=Decimal(1_000)),
    )

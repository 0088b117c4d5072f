"""After a flush: half of the coins are back in bitcoin and solana, and in ether just short of half."""

from decimal import Decimal

from commentary.runs.samples import bitcoin, samples
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, wander
from commentary.runs.samples.series import funding, open_interest


@samples.add("btc-rebuild")
def bitcoin_rebuilt() -> Row:
    """Return the days after the flush of Nov. 25: most of the coins are back, and price is not."""
    as_of = moment(11, 28, 6)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[bitcoin.mark(61_905, as_of)],
        price_changes=[bitcoin.price_change("1.0", as_of)],
        candles=[bitcoin.candle_history(as_of, seed=3405, days=30)],
        funding=bitcoin.funding_history(as_of),
        open_interest=bitcoin.open_interest_history(as_of),
    )


def _in_coin(rows: list[Row]) -> list[Row]:
    """Return open interest without its dollars, of which no price is held."""
    return [{name: value for name, value in row.items() if name != "value_usd"} for row in rows]


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
        open_interest=_in_coin(open_interest(coins, price, end=as_of, days=47, step=Decimal(10_000))),
    )


@samples.add("eth-rebuild-short-of-half")
def ether_not_rebuilt() -> Row:
    """Return the days after a flush of which a little less than half is back."""
    as_of = moment(11, 13, 8)
    price = wander(seed=3601, daily_percent=2.4, points=(Point(moment(10, 1, 0), 2_960), Point(as_of, 2_841)))
    coins = wander(
        seed=3603,
        daily_percent=1.3,
        points=(
            Point(moment(10, 1, 0), 4_350_000),
            Point(moment(11, 9, 8), 4_512_000),
            Point(moment(11, 10, 8), 4_089_000, 0.6),
            Point(moment(11, 12, 8), 4_238_000, 0.4),
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
        funding=funding(seed=3605, start=moment(10, 3, 8), end=as_of, known={as_of: Decimal("0.00006")}),
        open_interest=_in_coin(open_interest(coins, price, end=as_of, days=41, step=Decimal(1_000))),
    )

"""After a flush: half of the coins are back in bitcoin and solana, and in ether just short of half."""

from datetime import datetime, timedelta
from decimal import Decimal

from commentary.runs.samples import bitcoin, samples
from commentary.runs.samples.bitcoin import HISTORY_DAYS
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, wander
from commentary.runs.samples.series import candles, funding, liquidated, liquidations, open_interest


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
        liquidations=_since_the_flush(as_of),
        # Of two hours, so that they end with the rows of open interest.
        candles=[bitcoin.candle_history(as_of, seed=3405, days=30, length=timedelta(hours=2))],
        funding=bitcoin.funding_history(as_of),
        open_interest=bitcoin.open_interest_history(as_of),
    )


def _since_the_flush(as_of: datetime) -> list[Row]:
    """Return ninety days of recorded liquidations to the hour of `as_of`, and the day of the fall as in btc-flush."""
    known = {
        moment(11, 25, 6): (148_600_000, 31_200_000),
        # Most of the day of the fall, which ended at 14:00, and the hours after it.
        moment(11, 26, 6): (441_300_000, 86_900_000),
        moment(11, 27, 6): (38_700_000, 121_400_000),
        as_of: (31_400_000, 48_900_000),
    }
    days = liquidations(bitcoin.price(), seed=3407, end=as_of, days=HISTORY_DAYS, usual_usd=72e6, known=known)
    return sorted([*days, liquidated(moment(11, 25, 14), 512_000_000, 61_000_000)], key=lambda row: str(row["time"]))


def _in_coin(rows: list[Row]) -> list[Row]:
    """Return open interest without its dollars, of which no price is held."""
    return [{name: value for name, value in row.items() if name != "value_usd"} for row in rows]


@samples.add("sol-rebuild")
def solana_rebuilt() -> Row:
    """Return a slow rebuild told from forty-seven days of every series, with Bybit's price and funding."""
    as_of = moment(6, 9, 12)
    fell = moment(6, 4, 12)
    price = wander(
        seed=3501,
        daily_percent=3.1,
        points=(
            Point(moment(4, 20, 0), 149),
            Point(moment(6, 3, 12), Decimal("158.42")),
            Point(fell, Decimal("147.93")),
            Point(moment(6, 4, 20), Decimal("145.61"), 2),
            Point(moment(6, 8, 12), Decimal("149.71"), 2),
            Point(as_of, Decimal("151.86"), 1.5),
        ),
    )
    coins = wander(
        seed=3503,
        daily_percent=1.2,
        points=(
            Point(moment(4, 20, 0), 40_900_000),
            Point(moment(6, 3, 12), 43_120_000),
            Point(fell, 38_210_000, 0.6),
            Point(moment(6, 4, 20), 37_640_000, 0.4),
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
                "value": Decimal("151.86"),
                "kind": "mark",
                "venue": "Bybit",
                "time": moment(6, 9, 11, 57),
                "source": "Bybit",
            }
        ],
        liquidations=liquidations(
            price,
            seed=3505,
            end=as_of,
            days=46,
            usual_usd=17e6,
            known={fell: (88_600_000, 13_900_000), as_of: (6_230_000, 10_840_000)},
        ),
        candles=[
            candles(price, end=as_of, days=47, tick=Decimal("0.01"), volume_usd=2e8, seed=3507, venue="Bybit"),
        ],
        funding=funding(
            seed=3509,
            start=moment(4, 23, 16),
            end=moment(6, 9, 8),
            known={moment(6, 8, 8): Decimal("0.00015307"), moment(6, 9, 8): Decimal("0.00024118")},
            usual=0.00007,
            venue="Bybit",
        ),
        open_interest=open_interest(coins, price, end=as_of, days=47, step=Decimal(10_000)),
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

"""Options of ether: what a monthly expiry left, with sixty days of futures beside it, and one too far off."""

from decimal import Decimal
from random import Random

from commentary.runs.samples import ether, samples
from commentary.runs.samples.backwards import open_interest_before, rates_before
from commentary.runs.samples.expiries import DAY, expiring, percent
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.settlements import moved

WORTHLESS = (
    # (month, day), the share that expired worthless
    ((7, 24), "0.79"),
    ((7, 31), "0.68"),
    ((8, 7), "0.74"),
    ((8, 14), "0.71"),
    ((8, 21), "0.83"),
    ((8, 28), "0.77"),
    ((9, 4), "0.66"),
    ((9, 11), "0.72"),
    ((9, 18), "0.75"),
)


@samples.add("eth-options-recap")
def ether_recap() -> Row:
    """Return what an expiry left two hours after it, nine earlier ones, the next, and sixty days of futures."""
    as_of = moment(9, 25, 10)
    settled, before = moment(9, 25, 8, 5), moment(9, 24, 20)
    random = Random(925)
    path = ether.price()
    at_expiry = Decimal(f"{path.at(moment(9, 25, 8)):.2f}")
    calls, puts = 377_200, 268_900
    at_binance: Row = {"venue": "Binance", "source": "Binance"}
    # Open interest is drawn first, the rates after it.
    held_before = open_interest_before(
        random, 4_341_800, end=moment(9, 24, 9, 50), days=60, usual=4_350_000, unrest=0.0128, step=Decimal(100)
    )
    rates = rates_before(
        random, end=moment(9, 25, 0), count=180, usual=0.000066, unrest=0.000009, kept=0.92, pinned=0.3
    )
    rates[moment(9, 25, 8)] = Decimal("0.00005813")
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[at_binance | {"value": Decimal(f"{path.at(as_of):.2f}"), "kind": "mark", "time": as_of}],
        price_changes=[moved("Binance", f"{percent(path.at(as_of), path.at(as_of - DAY))}", as_of)],
        options=[
            *(
                expiring((month, day), moment(month, day, 8, 5), worthless_share=Decimal(share))
                for (month, day), share in WORTHLESS
            ),
            expiring(
                (9, 25),
                before,
                of="open_interest",
                unit="coin",
                calls=calls,
                puts=puts,
                notional_usd=round((calls + puts) * path.at(before), -7),
                max_pain=2_500,
            ),
            expiring(
                (9, 25),
                settled,
                unit="coin",
                settlement=at_expiry,
                worthless_share=Decimal("0.86"),
                open_interest_removed=calls + puts - 4_300,
            ),
            expiring(
                (10, 30),
                settled,
                of="open_interest",
                unit="coin",
                calls=604_100,
                puts=391_800,
                notional_usd=round(995_900 * float(at_expiry), -7),
            ),
        ],
        funding=[
            at_binance | {"rate": rate, "interval_hours": 8, "kind": "settled", "time": time}
            for time, rate in rates.items()
        ],
        open_interest=[
            *held_before,
            {
                "venue": "all",
                "value_coin": 4_268_000,
                "value_usd": round(4_268_000 * path.at(as_of), -5),
                "time": moment(9, 25, 9, 50),
                "source": "CoinGlass",
            },
        ],
        open_interest_changes=[
            {
                "venue": "all",
                "window_hours": 24,
                "percent": Decimal("-1.7"),
                "of": "coin",
                "time": moment(9, 25, 9, 50),
                "source": "CoinGlass",
            }
        ],
    )


@samples.add("eth-options-early")
def ether_early() -> Row:
    """Return a large expiry that is four days off."""
    as_of = moment(10, 12, 9)
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[
            {
                "value": Decimal("2447.8"),
                "kind": "mark",
                "venue": "Binance",
                "time": as_of,
                "source": "Binance",
            }
        ],
        options=[
            expiring(
                (10, 16),
                as_of,
                of="open_interest",
                unit="coin",
                calls=301_500,
                puts=244_700,
                notional_usd=1_340_000_000,
                max_pain=2_400,
            ),
        ],
    )

"""Options of solana that expire the next day, with little said of them: contracts, and an hour not known."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from commentary.runs.samples import samples
from commentary.runs.samples.backwards import rates_before
from commentary.runs.samples.expiries import expiring
from commentary.runs.samples.layout import Row, moment, snapshot

WEEK = timedelta(weeks=1)
EXPIRIES = (
    # (month, day), notional in dollars on the day before
    ((8, 21), 61_800_000),
    ((8, 28), 168_400_000),
    ((9, 4), 57_200_000),
    ((9, 11), 72_400_000),
    ((9, 18), 66_300_000),
    ((9, 25), 129_700_000),
    ((10, 2), 58_900_000),
    ((10, 9), 64_700_000),
    ((10, 16), 77_600_000),
    ((10, 23), 69_200_000),
)
SETTLED = {
    moment(10, 29, 0): "0.00002848",
    moment(10, 29, 8): "0.0000332",
    moment(10, 29, 16): "0.00003384",
}


@samples.add("sol-options-thin")
def solana_expiry() -> Row:
    """Return an expiry counted in contracts on an exchange whose hour is not known, with more puts than calls.

    Ten earlier ones rank it, and forty days of funding.
    """
    as_of = moment(10, 29, 16)
    counted = moment(10, 29, 15, 30)
    rates = rates_before(
        Random(1029),
        end=as_of,
        count=122,
        usual=0.000051,
        unrest=0.000011,
        kept=0.9,
        pinned=0.25,
        known=SETTLED,
    )
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[
            {
                "value": Decimal("152.37"),
                "kind": "index",
                "venue": "Bybit",
                "time": as_of,
                "source": "Bybit",
            }
        ],
        price_changes=[
            {"window_hours": 24, "percent": Decimal("-2.1"), "venue": "Bybit", "time": as_of, "source": "Bybit"}
        ],
        options=[
            *(
                expiring(day, counted - weeks * WEEK, venue="Bybit", of="open_interest", notional_usd=size)
                for weeks, (day, size) in zip(range(10, 0, -1), EXPIRIES, strict=True)
            ),
            expiring(
                (10, 30),
                counted,
                venue="Bybit",
                of="open_interest",
                unit="contracts",
                calls=412_600,
                puts=507_300,
                notional_usd=140_200_000,
            ),
            expiring(
                (10, 30),
                counted,
                venue="Bybit",
                of="volume",
                unit="contracts",
                calls=58_200,
                puts=41_900,
            ),
            {
                "venue": "Bybit",
                "of": "open_interest",
                "unit": "contracts",
                "calls": 1_201_300,
                "puts": 1_441_700,
                "notional_usd": 402_800_000,
                "time": counted,
                "source": "Bybit",
            },
        ],
        funding=[
            {
                "venue": "Bybit",
                "time": time,
                "rate": rate,
                "interval_hours": 8,
                "kind": "settled",
                "source": "Bybit",
            }
            for time, rate in rates.items()
        ],
    )

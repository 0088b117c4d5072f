"""Options of bitcoin that expire the next morning, and how the files of options say what expires."""

from datetime import datetime, timedelta
from decimal import Decimal

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import (
    OPEN_INTEREST_STEP,
    candle_history,
    coins,
    funding_history,
    held_change,
    mark,
    price,
    price_change,
)
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.series import coin_open_interest

DAY = timedelta(days=1)
BITCOIN_EXPIRIES = (
    # (month, day), notional in dollars on the evening before
    ((5, 8), 2_410_000_000),
    ((5, 15), 2_760_000_000),
    ((5, 22), 2_130_000_000),
    ((5, 29), 8_340_000_000),
    ((6, 5), 2_020_000_000),
    ((6, 12), 2_590_000_000),
    ((6, 19), 3_050_000_000),
    ((6, 26), 14_900_000_000),
    ((7, 3), 1_880_000_000),
    ((7, 10), 2_440_000_000),
    ((7, 17), 2_910_000_000),
    ((7, 24), 2_270_000_000),
)


def percent(now: float, before: float) -> Decimal:
    """Return a change as a feed gives it, to a tenth of a percent."""
    return Decimal(f"{(now / before - 1) * 100:.1f}")


def expiring(day: tuple[int, int], time: datetime, venue: str = "Deribit", **more: object) -> Row:
    """Return what an exchange says of the options of one expiry."""
    month, number = day
    row: Row = {"venue": venue, "expiry": f"2026-{month:02}-{number:02}"}
    return row | more | {"time": time, "source": venue}


@samples.add("btc-options-expiry")
def bitcoin_expiry() -> Row:
    """Return a monthly expiry on the evening before, ranked by twelve earlier ones, with the futures beside it."""
    as_of = moment(7, 30, 20)
    counted = moment(7, 30, 19, 45)
    each = price().at(counted)
    calls, puts = 93_240, 68_410
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(round(price().at(as_of)), as_of)],
        price_changes=[price_change(f"{percent(price().at(as_of), price().at(as_of - DAY))}", as_of)],
        options=[
            *(
                expiring((month, day), moment(month, day, 8) - DAY / 2, of="open_interest", notional_usd=size)
                for (month, day), size in BITCOIN_EXPIRIES
            ),
            expiring(
                (7, 31),
                counted,
                of="open_interest",
                unit="coin",
                calls=calls,
                puts=puts,
                notional_usd=round((calls + puts) * each, -7),
                max_pain=67_000,
                implied_volatility=Decimal("0.413"),
                skew_25d=Decimal("-0.034"),
            ),
            {
                "venue": "Deribit",
                "of": "open_interest",
                "unit": "coin",
                "calls": 289_400,
                "puts": 188_900,
                "notional_usd": round(478_300 * each, -7),
                "time": counted,
                "source": "Deribit",
            },
        ],
        candles=[candle_history(as_of, seed=4201, days=32)],
        funding=funding_history(as_of)[-91:],
        open_interest=coin_open_interest(coins(), end=counted, days=90, step=OPEN_INTEREST_STEP, every=DAY),
        open_interest_changes=[held_change(f"{percent(coins().at(counted), coins().at(counted - DAY))}", counted)],
    )

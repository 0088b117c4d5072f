"""Ether whose price goes up through the shorts of a map of the morning, and one that stops short of them.

Both are of one market with ninety days behind it.
"""

from datetime import datetime
from decimal import Decimal
from functools import cache

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import held_change, mark
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.maps import sums
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import candles, funding, liquidations, open_interest
from commentary.runs.samples.settlements import moved

_DAYS = 90
_FIRST = moment(5, 15, 0)
_SETTLED = {
    moment(8, 24, 16): Decimal("0.00008815"),
    moment(8, 25, 16): Decimal("0.00013"),
    moment(8, 26, 16): Decimal("0.00007621"),
    moment(8, 27, 16): Decimal("0.0001"),
}
_COUNTED = {
    moment(8, 25, 17, 45): (24_100_000, 81_700_000),
    moment(8, 27, 17, 45): (13_400_000, 21_900_000),
}


@cache
def price() -> Wander:
    """Return Binance's mark price in dollars."""
    return wander(
        seed=8251,
        daily_percent=2.3,
        points=(
            Point(_FIRST, 2_480),
            Point(moment(6, 24, 0), 2_570),
            Point(moment(8, 11, 8), 2_744),
            Point(moment(8, 12, 8), 2_762),
            Point(moment(8, 20, 0), 2_690),
            Point(moment(8, 24, 17, 45), Decimal("2659.3"), 1.6),
            Point(moment(8, 25, 12, 15), Decimal("2716.4"), 1.2),
            Point(moment(8, 25, 16), Decimal("2763.8"), 1.2),
            Point(moment(8, 25, 17, 45), 2_771, 1.2),
            Point(moment(8, 26, 17, 45), Decimal("2763.3"), 1.6),
            Point(moment(8, 27, 16), Decimal("2797.5"), 1.2),
            Point(moment(8, 27, 17, 45), 2_802, 1.2),
        ),
    )


@cache
def coins() -> Wander:
    """Return open interest in coins on the exchanges that CoinGlass covers."""
    return wander(
        seed=8252,
        daily_percent=1.5,
        points=(
            Point(_FIRST, 4_180_000),
            Point(moment(7, 10, 0), 4_520_000),
            Point(moment(8, 24, 17, 45), 4_496_400),
            Point(moment(8, 25, 17, 45), 4_420_000),
            Point(moment(8, 26, 17, 45), 4_397_200),
            Point(moment(8, 27, 17, 45), 4_450_000),
        ),
    )


def _evening(day: int, value: int, moved_by: str, held_by: str, drawn: Row, seed: int) -> Row:
    """Return ether at six in the evening of a day in August."""
    told, counted = moment(8, day, 17, 55), moment(8, day, 17, 45)
    as_of = moment(8, day, 18)
    settled = funding(seed=8253, start=_FIRST, end=moment(8, 27, 16), known=_SETTLED)
    before = [row for row in settled if isinstance(row["time"], datetime) and row["time"] <= as_of]
    return snapshot(
        "ETH",
        as_of,
        name="Ether",
        prices=[mark(value, told)],
        price_changes=[moved("Binance", moved_by, told)],
        candles=[candles(price(), end=as_of, days=_DAYS, tick=Decimal("0.01"), volume_usd=1.1e9, seed=seed)],
        liquidation_maps=[drawn],
        liquidations=liquidations(price(), seed=8254, end=counted, days=_DAYS, usual_usd=29e6, known=_COUNTED),
        funding=before[-(_DAYS * 3 + 1) :],
        open_interest=open_interest(coins(), price(), end=counted, days=_DAYS + 1, step=Decimal(100)),
        open_interest_changes=[held_change(held_by, counted)],
    )


@samples.add("eth-level-passed")
def passed() -> Row:
    """Return a map whose upper end price has since gone through, with three liquidated dollars of four from shorts."""
    drawn = sums(moment(8, 25, 12, 20), ("long", 2_590, 241_000_000), ("short", 2_748, 318_000_000))
    return _evening(25, 2_771, "4.2", "-1.7", drawn, seed=8255)


@samples.add("eth-level-near")
def near() -> Row:
    """Return a map of shorts whose upper end price has come near to and has not reached."""
    drawn = sums(moment(8, 27, 17, 40), ("long", 2_690, 914_000_000), ("short", 2_827, 412_000_000))
    return _evening(27, 2_802, "1.4", "1.2", drawn, seed=8256)

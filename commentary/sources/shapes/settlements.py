"""Settled funding as rows, each with the interval that it was paid for.

Exchanges shorten the interval of a contract under stress and lengthen it again, and their lists of settlements do not
say which held when. So the interval of each is the time since the settlement before it, and the oldest of a list, which
has none before it, is only there to give the next one its interval. A time that is no whole number of hours, or longer
than any exchange's interval, is that of a halt or of a list with a hole: then the interval is not known.

Times are told to the second. Binance's are some milliseconds behind the hour, now more, now less, by which a week would
hold one settlement too many.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from commentary.records.snapshot import Funding
from commentary.sources.shapes.reading import Part

LONGEST_HOURS = 8
"""Of the exchanges that are asked; Binance, Bybit and OKX settle every eight hours unless they shorten it."""
_HOUR = timedelta(hours=1)
_JITTER = timedelta(minutes=1)
"""Of a settlement that came late."""


def settled(rows: Iterable[Part], time: str, rate: str, *, venue: str, source: str) -> Iterator[Funding]:
    """Yield the settlements but the oldest, oldest first.

    Args:
        rows: of the reply, in any order.
        time: the field with the time of a settlement.
        rate: the field with its rate, a fraction per interval.
        venue: the exchange.
        source: who says so.

    Raises:
        ReplyError: a field is missing, or two rows of one time have different rates.
    """
    prints: dict[datetime, Part] = {}
    for row in rows:
        earlier = prints.setdefault(row[time].time().replace(microsecond=0), row)
        if earlier[rate].number() != row[rate].number():
            raise row[rate].error("the rate that another row has for the same time")
    for before, at in pairwise(sorted(prints)):
        row = prints[at]
        fields = {
            "kind": "settled",
            "time": at,
            "rate": row[rate].number(),
            "interval_hours": interval_hours(at - before),
        }
        yield row.row(Funding, venue=venue, source=source, **fields)


def interval_hours(apart: timedelta) -> Decimal | None:
    """Return the hours between two settlements, whole and within what exchanges use; None for any other time."""
    hours = round(apart / _HOUR)
    if not 1 <= hours <= LONGEST_HOURS or abs(apart - hours * _HOUR) > _JITTER:
        return None
    return Decimal(hours)

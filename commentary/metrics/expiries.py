"""Expiries: the rows of one exchange about one day on which options expire, and which of them is news first.

An expiry is told apart by its day, which stands in Subject.at. The hour of an expiry is the exchange's
(data/venues.toml); without it the day alone is known. Calls and puts are counted in coins, contracts or dollars, as
the row says.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, source_of
from commentary.metrics.maps import dollars, price_of
from commentary.metrics.rows import evidence_of, preferred, says_itself
from commentary.metrics.venues import venue
from commentary.records.fact import Fact, Flag, Quantity, Subject, Unit, Value, derive
from commentary.records.snapshot import Options

NEAR_DAYS = 2
"""Of expiries this near the largest comes first, of those further off the nearest."""
UNITS: dict[str | None, Unit] = {"coin": "coin", "contracts": "count", "usd": "usd"}
"""What a row counts its options in, and the unit of its facts."""
LEFT = ("settlement", "worthless_share", "open_interest_removed")
"""What a row says once the options are settled."""


class Expiry(NamedTuple):
    """The rows of one exchange about one expiry, by the source to use, in order of time."""

    asset: str
    venue: str | None
    day: date
    rows: tuple[Options, ...]
    as_of: datetime
    """When it is looked at."""

    def said(self, field: str, of: str | None = None) -> Options | None:
        """Return the newest row that gives a field, of those that count `of` where it is named.

        What the settlement left no row can tell before its hour.
        """
        rows = (row for row in reversed(self.rows) if of is None or row.of == of)
        if field in LEFT and self.is_to_come:
            return None
        return next((row for row in rows if getattr(row, field) is not None), None)

    @property
    def at(self) -> str:
        """What tells its facts from those of another expiry."""
        return self.day.isoformat()

    @property
    def midnight(self) -> datetime:
        """Where its day begins."""
        return datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)

    @property
    def moment(self) -> datetime | None:
        """When it falls due; None where the exchange's hour is not known."""
        hour = venue(self.venue).options_hour
        return None if hour is None else self.midnight + timedelta(hours=float(hour))

    @property
    def is_to_come(self) -> bool:
        """Say whether its hour is known and later than the snapshot: then a row that tells of its settlement errs."""
        return self.moment is not None and self.moment > self.as_of

    @property
    def is_settled(self) -> bool:
        """Say whether a row tells what the settlement left."""
        return any(self.said(field) for field in LEFT)

    def days_left(self, given: Given) -> int:
        """Return the days to it by the calendar, negative once it is past."""
        return (self.day - given.as_of.date()).days

    def is_ahead(self, given: Given) -> bool:
        """Say whether it is still to come."""
        if self.is_settled:
            return False
        return self.days_left(given) >= 0 if self.moment is None else self.moment > given.as_of

    @property
    def notional(self) -> Decimal:
        """Its size in dollars, by which expiries are put in order; 0 where no row tells."""
        row = self.said("notional_usd")
        return row.notional_usd if row is not None and row.notional_usd is not None else Decimal(0)

    def fact(self, metric: str, value: Value, unit: Unit, quantity: Quantity, row: Options, formula: str = "") -> Fact:
        """Return what a row says of it."""
        subject = Subject(self.asset, metric, None, self.venue, None, self.at)
        return Fact(subject, value, unit, quantity, evidence_of(row), source_of(row), row.at, formula)

    def sides(self, name: str, row: Options) -> list[Fact]:
        """Return calls, puts, their total and the ratio of puts to calls, by a row; none where it does not say both."""
        if row.calls is None or row.puts is None or row.unit is None:
            return []
        unit = UNITS[row.unit]
        quantity: Quantity = "count" if unit == "count" else "level"
        calls = self.fact(f"{name}_calls", row.calls, unit, quantity, row)
        puts = self.fact(f"{name}_puts", row.puts, unit, quantity, row)
        total = calls.subject._replace(metric=f"{name}_total")
        words = f"{name}_calls + {name}_puts"
        made = [calls, puts, derive(total, calls.number + puts.number, unit, quantity, (calls, puts), words)]
        if calls.number:
            ratio = calls.subject._replace(metric=f"{name}_put_call")
            words = f"{name}_puts / {name}_calls"
            made.append(derive(ratio, puts.number / calls.number, "ratio", "ratio", (puts, calls), words))
        return made


def contradicted(given: Given) -> Iterator[Flag]:
    """Yield the rows whose dollars and coins contradict each other at the price of about their time."""
    for row in given.snapshot.options:
        if _is_contradicted(row, given):
            coins = (row.calls or 0) + (row.puts or 0)
            why = f"options of {row.venue or 'an unnamed venue'}: {row.notional_usd:f} USD for {coins:f} coins"
            yield Flag("figures_contradict", why)


def options_of(given: Given) -> list[Options]:
    """Return the rows of options; a sum in dollars that the same row's coins contradict is left out."""
    return [
        row.model_copy(update={"notional_usd": None}) if _is_contradicted(row, given) else row
        for row in given.snapshot.options
    ]


def _is_contradicted(row: Options, given: Given) -> bool:
    price, allowed = price_of(given, row.about), tolerance(row.METRIC)
    if row.unit != "coin" or row.of != "open_interest" or row.calls is None or row.puts is None:
        return False
    coins = row.calls + row.puts
    if price is None or row.notional_usd is None or not coins:
        return False
    if abs(price.as_of - row.at) > timedelta(minutes=float(allowed.time_minutes)):
        return False
    # The row may count with another price than ours, and a price may move until its time: twice the tolerance.
    each, most = row.notional_usd / coins / (price.number * dollars(given)[0]), 1 + 2 * allowed.relative
    return not 1 / most <= each <= most


def expiries(given: Given) -> list[Expiry]:
    """Return every expiry of which the snapshot has rows, ahead or past."""
    groups: dict[tuple[str, str | None, date], list[Options]] = {}
    for row in options_of(given):
        if row.expiry is not None:
            groups.setdefault((row.about, row.venue, row.expiry), []).append(row)
    return [Expiry(*of, _of_one_source(rows, given), given.as_of) for of, rows in groups.items()]


def _of_one_source(rows: list[Options], given: Given) -> tuple[Options, ...]:
    source = preferred(rows, given)[0].source
    return tuple(sorted((row for row in rows if row.source == source), key=lambda row: row.at))


def news_first(one: Expiry, given: Given) -> tuple[object, ...]:
    """Put what is settled before what is ahead, of the near the larger, of the far the nearer."""
    left = one.days_left(given)
    far = left > NEAR_DAYS
    own = any(says_itself(row) for row in one.rows)
    return (not one.is_settled, left if far else 0, not own, -one.notional, abs(left), one.venue or "")

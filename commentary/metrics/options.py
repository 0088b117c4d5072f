"""Options of one expiry: what is open before it, and what its settlement left.

An expiry is told apart by its day, which stands in Subject.at. Calls and puts are counted in coins, contracts or
dollars, as the row says; the notional value is US dollars. A ratio of puts to calls is of open interest or of
volume, and each has a metric of its own: where a row does not say what it counts, its counts are left out. Max pain
is the settlement price at which the open contracts would pay their holders least; it is a calculation from open
contracts. Implied volatility is percent a year; the 25-delta skew is the volatility of calls less that of puts, in
percentage points. The hour of an expiry is the exchange's (data/venues.toml); without it the day alone is known.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.options_history import options_history
from commentary.metrics.rows import coin, evidence_of, percent, preferred, says_itself
from commentary.metrics.venues import venue
from commentary.records.fact import Fact, MissingFact, Quantity, Subject, Unit, Value, derive
from commentary.records.snapshot import Options

DAYS_A_YEAR = Decimal(365)
PAIN_PERCENT = Decimal(1)
"""About half a usual day's move of bitcoin: a settlement nearer than that may be called close to max pain."""
OI_PERCENT = Decimal("2.5")
"""The change in coin from which the flush rule reads forced flow."""
NEAR_DAYS = 2
"""Of expiries this near the largest comes first, of those further off the nearest."""
_UNITS: dict[str | None, Unit] = {"coin": "coin", "contracts": "count", "usd": "usd"}
_LEFT = ("settlement", "worthless_share", "open_interest_removed")
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
        if field in _LEFT and self.is_to_come:
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
        return any(self.said(field) for field in _LEFT)

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


@metric("options", needs=("open_interest", "price"))
def options(given: Given) -> Iterator[Result]:
    """Yield the facts of the expiry that is news first, then those of the others still ahead."""
    about = coin(given.snapshot)
    every = [one for one in _expiries(given) if one.asset == about]
    told = [one for one in every if one.is_ahead(given) or (one.is_settled and one.days_left(given) >= -NEAR_DAYS)]
    if not told:
        reason = "the snapshot holds no options of an expiry ahead or just past"
        yield MissingFact(Subject(about, "options_notional"), "usd", reason)
    for one in sorted(told, key=lambda expiry: _order(expiry, given)):
        yield from _timing(one, given)
        yield from _held(one, given)
        yield from _priced(one, given)
        yield from _left(one, given)
        yield from _futures(one, given)
        earlier = [other for other in every if other.venue == one.venue and other.day < one.day]
        yield from options_history(one, earlier)


def _expiries(given: Given) -> list[Expiry]:
    groups: dict[tuple[str, str | None, date], list[Options]] = {}
    for row in given.snapshot.options:
        if row.expiry is not None:
            groups.setdefault((row.about, row.venue, row.expiry), []).append(row)
    return [Expiry(*of, _of_one_source(rows, given), given.as_of) for of, rows in groups.items()]


def _of_one_source(rows: list[Options], given: Given) -> tuple[Options, ...]:
    source = preferred(rows, given)[0].source
    return tuple(sorted((row for row in rows if row.source == source), key=lambda row: row.at))


def _order(one: Expiry, given: Given) -> tuple[object, ...]:
    """Put what is settled before what is ahead, of the near the larger, of the far the nearer."""
    left = one.days_left(given)
    far = left > NEAR_DAYS
    own = any(says_itself(row) for row in one.rows)
    return (not one.is_settled, left if far else 0, not own, -one.notional, abs(left), one.venue or "")


def _timing(one: Expiry, given: Given) -> Iterator[Result]:
    row = one.rows[-1]
    state = "settled" if one.is_settled else "ahead"
    words = "whether a row tells what the settlement left"
    yield one.fact("options_phase", state, "name", "entity", row, words)
    day = one.fact("options_expiry", one.midnight, "time", "time", row)
    yield day
    left = Decimal(one.days_left(given))
    words = "days from the snapshot to the expiry, by the calendar"
    yield Fact(
        day.subject._replace(metric="options_days_left"),
        left,
        "days",
        "count",
        day.evidence,
        day.source,
        day.as_of,
        words,
        (day.id,),
    )
    if one.moment is None:
        reason = "the hour at which options expire on this exchange is not in data/venues.toml"
        yield MissingFact(day.subject._replace(metric="options_expires"), "time", reason)
        return
    words = "the exchange's hour on the day of expiry"
    expires = Fact(
        day.subject._replace(metric="options_expires"),
        one.moment,
        "time",
        "time",
        day.evidence,
        day.source,
        day.as_of,
        words,
        (day.id,),
    )
    yield expires
    counted = one.said("notional_usd", "open_interest") or row
    hours = Decimal(int((one.moment - counted.at).total_seconds())) / 3600
    if one.is_ahead(given):
        words = "hours from the count to the expiry"
        yield Fact(
            day.subject._replace(metric="options_hours_left"),
            hours.quantize(Decimal("0.01")),
            "hours",
            "level",
            day.evidence,
            day.source,
            counted.at,
            words,
            (expires.id,),
        )


def _held(one: Expiry, given: Given) -> Iterator[Result]:
    """Yield what is open, and what was traded."""
    row = one.said("notional_usd", "open_interest")
    if row is not None and row.notional_usd is not None:
        notional = one.fact("options_notional", row.notional_usd, "usd", "level", row)
        yield notional
        yield from _share(one, notional, given)
    elif not one.is_settled:
        reason = "no row gives the dollar value of its open interest"
        yield MissingFact(Subject(one.asset, "options_notional", None, one.venue, None, one.at), "usd", reason)
    yield from _sides(one, "open_interest", "options")
    yield from _each(one, row)
    yield from _rest(one, given)
    yield from _sides(one, "volume", "options_volume")
    if any(row.of is None and row.calls is not None for row in one.rows):
        reason = "the row does not say whether its calls and puts are open interest or volume"
        yield MissingFact(Subject(one.asset, "options_calls", None, one.venue, None, one.at), "count", reason)


def _sides(one: Expiry, of: str, name: str) -> Iterator[Result]:
    row = one.said("calls", of)
    if row is None or row.calls is None or row.puts is None or row.unit is None:
        return
    unit = _UNITS[row.unit]
    quantity: Quantity = "count" if unit == "count" else "level"
    calls = one.fact(f"{name}_calls", row.calls, unit, quantity, row)
    puts = one.fact(f"{name}_puts", row.puts, unit, quantity, row)
    yield from (calls, puts)
    total = calls.subject._replace(metric=f"{name}_total")
    words = f"{name}_calls + {name}_puts"
    yield derive(total, calls.number + puts.number, unit, quantity, (calls, puts), words)
    if calls.number:
        ratio = calls.subject._replace(metric=f"{name}_put_call")
        words = f"{name}_puts / {name}_calls"
        yield derive(ratio, puts.number / calls.number, "ratio", "ratio", (puts, calls), words)


def _each(one: Expiry, row: Options | None) -> Iterator[Fact]:
    """Yield what one contract comes to, where options are counted in contracts."""
    own = one.said("calls", "open_interest")
    if own is None or own.calls is None or own.puts is None or own.unit != "contracts" or own != row:
        return
    if row.notional_usd is None or not own.calls + own.puts:
        return
    notional = one.fact("options_notional", row.notional_usd, "usd", "level", row)
    sides = [one.fact(f"options_{name}", getattr(own, name), "count", "count", own) for name in ("calls", "puts")]
    total = derive(
        sides[0].subject._replace(metric="options_total"), sides[0].number + sides[1].number, "count", "count",
        tuple(sides), "options_calls + options_puts",
    )  # fmt: skip
    words = "options_notional / options_total"
    each = total.subject._replace(metric="options_each_usd")
    yield derive(each, notional.number / total.number, "usd", "level", (notional, total), words)


def _share(one: Expiry, notional: Fact, given: Given) -> Iterator[Result]:
    """Yield which part of all open options of the exchange falls due, where a row of all expiries tells."""
    every = [row for row in _every(one, notional.as_of, given) if row.notional_usd]
    if not every:
        return
    row = max(every, key=lambda each: each.at)
    whole = one.fact("options_all_notional", row.notional_usd or Decimal(0), "usd", "level", row)
    yield whole
    share = notional.subject._replace(metric="options_share")
    words = "options_notional / options_all_notional * 100"
    yield derive(share, notional.number / whole.number * 100, "percent", "share", (notional, whole), words)


def _rest(one: Expiry, given: Given) -> Iterator[Result]:
    """Yield what all expiries hold, and how many contracts or coins are left without this one.

    A sum in dollars would move with price, so it shows nothing of what was opened or closed.
    """
    own = one.said("calls", "open_interest")
    if own is None or own.calls is None or own.puts is None or own.unit not in ("coin", "contracts"):
        return
    every = [row for row in _every(one, own.at, given) if row.unit == own.unit and row.calls and row.puts is not None]
    if not every:
        return
    row = max(every, key=lambda each: each.at)
    unit = _UNITS[row.unit]
    quantity: Quantity = "count" if unit == "count" else "level"
    calls = one.fact("options_all_calls", row.calls or Decimal(0), unit, quantity, row)
    puts = one.fact("options_all_puts", row.puts or Decimal(0), unit, quantity, row)
    yield from (calls, puts)
    words = "options_all_calls + options_all_puts"
    whole = derive(
        calls.subject._replace(metric="options_all_total"),
        calls.number + puts.number,
        unit,
        quantity,
        (calls, puts),
        words,
    )
    yield whole
    words = "options_all_puts / options_all_calls"
    yield derive(
        calls.subject._replace(metric="options_all_put_call"),
        puts.number / calls.number,
        "ratio",
        "ratio",
        (puts, calls),
        words,
    )
    sides = [one.fact(f"options_{name}", getattr(own, name), unit, quantity, own) for name in ("calls", "puts")]
    total = derive(
        sides[0].subject._replace(metric="options_total"), sides[0].number + sides[1].number, unit, quantity,
        tuple(sides), "options_calls + options_puts",
    )  # fmt: skip
    if whole.number <= total.number or one.is_settled:
        return
    words = "options_all_total - options_total"
    rest = total.subject._replace(metric="options_rest")
    left = derive(rest, whole.number - total.number, unit, quantity, (whole, total), words)
    yield left
    yield from _rest_bounds(left, total)


def _every(one: Expiry, when: datetime, given: Given) -> list[Options]:
    """Return the rows of all expiries of an exchange, of about a time."""
    return [
        row
        for row in given.snapshot.options
        if (row.about, row.venue, row.expiry, row.of) == (one.asset, one.venue, None, "open_interest")
        and row.source == one.rows[-1].source
        and abs(row.at - when) <= timedelta(days=1)
    ]


def _rest_bounds(left: Fact, total: Fact) -> Iterator[Fact]:
    """Yield beyond which counts half as many options as expire were opened or closed in those of other dates."""
    for name, sign in (("options_rest_low", -1), ("options_rest_high", 1)):
        value = left.number + sign * total.number / 2
        words = f"options_rest {'-' if sign < 0 else '+'} options_total / 2"
        if value > 0:
            yield derive(left.subject._replace(metric=name), value, left.unit, left.quantity, (left, total), words)


def _priced(one: Expiry, given: Given) -> Iterator[Result]:
    """Yield max pain, and what the options cost."""
    price = given.sheet.get("price", asset=one.asset)
    row = one.said("max_pain")
    if row is not None and row.max_pain is not None:
        pain = one.fact("options_max_pain", row.max_pain, "price", "level", row)
        pain = _in_quote(pain, given)
        yield pain
        if price is not None and not one.is_settled:
            far = pain.subject._replace(metric="options_max_pain_distance")
            words = "(options_max_pain / price - 1) * 100"
            yield derive(far, (pain.number / price.number - 1) * 100, "percent", "delta", (pain, price), words)
        if not one.is_settled:
            yield from _band(pain)
    row = one.said("implied_volatility")
    if row is not None and row.implied_volatility is not None:
        yearly = one.fact("options_volatility", percent(row.implied_volatility), "percent", "rate", row)
        yield yearly
        daily = yearly.subject._replace(metric="options_daily_move")
        words = "options_volatility / square root of 365"
        yield derive(daily, yearly.number / DAYS_A_YEAR.sqrt(), "percent", "level", (yearly,), words)
    row = one.said("skew_25d")
    if row is not None and row.skew_25d is not None:
        yield one.fact("options_skew", percent(row.skew_25d), "points", "delta", row)


def _band(pain: Fact) -> Iterator[Fact]:
    """Yield between which prices a settlement is close to max pain."""
    for name, sign in (("options_pain_low", "-"), ("options_pain_high", "+")):
        part = PAIN_PERCENT / 100 * (-1 if sign == "-" else 1)
        words = f"options_max_pain * (1 {sign} {PAIN_PERCENT} / 100)"
        yield derive(pain.subject._replace(metric=name), pain.number * (1 + part), "price", "level", (pain,), words)


def _futures(one: Expiry, given: Given) -> Iterator[Fact]:
    """Yield between which levels the open interest of futures counts as unmoved since the expiry."""
    held = given.sheet.get("oi_coin", asset=one.asset)
    if held is not None and one.is_settled:
        for name, sign in (("oi_expiry_test", "-"), ("oi_expiry_high", "+")):
            part = OI_PERCENT / 100 * (-1 if sign == "-" else 1)
            subject = Subject(one.asset, name, None, held.subject.venue, None, one.at)
            words = f"oi_coin * (1 {sign} {OI_PERCENT} / 100)"
            yield derive(subject, held.number * (1 + part), "coin", "level", (held,), words)


def _left(one: Expiry, given: Given) -> Iterator[Result]:
    """Yield what the settlement left."""
    settled: Fact | None = None
    if one.is_to_come and any(getattr(row, field) is not None for row in one.rows for field in _LEFT):
        reason = f"a row tells of a settlement that is due at {one.moment:%Y-%m-%d %H:%M} UTC, after the snapshot"
        yield MissingFact(Subject(one.asset, "options_settlement", None, one.venue, None, one.at), "price", reason)
    row = one.said("settlement")
    if row is not None and row.settlement is not None:
        settled = _in_quote(one.fact("options_settlement", row.settlement, "price", "level", row), given)
        yield settled
        pain = one.said("max_pain")
        if pain is not None and pain.max_pain is not None:
            before = _in_quote(one.fact("options_max_pain", pain.max_pain, "price", "level", pain), given)
            off = settled.subject._replace(metric="options_settlement_distance")
            words = "(options_settlement / options_max_pain - 1) * 100"
            value = (settled.number / before.number - 1) * 100
            yield derive(off, value, "percent", "delta", (settled, before), words)
    row = one.said("worthless_share")
    if row is not None and row.worthless_share is not None:
        yield one.fact("options_worthless", percent(row.worthless_share), "percent", "share", row)
    row = one.said("open_interest_removed")
    if row is None or row.open_interest_removed is None or row.unit is None:
        return
    unit = _UNITS[row.unit]
    quantity: Quantity = "count" if unit == "count" else "level"
    removed = one.fact("options_removed", row.open_interest_removed, unit, quantity, row)
    yield removed
    in_usd = removed.subject._replace(metric="options_removed_usd")
    if unit == "usd":
        yield derive(in_usd, removed.number, "usd", "level", (removed,), "options_removed, which is in dollars")
    elif unit == "coin" and settled is not None and given.snapshot.quote == "USD":
        words = "options_removed * options_settlement"
        yield derive(in_usd, removed.number * settled.number, "usd", "level", (removed, settled), words)


def _in_quote(fact: Fact, given: Given) -> Fact:
    """Return a price in the currency of the snapshot's prices."""
    return Fact(
        fact.subject,
        fact.value,
        fact.unit,
        fact.quantity,
        fact.evidence,
        fact.source,
        fact.as_of,
        fact.formula,
        fact.inputs,
        given.snapshot.quote,
    )

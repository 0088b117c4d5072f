"""Basis: what a future costs over spot, in percent a year, and how usual that is for the same exchange and tenor.

Percent a year, negative when the future is below spot. `basis_premium` is the part of it that the days to expiry hold,
simply counted: 9.1% a year over 43 days is 9.1 * 43 / 365 = 1.07% over spot. A tenor is compared with its own earlier
readings alone, of 90 days, without those of its last week and of the days on which the contract behind it was changed.
`basis_state` says that it "turned negative" or "turned positive", that it is "low" or "high" against those readings,
"negative" where too few are held, or "none"; with under seven days to expiry, on a day of a roll, or where the days
are not given, there is none. Thresholds and their reasons stand in data/stories/basis.toml.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from commentary.metrics.base import Given, Result, at_time, metric, source_of
from commentary.metrics.funding import NOTIONAL, example_notional, payment
from commentary.metrics.funding_history import Shares, shares
from commentary.metrics.funding_run import relayed, run_of
from commentary.metrics.history import DAYS_NEEDED
from commentary.metrics.rows import apart, coin, evidence_of, gap, is_stale, percent, preferred
from commentary.records.fact import Fact, MissingFact, Quantity, Subject, Unit, derive, twelve_digits
from commentary.records.snapshot import Basis

TRAILING = timedelta(days=90)
WEEK = timedelta(days=7)
WITHIN = timedelta(hours=1)
LEAST_DAYS = Decimal(7)
"""With fewer days to expiry a cent of price is percents a year."""


class Series(NamedTuple):
    """The readings of one tenor on one exchange by one source."""

    newest: Basis
    earlier: Sequence[Basis]
    """The newest first, of 90 days, without the last week of a contract and days of a roll."""
    has_rolled: bool
    """Whether the contract behind the tenor changed since the reading before."""


@metric("basis", needs=("funding",))
def basis(given: Given) -> Iterator[Result]:
    """Yield each tenor's premium, where it stands among its earlier readings, and what is new in it."""
    groups = _groups(given)
    about = coin(given.snapshot)
    if not groups:
        yield MissingFact(Subject(about, "basis"), "percent", "the snapshot holds no basis")
        return
    if given.sheet.get("example_notional") is None:
        yield example_notional(given)
    states: list[Result] = []
    for rows in groups:
        facts = [_basis(row, index) for index, row in enumerate(rows)]
        yield from facts
        if len(rows) > 1 and (parted := gap(facts[0], facts[1], (rows[0], rows[1]), "annualised", given)):
            yield parted
        yield from relayed(facts[0], "basis_relay")
        yield from _cost(facts[0], rows[0], given)
        series = _series(rows[0], given)
        yield from _before(facts[0], series)
        yield from _place(facts[0], series)
        yield _test(facts[0], series)
        states.append(_state(facts[0], series, given))
    yield from _apart(groups)
    own = _basis(groups[0][0], 0)
    yield _counted(own, "basis_tenors", Decimal(len(groups)), "futures whose basis is held, that of {} among them")
    # The tenor of which there is news is told first.
    yield from sorted(states, key=lambda state: not isinstance(state, Fact) or state.value == "none")


def premium(annualised: Decimal, days: Decimal) -> Decimal:
    """Return the part of a yearly rate that falls on some days, in the rate's unit, not compounded."""
    return annualised * days / 365


def state_of(
    annualised: Decimal,
    thresholds: Mapping[str, Decimal],
    *,
    place: Shares | None,
    middle: Decimal | None,
    other_run: int,
) -> str:
    """Return what is new in a basis.

    Args:
        annualised: percent a year.
        thresholds: those of data/stories/basis.toml.
        place: which part of its earlier readings is lower, and equal; None with too few of them.
        middle: the median of those readings.
        other_run: how many readings in a row of the other sign the last day ended.
    """
    if other_run >= thresholds["run_readings"] and abs(annualised) >= thresholds["turn_floor"]:
        return "turned negative" if annualised < 0 else "turned positive"
    if place is None or middle is None:
        return "negative" if annualised <= -thresholds["negative_floor"] else "none"
    if abs(annualised - middle) < thresholds["move_points"]:
        return "none"
    if place.below + place.equal <= thresholds["tail_percent"]:
        return "low"
    return "high" if place.below >= 100 - thresholds["tail_percent"] else "none"


def _groups(given: Given) -> list[list[Basis]]:
    """Return the newest row of each source by contract; fresh ones first, then by exchange and days to expiry."""
    about = coin(given.snapshot)
    things: dict[tuple[str | None, str | None], list[Basis]] = {}
    for row in given.snapshot.basis:
        if row.about == about:
            things.setdefault((row.venue, _contract(row)), []).append(row)
    best = [preferred(_newest_by_source(rows), given) for rows in things.values()]
    return sorted(best, key=lambda rows: _rank(rows[0], given))


def _contract(row: Basis) -> str | None:
    """Return what tells a contract apart: its tenor, or the day it expires on where no tenor is given."""
    if row.tenor is not None or row.days is None:
        return row.tenor
    return f"{row.at + timedelta(days=float(row.days)):%Y-%m-%d}"


def _newest_by_source(rows: Sequence[Basis]) -> list[Basis]:
    latest: dict[str | None, Basis] = {}
    for row in rows:
        if row.source not in latest or row.at > latest[row.source].at:
            latest[row.source] = row
    return list(latest.values())


def _rank(row: Basis, given: Given) -> tuple[object, ...]:
    return (
        is_stale(row, given.now),
        row.venue is None,
        row.venue or "",
        row.days is None,
        row.days or Decimal(0),
        row.tenor or "",
    )


def _basis(row: Basis, index: int) -> Fact:
    subject = Subject(row.about, "basis", None, row.venue, None, apart(_contract(row), index))
    return Fact(subject, percent(row.annualised), "percent", "rate", evidence_of(row), source_of(row), row.at)


def _cost(own: Fact, row: Basis, given: Given) -> Iterator[Result]:
    """Yield the days to expiry, and what the premium comes to over them."""
    if row.days is None:
        reason = "the days to expiry are not given"
        yield MissingFact(own.subject._replace(metric="basis_days"), "days", reason)
        return
    shared = (own.evidence, own.source, own.as_of)
    yield Fact(own.subject._replace(metric="basis_days"), row.days, "days", "count", *shared)
    over = derive(
        own.subject._replace(metric="basis_premium"),
        premium(own.number, row.days),
        "percent",
        "delta",
        (own,),
        f"{own.id} * {row.days:f} / 365, not compounded",
    )
    yield over
    notional = example_notional(given)
    yield Fact(
        own.subject._replace(metric="basis_money"),
        payment(over.number, NOTIONAL),
        "usd",
        "level",
        *shared,
        f"|{over.id}| / 100 * {notional.id}",
        (over.id, notional.id),
    )


def _apart(groups: Sequence[Sequence[Basis]]) -> Iterator[Fact]:
    """Yield how far each future is from the next to expire on its exchange, where both were read at one time."""
    for rows in groups:
        row = rows[0]
        later = [
            one[0]
            for one in groups
            if one[0] is not row
            and one[0].venue == row.venue
            and abs(one[0].at - row.at) <= WITHIN
            and None not in (one[0].days, row.days)
        ]
        if row.days is None or not later:
            continue
        other = min(later, key=lambda one: abs((one.days or Decimal(0)) - (row.days or Decimal(0))))
        own, beside = _basis(row, 0), _basis(other, 0)
        subject = own.subject._replace(metric="basis_apart")
        yield derive(subject, own.number - beside.number, "points", "delta", (beside, own), f"{own.id} - {beside.id}")


def _series(row: Basis, given: Given) -> Series:
    rows = sorted(
        (
            other
            for other in given.snapshot.basis
            if (other.about, other.venue, _contract(other), other.source)
            == (row.about, row.venue, _contract(row), row.source)
            and other.at <= row.at
        ),
        key=lambda other: other.at,
        reverse=True,
    )
    rolled = {later.at for later, before in pairwise(rows) if _rolls(later, before)}
    earlier = [
        other
        for other in rows[1:]
        if other.at >= row.at - TRAILING and other.at not in rolled and (other.days is None or other.days >= LEAST_DAYS)
    ]
    return Series(row, earlier, row.at in rolled)


def _rolls(later: Basis, before: Basis) -> bool:
    """Say whether the contract behind a tenor changed between two readings: its expiry moved away."""
    return later.days is not None and before.days is not None and later.days > before.days


def _before(own: Fact, series: Series) -> Iterator[Result]:
    """Yield the reading of a week before, the change since, and the run that the newest reading ended or goes on."""
    week = at_time(series.earlier, series.newest.at - WEEK, WITHIN)
    if week is not None:
        then = _given(own, "basis_week", week)
        yield then
        subject = own.subject._replace(metric="basis_change", window_hours=Decimal(168))
        yield derive(subject, own.number - then.number, "points", "delta", (own, then), f"{own.id} - {then.id}")
    if not own.number:
        return
    run = run_of([own.number, *(row.annualised for row in series.earlier)])
    rest = series.earlier[run - 1 :]
    if rest and (before := run_of([row.annualised for row in rest])):
        yield _given(own, "basis_turned_from", rest[0])
        yield _counted(own, "basis_run_before", Decimal(before), "readings in a row of the other sign than {}")
    last = next((row for row in rest if row.annualised * own.number > 0), None)
    if last is not None:
        yield _given(own, "basis_same_last", last)


def _place(own: Fact, series: Series) -> Iterator[Result]:
    """Yield where the newest reading stands among its earlier ones."""
    earlier = series.earlier
    if len(earlier) < DAYS_NEEDED:
        if earlier:
            yield _counted(own, "basis_few", Decimal(len(earlier)), "earlier readings in 90 days than {}")
        if len(earlier) > 1:
            yield from _ends(own, earlier)
        reason = f"a place among earlier readings needs {DAYS_NEEDED}, and there are {len(earlier)}"
        yield MissingFact(own.subject._replace(metric="basis_below_share"), "percent", reason)
        return
    values = [percent(row.annualised) for row in earlier]
    found = shares(own.number, values)
    of = f"{len(earlier)} earlier readings in 90 days"
    yield _counted(own, "basis_readings", Decimal(len(earlier)), of)
    for name, word, value in (
        ("basis_below_share", "below", found.below),
        ("basis_equal_share", "equal to", found.equal),
    ):
        formula = f"of {of}, those {word} {own.id}, * 100"
        yield _made(own, name, twelve_digits(value), "percent", "share", formula, own.id)
    yield from _ends(own, earlier)
    middle = twelve_digits(median(values))
    yield _made(own, "basis_median", middle, "percent", "rate", f"the median of {of}")
    held = min((series.newest.at - earlier[-1].at).days + 1, TRAILING.days)
    yield _made(own, "basis_days_held", Decimal(held), "days", "count", f"whole days that {of} cover")
    if own.number:
        same = sum(value * own.number > 0 for value in values)
        yield _counted(own, "basis_same_sign", Decimal(same), f"of {of}, those of the sign of {{}}")


def _ends(own: Fact, earlier: Sequence[Basis]) -> Iterator[Result]:
    """Yield the lowest and the highest of the earlier readings."""
    of = f"{len(earlier)} earlier readings in 90 days"
    for name, word, row in (
        ("basis_low", "lowest", min(earlier, key=lambda row: row.annualised)),
        ("basis_high", "highest", max(earlier, key=lambda row: row.annualised)),
    ):
        yield _given(own, name, row, f"the {word} of {of}")


def _test(own: Fact, series: Series) -> Fact:
    """Return the reading that would undo the news: half of the way back to the median, or to nothing without one."""
    values = [percent(row.annualised) for row in series.earlier]
    inputs: list[str]
    if len(values) >= DAYS_NEEDED:
        middle = twelve_digits(median(values))
        other = own.subject._replace(metric="basis_median").id
        bound, formula, inputs = (own.number + middle) / 2, f"({own.id} + {other}) / 2", [own.id, other]
    else:
        bound, formula, inputs = own.number / 2, f"{own.id} / 2", [own.id]
    name = "basis_test_over" if bound > own.number else "basis_test_under"
    return _made(own, name, twelve_digits(bound), "percent", "rate", formula, *inputs)


def _state(own: Fact, series: Series, given: Given) -> Result:
    subject, row = own.subject._replace(metric="basis_state"), series.newest
    if is_stale(row, given.now):
        return MissingFact(subject, "name", f"the newest reading is of {row.at:%Y-%m-%d %H:%M} UTC")
    if row.days is None:
        return MissingFact(subject, "name", "the days to expiry are not given")
    if row.days < LEAST_DAYS:
        reason = f"the contract has {row.days:f} days to expiry, and under {LEAST_DAYS} a yearly rate says little"
        return MissingFact(subject, "name", reason)
    if series.has_rolled:
        return MissingFact(subject, "name", "the contract behind the tenor changed since the reading before")
    thresholds = given.limits("basis")
    values = [percent(other.annualised) for other in series.earlier]
    known = len(values) >= DAYS_NEEDED
    run = run_of([own.number, *values])
    ended = bool(values) and run == 1 and row.at - series.earlier[0].at <= timedelta(days=4)
    state = state_of(
        own.number,
        thresholds,
        place=shares(own.number, values) if known else None,
        middle=median(values) if known else None,
        other_run=run_of(values) if ended and values[0] * own.number < 0 else 0,
    )
    formula = f"{own.id} and the readings before it against thresholds"
    return Fact(subject, state, "name", "entity", own.evidence, own.source, own.as_of, formula, (own.id,))


def _given(own: Fact, name: str, row: Basis, formula: str = "") -> Fact:
    shared = (evidence_of(row), own.source, row.at)
    return Fact(own.subject._replace(metric=name), percent(row.annualised), "percent", "rate", *shared, formula)


def _counted(own: Fact, name: str, value: Decimal, words: str) -> Fact:
    return _made(own, name, value, "count", "count", words.format(own.id), *([own.id] if "{}" in words else []))


def _made(own: Fact, name: str, value: Decimal, unit: Unit, quantity: Quantity, formula: str, *inputs: str) -> Fact:
    """Return a fact about the series of `own`, as good as that."""
    subject = own.subject._replace(metric=name)
    return Fact(subject, value, unit, quantity, own.evidence, own.source, own.as_of, formula, inputs)

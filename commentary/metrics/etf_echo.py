"""What futures and price did over the days of a fund's flow: open interest in coin, funding, basis, close to close.

The window runs from the close before the first session to the close of the last, over any weekend between. Levels
are those of the rows at the two closes. Funding is the mean of the settlements of one exchange within the window,
percent per interval, and of as many before it. A basis is percent a year, of one exchange and tenor; none is told
where the contract has under seven days to go, or where it was rolled within the window. A change of open interest is
ranked among those of earlier spans as long, end to end before it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.base import Given, source_of
from commentary.metrics.funding import NOTIONAL, example_notional, payment
from commentary.metrics.history import changes, rank, row_at, series
from commentary.metrics.holdings import Holding, holdings, total
from commentary.metrics.rows import evidence_of, percent
from commentary.records.fact import Fact, MissingFact, Subject, derive, twelve_digits
from commentary.records.snapshot import Basis, Funding

LEAST_DAYS = Decimal(7)
"""Under a week to expiry a year's rate is made of a few days' noise."""
SPANS_NEEDED = 8
"""Two months of weeks: with fewer spans a rank says more about the series' length than about the change."""
_ECHO = "flow"
"""Subject.at of what belongs to the days of the flow."""


class Days(NamedTuple):
    """The time that a flow covers."""

    start: datetime
    """The close before its first session."""
    end: datetime
    """The close of its last session."""
    first: datetime
    """The day of its first session, at midnight."""

    @property
    def hours(self) -> Decimal:
        """How long it is."""
        return Decimal(int((self.end - self.start).total_seconds())) / 3600


def etf_echo(given: Given, asset: str, days: Days) -> Iterator[Fact | MissingFact]:
    """Yield the changes of open interest, funding and basis from close to close."""
    held = list(_open_interest(given, asset, days))
    if not held:
        reason = "the snapshot holds no open interest in coin at the closes that the flow runs between"
        yield MissingFact(Subject(asset, "oi_change_flow", None, None, None, _ECHO), "percent", reason)
    yield from held
    yield from _price(given, asset, days)
    yield from _funding(given, asset, days)
    yield from _basis(given, asset, days)


def _open_interest(given: Given, asset: str, days: Days) -> Iterator[Fact]:
    held = next((one for one in holdings(given) if one.asset == asset and not one.place), None)
    if held is None:
        return
    ends = [[row_at(series(given.snapshot.open_interest, row), when) for row in held.rows]
            for when in (days.start, days.end)]  # fmt: skip
    before, after = ([row for row in rows if row is not None] for rows in ends)
    was, now = total(before, "coin"), total(after, "coin")
    if len(before) < len(held.rows) or len(after) < len(held.rows) or not was or now is None:
        return
    shared = (held.evidence, held.source)
    subject = Subject(asset, "oi_flow", None, held.venue, None, _ECHO)
    start = Fact(
        subject._replace(metric="oi_flow_from"), was, "coin", "level", *shared, days.start,
        "the level at the close before the first session",
    )  # fmt: skip
    end = Fact(subject, now, "coin", "level", *shared, days.end, "the level at the close of the last session")
    yield from (start, end)
    change = subject._replace(metric="oi_change_flow", window_hours=days.hours)
    words = "(oi_flow / oi_flow_from - 1) * 100"
    yield derive(change, (now / was - 1) * 100, "percent", "delta", (end, start), words, as_of=days.end)
    delta = change._replace(metric="oi_delta_flow")
    words = "oi_flow - oi_flow_from"
    yield derive(delta, now - was, "coin", "delta", (end, start), words, as_of=days.end)
    twice = subject._replace(metric="oi_flow_twice")
    yield derive(twice, now * 2 - was, "coin", "level", (end, start), "oi_flow + (oi_flow - oi_flow_from)")
    yield from _rank(given, held, days, derive(change, (now / was - 1) * 100, "percent", "delta", (end, start), ""))


def _rank(given: Given, held: Holding, days: Days, change: Fact) -> Iterator[Fact]:
    """Yield where the change stands among those of the earlier spans of its length, of the same sign."""
    earlier = _spans(given, held, days)
    if len(earlier) < SPANS_NEEDED or not change.number:
        return
    alike = [other for other in earlier if other * change.number > 0]
    place = Decimal(rank(abs(change.number), [abs(other) for other in alike]))
    shared = (change.evidence, change.source, days.end)
    named = change.subject._replace(metric="oi_flow_further")
    words = "the earlier spans with a larger change of the same sign"
    yield Fact(named, place - 1, "count", "count", *shared, words, (change.id,))
    words = "the earlier spans with a known change"
    yield Fact(named._replace(metric="oi_flow_spans"), Decimal(len(earlier)), "count", "count", *shared, words)
    if alike:
        largest = twelve_digits(max(alike, key=abs))
        words = "the largest change of the same sign in an earlier span"
        yield Fact(named._replace(metric="oi_flow_next"), largest, "percent", "delta", *shared, words)


def _spans(given: Given, held: Holding, days: Days) -> list[Decimal]:
    """Return the changes over the spans before the flow, each as long as its own, end to end, newest first."""
    columns = [series(given.snapshot.open_interest, row) for row in held.rows]
    oldest = min((row.at for column in columns for row in column), default=days.start)
    levels: list[Decimal | None] = []
    when = days.start
    while when >= oldest:
        rows = [row for column in columns if (row := row_at(column, when)) is not None]
        levels.append(total(rows, "coin") if len(rows) == len(columns) else None)
        when -= days.end - days.start
    return changes(levels)


def _price(given: Given, asset: str, days: Days) -> Iterator[Fact]:
    """Yield the price at the two closes, of the exchange and kind of the price that the text tells."""
    told = given.sheet.get("price", asset=asset)
    if told is None:
        return
    own = [
        row
        for row in given.snapshot.prices
        if (row.about, row.venue, row.kind) == (asset, told.subject.venue, told.subject.at)
        and source_of(row) == told.source
    ]
    before, after = row_at(own, days.start), row_at(own, days.end)
    if before is None or after is None:
        return
    subject = Subject(asset, "price_flow", None, told.subject.venue, None, told.subject.at)
    shared = (told.evidence, told.source)
    start = Fact(
        subject._replace(metric="price_flow_from"), before.value, "price", "level", *shared, before.at,
        "the price at the close before the first session", currency=given.snapshot.quote,
    )  # fmt: skip
    end = Fact(
        subject, after.value, "price", "level", *shared, after.at,
        "the price at the close of the last session", currency=given.snapshot.quote,
    )  # fmt: skip
    yield from (start, end)
    change = subject._replace(metric="price_change_flow", window_hours=days.hours)
    words = "(price_flow / price_flow_from - 1) * 100"
    yield derive(
        change, (after.value / before.value - 1) * 100, "percent", "delta", (end, start), words, as_of=days.end
    )


def _funding(given: Given, asset: str, days: Days) -> Iterator[Fact]:
    rate = given.sheet.get("funding_rate", asset=asset, at="settled")
    hours = rate.subject.window_hours if rate is not None else None
    if rate is None or not hours:
        return
    prints = [
        row
        for row in given.snapshot.funding
        if (row.about, row.venue, row.kind, row.interval_hours) == (asset, rate.subject.venue, "settled", hours)
        and source_of(row) == rate.source
    ]
    within = [row for row in prints if days.start < row.at <= days.end]
    if len(within) < 2 or abs(Decimal(len(within)) - days.hours / hours) >= 1:
        return
    mean = _mean(within, Subject(asset, "funding_flow", None, rate.subject.venue, hours, _ECHO), days.end)
    yield mean
    notional = example_notional(given)
    yield Fact(
        mean.subject._replace(metric="funding_flow_money"), payment(mean.number, NOTIONAL), "usd", "level",
        mean.evidence, mean.source, mean.as_of, f"|{mean.id}| / 100 * {notional.id}", (mean.id, notional.id),
    )  # fmt: skip
    if mean.number:
        words = f"the side that pays on average: the sign of {mean.id}"
        side = "long" if mean.number > 0 else "short"
        yield Fact(
            mean.subject._replace(metric="funding_flow_payer"),
            side,
            "name",
            "entity",
            mean.evidence, mean.source, mean.as_of, words, (mean.id,),
        )  # fmt: skip
    yield Fact(
        mean.subject._replace(metric="funding_flow_prints"), Decimal(len(within)), "count", "count",
        mean.evidence, mean.source, mean.as_of, "the settlements in those days",
    )  # fmt: skip
    before = sorted((row for row in prints if row.at <= days.start), key=lambda row: row.at)[-len(within) :]
    longest = timedelta(hours=float(hours * len(within)))
    if len(before) == len(within) and days.start - before[0].at < longest:
        yield _mean(before, mean.subject._replace(metric="funding_flow_before"), days.start)


def _mean(rows: Sequence[Funding], subject: Subject, when: datetime) -> Fact:
    value = percent(sum((row.rate for row in rows), Decimal(0))) / len(rows)
    words = f"the mean of {len(rows)} settlements"
    row = rows[0]
    return Fact(subject, twelve_digits(value), "percent", "rate", evidence_of(row), source_of(row), when, words)


def _basis(given: Given, asset: str, days: Days) -> Iterator[Fact]:
    rows = [row for row in given.snapshot.basis if row.about == asset and row.days is not None]
    groups: dict[tuple[str | None, str | None, str | None], list[Basis]] = {}
    for row in rows:
        groups.setdefault((row.venue, row.tenor, row.source), []).append(row)
    for (venue, tenor, _), own in sorted(groups.items(), key=lambda group: tuple(map(str, group[0]))):
        was, now = row_at(own, days.start), row_at(own, days.end)
        if was is None or now is None or was.days is None or now.days is None:
            continue
        if now.days < LEAST_DAYS or now.days >= was.days:
            continue
        subject = Subject(asset, "basis_flow_annual", None, venue, None, f"{tenor or ''}; {_ECHO}")
        yield Fact(
            subject._replace(metric="basis_flow_days"), now.days, "days", "count",
            evidence_of(now), source_of(now), now.at,
        )  # fmt: skip
        for name, row in (("basis_flow_annual", now), ("basis_flow_before_annual", was)):
            yield Fact(
                subject._replace(metric=name), percent(row.annualised), "percent", "rate",
                evidence_of(row), source_of(row), row.at,
            )  # fmt: skip
        return

"""What the seven days brought in open interest, funding and liquidations, against the weeks before.

Funding counts the settlements of one exchange in the seven days to its newest; an average over them is one of rates,
each per interval. Liquidations are added up over daily windows, end to end, of one source: US dollars of notional. A
settlement or a day that is not held is left out of its sum and told as a gap.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from commentary.metrics.base import Given, Result, source_of
from commentary.metrics.funding import NOTIONAL, example_notional, payment
from commentary.metrics.history import changes, daily, row_at
from commentary.metrics.holdings import holdings
from commentary.metrics.liquidation_history import total_of
from commentary.metrics.open_interest_change import half_further
from commentary.metrics.open_interest_rank import earlier_sums
from commentary.metrics.rows import coin, evidence_of, is_stale, percent
from commentary.metrics.week_candles import HOURS, WEEK, Shared, further, higher
from commentary.records.fact import Fact, MissingFact, Side, Subject, derive, twelve_digits
from commentary.records.snapshot import Funding, Liquidations

DAY = timedelta(days=1)
DAYS = 7
LEAST_DAYS = 5
"""Of the seven; with fewer a sum is of another span."""
SIDES: tuple[Side, Side] = ("long", "short")


def week_of_open_interest(given: Given) -> Iterator[Result]:
    """Yield in how many earlier weeks open interest changed by more in coin, in the series of the change."""
    change = given.sheet.get("oi_change_coin", asset=coin(given.snapshot), window=HOURS)
    if change is None:
        return
    held = next(
        (
            one
            for one in holdings(given)
            if one.place == 0
            and one.subject("") == change.subject._replace(metric="", window_hours=None)
            and one.source == change.source
        ),
        None,
    )
    if held is None:
        return
    yield from half_further(given, change)
    ends = earlier_sums(given, held, DAYS)[::DAYS]
    yield from further(change, changes(ends), "oi", (held.evidence, held.source, change.as_of))


def week_of_funding(given: Given) -> Iterator[Result]:
    """Yield the range, the average and the payers of the settlements of seven days."""
    rate = given.sheet.get("funding_rate", asset=coin(given.snapshot), at="settled")
    if rate is None or rate.subject.window_hours is None:
        return
    rows = [row for row in given.snapshot.funding if _is_of(row, rate)]
    newest = max(rows, key=lambda row: row.at)
    expected = int(HOURS / rate.subject.window_hours)
    week = _settled(rows, newest, 0)
    subject = rate.subject._replace(window_hours=HOURS)
    if is_stale(newest, given.now) or len(week) * DAYS < expected * LEAST_DAYS:
        reason = f"of {expected} settlements in seven days the snapshot holds {len(week)}"
        yield MissingFact(subject._replace(metric="funding_week_prints"), "count", reason)
        return
    shared: Shared = (evidence_of(newest), source_of(newest), newest.at)
    rates = [percent(row.rate) for row in week]
    words = f"of {len(rates)} settlements in seven days"
    for name, value in (("low", min(rates)), ("high", max(rates)), ("average", average(rates))):
        own = rate.subject._replace(metric=f"funding_week_{name}")
        yield Fact(own, value, "percent", "rate", *shared, f"the {name} {words}")
    prints = subject._replace(metric="funding_week_prints")
    yield Fact(prints, Decimal(len(rates)), "count", "count", *shared, "settlements in seven days")
    mean = Fact(rate.subject._replace(metric="funding_week_average"), average(rates), "percent", "rate", *shared)
    notional = example_notional(given)
    money = rate.subject._replace(metric="funding_week_money")
    words = f"|{mean.id}| / 100 * {notional.id}"
    yield Fact(money, payment(mean.number, NOTIONAL), "usd", "level", *shared, words, (mean.id, notional.id))
    yield from _payers(subject, rates, shared)
    if len(rates) < expected:
        gap = subject._replace(metric="week_gap", venue=rate.subject.venue, at="funding")
        missing = Decimal(expected - len(rates))
        yield Fact(gap, missing, "count", "count", *shared, "settlements of the seven days that are not held")
    yield from higher(mean, _earlier_averages(rows, newest, expected), "funding", shared)


def week_of_liquidations(given: Given) -> Iterator[Result]:
    """Yield what was recorded over seven daily windows, by side, the largest of the days, and the gaps."""
    total = given.sheet.get("liq_total", asset=given.snapshot.asset, window=24)
    rows = [row for row in given.snapshot.liquidations if total is not None and _is_daily(row, total)]
    if not rows or total is None:
        return
    # A total to the minute of the snapshot may stand beside daily ones of another hour: those make up the week.
    in_line = [row for row in rows if row_at(rows, row.at - DAY) is not None]
    newest = max(in_line or rows, key=lambda row: row.at)
    days = [row_at(rows, newest.at - back * DAY) for back in range(DAYS)]
    held = [row for row in days if row is not None and total_of(row) is not None]
    subject = total.subject._replace(metric="liq_week_total", window_hours=HOURS)
    if is_stale(newest, given.now) or len(held) < LEAST_DAYS or held[0] is not newest:
        yield MissingFact(subject, "usd", f"of seven daily totals the snapshot holds {len(held)}")
        return
    shared: Shared = (evidence_of(newest), source_of(newest), newest.at)
    totals = [total_of(row) or Decimal(0) for row in held]
    week = Fact(subject, sum(totals, Decimal(0)), "usd", "level", *shared, f"the sum of {len(held)} daily totals")
    yield week
    count = subject._replace(metric="liq_week_days")
    yield Fact(count, Decimal(len(held)), "days", "count", *shared, "the days of the seven that are held")
    yield from _by_side(week, held, shared)
    yield from _largest(subject, held)
    if len(held) < DAYS:
        missing = [newest.at - back * DAY for back, row in enumerate(days) if row not in held]
        gap = subject._replace(metric="week_gap", at="liquidations")
        yield Fact(gap, Decimal(len(missing)), "days", "count", *shared, "days of the seven that are not held")
        if len(missing) == 1:
            words = "the end of the day that is not held"
            yield Fact(gap._replace(metric="week_gap_day"), missing[0], "time", "time", *shared, words)
        return
    yield from higher(week, _earlier_sums(rows, newest), "liq", shared)


def average(values: Sequence[Decimal]) -> Decimal:
    """Return the mean, to twelve digits."""
    return twelve_digits(sum(values, Decimal(0)) / len(values))


def _is_of(row: Funding, rate: Fact) -> bool:
    own = (row.about, row.venue, row.interval_hours, row.kind, source_of(row))
    subject = rate.subject
    return own == (subject.asset, subject.venue, subject.window_hours, "settled", rate.source)


def _settled(rows: Sequence[Funding], newest: Funding, back: int) -> list[Funding]:
    """Return the settlements of a week; one at its start belongs to the week before."""
    end = newest.at - back * WEEK
    return [row for row in rows if end - WEEK < row.at <= end]


def _payers(subject: Subject, rates: Sequence[Decimal], shared: Shared) -> Iterator[Fact]:
    """Yield at how many settlements each side paid, the side that paid more often first; at nought nobody pays."""
    counts: dict[Side, int] = {"long": sum(rate > 0 for rate in rates), "short": sum(rate < 0 for rate in rates)}
    for side in sorted(SIDES, key=lambda side: -counts[side]):
        if counts[side]:
            paid = subject._replace(metric="funding_week_paid", side=side)
            words = f"the settlements in seven days at which {side}s paid"
            yield Fact(paid, Decimal(counts[side]), "count", "count", *shared, words)


def _earlier_averages(rows: Sequence[Funding], newest: Funding, expected: int) -> list[Decimal | None]:
    oldest = min(row.at for row in rows)
    found: list[Decimal | None] = []
    for back in range(1, (newest.at - oldest) // WEEK + 1):
        week = _settled(rows, newest, back)
        found.append(average([percent(row.rate) for row in week]) if len(week) == expected else None)
    return found


def _is_daily(row: Liquidations, total: Fact) -> bool:
    subject = total.subject
    own = (row.about, row.venue, row.window_hours, source_of(row))
    return own == (subject.asset, subject.venue, subject.window_hours, total.source)


def _by_side(week: Fact, held: Sequence[Liquidations], shared: Shared) -> Iterator[Result]:
    sums = {}
    for side in SIDES:
        parts = [row.long_usd if side == "long" else row.short_usd for row in held]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return
        subject = week.subject._replace(metric="liq_week_size", side=side)
        sums[side] = Fact(subject, sum(known, Decimal(0)), "usd", "level", *shared, f"the sum of {len(known)} days")
        yield sums[side]
    larger = max(sums.values(), key=lambda fact: fact.number)
    if larger.number and larger.number <= week.number:
        subject = larger.subject._replace(metric="liq_week_share")
        value, words = larger.number / week.number * 100, "liq_week_size / liq_week_total * 100"
        yield derive(subject, value, "percent", "share", (larger, week), words)


def _largest(subject: Subject, held: Sequence[Liquidations]) -> Iterator[Result]:
    """Yield the largest day of the week, with the part of the side that had more of it."""
    row = max(held, key=lambda row: (total_of(row) or Decimal(0), row.at))
    shared: Shared = (evidence_of(row), source_of(row), row.at)
    own = subject._replace(metric="liq_week_largest", window_hours=row.window_hours)
    words = f"the largest of {len(held)} daily totals"
    largest = Fact(own, total_of(row) or Decimal(0), "usd", "level", *shared, words)
    yield largest
    sides = {"long": row.long_usd, "short": row.short_usd}
    side = max(SIDES, key=lambda side: sides[side] or Decimal(0))
    part = sides[side]
    if None not in sides.values() and part and part <= largest.number:
        share = own._replace(metric="liq_week_largest_share", side=side)
        value, words = twelve_digits(part / largest.number * 100), "of that day's total the part of the side, * 100"
        yield Fact(share, value, "percent", "share", *shared, words)


def _earlier_sums(rows: Sequence[Liquidations], newest: Liquidations) -> list[Decimal | None]:
    totals = daily(rows, newest.at, total_of)
    weeks = [totals[start : start + DAYS] for start in range(DAYS, len(totals) - DAYS + 1, DAYS)]
    return [None if None in week else sum((part for part in week if part), Decimal(0)) for week in weeks]

"""What is held on an exchange that gave notice: its part of the coin's open interest, and what was held before.

Levels ten percent either way would show positions leaving or coming. They are off what was held when the notice came,
by the source that says what is held now; where that is not known, off what is held now. A listing is measured by what
is held elsewhere.
"""

from collections.abc import Iterator
from datetime import timedelta

from commentary.metrics.base import Given, Result, source_of
from commentary.metrics.history import row_at, series
from commentary.metrics.holdings import of_unit
from commentary.metrics.moves import percent_change
from commentary.metrics.notice_events import Event
from commentary.metrics.rows import evidence_of
from commentary.records.fact import Fact, MissingFact, Subject, derive

NEAR = timedelta(hours=1)
"""Levels of open interest further apart in time are no part and whole."""


def touched(event: Event, given: Given) -> Iterator[Result]:
    """Yield what part of the coin's open interest lies on the exchange, and the level that would show it left."""
    row = event.first
    there, whole = (given.sheet.get("oi_usd", asset=row.about, venue=venue) for venue in (row.venue, "all"))
    subject = Subject(row.about, "oi_venue_share", venue=row.venue)
    if there is None or whole is None or not whole.number:
        reason = "the snapshot does not hold open interest both of the exchange and of all in dollars"
        yield MissingFact(subject, "percent", reason)
    elif there.number <= whole.number and abs(there.as_of - whole.as_of) <= NEAR:
        value, formula = there.number / whole.number * 100, f"{there.id} / {whole.id} * 100"
        yield derive(subject, value, "percent", "share", (there, whole), formula)
    if event.metric == "notice" and there is not None:
        yield derive(event.subject("_oi"), there.number, "usd", "level", (there,), there.id)
    coins = given.sheet.get("oi_coin", asset=row.about, venue=row.venue)
    if event.metric == "notice" and coins is not None and there is None:
        yield derive(event.subject("_oi_coin"), coins.number, "coin", "level", (coins,), coins.id)
    if event.metric == "notice" and coins is not None:
        yield from _tests(coins, event, given)
    if event.metric == "notice" and coins is None and whole is not None and row.kind == "listing":
        share, subject = given.limits("notice")["listing_percent"], event.subject("_listing_test")
        yield derive(subject, whole.number * share / 100, "usd", "level", (whole,), f"oi_usd * {share:f} / 100")


def _tests(coins: Fact, event: Event, given: Given) -> Iterator[Fact]:
    """Yield the levels that would show positions leaving or coming: 10 percent off what was held at the notice.

    What was held before it is not always known; then they are off what is held now.
    """
    subject = Subject(event.first.about, "oi_venue_test", venue=event.first.venue)
    percent, base = given.limits("notice")["fall_percent"], coins
    for before in _held_before(coins, event, given):
        yield from _since(coins, before)
        base = before
        # What all exchanges did over the same hours, as the change on one says little by itself.
        whole = given.sheet.get("oi_coin", asset=event.first.about, venue="all")
        if whole is None or abs(whole.as_of - coins.as_of) > NEAR:
            continue
        for others in _held_before(whole, event, given):
            if abs(others.as_of - before.as_of) <= NEAR:
                yield from _since(whole, others)
    of, up = base.subject.metric, subject._replace(metric="oi_venue_test_up")
    low, high = base.number * (1 - percent / 100), base.number * (1 + percent / 100)
    yield derive(subject, low, "coin", "level", (base,), f"{of} * (1 - {percent:f} / 100)")
    yield derive(up, high, "coin", "level", (base,), f"{of} * (1 + {percent:f} / 100)")


def _since(coins: Fact, before: Fact) -> Iterator[Fact]:
    """Yield what was held when the notice came, and the change since."""
    since, formula = before.subject._replace(metric="oi_venue_since"), "(oi_coin / oi_venue_before - 1) * 100"
    change = percent_change(before.number, coins.number)
    yield before
    yield derive(since, change, "percent", "delta", (coins, before), formula, as_of=coins.as_of)


def _held_before(coins: Fact, event: Event, given: Given) -> Iterator[Fact]:
    """Yield what was held there when the notice came, by the source that says what is held now."""
    now = next(
        (
            row
            for row in given.snapshot.open_interest
            if (row.about, row.venue, row.at) == (event.first.about, coins.subject.venue, coins.as_of)
            and (row.source,) == coins.source
            and of_unit(row, "coin") == coins.number
        ),
        None,
    )
    before = row_at(series(given.snapshot.open_interest, now), event.first.at) if now is not None else None
    held = of_unit(before, "coin") if before is not None and before is not now else None
    if before is not None and held:
        subject = Subject(before.about, "oi_venue_before", venue=before.venue)
        yield Fact(subject, held, "coin", "level", evidence_of(before), source_of(before), before.at)

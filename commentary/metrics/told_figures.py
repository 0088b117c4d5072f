"""Figures that the feed has told: what an earlier draft published, and how each has changed since.

told_<metric> is a figure as it was published, with the time that it held for; since_<metric> how it changed: percent,
or percentage points where the figure is itself in percent. Who said it then is named before our own archive, which
relays it; a figure that was modelled stays modelled.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from commentary.config.tolerances import kind_of
from commentary.metrics.told_clusters import moved_from
from commentary.records.canonical import plain
from commentary.records.fact import (
    EVIDENCE_ORDER,
    Fact,
    MissingFact,
    Subject,
    Unit,
    Value,
    derive,
    weakest,
)
from commentary.records.fact_file import FactRecord
from commentary.records.history import DEVELOPING, MODEL, OWN, PublishedItem, is_remembered
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import LiquidationMap

_IN_POINTS = ("percent", "points")
_FROM_PRICE = "within_"
"""The beginning of sums of a map that are counted from the price: another price makes another sum of the same map."""
_QUANTITY_OF: dict[Unit, str] = {"name": "entity", "time": "time", "count": "count"}


def told(
    item: PublishedItem, sheet: FactSheet, within_percent: Decimal, *, beside: bool = False
) -> tuple[Fact | MissingFact, ...]:
    """Return what an item told, and how it has changed since, as far as the two can be compared.

    Args:
        item: the item.
        sheet: the facts of now, with those of the label.
        within_percent: two levels so near to each other are one.
        beside: it is told beside the figures of now, so that one of another giver is left out.
    """
    formula = told_at(item)

    def own(name: str, value: Value, unit: Unit) -> Fact:
        return own_figure(Subject(sheet.asset, f"told_{name}"), value, unit, item.as_of, formula)

    facts: list[Fact] = [
        own("at", item.as_of, "time"),
        own("key", item.event_key, "name"),
        own("slug", item.slug, "name"),
        own("story", item.story, "name"),
        own("label", item.label, "name"),
    ]
    if item.stage == DEVELOPING:
        facts.append(own("stage", item.stage, "name"))
    changes = []
    gaps: list[MissingFact] = []
    sizes: dict[Subject, Fact] = {}
    for record in figures_of(item):
        now = counterpart(record, sheet, within_percent)
        stood = moved_from(_subject(record), now.subject, item, sheet, within_percent) if now is not None else None
        if beside and now is not None and stood is not None:
            reason = f"the cluster told at {clock(item.as_of)} began at {plain(stood.near)}, and this is another"
            gaps.append(MissingFact(now.subject._replace(metric=f"since_{now.subject.metric}"), now.unit, reason))
            continue
        if now is not None and now.subject.metric.startswith(_FROM_PRICE) and now.as_of == record.as_of:
            reason = f"it is of the map told at {clock(item.as_of)}, seen from another price"
            gaps.append(MissingFact(now.subject._replace(metric=f"since_{now.subject.metric}"), now.unit, reason))
            now = None
        if now is not None and (other := differences(record, now, item, sheet)):
            reason = f"it is not compared with the one told at {clock(item.as_of)}: {'; '.join(map(str, other))}"
            gaps.append(MissingFact(now.subject._replace(metric=f"since_{now.subject.metric}"), now.unit, reason))
            if beside and record.source[:1] != now.source[:1]:
                gaps.append(
                    MissingFact(_subject(record)._replace(metric=f"told_{record.subject.metric}"), now.unit, reason)
                )
                continue
            now = None
        then = published_again(record, _subject(record)._replace(metric=f"told_{record.subject.metric}"), formula)
        facts.append(then)
        sizes[then.subject] = then
        if now is not None and (made := _since(now, then)) is not None:
            changes.append((made, record.id in item.headlined, then))
    facts += _told_per_percent(sizes)
    named = next((one for one in map(item.figures.get, item.headlined) if one and len(one.source) == 1), None)
    if named is not None:
        facts.append(own("source", named.source[0], "name"))
    facts += [made for made, _, _ in changes]
    largest = max((_size(made, then) for made, headlined, then in changes if headlined), default=None)
    if largest is not None:
        subject = Subject(sheet.asset, "since_most")
        formula = "the largest change of a figure of the headline, as a part of it"
        inputs = tuple(made.id for made, headlined, _ in changes if headlined)
        facts.append(Fact(subject, largest, "percent", "share", "reported", (OWN,), sheet.as_of, formula, inputs))
    return (*facts, *_label(sheet, facts[4]), *gaps)


def figures_of(item: PublishedItem, *, headlined: bool = False) -> Iterator[FactRecord]:
    """Yield the measured figures that an item led with, or those of its headline."""
    for record in item.figures.values():
        measured = isinstance(record.value, Decimal) and record.evidence != "asserted"
        if measured and not is_remembered(record.subject.metric) and (record.id in item.headlined or not headlined):
            yield record


class Difference(NamedTuple):
    """In what a figure of now is another one than one that was told."""

    what: str
    then: str
    now: str

    def __str__(self) -> str:
        return f"its {self.what} was {self.then or 'not named'} then and is {self.now or 'not named'} now"


def differences(record: FactRecord, now: Fact, item: PublishedItem, sheet: FactSheet) -> tuple[Difference, ...]:
    """Return why a figure that was told is not to be compared with one of now; nothing where it can be.

    Whoever gives it, the exchanges it is of, its window, the model it is of, unit and currency have to be the same.

    Args:
        record: the figure as it was told.
        now: the figure of now that is of the same thing.
        item: what the first stands in.
        sheet: what the second stands in.
    """
    subject = _subject(record)
    models = [(_subject(one), str(one.value)) for one in item.figures.values()]
    then = _basis(subject, record.source, record.unit, record.currency, record.evidence, models)
    models = [(one.subject, one.text) for one in sheet.all(MODEL)]
    other = _basis(now.subject, now.source, now.unit, now.currency, now.evidence, models)
    return tuple(Difference(what, then[what], other[what]) for what in then if then[what] != other[what])


def _basis(
    subject: Subject,
    source: tuple[str, ...],
    unit: str,
    currency: str,
    evidence: str | None,
    models: Iterable[tuple[Subject, str]],
) -> dict[str, str]:
    """Return what has to be the same of two figures that are compared, in words."""
    model = ""
    if kind_of(subject.metric) == LiquidationMap.METRIC:
        place = (subject.asset, subject.venue, subject.window_hours)
        model = "; ".join(
            value
            for one, value in models
            if one.metric == MODEL and (one.asset, one.venue, one.window_hours) == place and one.at in (None, *source)
        )
    return {
        "source": " and ".join(sorted(set(source))),
        "exchange": subject.venue or "",
        "window": "" if subject.window_hours is None else f"{subject.window_hours.normalize():f} hours",
        "model": model,
        "evidence": evidence or "",
        "unit": unit,
        "currency": currency if unit == "price" else "",
    }


def _told_per_percent(told: Mapping[Subject, Fact]) -> Iterator[Fact]:
    """Yield what each sum that was told averaged per percent of price, where that was not told itself."""
    for subject, size in told.items():
        rate = subject._replace(metric="told_reach_per_percent")
        far = told.get(subject._replace(metric="told_reach_distance"))
        if subject.metric == "told_reach_size" and far is not None and far.number and rate not in told:
            value = size.number / abs(far.number)
            yield derive(rate, value, "usd", "ratio", (size, far), "told_reach_size / |told_reach_distance|")


def _label(sheet: FactSheet, then: Fact) -> Iterator[Fact]:
    now = sheet.get("sentiment_label")
    if now is not None:
        yield Fact(
            Subject(sheet.asset, "since_label"),
            "same" if now.value == then.value else "unread" if "none" in (now.value, then.value) else "flipped",
            "name",
            "entity",
            weakest((now, then)),
            (OWN,),
            now.as_of,
            "sentiment_label against told_label",
            (now.id, then.id),
        )


def _since(now: Fact, then: Fact) -> Fact | None:
    """Return how a figure changed: percent of what it was, or points where it is itself in percent."""
    subject = now.subject._replace(metric=f"since_{now.subject.metric}")
    if now.unit in _IN_POINTS:
        return derive(subject, now.number - then.number, "points", "delta", (now, then), f"{now.id} - {then.id}")
    if not then.number:
        return None
    value = (now.number / then.number - 1) * 100
    return derive(subject, value, "percent", "delta", (now, then), f"({now.id} / {then.id} - 1) * 100")


def _size(made: Fact, then: Fact) -> Decimal:
    """Return a change as a part of what changed, in percent, without its sign."""
    if made.unit != "points":
        return abs(made.number)
    return abs(made.number / then.number * 100) if then.number else Decimal(100)


def counterpart(record: FactRecord, sheet: FactSheet, within_percent: Decimal) -> Fact | None:
    """Return the figure of now that is of the same thing; two levels that are near enough are one."""
    subject = _subject(record)
    alike = sheet.all(subject.metric, asset=subject.asset, venue=subject.venue, window=subject.window_hours)
    alike = [fact for fact in alike if fact.subject.side == subject.side and fact.unit == record.unit]
    same = [fact for fact in alike if fact.subject.at == subject.at]
    if same or not alike:
        return same[0] if same else None
    place, other = _price(subject.at), _price(alike[0].subject.at)
    near = place is not None and other is not None and abs(other / place - 1) * 100 <= within_percent
    return alike[0] if near else None


def _price(at: str | None) -> Decimal | None:
    part = (at or "").partition(";")[0]
    return Decimal(part) if part.replace(".", "", 1).isdigit() and Decimal(part) else None


def published_again(record: FactRecord, subject: Subject, formula: str) -> Fact:
    """Return a fact that was published, as one of our own publication; what was modelled stays modelled."""
    fact = record.fact()
    if isinstance(fact, MissingFact):
        raise TypeError(f"{record.id} has no value that could have been published")
    evidence = max(("reported", fact.evidence), key=EVIDENCE_ORDER.index)
    return Fact(
        subject,
        fact.value,
        fact.unit,
        fact.quantity,
        "reported" if fact.evidence == "asserted" else evidence,
        tuple(dict.fromkeys((*fact.source, OWN))),
        fact.as_of,
        formula,
        currency=fact.currency,
    )


def own_figure(subject: Subject, value: Value, unit: Unit, when: datetime, formula: str) -> Fact:
    """Return a figure of the feed's own, which our archive says."""
    return Fact(subject, value, unit, _QUANTITY_OF[unit], "reported", (OWN,), when, formula)  # type: ignore[arg-type]


def _subject(record: FactRecord) -> Subject:
    return Subject(**{name: getattr(record.subject, name) for name in Subject._fields})


def told_at(item: PublishedItem) -> str:
    """Return the words for when an item told something, as formulas have them."""
    return f"as we told it at {clock(item.as_of)}"


def clock(moment: datetime) -> str:
    """Return a moment as formulas and reasons have it."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"

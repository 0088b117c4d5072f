"""Age: an old figure says how old it is, and none is from the future.

freshness.future: a figure from after the text's own time.
freshness.stale: a figure older than its metric allows (data/tolerances.toml), in a passage without its time.
"""

from collections.abc import Iterator
from datetime import datetime

from commentary.checks import checks
from commentary.checks.base import TIMES, Document, Field, Told
from commentary.config.tolerances import age_limit_minutes
from commentary.records.fact import Fact
from commentary.records.finding import Finding, Severity

_AHEAD_MINUTES = 2
"""Clocks differ; what is further ahead is from the future."""

_DAY = 24
_OVER_DAYS = ("price_change", "price_from", "price_to", "price_high", "price_low", "oi_change", "oi_delta", "liq_")
"""Figures of a window that moves on: after a twenty-fourth of it they are of other days."""
_LASTING = frozenset({"reset_hours", "reset_half_share"})
"""How long something took, and the half that is looked for: neither is another the day after."""
_NAMING = frozenset({"fall_word", "lowest"})
"""Styles that name a figure and do not give it: "that fall", "its lowest in 90 days"."""
_BELOW = ("boilerplate", "scenario")


@checks.add("freshness")
def freshness(document: Document) -> Iterator[Finding]:
    """Find stale figures that carry no time, and figures from after the document's time."""
    dated: dict[str, set[datetime]] = {}
    for field, told in document.mentioned():
        if told.style in TIMES:
            dated.setdefault(_place(field), set()).add(told.fact.as_of)
    for field, told in document.mentioned():
        age = (document.edition.as_of - told.fact.as_of).total_seconds() / 60
        if age < -_AHEAD_MINUTES and told.fact.unit != "time":
            moment = f"{told.fact.as_of:%Y-%m-%d %H:%M} UTC"
            message = f"{told.fact.id} is of {moment}, after the text's own time; correct one of them"
            yield _finding(document, field, told, "freshness.future", message)
            continue
        limit = _limit(told.fact)
        if (
            field.is_body
            and field.part != "heading"
            and limit is not None
            and age > limit
            and told.style not in _NAMING
            and not dated.get(_place(field))
            and not _stands_below(document, field, told)
        ):
            message = f"{told.fact.id} is {age / 60:.1f} hours old; state its time in the same passage"
            yield _finding(document, field, told, "freshness.stale", message)


def _limit(fact: Fact) -> float | None:
    """Return how many minutes old a figure may be; one over days, as an hour is of a day.

    A map's window says from how far back it counts, and a rate's what it is paid for: neither makes them last.
    """
    if fact.subject.metric in _LASTING:
        return None
    limit = age_limit_minutes(fact.subject.metric)
    hours = fact.subject.window_hours
    if limit is None or hours is None or hours <= _DAY or not fact.subject.metric.startswith(_OVER_DAYS):
        return limit
    return max(limit, float(hours) * 60 / _DAY)


def _stands_below(document: Document, field: Field, told: Told) -> bool:
    """Say whether an approved sentence is one that stands below the body: its parts have no names in a text read back.

    A disclosure says whose a model is, and what would change a reading names a bound: neither says how things are now.
    """
    return not document.written and any(
        one.kind in _BELOW and one.start <= told.mention.start < one.end and (one.start, one.end) in field.proved
        for one in field.sentences
    )


def _place(field: Field) -> str:
    return f"{field.path}@{field.places[0] if field.places else 0}"


def _finding(document: Document, field: Field, told: Told, code: str, message: str) -> Finding:
    severity: Severity = "error" if code.endswith("future") else "warning"
    return document.finding(code, severity, field, (told.mention.start, told.mention.end), message, (told.fact.id,))

"""How an estimate is tested: by what open interest loses, and never by a count of liquidations at hand."""

import re
from collections.abc import Iterator
from functools import cache

from commentary.checks.base import Document, Statement, Told
from commentary.checks.ours.subject import is_about, is_denied, phrase, words
from commentary.checks.shapes.saying import absolute, error
from commentary.records.fact import HIGH, LOW
from commentary.records.finding import Finding

_TESTS = ("cluster_test", "reach_test")


@cache
def _checked() -> tuple[re.Pattern[str], ...]:
    did, by = phrase("tested", "did"), phrase("tested", "by")
    return (
        re.compile(rf"\b(?:estimate|model|map|it|we)\b(?: [\w'’-]+){{0,6}}? {did}(?: [\w'’-]+){{0,4}}? {by}\b", re.I),
        re.compile(rf"\b{by}(?: [\w'’-]+){{0,3}}? {did}(?: [\w'’-]+){{0,3}}? (?:estimate|model|map)\b", re.I),
    )


def checked(document: Document, statement: Statement) -> Iterator[Finding]:
    """It is not said to be borne out by what was liquidated, as nothing at hand sets the two side by side."""
    if not is_about(document, statement) or statement.scene.said(("conditional", "unknown", "lacks_data")):
        return
    if any(fact.subject.metric.startswith("settled_") for fact in document.sheet):
        return
    for pattern in _checked():
        for match in pattern.finditer(statement.text):
            if not is_denied(statement, statement.start + match.start()):
                why = "nothing at hand sets our own estimate against what was liquidated; take it out"
                yield error(document, statement, "roles.evidence", absolute(statement, match), why)
                return


def verdict(document: Document, statement: Statement) -> Iterator[Finding]:
    """A loss of less than the bound counts against the estimate, and a loss of more would fit."""
    against = words("tested", "against").search(statement.text)
    fits = words("tested", "for").search(statement.text)
    if bool(against) == bool(fits):
        return
    for told in statement.figures():
        if told.metric.removesuffix(LOW).removesuffix(HIGH) not in _TESTS:
            continue
        more = _beyond(statement, told)
        counts_against = bool(against) != _is_turned(statement)
        if more is not None and more == counts_against:
            match = against or fits
            why = f"a loss of less than {told.fact.id} counts against the estimate, one of more fits it; turn it about"
            if match is not None:
                yield error(document, statement, "roles.terms", absolute(statement, match), why, told.fact)
            return


def _beyond(statement: Statement, told: Told) -> bool | None:
    """Say whether a loss of more than a bound is told, or of less; None where neither is."""
    lead = f"{statement.field.text[statement.start : told.mention.start]}{told.hedge} "
    found = {more: list(words("tested", name).finditer(lead)) for more, name in ((True, "more"), (False, "less"))}
    last = max(((matches[-1].end(), more) for more, matches in found.items() if matches), default=None)
    # No word stands between a bound and the word that says on which side of it a loss is.
    return last[1] if last is not None and not lead[last[0] :].strip() else None


def _is_turned(statement: Statement) -> bool:
    """Say whether the verdict is denied: "does not count against"."""
    return bool(statement.scene.said("denial"))

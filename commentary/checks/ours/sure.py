"""How sure our own estimate is: a model's, with a range that the truth can lie outside of."""

import re
from collections.abc import Iterator
from functools import cache

from commentary.checks.base import Document, Statement
from commentary.checks.ours.subject import is_denied, phrase, ranges, words
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_MODELLED = re.compile(r"\b(?:estimat\w+|model\w*|maps?|own|clusters?|would|could|might|may)\b", re.I)
_SUMS = ("within_size", "cluster_size", "cluster_coin", "side_total", "reach_sum")


def certain(document: Document, statement: Statement) -> Iterator[Finding]:
    """No range is told as certain, or as one that covers everything."""
    own = ranges(statement)
    if not own and not statement.scene.said("own_estimate"):
        return
    facts = [told.fact for told in own[:1]]
    for pattern in (words("leverage", "certain"), _covers()):
        for match in pattern.finditer(statement.text):
            at = statement.start + match.start()
            if is_denied(statement, at) or statement.scene.said("conditional", statement.clause(at)):
                continue
            why = "an estimate is not certain, and its range covers leverage alone; take it out"
            yield error(document, statement, "roles.evidence", absolute(statement, match), why, *facts)
            return


@cache
def _covers() -> re.Pattern[str]:
    return re.compile(rf"\b{phrase('leverage', 'covers')}", re.I)


def as_fact(document: Document, statement: Statement) -> Iterator[Finding]:
    """A sum of ours is told with, or behind, a word that says it is estimated, or what would come about."""
    own = [told for told in ranges(statement) if told.metric.startswith(_SUMS)]
    if own and not _MODELLED.search(statement.text) and not _said_before(document, statement):
        why = f"{own[0].fact.id} is our own estimate; say that it is estimated, or what would be liquidated"
        span = (own[0].mention.start, own[0].mention.end)
        yield error(document, statement, "roles.evidence", span, why, own[0].fact)


def _said_before(document: Document, statement: Statement) -> bool:
    """Say whether a sentence before this one says that what it tells is our own estimate."""
    for one in document.statements:
        if one is statement:
            return False
        if one.scene.said("own_estimate"):
            return True
    return False

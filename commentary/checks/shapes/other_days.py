"""That no earlier day is put ahead of the present one, where a computed rank puts the present one first."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.ranked import OF_THE_DAY
from commentary.checks.shapes.outdone import OUTDOING
from commentary.checks.shapes.saying import error
from commentary.records.finding import Finding

_NEXT = {rank: f"{rank.removesuffix('_rank')}_next" for rank in OF_THE_DAY}
_MOST = re.compile(r"\b(?:biggest|largest|heaviest|highest|steepest|sharpest|greatest)\b", re.I)
_TURNED = re.compile(
    r"\b(?:than|since|behind|after|until|but|not|no|next|second|before|previous|earlier)\b|n['’]t\b", re.I
)


def other_day_ahead(document: Document, statement: Statement) -> Iterator[Finding]:
    """The day that comes next in rank does not exceed the present one, nor is it the largest."""
    text = statement.field.text
    for rank, following in _NEXT.items():
        firsts = [fact for fact in document.sheet.all(rank) if fact.number == 1]
        others = [told for told in statement.told if told.metric == following]
        family = rank.removesuffix("_rank")
        present = [told for told in statement.told if told.metric != following and told.metric.startswith(family[:4])]
        if not firsts or not others or not present:
            continue
        low, high = others[0].mention.end, present[-1].mention.start
        match = OUTDOING.search(text, low, high) or _MOST.search(text, low, high)
        if match is None or match.groupdict().get("less") or _TURNED.search(text, low, match.start()):
            continue
        message = f"by {firsts[0].id} no earlier day was so large; turn it"
        yield error(document, statement, "roles.larger", match.span(), message, firsts[0])

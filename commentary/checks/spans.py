"""A change of open interest over a part of a day stands beside the time at which that part began.

roles.window: without it a reader takes the change for that of the day.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import TIMES, Document, Statement
from commentary.records.finding import Finding

_BEGINS = {"oi_path_since": "oi_path_to", "oi_path_change": "oi_path_from"}
_THEN = re.compile(r"\b(?:since|from|between|after) (?:then|that)\b", re.I)


def spans(document: Document, statement: Statement) -> Iterator[Finding]:
    """A change since an hour of the day, or over some of its hours, says from when."""
    for told in statement.figures():
        name = _BEGINS.get(told.metric)
        if name is None or _THEN.search(statement.text) or _is_of_day(document, told.fact.number):
            continue
        starts = {fact.as_of for fact in document.sheet.all(name) if fact.id in told.fact.inputs}
        if not any(other.style in TIMES and other.fact.as_of in starts for other in statement.told):
            message = f"{told.fact.id} is of a part of the day; write from when"
            span = (told.mention.start, told.mention.end)
            yield document.finding("roles.window", "error", statement.field, span, message, (told.fact.id,))


def _is_of_day(document: Document, number: Decimal) -> bool:
    """Say whether a change over whole hours, days or weeks is told in the same digits."""
    changes = (*document.sheet.all("oi_change_coin"), *document.sheet.all("oi_change_usd"))
    return any(f"{abs(fact.number):.1f}" == f"{abs(number):.1f}" for fact in changes)

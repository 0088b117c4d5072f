"""The ends of a range of ours are one estimate by two assumptions: nothing went from the one to the other."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from commentary.checks.base import Document, Statement
from commentary.checks.ours.subject import phrase, ranges
from commentary.checks.shapes.saying import error
from commentary.records.fact import HIGH, LOW, Fact
from commentary.records.finding import Finding

_BETWEEN = re.compile(r" (?:up |down |back )?(?:to|from|and) ")


@cache
def _went() -> re.Pattern[str]:
    return re.compile(
        rf"\b{phrase('change', 'went')}(?: (?:up|down|back|further|since|then|again|steadily|on \w+))* "
        r"(?:from|to|to between|to a range of|to some)(?: (?:about|around|some))? \Z",
        re.I,
    )


def changed(document: Document, statement: Statement) -> Iterator[Finding]:
    """Two ends of one range are not told as what something came from and went to, nor as what it became."""
    text = statement.field.text
    for first, second in pairwise(ranges(statement)):
        if _range(first.fact) != _range(second.fact):
            continue
        went = _went().search(text, statement.start, first.mention.start)
        if went and _BETWEEN.fullmatch(text, first.mention.end, second.mention.start):
            why = f"{first.fact.id} and {second.fact.id} are ends of one range; nothing went from one to the other"
            yield error(
                document, statement, "roles.range", (went.start(), second.mention.end), why, first.fact, second.fact
            )
            return


def _range(fact: Fact) -> str:
    return fact.subject._replace(metric=fact.subject.metric.removesuffix(LOW).removesuffix(HIGH)).id

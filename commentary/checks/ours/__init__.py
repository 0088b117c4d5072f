"""Our own liquidation map: what a sentence says of whose it is, what it is made from, and how it is to be read.

These are rules of roles; a file is about one kind of claim. Its sums are of a side, an exchange and a distance or a
cluster (fit.distances, fit.venues and fit.sides hold a sentence to those), and each is a range.

roles.place: a sum, or an edge, told of another stretch of prices than its own.
roles.leverage: what a range covers, told as more than the leverage assumed, or as another thing.
roles.model: what the estimate is made from, or what it sees, told otherwise.
roles.evidence: an estimate told as known, as certain or as checked against what was counted.
"""

from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.ours.changed import changed
from commentary.checks.ours.leverage import depends, known, mixes, whatever
from commentary.checks.ours.made import data_of, rules_of, window_of
from commentary.checks.ours.maker import others
from commentary.checks.ours.places import own_cluster
from commentary.checks.ours.points import at_one_price, edge
from commentary.checks.ours.sees import sees
from commentary.checks.ours.sure import as_fact, certain
from commentary.checks.ours.tested import checked, verdict
from commentary.records.finding import Finding

_RULES = (
    others,
    own_cluster,
    at_one_price,
    edge,
    changed,
    depends,
    whatever,
    known,
    mixes,
    certain,
    as_fact,
    data_of,
    window_of,
    rules_of,
    sees,
    checked,
)


def ours(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield what a sentence says of our own estimate that is not so."""
    if statement.asks:
        return
    yield from verdict(document, statement)
    if any(fact.is_ours for fact in document.sheet):
        for rule in _RULES:
            yield from rule(document, statement)

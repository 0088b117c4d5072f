"""A sum of our own map is spread over a stretch of prices, and an edge of a cluster is one price."""

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.checks import patterns
from commentary.checks.base import Document, Statement
from commentary.checks.fit.ranges import JOINED
from commentary.checks.ours.subject import figures, words
from commentary.checks.shapes.saying import error
from commentary.records.finding import Finding

_SUMS = ("cluster_size", "cluster_coin", "within_size", "side_total")
_EDGES = ("cluster_near", "cluster_far", "cluster_peak")


def at_one_price(document: Document, statement: Statement) -> Iterator[Finding]:
    """A sum is not told as what one price holds."""
    own = figures(statement)
    sums = [told for told in own if told.metric.startswith(_SUMS) and told.fact.unit in ("usd", "coin")]
    edges = [told for told in own if told.metric in _EDGES]
    if not sums or len({told.fact.value for told in edges}) != 1:
        return
    start = statement.start
    at = patterns.before("ours", "point", "at").search(statement.field.text, start, edges[0].mention.start)
    if at is None:
        return
    around = statement.text[: at.start() - start] + statement.text[edges[0].mention.end - start :]
    if words("point", "end").search(around):
        return
    why = f"{sums[0].fact.id} lies over a stretch of prices, and not at one; write from where to where it runs"
    yield error(document, statement, "roles.place", (at.start(), edges[0].mention.end), why, sums[0].fact)


def edge(document: Document, statement: Statement) -> Iterator[Finding]:
    """The edges of a cluster are no two guesses at one of them."""
    edges = [told for told in figures(statement) if told.metric in _EDGES]
    text = statement.field.text
    for first, second in pairwise(edges):
        unsure = patterns.before("ours", "point", "unsure").search(text, statement.start, first.mention.start)
        if unsure is None or not JOINED.fullmatch(text, first.mention.end, second.mention.start):
            continue
        named = list(words("point", "edge").finditer(text, statement.start, unsure.start()))
        if named and not re.search(r"[,;:]", text[named[-1].end() : unsure.start()].removesuffix(", ")):
            why = f"{first.fact.id} and {second.fact.id} are two edges, and no range for one; write which is which"
            span = (unsure.start(), second.mention.end)
            yield error(document, statement, "roles.place", span, why, first.fact, second.fact)
            return

"""A cluster of our own map is told with its own edges and distances, and a sum to a distance with none."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement, Told
from commentary.checks.ours.subject import figures
from commentary.checks.shapes.saying import error
from commentary.records.fact import HIGH, LOW
from commentary.records.finding import Finding

_SIZED = ("cluster_size", "cluster_coin")
_EDGES = ("cluster_near", "cluster_far", "cluster_peak")
_PLACES = (*_EDGES, "cluster_distance", "cluster_far_distance", "reach_sum_price", "cluster_level_price")
_FROM_TO = re.compile(r"\bfrom \Z", re.I)


def own_cluster(document: Document, statement: Statement) -> Iterator[Finding]:
    """The stretch of prices beside a sum is that of its cluster."""
    own = figures(statement)
    places = [told for told in own if told.metric in _PLACES]
    for told in own:
        near = [place for place in places if place.fact.subject.side == told.fact.subject.side]
        name = told.metric.removesuffix(LOW).removesuffix(HIGH)
        if places and not near and name == "cluster_test":
            why = f"{told.fact.id} is the bound for a move the other way; give the level of its side"
            span = (told.mention.start, told.mention.end)
            yield error(document, statement, "roles.side", span, why, told.fact, places[0].fact)
            return
        if not near:
            continue
        if name in _SIZED and not any(_is_of(document, place, told) for place in near):
            why = f"{near[0].fact.id} is of another cluster than {told.fact.id}; give the edges of its own"
        elif name in ("within_size", "side_total") and _is_stretch(statement, told, near):
            why = f"{told.fact.id} is no sum of that cluster; give the cluster's own, or the distance that it is of"
        else:
            continue
        span = (near[0].mention.start, near[0].mention.end)
        yield error(document, statement, "roles.place", span, why, near[0].fact, told.fact)
        return


def _is_of(document: Document, place: Told, told: Told) -> bool:
    """Say whether a place is one of a sum's own cluster; two clusters may begin at one price."""
    of, at = told.fact.subject, place.fact
    metrics = _EDGES if at.unit == "price" else (place.metric,)
    own = [document.sheet.get(metric, asset=of.asset, side=of.side, venue=of.venue, at=of.at) for metric in metrics]
    return any(fact is not None and fact.value == at.value for fact in own)


def _is_stretch(statement: Statement, told: Told, near: list[Told]) -> bool:
    """Say whether a sum is told as what lies from one edge of a cluster to the other."""
    edges = [place for place in near if place.fact.unit == "price" and place.mention.start > told.mention.end]
    sized = any(one.metric.startswith(_SIZED) for one in statement.figures())
    text = statement.field.text
    return len(edges) > 1 and not sized and _FROM_TO.search(text, told.mention.end, edges[0].mention.start) is not None

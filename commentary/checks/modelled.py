"""A model's sum is not said to have been counted.

roles.evidence: a map told as a count, or as one that comes from records of orders.
"""

from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.contrast import contrasted
from commentary.checks.scene import Scene
from commentary.languages.phrases import Mark
from commentary.records.finding import Finding

_MODELLED = ("reach_", "cluster_", "within_", "side_total", "told_reach_", "told_cluster_")


def counted(document: Document, statement: Statement) -> Iterator[Finding]:
    """A model's sum is not said to have been counted, in the same sentence or behind it."""
    scene = statement.scene
    figures = list(statement.figures())
    modelled = any(told.metric.startswith(_MODELLED) for told in figures) or scene.said("kind:map")
    measured = any(not told.metric.startswith(_MODELLED) and told.fact.evidence != "asserted" for told in figures)
    if statement.asks:
        return
    for mark in scene.longest("no_model") if modelled or not figures else ():
        message = "a map is a model, and comes from no record of orders"
        yield document.finding("roles.evidence", "error", statement.field, (mark.start, mark.end), message)
    if not modelled or measured or any(scene.said(name) for name in ("denial", "unknown", "absent")):
        return
    for mark in scene.longest("counted"):
        if contrasted(scene, mark.start) or _of_records(document, scene, mark):
            continue
        message = "a map is a model; nobody counted it"
        yield document.finding("roles.evidence", "error", statement.field, (mark.start, mark.end), message)
        return


def _of_records(document: Document, scene: Scene, mark: Mark) -> bool:
    """Say whether a clause that names no map tells of liquidations that were recorded."""
    clause = scene.clause(mark.start)
    told = scene.said("kind:liquidations", clause) and not scene.said("kind:map", clause)
    return bool(told) and any(fact.subject.metric.startswith("liq_") for fact in document.sheet)

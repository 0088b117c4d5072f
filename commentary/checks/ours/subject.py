"""Whether a sentence is about our own estimate, and the words of ours.toml."""

import re

from commentary.checks import patterns
from commentary.checks.base import Document, Statement, Told
from commentary.checks.shapes.parts import is_missing
from commentary.records.fact import Fact

_FILE = "ours"
_CALLED = re.compile(r"\b(?:estimates?|models?|maps?)\b", re.I)
_MAPPED = ("cluster_size", "side_total", "within_size", "reach_size")


def words(table: str, name: str) -> re.Pattern[str]:
    """Return an expression of ours.toml."""
    return patterns.pattern(_FILE, table, name)


def phrase(table: str, name: str) -> str:
    """Return the same as a part of another expression."""
    return patterns.joined(patterns.tables(_FILE)[table][name])


def figures(statement: Statement) -> list[Told]:
    """Return the figures of a sentence that our own map gives, or that are made of it."""
    return [told for told in statement.figures() if told.fact.is_ours]


def ranges(statement: Statement) -> list[Told]:
    """Return those of them that are ends of ranges."""
    return [told for told in figures(statement) if told.fact.is_range_end]


def is_about(document: Document, statement: Statement) -> bool:
    """Say whether a sentence speaks of our own estimate: by its name, by its figures, or as the one map at hand."""
    scene = statement.scene
    if scene.said("own_estimate") or figures(statement):
        return True
    return _CALLED.search(statement.text) is not None and all(fact.is_ours for fact in maps(document))


def maps(document: Document) -> list[Fact]:
    """Return the sums of every map at hand."""
    return [fact for metric in _MAPPED for fact in document.sheet.all(metric)]


def is_denied(statement: Statement, at: int) -> bool:
    """Say whether the part of the sentence that holds a place denies, or leaves open, what it says."""
    return is_missing(statement.scene, at)

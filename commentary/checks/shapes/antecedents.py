"""What "it" is: a figure told of a pronoun is of what the sentence before, in its paragraph, speaks of."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.scene import Scene
from commentary.checks.sentences import sentence_spans
from commentary.checks.shapes.saying import error
from commentary.records.finding import Finding

_PRONOUN = re.compile(r"\b(?:it|its|they|them|that|this|which|those)\b", re.I)
_METRICS = ("oi_change_rank", "oi_change_further", "oi_change_next", "liq_rank", "funding_to_baseline", "funding_below")
"""Places and shares, which say nothing without what they are of."""


def antecedent(document: Document, statement: Statement) -> Iterator[Finding]:
    """A place or a share told of "it" stands behind a sentence of its own kind of data."""
    scene = statement.scene
    if scene.said("kind:") or not _PRONOUN.search(statement.text):
        return
    before = [(a, b) for a, b in sentence_spans(statement.field.text) if b <= statement.start]
    if not before:
        return
    marks = document.vocabulary.marks(statement.field.text)
    last = Scene(statement.field.text, *before[-1], marks, (), document.cues.names)
    kinds = {mark.name.removeprefix("kind:") for mark in last.said("kind:")}
    for told in statement.told:
        own = document.cues.kinds_of(told.metric)
        if told.metric.startswith(_METRICS) and own and kinds and not own & kinds:
            message = f"{told.fact.id} is not of what the sentence before speaks of; name what it is of"
            span = (told.mention.start, told.mention.end)
            yield error(document, statement, "roles.metric", span, message, told.fact)
            return

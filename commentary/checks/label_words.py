"""The words of the label: "bullish", "bearish", the skew and the coverage are those that the rules gave."""

from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.records.finding import Finding


def against_label(document: Document, statement: Statement, word: str, end: int) -> str | None:
    """Return why a label's name may not stand here; a condition may name any, an argument its own side."""
    if document.cues["argued"].match(statement.field.text, end + 1) or statement.field.text[end : end + 1] == ":":
        sign = 1 if document.cues["for_a_rise"].fullmatch(word) else -1
        points = document.sheet.all("sentiment_points")
        kinds = {mark.name.removeprefix("kind:") for mark in statement.scene.said("kind:")}
        # "Bullish: shorts paid": the argument that the sentence gives is meant.
        own = [fact for fact in points if fact.subject.at in kinds]
        argued = any(fact.number * sign > 0 for fact in own or points)
        return None if argued else f"no rule of the label argues {word}; take it out"
    ruled = any(told.fact.is_house for told in statement.told)
    if ruled or statement.asks_or_denies or statement.scene.said("conditional"):
        return None
    label = document.sheet.get("sentiment_label")
    if label is None:
        return f"no reading was made of these facts, so nothing is {word}; take it out"
    return None if label.text == word else f"the label is {label.text}; write that, or take it out"


def against_line(document: Document) -> Iterator[Finding]:
    """A line of label, skew and coverage alone is that of these facts: "Neutral" is another label than "No label"."""
    known = document.label_line
    if known is None:
        return
    for field in document.fields:
        if not known.form.fullmatch(field.text.strip()):
            continue
        said, line = (text.strip().split("; ") for text in (field.text, known.line))
        # Another skew or coverage is told where it stands.
        if said[0] != line[0] or len(said) != len(line):
            end = len(said[0]) if said[0] != line[0] else len(field.text)
            message = f"the label line of these facts is “{known.line}”; write that"
            yield document.finding("wording.label", "error", field, (0, end), message)


def read_so(document: Document, statement: Statement) -> Iterator[Finding]:
    """The skew and the coverage of the label line are those that the rules gave."""
    if statement.asks_or_denies:
        return
    for group, metric in (("skews:", "risk_skew"), ("coverages:", "sentiment_coverage")):
        fact = document.sheet.get(metric)
        for mark in statement.scene.said(group):
            if fact is None or fact.value != mark.name.removeprefix(group):
                message = f"{metric} is {fact.text}; write that" if fact else f"no fact is of {metric}; take it out"
                yield document.finding("wording.label", "error", statement.field, (mark.start, mark.end), message)

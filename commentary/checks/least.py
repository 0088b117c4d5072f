"""Words that bound a figure which itself is the least or the most of several, or which others went beyond."""

from commentary.checks.base import Document, Field
from commentary.records.fact import BOUNDS

_LEAST = {"at least": "_least", "no less than": "_least", "at most": "_most", "no more than": "_most", "up to": "_most"}
_BEYOND = ("more than", "less than")


def is_bound_told(document: Document, field: Field, word: str, end: int) -> bool:
    """Say whether a word of bounding before a figure is borne: "at least" by the least of several measured."""
    behind = [mention for mention in field.mentions if 0 <= mention.start - end <= 1 and mention.fact in document.sheet]
    part = _LEAST.get(word.casefold())
    if part is not None:
        return any(part in document.sheet[one.fact].subject.metric.removesuffix("_money")[-6:] for one in behind)
    if word.casefold() not in _BEYOND or not behind:
        return False
    if document.sheet[behind[0].fact].subject.metric.endswith(BOUNDS):
        # "A loss of less than 2,400 BTC": the bound of a test.
        return True
    # "Fell by more than 1.1% on 24 of the 90 days": the count is of days that went further than the figure.
    change = document.sheet[behind[0].fact].subject.metric
    return any(
        document.sheet[one.fact].subject.metric.endswith("_further")
        and change.startswith(document.sheet[one.fact].subject.metric.removesuffix("_further"))
        for one in field.mentions
        if one.fact in document.sheet
    )

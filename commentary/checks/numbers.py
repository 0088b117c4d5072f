"""Figures: every one is a mention, and every mention is spelled as its fact is.

numbers.untraced: something that looks like a quantity and is no mention.
numbers.qualified: a word beside a figure that changes what it says, such as "more than", without a fact for it.
numbers.misspelled: a mention's text is not how its fact is written in its style.
numbers.unknown_fact: a mention points to a fact that the document does not carry.
numbers.misplaced: a mention lies outside its text, or two of them overlap.
numbers.ambiguous: in plain text, a figure that several facts are written as (see reading).
"""

import re
from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import Document, Field, Statement, frame_spans, is_covered
from commentary.checks.least import is_bound_told
from commentary.checks.lookalikes import TYPESET, only_hidden
from commentary.checks.suggest import suggestions
from commentary.checks.tallied import counts_no_figure, denied_amounts
from commentary.errors import SpellingError
from commentary.records.fact import BOUNDS
from commentary.records.finding import Finding
from commentary.records.spelled import Mention

_BOUNDS = frozenset({"over_usd", "under_usd", "more_coin", "above_coin", "under_coin", "shrinks_less", "shrinks_more"})
"""Styles for a bound that something may pass; a value that was measured is no bound."""


@checks.add("numbers")
def numbers(document: Document) -> Iterator[Finding]:
    """Find figures that no fact carries."""
    for field in document.fields:
        yield from _mentions(document, field)
        yield from _residue(document, field)
    for statement in document.judged:
        yield from _bounds(document, statement)
        yield from _left_open(document, statement)
        yield from _signed(document, statement)
        yield from denied_amounts(document, statement)


def _bounds(document: Document, statement: Statement) -> Iterator[Finding]:
    """A bound is a threshold of a condition; "over $1 billion" of a measured sum says less than is known."""
    ruled = any(told.fact.is_house for told in statement.told)
    if ruled or statement.asks or statement.scene.said("conditional"):
        return
    for told in statement.told:
        if told.style in _BOUNDS and not told.metric.endswith(BOUNDS):
            message = f"{told.fact.id} is a value, not a bound; write the value as it is"
            span = (told.mention.start, told.mention.end)
            yield document.finding("numbers.qualified", "error", statement.field, span, message, (told.fact.id,))


def _left_open(document: Document, statement: Statement) -> Iterator[Finding]:
    """Words right behind a figure do not leave it open at one end."""
    for mark in statement.scene.longest("left_open"):
        goes_on = statement.field.text.startswith(" to ", mark.end)
        if not goes_on and any(told.mention.end + 1 == mark.start for told in statement.told):
            message = f"{statement.scene.word(mark)!r} leaves the figure open, and no fact is so; take it out"
            yield document.finding("numbers.qualified", "error", statement.field, (mark.start, mark.end), message)


def _signed(document: Document, statement: Statement) -> Iterator[Finding]:
    """The word "negative" right before a figure says its sign, and a figure without one has none."""
    for mark in statement.scene.said("signed"):
        told = next((told for told in statement.told if told.mention.start == mark.end + 1), None)
        if told is not None and told.fact.quantity not in ("rate", "delta"):
            message = f"{statement.scene.word(mark)!r} gives the figure beside it a sign that no fact has; take it out"
            yield document.finding("numbers.qualified", "error", statement.field, (mark.start, mark.end), message)


def _mentions(document: Document, field: Field) -> Iterator[Finding]:
    last = 0
    for mention in field.mentions:
        if not last <= mention.start < mention.end <= len(field.text):
            message = f"the mention of {mention.fact} lies outside the text or over another; write the sentence anew"
            yield document.finding("numbers.misplaced", "error", field, (0, 0), message)
            continue
        last = mention.end
        # What a proved sentence mentions was spelled to prove it.
        if not any(a <= mention.start and mention.end <= b for a, b in field.proved):
            yield from _spelling(document, field, mention)


def _spelling(document: Document, field: Field, mention: Mention) -> Iterator[Finding]:
    span = (mention.start, mention.end)
    if mention.fact not in document.sheet:
        message = f"no fact has the id {mention.fact}; name one that does"
        yield document.finding("numbers.unknown_fact", "error", field, span, message)
        return
    fact = document.sheet[mention.fact]
    try:
        legal = document.language.spell(fact, mention.style, document.edition)
    except SpellingError as error:
        yield document.finding("numbers.misspelled", "error", field, span, str(error), (fact.id,))
        return
    written = field.text[mention.start : mention.end]
    # A typesetter's space or hyphen is the business of lookalikes.
    if written != legal and written.translate(TYPESET) != legal:
        message = f"{written!r} is not how {fact.id} is written; write {legal!r}"
        yield document.finding("numbers.misspelled", "error", field, span, message, (fact.id,), (legal,))


def _residue(document: Document, field: Field) -> Iterator[Finding]:
    covered = sorted((mention.start, mention.end) for mention in field.mentions)
    frames = (*frame_spans(field, document.language), *field.proved)
    if frames and is_covered(field.text, 0, len(field.text), frames):
        return
    for start, end in document.language.quantities(field.text):
        if any(a <= start and end <= b for a, b in frames):
            continue
        for a, b in _uncovered(field.text, start, end, covered):
            text = field.text[a:b]
            if only_hidden(text) or _is_day(document, text) or counts_no_figure(document, field, a, b):
                continue
            if document.language.quantities(text):
                a = _own_start(document, field.text, a, b)
                text = field.text[a:b]
                message = f"{text!r} traces to no fact; write it as a fact is written, or take it out"
                offer = suggestions(document, field, (a, b))
                yield document.finding("numbers.untraced", "error", field, (a, b), message, (), *offer)
            elif _is_place(document, field, b) and text.casefold() in _NEARBY:
                continue
            elif _THAN_THEN.match(field.text, b):
                # "900 BTC more than 24 hours before" compares, and leaves no window open.
                continue
            elif is_bound_told(document, field, text, b):
                continue
            elif document.cues["qualifiers"].fullmatch(text) and field.text[b:].lstrip(" ") != "":
                message = f"{text!r} changes what the figure beside it says, and no fact is written so; take it out"
                yield document.finding("numbers.qualified", "error", field, (a, b), message)


_DAY = 24
_THAN_THEN = re.compile(r" \S+ (?:hours?|days?|weeks?) (?:before|earlier|ago)\b")
"""Behind "more than": with what is compared."""
_JOINT = re.compile(r"(?<=[\d%ts]) (?:per|an?|each|every) ?\Z")
"""What joins a figure to a time or a part that is a mention of its own, and is not part of either."""
_NEARBY = ("around", "near", "close to", "about")
"""Before a price within a cluster these say where it lies."""
_WITHIN = ("cluster_peak", "cluster_near", "cluster_far", "cluster_level_price")


def _is_place(document: Document, field: Field, at: int) -> bool:
    """Say whether what stands behind a word is a price within a cluster."""
    return any(
        0 <= mention.start - at <= 1
        and mention.fact in document.sheet
        and document.sheet[mention.fact].subject.metric in _WITHIN
        for mention in field.mentions
    )


def _own_start(document: Document, text: str, start: int, end: int) -> int:
    """Return where a stretch begins without the end of an innocent phrase: "made up 98%" does not say "up 98%"."""
    for a, b in document.language.exempt(text):
        if a < start < b < end and document.language.quantities(text[b:end]):
            return b + len(text[b:end]) - len(text[b:end].lstrip())
    return start


def _is_day(document: Document, text: str) -> bool:
    """Say whether a text is the window of a fact, written as an adjective: "one-day"."""
    return text.casefold() == "one-day" and any(fact.subject.window_hours == _DAY for fact in document.sheet)


def _uncovered(text: str, start: int, end: int, covered: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts of a span that no mention covers, without the space around them."""
    pieces = []
    at = start
    for a, b in covered:
        if b <= at or a >= end:
            continue
        if a > at:
            pieces.append((at, a))
        at = max(at, b)
    if at < end:
        pieces.append((at, end))
    trimmed = []
    for a, b in pieces:
        piece = _JOINT.sub("", text[a:b])
        b = a + len(piece)
        if piece.strip():
            trimmed.append((a + len(piece) - len(piece.lstrip()), b - len(piece) + len(piece.rstrip())))
    return trimmed

"""An approved text and what was made of it, compared by what they say and not by how it is written.

The same fact in another legal spelling is the same, and so are words of one class, a contraction, a spelling of the
other side of the ocean, a capital, a comma, a stop where a semicolon stood. What is left are the changes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import NamedTuple

from commentary.checks.base import TIMES, Document, base_style, hedge_of
from commentary.languages.base import Figure
from commentary.languages.en.times import begun
from commentary.records.spelled import Altered, Mention

_PIECE = re.compile(r"[^\W_]+|\S")
_BREAKS = frozenset(".;:")
_DASHES = frozenset("-–—")
_APOSTROPHES = frozenset("'’‘")
_BREAK, _RANGE = ".", "to"
_OPENING = re.compile(r"(?:^|[.;:,?!])[\"“]?\s*\Z")
_ABBREVIATED = re.compile(r"\bvs\Z", re.I)
_SIGNS = {"minus ": "-", "plus ": "+"}
_FACT = "fact "
_NEAR = "near"
"""The class of the words that round a figure."""


class Token(NamedTuple):
    """Something that a text says, and where."""

    says: str
    start: int
    end: int


def changes(document: Document, text: str, mentions: Sequence[Mention], whole: Altered) -> Iterator[Altered]:
    """Yield where a text says something else than the approved one that it was made of.

    Args:
        document: what the text is of.
        text: the text.
        mentions: its mentions.
        whole: one change of the stretch that was made of the approved text; it names both.
    """
    low, high = whole.whole
    here = [one._replace(start=one.start - low, end=one.end - low) for one in mentions if low <= one.start < high]
    old, new = tuple(_tokens(document, whole.approved, whole.told)), tuple(_tokens(document, text[low:high], here))
    matcher = SequenceMatcher(None, [one.says for one in old], [one.says for one in new], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            was = _span(old, a, b, len(whole.approved)) if c < d else _gap(old, a, b, len(whole.approved))
            start, end = _span(new, c, d, high - low)
            facts = tuple(one.fact for one in whole.told if one.start < was[1] and was[0] < one.end)
            yield whole._replace(start=low + start, end=low + end, was=was, facts=facts)


def _span(tokens: Sequence[Token], first: int, last: int, length: int) -> tuple[int, int]:
    if first < last:
        return tokens[first].start, tokens[last - 1].end
    place = tokens[first].start if first < len(tokens) else length
    return place, place


def _gap(tokens: Sequence[Token], first: int, last: int, length: int) -> tuple[int, int]:
    """Return what stands between what was kept before a stretch and behind it, with what says nothing."""
    return tokens[first - 1].end if first else 0, tokens[last].start if last < len(tokens) else length


def _tokens(document: Document, text: str, mentions: Iterable[Mention]) -> Iterator[Token]:
    figures = [_figure(document, figure, tuple(mentions)) for figure in document.vocabulary.figures(text)]
    fixed = [*figures, *_classed(document, text, figures)]
    taken = {at for one in fixed for at in range(one.start, one.end)}
    pieces = (match for match in _PIECE.finditer(text) if match.start() not in taken)
    plain = (Token(match[0].casefold(), *match.span()) for match in pieces)
    found = sorted((*fixed, *plain), key=lambda one: one.start)
    last = ""
    for i, one in enumerate(found):
        says = _said(document, text, found, i)
        if says and not (says == _BREAK == last) and not (says == _BREAK and not _goes_on(found, i)):
            last = says
            yield one._replace(says=says)


def _figure(document: Document, figure: Figure, mentions: tuple[Mention, ...]) -> Token:
    """Return a figure as the fact that it is, with its sign; a time as that time, a length as that length."""
    of = next((one for one in mentions if one.start <= figure.core and figure.end <= one.end), None)
    sign = _SIGNS.get(figure.written_sign, figure.written_sign)
    hours = document.language.hours_of(figure) if figure.kind == "length" else None
    if hours is not None:
        return Token(f"{_FACT}{figure.led}{hours:f} hours", figure.start, figure.end)
    if of is None or of.fact not in document.sheet:
        return Token(f"{_FACT}{figure.led}{sign}{figure.text}", figure.start, figure.end)
    style = base_style(of.style)
    # A rounding belongs to its figure; a bound, "under $60,000", says something of it.
    rounds = hedge_of(of.style) or [mark.name for mark in document.cues.alike.find(figure.led)] == [_NEAR]
    start = figure.start if of.start <= figure.start and rounds else figure.core
    if figure.kind in ("moment", "date") and style in TIMES:
        fact = document.sheet[of.fact]
        told = begun(fact) if style == "began" else fact.value if style.startswith("moment") else fact.as_of
        if isinstance(told, datetime):
            return Token(f"{_FACT}{told if figure.clock else told.date()}", start, figure.end)
    return Token(f"{_FACT}{sign}{of.fact}", start, figure.end)


def _classed(document: Document, text: str, figures: Sequence[Token]) -> Iterator[Token]:
    """Yield the words that mean the same as others, the longest first."""
    taken = [(one.start, one.end) for one in figures]
    for mark in sorted(document.cues.alike.find(text), key=lambda mark: mark.start - mark.end):
        if not any(mark.start < end and start < mark.end for start, end in taken):
            taken.append((mark.start, mark.end))
            yield Token(f"={mark.name}", mark.start, mark.end)


def _said(document: Document, text: str, found: Sequence[Token], i: int) -> str:
    """Return what a piece says; nothing for what says nothing."""
    one = found[i]
    before, behind = text[: one.start], text[one.end : one.end + 1]
    ranged = 0 < i < len(found) - 1 and all(near.says.startswith(_FACT) for near in (found[i - 1], found[i + 1]))
    if one.says in document.cues.harmless["anywhere"] or one.says == ",":
        return ""
    if one.says in document.cues.harmless["opening"] and _OPENING.search(before):
        return ""
    if ranged and (one.says == _RANGE or one.says in _DASHES):
        return _RANGE
    if one.says in _BREAKS:
        return "" if _ABBREVIATED.search(before) else _BREAK
    if one.says in _APOSTROPHES and before[-1:].isalnum():
        return ""
    if one.says in _DASHES:
        # Within a word it joins; between spaces it is a comma, but before a figure it could be a minus.
        joins = before[-1:].isalpha() and behind.isalpha()
        parts = (
            before[-1:].isspace() and behind.isspace() and not found[min(i + 1, len(found) - 1)].says.startswith(_FACT)
        )
        return "" if joins or parts else "-"
    return one.says


def _goes_on(found: Sequence[Token], i: int) -> bool:
    """Say whether words follow: a stop at the end parts nothing."""
    return any(one.says[-1:].isalnum() for one in found[i + 1 :])

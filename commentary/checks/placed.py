"""What a sentence of the draft's points back to, in a text that was made of its sentences.

"It fell by more on 24 of the 89 days we hold" says of what only by where it stands. It stands behind the sentence that
it stood behind, or behind one that tells a figure of that sentence's; "in the same hours" behind one of those hours.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from commentary.checks.base import ATTRIBUTES, FIGURES, Document, Field, base_style
from commentary.checks.sentences import sentence_spans
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Before, Mention

_TIMES = ("moment", "date")
_AT_ONCE = timedelta(minutes=15)
"""Two counts of one vendor may be this far apart and be of one time."""
_ALIKE = 0.5
"""A sentence in other words shares this much with the one that it was made of."""
_SHOWN = 70
_PLACE = re.compile(r"\bthere\b|\b(?:that|the same) (?:exchange|venue)", re.I)
_RELATIVE = re.compile(r"(?<![,;:]) (?<!\bof )(?<!\bto )(?<!\bat )(?<!\bin )(?<!\bby )(?<!\bthan )(?<!\bfrom )\Z")
"""What stands before a "that" that points to nothing before its sentence."""
_OF_IT = re.compile(r"The (?:rise|fall|move|count|rate|gap|sum|turn|band|outflow|inflow|range|expiry)\b")
"""What begins a sentence of something that was told before it."""
_NAMED: Mapping[str, tuple[str, ...]] = {
    "place": ("giver:",),
    "thing": ("giver:", "asset:", "kind:", "side:"),
}

Kind = Literal["time", "figure", "place", "thing", "nothing"]


class Pointer(NamedTuple):
    """What points back in a sentence."""

    word: str
    """Empty where the sentence names neither of what nor of when it is."""
    kind: Kind


def misplaced(document: Document) -> Iterator[Finding]:
    """Yield the sentences of a draft's that stand where they are of something else than in it."""
    if not document.before:
        return
    last: tuple[Field, int, int] | None = None
    for field in document.fields:
        if field.part in ("heading", "headline", "aside"):
            continue
        for start, end in sentence_spans(field.text):
            befores = document.before.get(field.text[start:end].strip(), ())
            if befores and (found := _found(document, field, (start, end), last, befores)):
                yield found
            last = field, start, end


def figures_in(mentions: tuple[Mention, ...], span: tuple[int, int], sheet: FactSheet) -> frozenset[str]:
    """Return the facts that a stretch tells in figures, but for those of the desk's rules."""
    return frozenset(
        one.fact
        for one in mentions
        if span[0] <= one.start < span[1]
        and one.fact in sheet
        and sheet[one.fact].unit in FIGURES
        and not sheet[one.fact].is_house
        and base_style(one.style) not in ATTRIBUTES
    )


def _found(
    document: Document,
    field: Field,
    span: tuple[int, int],
    last: tuple[Field, int, int] | None,
    befores: tuple[Before, ...],
) -> Finding | None:
    now = last[0].text[last[1] : last[2]].strip() if last else ""
    if any(now.endswith(one.text) for one in befores):
        return None
    text = field.text[span[0] : span[1]]
    pointer = _pointer(document, text)
    if pointer is None or (pointer.kind == "nothing" and all(one.opens for one in befores)):
        return None
    told = figures_in(last[0].mentions, (last[1], last[2]), document.sheet) if last else frozenset()
    is_own = now in document.before
    if last and pointer.kind == "time" and _of_one_time(document, field, span, last):
        return None
    # Another sentence of the draft tells just the same; what was written anew tells a part of it, or reads alike.
    if any(told == one.facts if is_own else told & one.facts or _alike(now, one.text) for one in befores if told):
        return None
    if not is_own and any(_alike(now, one.text) for one in befores):
        return None
    stood = befores[0].text
    shown = stood if len(stood) <= _SHOWN else f"{stood[: _SHOWN - 1]}…"
    says = f"{pointer.word!r} points back" if pointer.word else "it says neither of what nor of when it is"
    message = f"{says}, and it was told behind “{shown}”; put it back behind that, or name what it is of"
    at = text.find(pointer.word) if pointer.word else 0
    place = (span[0] + at, span[0] + at + len(pointer.word)) if pointer.word else span
    return document.finding("altered.place", "error", field, place, message)


def _pointer(document: Document, text: str) -> Pointer | None:
    """Return what a sentence points back with; None for one that says itself of what it is."""
    marks = document.vocabulary.words(text)
    figures = document.language.figures(text)
    times = [one.start for one in figures if one.kind in _TIMES]
    values = [one.start for one in figures if one.kind not in _TIMES]
    for mark in marks:
        if not mark.name.startswith("points_to_"):
            continue
        kind: Kind = "time" if mark.name == "points_to_time" else "thing"
        kind = "figure" if mark.name == "points_to_figure" else kind
        kind = "place" if _PLACE.match(text, mark.start) else kind
        word = text[mark.start : mark.end]
        if word == "that" and kind == "thing" and _RELATIVE.search(text, 0, mark.start):
            continue
        stands = {"time": times, "figure": values}.get(kind)
        if stands is None:
            stands = [one.start for one in marks if one.name.startswith(_NAMED[kind])]
        if not any(start < mark.start for start in stands):
            return Pointer(word, kind)
    if any(mark.name.startswith(("giver:", "asset:")) for mark in marks) or not (values or _OF_IT.match(text)):
        return None
    return None if times and any(mark.name.startswith("kind:") for mark in marks) else Pointer("", "nothing")


def _of_one_time(document: Document, field: Field, span: tuple[int, int], last: tuple[Field, int, int]) -> bool:
    """Say whether the sentence before tells of the same hours."""
    own = [document.sheet[one.fact] for one in field.mentions if span[0] <= one.start < span[1]]
    theirs = [document.sheet[one.fact] for one in last[0].mentions if last[1] <= one.start < last[2]]
    return any(
        one.subject.window_hours is not None
        and one.subject.window_hours == other.subject.window_hours
        and abs(one.as_of - other.as_of) <= _AT_ONCE
        for one in own
        for other in theirs
    )


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() >= _ALIKE

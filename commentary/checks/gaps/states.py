"""What a source is said to have done when it was asked: not answered, refused, not been asked, answered."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from commentary.checks import patterns
from commentary.checks.base import Document, Statement
from commentary.checks.gaps_held import Gap, held
from commentary.checks.scene import Scene, Span
from commentary.checks.shapes.parts import part_of
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.vocabulary import Vocabulary
from commentary.records.finding import Finding

_FILE = "gaps"
_STATES = ("no_answer", "refused", "unreadable", "clock", "not_listed", "no_key", "nothing", "down", "answered")
_GIVES = frozenset({"empty", "unreadable", "not kept", "not listed"})
"""A source of which these are said did answer."""
_OF_ASKED = frozenset({"refused", "not_listed", "down"})
"""Told of exchanges for other reasons too: a delisting, an outage."""
_NOT = re.compile(r"\b(?:not|never|no|nor|neither|nobody|none|\w+n['’]t|fail(?:s|ed)?)\b", re.I)
_ASKED = re.compile(r" (?:from |of |by |to |on |at )?(?:the |either |both )?", re.I)
"""Between what was done and the source it was done to: "we did not ask Bybit", "no answer came from Bybit"."""
_FOR_IT = re.compile(
    r"\b(?:it|its|they|their|them|which|who|that (?:exchange|vendor|source)|the (?:exchange|vendor|source))\b", re.I
)
_WORDS = re.compile(r"[A-Z][\w.]*")

_OF_DATA = re.compile(r"\b(?:the|our) (?:data|snapshot|file) \Z", re.I)


class Told(NamedTuple):
    """One thing that a sentence says of sources."""

    state: str
    span: Span
    names: tuple[str, ...]
    part: Span


def states(document: Document, statement: Statement) -> Iterator[Finding]:
    """A source did what its gap says, and no other source did."""
    gaps = held(document.sheet)
    for told in told_of(document.vocabulary, statement.scene):
        for name in told.names:
            why = _wrong(document, gaps.get(name), name, told.state)
            if why is not None:
                facts = gaps[name].facts if name in gaps else ()
                yield error(document, statement, "roles.gap", told.span, why, *facts[:1])
                return


def _wrong(document: Document, gap: Gap | None, name: str, state: str) -> str | None:
    if state == "answered":
        if gap is None or gap.reasons & _GIVES:
            return None
        return f"of {name} the facts say: {_words(gap)}; write that"
    if document.sheet.all("outage", venue=name) or (gap is None and state in _OF_ASKED and not held(document.sheet)):
        # What an exchange announced or had is told by facts of its own.
        return None
    reason = state.replace("_", " ")
    if gap is not None and (reason in gap.reasons or state == "nothing"):
        return None
    if gap is not None:
        return f"of {name} the facts say: {_words(gap)}; write that"
    return f"no fact says that of {name}; name the source that gave nothing, or take it out"


def _words(gap: Gap) -> str:
    return ", ".join(sorted(gap.reasons))


def told_of(vocabulary: Vocabulary, scene: Scene) -> Iterator[Told]:
    """Yield what a sentence says of sources by name: what each did, or what was done with it."""
    named = _named(vocabulary, scene)
    if not named:
        return
    taken: list[Span] = []
    for state in _STATES:
        for match in patterns.pattern(_FILE, "states", state).finditer(scene.text, scene.start, scene.end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            if _OF_DATA.search(scene.text, scene.start, match.start()):
                # "A price that the data does not give": no source is blamed for it.
                continue
            part = part_of(scene, match.start())
            if state == "answered" and _NOT.search(scene.text, part[0], match.start()):
                continue
            taken.append(match.span())
            if names := _subjects(scene, named, match.span(), part):
                yield Told(state, match.span(), names, part)


def _named(vocabulary: Vocabulary, scene: Scene) -> list[tuple[Span, str]]:
    """Return the names of sources in a sentence, however their letters are written: "Okx"."""
    found = {(mark.start, mark.end): mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
    for match in _WORDS.finditer(scene.text, scene.start, scene.end):
        span = match.start(), match.start() + len(match[0].rstrip("."))
        if (name := vocabulary.sources.get(scene.text[slice(*span)].casefold())) and not any(
            a <= span[0] < b for a, b in found
        ):
            found[span] = name
    return sorted(found.items())


def _subjects(scene: Scene, named: list[tuple[Span, str]], at: Span, part: Span) -> tuple[str, ...]:
    """Return of whom something is said: those named before it, right behind it, or before its part."""
    before = [name for span, name in named if part[0] <= span[0] and span[1] <= at[0]]
    behind = [name for span, name in named if span[0] >= at[1] and _ASKED.fullmatch(scene.text, at[1], span[0])]
    if behind:
        return tuple(behind)
    if before:
        return tuple(before)
    within = [name for span, name in named if at[0] <= span[0] < part[1]]
    earlier = [name for span, name in named if span[1] <= part[0]]
    if within and not _FOR_IT.search(scene.text, *part):
        return tuple(within[:1])
    return tuple(earlier[-1:]) or tuple(name for _, name in named[:1])


def complete(document: Document, statement: Statement) -> Iterator[Finding]:
    """Where a source gave nothing, not all of them are said to have answered."""
    match = patterns.pattern(_FILE, "all", "answered").search(statement.text)
    gaps = held(document.sheet)
    if match is None or not gaps:
        return
    if _NOT.search(statement.text, 0, match.start()):
        return
    name, gap = next(iter(gaps.items()))
    why = f"of {name} the facts say: {_words(gap)}; write that"
    yield error(document, statement, "roles.gap", absolute(statement, match), why, gap.facts[0])


def rightly(document: Document, statement: Statement) -> tuple[Told, ...]:
    """Return what a sentence says of sources that the gaps at hand bear out."""
    gaps = held(document.sheet)
    if not gaps:
        return ()
    return tuple(
        told
        for told in told_of(document.vocabulary, statement.scene)
        if all(name in gaps and _wrong(document, gaps[name], name, told.state) is None for name in told.names)
    )

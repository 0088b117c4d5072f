"""What the approved wordings of one template have: its words, and what stands beside what."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, TypeVar

from commentary.rewording.judge.lexicon import lexicon
from commentary.rewording.judge.units import Unit, units
from commentary.rewording.slots import SLOT, OpenSentence, concept_of, wording_of
from commentary.writing.templates import Say, Slot

K = TypeVar("K")
V = TypeVar("V")
EDGE = "|"
"""Stands where a sentence begins or ends."""
APART = frozenset({EDGE, ",", ";", ":"})
"""What sets apart: behind it a part of a sentence begins, which is joined to nothing by its place alone."""
_LIGHT = ("free", "light")


class Known(NamedTuple):
    """One template's wordings."""

    wordings: tuple[tuple[Unit, ...], ...]
    slots: tuple[Counter[tuple[str, str]], ...]
    """Of each wording, role and style of its slots: with others, it may say what these facts do not carry."""
    alike: frozenset[tuple[str, str]]
    """Role and concept of which a wording has several: one is told from the other by its style."""
    before: Mapping[str, frozenset[str]]
    """By unit, the units that stand before it somewhere."""
    after: Mapping[str, frozenset[str]]
    """By unit, those behind it."""
    heads: Mapping[str, frozenset[str]]
    """By slot, the nearest heavy words before it in its part of a sentence; EDGE where there is none."""
    joints: Mapping[tuple[str, str], frozenset[tuple[str, ...]]]
    """By two units, one behind the other, the free words that stand between them somewhere."""
    named: frozenset[tuple[str, str]]
    """What stands before a comma, or EDGE, with the first word of a noun behind it."""


@cache
def known_of(say: Say, code: str) -> Known:
    """Return what the wordings of a template have."""
    words = lexicon(code)
    slots = [[part for part in one.parts if isinstance(part, Slot)] for one in say.alternatives]
    alike = frozenset(kind for one in slots for kind in _several(one, code))
    wordings = []
    for alternative, own in zip(say.alternatives, slots, strict=True):
        text, _ = wording_of(alternative, code)
        keys = [key_of(slot.role, slot.style, alike, code) for slot in own]
        wordings.append(units(text, dict(zip(SLOT.findall(text), keys, strict=True)), words))
    before: defaultdict[str, set[str]] = defaultdict(set)
    after: defaultdict[str, set[str]] = defaultdict(set)
    heads: defaultdict[str, set[str]] = defaultdict(set)
    joints: defaultdict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    named: set[tuple[str, str]] = set()
    for wording in wordings:
        for one, other in adjoining(wording):
            after[one].add(other)
            before[other].add(one)
        for key, head in headed(wording):
            heads[key].add(head)
        for pair, between in joined(wording):
            joints[pair].add(between)
        named.update(apposed(wording, words.articles))
    return Known(
        tuple(wordings),
        tuple(Counter((slot.role, slot.style) for slot in own) for own in slots),
        alike,
        _frozen(before),
        _frozen(after),
        _frozen(heads),
        _frozen(joints),
        frozenset(named),
    )


def units_of(text: str, sentence: OpenSentence, known: Known, code: str) -> tuple[Unit, ...]:
    """Return the units of a text of a sentence's slots."""
    keys = {place.name: key_of(place.role, place.style, known.alike, code) for place in sentence.places}
    return units(text, keys, lexicon(code))


def key_of(role: str, style: str, alike: frozenset[tuple[str, str]], code: str) -> str:
    """Return what a slot is compared by, in whichever wording it stands."""
    concept = concept_of(style, code)
    return f"[{role} {style if (role, concept) in alike else concept}]"


def _several(slots: list[Slot], code: str) -> set[tuple[str, str]]:
    """Return role and concept of slots that one wording has in several styles, such as longs and the other side."""
    styles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for slot in slots:
        styles[slot.role, concept_of(slot.style, code)].add(slot.style)
    return {kind for kind, found in styles.items() if len(found) > 1}


def weighty(wording: tuple[Unit, ...]) -> list[Unit]:
    """Return the units of a wording that carry meaning, with where it stops."""
    return [unit for unit in wording if unit.kind not in _LIGHT]


def adjoining(wording: tuple[Unit, ...]) -> list[tuple[str, str]]:
    """Return what follows what, free and light words left out; a sentence begins and ends at an edge."""
    keys = [EDGE, *(EDGE if unit.key == "." else unit.key for unit in weighty(wording))]
    return list(zip(keys, (*keys[1:], EDGE), strict=True))


def joined(wording: tuple[Unit, ...]) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    """Return what follows what within a part of a sentence, with the free words between them.

    Where a light word stands between, too, the free ones go with that.
    """
    found = []
    last: str | None = None
    between: list[str] = []
    for unit in wording:
        if unit.kind == "free":
            between.append(unit.key)
        elif unit.kind in ("stop", "light"):
            last, between = None, []
        else:
            if last is not None:
                found.append(((last, unit.key), tuple(between)))
            last, between = unit.key, []
    return found


def apposed(wording: tuple[Unit, ...], articles: frozenset[str]) -> list[tuple[str, str]]:
    """Return what stands before a comma, or EDGE, and the first word of a noun with an article behind it."""
    found = []
    for i, unit in enumerate(wording[:-1]):
        starts = i == 0 or wording[i - 1].key in (".", ",")
        if unit.key in articles and starts:
            before = EDGE
            if i and wording[i - 1].key == ",":
                before = next((one.key for one in reversed(wording[: i - 1]) if one.kind not in _LIGHT), EDGE)
            behind = next((one.key for one in wording[i + 1 :] if one.kind not in _LIGHT), EDGE)
            found.append((before, behind))
    return found


def same_words(units: tuple[Unit, ...], sentence: OpenSentence, known: Known) -> list[tuple[Unit, ...]]:
    """Return the approved wordings that have a sentence's slots and the heavy words of a text: it is one of them."""
    own = heavy(units)
    return [wording for wording in with_slots(sentence, known) if heavy(wording) == own]


def with_slots(sentence: OpenSentence, known: Known) -> list[tuple[Unit, ...]]:
    """Return the approved wordings that have the same slots as a sentence, itself among them."""
    own = Counter((place.role, place.style) for place in sentence.places)
    return [wording for wording, slots in zip(known.wordings, known.slots, strict=True) if slots == own]


def led(wording: tuple[Unit, ...]) -> list[tuple[str, str]]:
    """Return each slot with what leads to it, in their order; whatever sets apart is one."""
    slots = {unit.key for unit in wording if unit.kind == "slot"}
    return [(other, EDGE if one in APART else one) for one, other in adjoining(wording) if other in slots]


def headed(wording: tuple[Unit, ...]) -> list[tuple[str, str]]:
    """Return each slot with the nearest heavy word before it in its part of the sentence."""
    found = []
    head = EDGE
    for unit in wording:
        if unit.key == "." or unit.key in APART:
            head = EDGE
        elif unit.kind == "heavy":
            head = unit.key
        elif unit.kind == "slot":
            found.append((unit.key, head))
    return found


def _frozen(table: Mapping[K, set[V]]) -> Mapping[K, frozenset[V]]:
    return {key: frozenset(values) for key, values in table.items()}


def heavy(wording: tuple[Unit, ...]) -> Counter[str]:
    """Return the heavy words of a wording, each with how often it stands there."""
    return Counter(unit.key for unit in wording if unit.kind == "heavy")

"""Binding: what stands beside a slot or a heavy word stands beside it in an approved wording too.

binding.led: a slot behind a word that no approved wording has before it.
binding.head: a slot behind another noun or verb than in any approved wording.
binding.swapped: a slot that could be taken for another of its kind, and stands beside none of its neighbours.
binding.word: a heavy word before or behind others than in any approved wording.
"""

from collections import Counter

from commentary.rewording.judge.base import Fault
from commentary.rewording.judge.known import APART, EDGE, Known, adjoining, following, headed, weighty
from commentary.rewording.judge.units import Unit
from commentary.rewording.slots import OpenSentence


def binding_faults(units: tuple[Unit, ...], sentence: OpenSentence, known: Known) -> tuple[Fault, ...]:
    """Return which slots and words stand beside others than in the approved wordings."""
    shown = {unit.key: unit.text for unit in units}
    return tuple(
        dict.fromkeys((*_led(units, known, shown), *_heads(units, known, shown), *_swapped(units, sentence, known)))
    ) or tuple(dict.fromkeys(_words(units, known, shown)))


def _led(units: tuple[Unit, ...], known: Known, shown: dict[str, str]) -> list[Fault]:
    slots = {unit.key for unit in units if unit.kind == "slot"}
    leading = {unit.key for unit in units if unit.kind == "leading"}
    found = []
    pairs = adjoining(units)
    for i, (one, other) in enumerate(pairs):
        if other not in slots:
            continue
        # "At [TIME_A] [VENUES_A] …": behind what is put first a sentence begins as it would without.
        fronted = i >= 2 and one in slots and pairs[i - 2][0] == EDGE and pairs[i - 1][0] in leading
        known_before = known.before.get(other, frozenset())
        if not (_may_lead(one, known_before) or (fronted and EDGE in known_before)):
            said = f"{shown.get(one, '')} {shown[other]}".strip()
            found.append(Fault("binding.led", said, f"“{said}” joins what the sentence does not; join it as it does"))
    return found


def _may_lead(one: str, known: frozenset[str]) -> bool:
    """Say whether a slot that approved wordings have behind some units may stand behind this one.

    Any may begin a sentence; one that begins a sentence somewhere may begin a part of another.
    """
    return one in known or one == EDGE or (one in APART and EDGE in known)


def _heads(units: tuple[Unit, ...], known: Known, shown: dict[str, str]) -> list[Fault]:
    found = []
    for key, head in headed(units):
        if head != EDGE and head not in known.heads[key]:
            said = f"{shown[head]} … {shown[key]}"
            found.append(Fault("binding.head", said, f"{shown[key]} does not belong to what it stands behind here"))
    return found


def _swapped(units: tuple[Unit, ...], sentence: OpenSentence, known: Known) -> list[Fault]:
    """Return the slots that another of their kind could stand for, and that are beside none of their neighbours."""
    facts: dict[str, set[tuple[str, str]]] = {}
    for place in sentence.places:
        facts.setdefault(place.concept, set()).add((place.fact, place.role))
    kinds = {place.name: place.concept for place in sentence.places}
    pairs = following(units)
    near = Counter(pairs)
    found = []
    for unit in units:
        if unit.kind != "slot" or len(facts[kinds[unit.name]]) < 2:
            continue
        own = [pair for pair in near if unit.key in pair]
        if own and not any(pair in known.beside for pair in own):
            found.append(
                Fault("binding.swapped", unit.text, f"{unit.text} stands where another slot of its kind belongs")
            )
    return found


def _words(units: tuple[Unit, ...], known: Known, shown: dict[str, str]) -> list[Fault]:
    """Return the heavy words that stand before or behind others than in the approved wordings."""
    heavy = {unit.key for unit in weighty(units) if unit.kind == "heavy"}
    found = []
    for one, other in adjoining(units):
        if not {one, other} & heavy or {one, other} & APART or other in known.after.get(one, ()):
            continue
        said = f"{shown.get(one, one)} {shown.get(other, other)}"
        found.append(Fault("binding.word", said, f"“{said}” is said in no approved wording; join it as it does"))
    return found

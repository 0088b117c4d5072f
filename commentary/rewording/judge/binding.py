"""Binding: what stands beside a slot or a heavy word stands beside it in an approved wording too.

binding.led: a slot behind a word that no approved wording has before it.
binding.head: a slot behind another noun or verb than in any approved wording.
binding.swapped: two slots that could stand for one another, in an order that no approved wording has.
binding.apart: another name behind a comma, of something else than in any approved wording.
binding.word: a heavy word before or behind others than in any approved wording.
"""

from itertools import combinations

from commentary.rewording.judge.base import Fault
from commentary.rewording.judge.known import APART, EDGE, Known, adjoining, apposed, headed, led, same_words, weighty
from commentary.rewording.judge.units import Unit
from commentary.rewording.slots import OpenSentence


def binding_faults(
    units: tuple[Unit, ...], sentence: OpenSentence, known: Known, articles: frozenset[str]
) -> tuple[Fault, ...]:
    """Return which slots and words stand beside others than in the approved wordings."""
    shown = {unit.key: unit.text for unit in units}
    return tuple(
        dict.fromkeys((*_led(units, known, shown), *_heads(units, known, shown), *_swapped(units, sentence, known)))
    ) or tuple(dict.fromkeys((*_apart(units, known, articles, shown), *_words(units, known, shown))))


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
    """Return the slots that stand where another of their kind could, and no approved wording has both so.

    Two are told apart by what leads to them, where one of the two is led to otherwise; else they have to stand in the
    order of an approved wording with the same words that leads to them so.
    """
    alike = same_words(units, sentence, known)
    pairs = {(*one, *other) for wording in alike for one, other in combinations(led(wording), 2)}
    concepts = {place.name: place.concept for place in sentence.places}
    kinds = {unit.key: concepts[unit.name] for unit in units if unit.kind == "slot"}
    texts = {unit.key: unit.text for unit in units}
    found = []
    for (one, before), (other, behind) in combinations(led(units), 2):
        if one == other or kinds[one] != kinds[other] or (one, before, other, behind) in pairs:
            continue
        if not (_leads(before, other, known) and _leads(behind, one, known)):
            continue
        said = f"{texts[one]} … {texts[other]}"
        message = f"{texts[one]} and {texts[other]} may stand in each other's place; keep them as in the sentence"
        found.append(Fault("binding.swapped", said, message))
    return found


def _leads(one: str, slot: str, known: Known) -> bool:
    """Say whether some wording leads to a slot by a unit."""
    before = known.before.get(slot, frozenset())
    return bool(before & APART) if one == EDGE else one in before


def _apart(units: tuple[Unit, ...], known: Known, articles: frozenset[str], shown: dict[str, str]) -> list[Fault]:
    """Return what is named otherwise behind a comma, where the wordings name another thing so.

    A noun that begins a sentence somewhere may begin another clause.
    """
    leading = {unit.key for unit in units if unit.kind == "leading"}
    found = []
    for one, other in apposed(units, articles):
        clause = (EDGE, other) in known.named and other not in leading
        if (one, other) in known.named or EDGE in (one, other) or clause:
            continue
        said = f"{shown.get(one, '')}, … {shown[other]}".strip()
        found.append(Fault("binding.apart", said, f"“{said}”: what stands behind the comma belongs elsewhere"))
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

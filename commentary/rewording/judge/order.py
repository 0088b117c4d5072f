"""Order: an answer has the heavy words and slots of one approved wording in their order; a circumstance may move.

A circumstance is a slot of time or place with the small words that lead to it: "at [TIME_A]", "in the [LENGTH_A] to
[TIME_B]", "[WHERE_A]". It may stand elsewhere in its own sentence, set off by a comma at the front, as long as those of
a kind keep their order. All else stands as in the wording, and a comma only where that has one.

order.moved: words or slots in another order than in any approved wording with the same words.
order.sentence: a circumstance in another sentence.
order.comma: a comma where none belongs.
"""

from typing import NamedTuple

from commentary.rewording.judge.base import Fault
from commentary.rewording.judge.known import Known, same_words
from commentary.rewording.judge.lexicon import Lexicon
from commentary.rewording.judge.units import Unit
from commentary.rewording.slots import OpenSentence

_LOOSE = frozenset({"TIME", "DATE", "PERIOD", "WHERE", "LENGTH"})
"""Concepts of slots that circumstances are made of,"""
_WHOLE = frozenset({"PERIOD", "WHERE"})
"""of which these have their preposition in them."""
_TO = "to"
"""Joins two to one: "in the [LENGTH_A] to [TIME_A]"."""


class Laid(NamedTuple):
    """A text as what stands firm and what may move."""

    firm: tuple[str, ...]
    """Keys of heavy words, slots, their leading words, and where a sentence ends."""
    loose: tuple[tuple[tuple[str, ...], ...], ...]
    """By sentence, its circumstances, those of a kind in their order."""
    whole: tuple[tuple[str, ...], ...]
    """By sentence, all of it in its order, small words too but for articles and the like."""
    commas: frozenset[tuple[str, str]]
    """What stands on both sides of each comma; "" where a circumstance is put first."""


def order_faults(units: tuple[Unit, ...], sentence: OpenSentence, known: Known, words: Lexicon) -> tuple[Fault, ...]:
    """Return where a text has another order than each approved wording with its words."""
    concepts = {place.name: place.concept for place in sentence.places}
    kinds = {unit.key: concepts[unit.name] for unit in units if unit.kind == "slot"}
    own = laid(units, kinds, words)
    alike = [laid(wording, kinds, words) for wording in same_words(units, sentence, known)]
    alike = [one for one in alike if one.firm == own.firm]
    if not alike:
        return (
            Fault(
                "order.moved",
                "",
                "its words stand in another order than the sentence's; only a time or a place may move",
            ),
        )
    alike = [one for one in alike if one.loose == own.loose and _may_move(own, one, words)]
    if not alike:
        return (Fault("order.sentence", "", "a time or a place stands in another sentence or order; put it back"),)
    if not any(own.commas <= one.commas for one in alike):
        return (Fault("order.comma", ",", "a comma stands where the sentence has none; take it out"),)
    return ()


def laid(units: tuple[Unit, ...], kinds: dict[str, str], words: Lexicon) -> Laid:
    """Return what stands firm in a text and what may move.

    Args:
        units: of the text.
        kinds: by a slot's key, its concept.
        words: the language's.
    """
    firm: list[str] = []
    loose: list[list[tuple[str, ...]]] = [[]]
    commas: set[tuple[str, str]] = set()
    whole: list[list[str]] = [[]]
    for unit in units:
        if unit.key == ".":
            whole.append([])
        elif unit.key != "," and (unit.kind not in ("free", "light") or unit.key in words.joining):
            whole[-1].append(unit.key)
    weighty = [unit for unit in units if unit.kind not in ("free", "light")]
    at = 0
    front = True
    while at < len(weighty):
        unit = weighty[at]
        end = _circumstance(weighty, at, kinds, words)
        if end > at:
            loose[-1].append(tuple(one.key for one in weighty[at:end]))
            if front and end < len(weighty) and weighty[end].key == ",":
                # Put first, it may be set off.
                end += 1
            at = end
            continue
        if unit.key == ",":
            behind = next((one.key for one in weighty[at + 1 :] if one.kind != "stop"), "")
            commas.add((firm[-1] if firm else "", behind))
        else:
            firm.append(unit.key)
            if unit.key == ".":
                loose.append([])
        front = unit.key == "."
        at += 1
    by_kind = (tuple(sorted(each, key=lambda keys: next(kinds[key] for key in keys if key in kinds))) for each in loose)
    return Laid(tuple(firm), tuple(by_kind), tuple(map(tuple, whole)), frozenset(commas))


def _may_move(own: Laid, other: Laid, words: Lexicon) -> bool:
    """Say whether what differs in the order of two texts is in sentences that say one thing."""
    return all(
        one == two or not words.joining.intersection(one) for one, two in zip(own.whole, other.whole, strict=True)
    )


def _circumstance(weighty: list[Unit], at: int, kinds: dict[str, str], words: Lexicon) -> int:
    """Return where a circumstance that begins at a place ends; the place itself where none does."""
    end = _one(weighty, at, kinds, words.placing)
    while at < end < len(weighty) and weighty[end].key == _TO:
        further = _one(weighty, end, kinds, frozenset({_TO}))
        if further == end:
            break
        end = further
    return end


def _one(weighty: list[Unit], at: int, kinds: dict[str, str], placing: frozenset[str]) -> int:
    """Return where one slot of time or place ends, with what leads to it."""
    leads = weighty[at].key in placing and at + 1 < len(weighty)
    slot = weighty[at + leads]
    concept = kinds.get(slot.key, "") if slot.kind == "slot" else ""
    # A time or a length without a word that leads to it is a subject or an object.
    return at + leads + 1 if concept in _LOOSE and (leads or concept in _WHOLE) else at

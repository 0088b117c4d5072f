"""Meaning: an answer has the words of one approved wording that carry meaning, and no new one.

words.new: a word that no wording of the template has, and no list of data/rewording.
words.missing, words.added: a heavy word more or less than every approved wording with these slots has.
"""

from collections import Counter

from commentary.rewording.judge.base import Fault
from commentary.rewording.judge.known import APART, Known, heavy, with_slots
from commentary.rewording.judge.units import Unit
from commentary.rewording.slots import OpenSentence


def meaning_faults(units: tuple[Unit, ...], sentence: OpenSentence, known: Known) -> tuple[Fault, ...]:
    """Return which words an answer has that it may not have, and which it lacks."""
    allowed = {unit.key for wording in known.wordings for unit in wording}
    new = [unit for unit in units if unit.kind in ("heavy", "leading", "stop") and unit.key not in allowed | APART]
    if new:
        return tuple(
            Fault("words.new", unit.text, f"“{unit.text}” may say what the sentence does not; leave it out")
            for unit in dict.fromkeys(new)
        )
    own = heavy(units)
    alike = [heavy(wording) for wording in with_slots(sentence, known)]
    if own in alike:
        return ()
    nearest = min(alike, key=lambda other: (_apart(own, other), sorted(other)))
    return (
        *(_missing(key) for key in sorted((nearest - own).elements())),
        *(_added(key, units) for key in sorted((own - nearest).elements())),
    )


def _apart(one: Counter[str], other: Counter[str]) -> int:
    return (one - other).total() + (other - one).total()


def _missing(key: str) -> Fault:
    return Fault("words.missing", "", f"“{key}” is missing, which carries meaning; write it as the sentence does")


def _added(key: str, units: tuple[Unit, ...]) -> Fault:
    text = next(unit.text for unit in units if unit.kind == "heavy" and unit.key == key)
    return Fault("words.added", text, f"“{text}” adds to what the sentence says; leave it out")

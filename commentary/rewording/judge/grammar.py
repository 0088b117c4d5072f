"""Grammar: between what is joined as in an approved wording stand the small words that stand there, or their like.

grammar.joint: an article, a pronoun or an auxiliary is missing, added or another where the wordings have it.
grammar.capital: a word with a capital where no sentence begins.
"""

from commentary.rewording.judge.base import Fault
from commentary.rewording.judge.known import Known, joined
from commentary.rewording.judge.lexicon import Lexicon, lexicon
from commentary.rewording.judge.units import Unit


def grammar_faults(units: tuple[Unit, ...], known: Known, code: str) -> tuple[Fault, ...]:
    """Return where a text is not joined as sentences are."""
    words = lexicon(code)
    shown = {unit.key: unit.text for unit in units}
    found = []
    for (one, other), between in joined(units):
        approved = known.joints.get((one, other), ())
        if approved and not any(_alike(between, each, words) for each in approved):
            said = " ".join((shown[one], *between, shown[other]))
            found.append(
                Fault("grammar.joint", said, f"“{said}” lacks or has a small word; write it as the sentence does")
            )
    names = {name for wording in known.wordings for name in _capitals(wording)}
    found += [
        Fault("grammar.capital", name, f"“{name}” begins no sentence; write it small")
        for name in _capitals(units)
        if name not in names
    ]
    return tuple(found)


def _capitals(wording: tuple[Unit, ...]) -> list[str]:
    """Return the words with a capital that begin no sentence; behind a semicolon none begins."""
    stops = {"", ".", "?"}
    befores = ("", *(unit.text for unit in wording))
    return [
        unit.text
        for unit, before in zip(wording, befores, strict=False)
        if unit.kind not in ("slot", "stop") and unit.text[0].isupper() and before not in stops
    ]


def _alike(one: tuple[str, ...], other: tuple[str, ...], words: Lexicon) -> bool:
    """Say whether two runs of free words are of the same forms."""
    return len(one) == len(other) and all(
        a == b or words.forms.get(a, frozenset()) & words.forms.get(b, frozenset())
        for a, b in zip(one, other, strict=True)
    )

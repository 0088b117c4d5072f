"""A certainty that nobody has."""

from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import follow, lead, reworded, tail
from commentary.runs.check_bench.target import Target

_OPENINGS = (
    "Without a doubt,", "Undoubtedly,", "It is certain that", "There is no question that", "Clearly,",
    "Unquestionably,",
    "It is beyond dispute that", "Everyone knows that", "Make no mistake:", "Inevitably,", "As a matter of fact,",
    "It is a given that", "Beyond any doubt,", "Definitely,",
)  # fmt: skip
_CLAUSES = (
    ", without a doubt", ", and that is certain", ", guaranteed", ", no question about it", ", as is beyond dispute",
    ", which is a sure thing", ", and there is no way around it", ", for certain", ", a foregone conclusion",
    ", and it cannot be otherwise", ", with absolute certainty", ", which nobody can deny", ", inevitably",
)  # fmt: skip
_SENTENCES = (
    "That much is certain.", "There can be no doubt.", "It is a sure thing.", "Nothing can change that.",
    "This is guaranteed.", "It could not be clearer.", "The evidence is conclusive.", "It is bound to happen.",
    "The proof is overwhelming.", "No other reading is possible.", "It always works that way.",
    "The case is closed.", "This never fails.",
)  # fmt: skip
_HEDGES = {
    r"\bprobably\b": ("certainly", "undoubtedly", "definitely", "without question", "plainly"),
    r"\bcould\b": ("must", "will surely", "will certainly", "will inevitably"),
    r"\bmay (overstate|understate|hide)\b": (r"must \1", r"certainly \1s", r"undoubtedly \1s"),
    r"\bcannot be said\b": ("is beyond doubt", "is perfectly clear", "is certain"),
    r"\bis not known\b": ("is known for certain", "is beyond doubt", "is perfectly clear"),
    r"\bis not settled\b": ("is settled beyond doubt", "is certain", "is proven"),
    r"\bestimates?\b": ("proves", "establishes", "confirms"),
    r"\bimplies\b": ("proves", "guarantees", "makes certain"),
}


@operator("certainty before")
def opening(target: Target, chance: Random) -> Edit | None:
    """Open a sentence with how sure it is."""
    return lead(target, chance, _OPENINGS)


@operator("certainty in a clause")
def clause(target: Target, chance: Random) -> Edit | None:
    """Close a sentence with how sure it is."""
    return tail(target, chance, _CLAUSES)


@operator("certainty in a sentence")
def sentence(target: Target, chance: Random) -> Edit | None:
    """Put behind a sentence how sure it is."""
    return follow(target, chance, _SENTENCES)


@operator("hedge made certain")
def hedge(target: Target, chance: Random) -> Edit | None:
    """Write a certainty over a hedge."""
    return reworded(target, chance, _HEDGES)

"""A not that came or went."""

from random import Random

from commentary.runs.check_bench.claims import Never
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import over, pick, reworded, tail
from commentary.runs.check_bench.target import Target

_ADDED = {
    r"\bhas(?= (?:\$|a sum|counted|the liquidation))": (
        "does not have",
        "has no",
        "no longer has",
        "lacks",
        "never had",
    ),
    r"\bwas(?= (?:\$|\d|minus|about))": ("was not", "wasn't", "was never", "was no longer", "was anything but"),
    r"\bwere liquidated\b": (
        "were not liquidated",
        "weren't liquidated",
        "were never liquidated",
        "escaped liquidation",
    ),
    r"\brecorded(?= (?:\$|the))": ("did not record", "didn't record", "never recorded", "failed to record", "denied"),
    r"\bcounts(?= \$)": ("does not count", "doesn't count", "no longer counts", "fails to count"),
    r"\bsettled at\b": ("did not settle at", "didn't settle at", "failed to settle at", "never settled at"),
    r"\bstood at\b": ("did not stand at", "was nowhere near", "no longer stood at"),
    r"\bcame to(?= \$)": ("did not come to", "never came to", "fell short of"),
    r"\bcome to(?= \$|\d)": ("do not come to", "don't come to", "never come to"),
    r"\bequals?(?= \d)": ("does not equal", "is not", "is far from"),
    r"\bis(?= (?:\$|\d|the largest|the [a-z]+-largest))": ("is not", "isn't", "is no longer", "is hardly", "was never"),
    r"\bare(?= (?:\d))": ("are not", "aren't", "are hardly"),
    r"\bputs(?= \$)": ("does not put", "no longer puts", "declines to put"),
    r"\bmodels(?= \$)": ("does not model", "no longer models"),
    r"\bholds(?= \d)": ("does not hold", "holds nowhere near", "fails to hold"),
}
_DROPPED = {
    r"\bcannot\b": ("can", "can now", "can easily"),
    r"\bdoes not\b": ("does", "clearly does", "does indeed"),
    r"\bdo not\b": ("do", "do indeed"),
    r"\bis not\b": ("is", "is indeed", "is clearly"),
    r"\bare not\b": ("are", "are indeed"),
    r"\bNo reading\b": ("A clear reading", "A firm reading"),
    r"\bNo direction\b": ("A clear direction", "Direction is plain"),
    r"\bno history\b": ("a full history", "a long history", "every history"),
    r"\bno dense level\b": ("a dense level", "the dense level"),
    r"\bno support\b": ("support", "firm support"),
    r"\bNo\.": ("Yes.", "Indeed.", "Of course."),
    r"\bNeither\b": ("Either", "Both"),
    r"\bwithout\b": ("with", "along with"),
    r"\bWithout\b": ("With", "Given"),
    r"\bincomplete\b": ("complete", "full", "exhaustive"),
    r"\bnot known\b": ("known", "well known"),
}
_VERBS = {
    "rose": "rise", "fell": "fall", "shrank": "shrink", "rises": "rise", "falls": "fall",
}  # fmt: skip
_DENIED = ("did not {verb}", "didn't {verb}", "never {verb}s", "failed to {verb}", "refused to {verb}", "hardly {past}")
_CLAUSES = (
    ", which is not the case", ", though none of it is real", ", but that is wrong", ", or rather it does not",
    ", which never happened", ", and no such figure exists", ", yet nothing of the kind took place",
    ", a figure that does not hold", ", although it was not so", ", which the data denies", ", but only on paper",
    ", and that is untrue",
)  # fmt: skip


@operator("not put in")
def added(target: Target, chance: Random) -> Edit | None:
    """Deny what a sentence states."""
    return None if target.asks else reworded(target, chance, _ADDED)


@operator("not left out")
def dropped(target: Target, chance: Random) -> Edit | None:
    """Leave out a not, or what stands for one."""
    return reworded(target, chance, _DROPPED)


@operator("move denied")
def move(target: Target, chance: Random) -> Edit | None:
    """Deny a rise or a fall."""
    moved = [each for each in target.told if each.style in ("moved", "falls", "shrank_by", "trigger_fell")]
    told = pick([each for each in moved if each.text.split(" ")[0] in _VERBS], chance)
    if told is None:
        return None
    verb, _, rest = told.text.partition(" ")
    words = chance.choice(_DENIED).format(verb=_VERBS[verb], past=verb)
    return over(told, f"{words} {rest}".rstrip(), Never("it moved so"))


@operator("statement taken back")
def taken_back(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence by a clause that takes it back."""
    return tail(target, chance, _CLAUSES)

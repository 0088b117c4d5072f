"""The gaps of a fact sheet: by source, why it gave nothing, and which kinds of data are missing for that."""

from collections.abc import Mapping
from typing import NamedTuple

from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet

OTHERS = "other figures"
"""What stands for kinds of data that a fact does not name."""
_REASONS = ("gap_reason", "gap_untold_reason")
_KINDS = ("gap_of", "gap_untold_of")


class Gap(NamedTuple):
    """What one source did not give."""

    reasons: frozenset[str]
    """Words of gap rows: "no answer", "no key"."""
    kinds: frozenset[str]
    facts: tuple[Fact, ...]


def held(sheet: FactSheet) -> Mapping[str, Gap]:
    """Return the gaps of every source."""
    found: dict[str, Gap] = {}
    for name in (*_REASONS, *_KINDS):
        for fact in sheet.all(name):
            values = frozenset(fact.text.split("; "))
            for source in fact.source:
                gap = found.get(source, Gap(frozenset(), frozenset(), ()))
                is_reason = name in _REASONS
                found[source] = Gap(
                    gap.reasons | values if is_reason else gap.reasons,
                    gap.kinds if is_reason else gap.kinds | values,
                    (*gap.facts, fact),
                )
    return found


def is_of_gap(fact: Fact) -> bool:
    """Say whether a fact is of what its source did not give."""
    return fact.subject.metric in (*_REASONS, *_KINDS)

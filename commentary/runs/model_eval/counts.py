"""How many open sentences were accepted, at which step, and why others were not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from commentary.records.model_eval import Refusals, SentenceCounts
from commentary.records.writer import Kind
from commentary.rewording.ladder import why_of
from commentary.runs.model_eval.worded import Worded


def counted(worded: Sequence[Worded]) -> SentenceCounts:
    """Return the counts of some open sentences."""
    how = Counter(one.climbed.how for one in worded)
    return SentenceCounts(
        open=len(worded),
        first=how["first"],
        repair=how["repair"],
        resample=how["resample"],
        same=sum(one.climbed.same for one in worded),
        skeleton=sum(one.has_other_skeleton for one in worded),
        own=sum(one.is_own for one in worded),
        fallback=how["template"],
        reasons=_most_first(why_of(one.climbed) for one in worded if one.climbed.text is None),
    )


def refusals(worded: Sequence[Worded]) -> Refusals:
    """Return why answers were refused at any step, and which did not come."""
    first = [(answer.by, answer.faults[0].code) for one in worded for answer in one.climbed.refused]
    met = Counter(code for one in worded for code in one.climbed.met)
    failures = {kind: met[kind] for kind in get_args(Kind) if met[kind]}
    return Refusals(
        judge=_most_first(code for by, code in first if by == "judge"),
        check=_most_first(code for by, code in first if by == "check"),
        failures=dict(sorted(failures.items(), key=lambda pair: -pair[1])),
    )


def _most_first(codes: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(codes).items(), key=lambda pair: (-pair[1], pair[0])))

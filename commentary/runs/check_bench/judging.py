"""Whether a mutant was found: by a finding of its class, on the change, that was not there before."""

from collections.abc import Iterable, Iterator
from typing import Literal

from commentary.records.finding import Finding
from commentary.runs.check_bench.classes import belongs
from commentary.runs.check_bench.entering import Seen
from commentary.runs.check_bench.mutant import Mutant

UNVOUCHED = "altered.words"
"""Words that no rule knows, held back until somebody signs for them: not the error of any class."""
Verdict = Literal["found", "held", "beside", "otherwise", "missed"]


def judge(mutant: Mutant, seen: Seen, before: Iterable[Finding]) -> Verdict:
    """Return what became of a mutant.

    Only errors count as found; a warning does not keep a text from going out. Words that are held back for a
    signature keep it from going out too, but nothing was understood of them: they are counted apart.

    Args:
        mutant: the wrong edit.
        seen: the findings, and where the change is among them.
        before: what is found in the clean text, entering the same way.
    """
    new = tuple(_new(mutant, seen, before))
    here = [finding for finding in new if overlaps(finding.span, seen.changed)]
    if any(finding.severity == "error" and belongs(finding.code, mutant.kind) for finding in here):
        return "found"
    if any(finding.code == UNVOUCHED for finding in here):
        return "held"
    near = [finding for finding in new if finding.path == seen.path and overlaps(finding.span, seen.sentence)]
    if any(finding.severity == "error" and belongs(finding.code, mutant.kind) for finding in near):
        return "beside"
    return "otherwise" if any(finding.severity != "note" for finding in here) else "missed"


def overlaps(one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Say whether two spans share a character."""
    return one[0] < two[1] and two[0] < one[1]


def _new(mutant: Mutant, seen: Seen, before: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings of the changed field that the clean text does not have at the same place."""
    start, end = seen.changed
    grown = len(mutant.text) - len(mutant.before)
    old = [finding for finding in before if finding.path == seen.path]
    known = {(finding.code, finding.text) for finding in old}
    touched = {finding.code for finding in old if overlaps(finding.span, (start, max(start + 1, end - grown)))}
    for finding in seen.findings:
        if finding.path != seen.path:
            continue
        if overlaps(finding.span, seen.changed):
            if finding.code not in touched:
                yield finding
        elif (finding.code, finding.text) not in known:
            yield finding

"""Gaps: what live sources were asked for and did not give. A silent source is not a quiet market."""

from collections.abc import Iterator

from commentary.metrics.base import Given, Result, metric
from commentary.records.fact import Flag

_WHY = {
    "no_answer": "did not answer",
    "refused": "refused",
    "unreadable": "answered in a form that it does not document",
    "empty": "answered with nothing",
    "no_key": "was not asked for want of a key",
    "clock": "has a clock that is off",
    "not_listed": "does not list the asset",
    "not_kept": "is not in the kept replies",
}


@metric("gaps")
def gaps(given: Given) -> Iterator[Result]:
    """Yield one flag for each source and reason, with the sections that it leaves without its rows."""
    missing: dict[tuple[str, str], list[str]] = {}
    for row in given.snapshot.gaps:
        missing.setdefault((row.source or "a source that is not named", row.reason), []).append(row.of)
    for (source, reason), sections in missing.items():
        yield Flag("source_gap", f"{source} {_WHY[reason]}: {', '.join(dict.fromkeys(sections))}")

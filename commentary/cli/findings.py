"""How findings look on a terminal."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commentary.records.finding import Finding

TEXT_PATH = "/text"


def lines(
    findings: "Iterable[Finding]",
    text: str | None = None,
    kind_at: "Callable[[int], str] | None" = None,
    left: "Mapping[Finding, str] | None" = None,
) -> Iterator[str]:
    """Yield a line or more for each finding; with the text, a place is line and column, and what it is called.

    `left` says of findings why they were not mended.
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))] if text is not None else []
    for finding in findings:
        place = _place(finding, starts)
        if starts and kind_at is not None and finding.path == TEXT_PATH and (kind := kind_at(finding.span[0])):
            place += f" ({kind})"
        quoted = f" “{finding.text}”" if finding.text and finding.text not in finding.message else ""
        yield f"{finding.severity}: {place}:{quoted} {finding.message} [{finding.code}]"
        if finding.suggest:
            yield f"    write {' or '.join(f'“{wording}”' for wording in finding.suggest[:3])}"
        if left and (why := left.get(finding)):
            yield f"    left: {why}"


def summary(findings: "Iterable[Finding]") -> str:
    """Return how many findings of each severity there are."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    named = [
        f"{counts[name]} {name}{'' if counts[name] == 1 else 's'}"
        for name in ("error", "warning", "note")
        if name in counts
    ]
    return ", ".join(named) or "no findings"


def _place(finding: "Finding", starts: list[int]) -> str:
    start = finding.span[0]
    if not starts or finding.path != TEXT_PATH:
        return f"{finding.path} {start}-{finding.span[1]}"
    line = bisect_right(starts, start)
    return f"line {line}, column {start - starts[line - 1] + 1}"

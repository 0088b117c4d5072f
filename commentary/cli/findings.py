"""How findings look on a terminal."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commentary.records.finding import Finding

TEXT_PATH = "/text"


def lines(findings: "Iterable[Finding]", text: str | None = None) -> Iterator[str]:
    """Yield a line or two for each finding; with the text, a place is line and column."""
    for finding in findings:
        place = _place(finding, text)
        quoted = f" “{finding.text}”" if finding.text and finding.text not in finding.message else ""
        yield f"{finding.severity}: {place}:{quoted} {finding.message} [{finding.code}]"
        if finding.suggest:
            yield f"    write {' or '.join(f'“{wording}”' for wording in finding.suggest[:3])}"


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


def _place(finding: "Finding", text: str | None) -> str:
    start = finding.span[0]
    if text is None or finding.path != TEXT_PATH:
        return f"{finding.path} {start}-{finding.span[1]}"
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return f"line {line}, column {column}"

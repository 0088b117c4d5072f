"""Checkers: what may stand in a text. They know facts and language, and nothing of how a text was made."""

from collections.abc import Callable, Iterable, Iterator

from commentary.checks.base import Document
from commentary.records.finding import Finding, Findings
from commentary.registry import Registry

Checker = Callable[[Document], Iterable[Finding]]

checks: Registry[Checker] = Registry("commentary.checks")

_ORDER = {"error": 0, "warning": 1, "note": 2}


def run_checks(document: Document) -> Findings:
    """Return what every checker finds, in reading order, errors first at one place."""
    places = {field.path: i for i, field in enumerate(document.fields)}
    found = [finding for _, check in checks.items() for finding in check(document)]
    found = list(_longest(found))
    found.sort(key=lambda item: (places.get(item.path, -1), item.span, _ORDER[item.severity], item.code))
    return Findings.of(found)


def _longest(found: list[Finding]) -> Iterator[Finding]:
    """Yield findings without those of words that another covers: "dragged by" says what "dragged" does."""
    reached: dict[tuple[str, str, str], int] = {}
    for one in sorted(found, key=lambda item: (item.span[0], -item.span[1])):
        kind = (one.code, one.path, one.severity)
        if one.code.startswith("wording.") and one.span[1] <= reached.get(kind, -1):
            continue
        reached[kind] = max(one.span[1], reached.get(kind, -1))
        yield one

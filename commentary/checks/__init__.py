"""Checkers: what may stand in a text. They know facts and language, and nothing of how a text was made."""

from collections.abc import Callable, Iterable

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
    found = [one for one in found if not any(_says_more(other, one) for other in found)]
    found.sort(key=lambda item: (places.get(item.path, -1), item.span, _ORDER[item.severity], item.code))
    return Findings(ok=not any(item.severity == "error" for item in found), findings=tuple(found))


def _says_more(one: Finding, other: Finding) -> bool:
    """Say whether a finding of words covers another of its kind: "dragged by" says what "dragged" does."""
    return (
        one.code.startswith("wording.")
        and (one.code, one.path, one.severity) == (other.code, other.path, other.severity)
        and one.span[0] <= other.span[0]
        and other.span[1] <= one.span[1]
        and one.span != other.span
    )

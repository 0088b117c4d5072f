"""How findings look on a terminal: one line for each place and change, with all that is said of it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from commentary.records.finding import Finding, Severity

TEXT_PATH = "/text"
_ALTERED = "altered."
_SEVERITIES = ("error", "warning", "note")
_SUGGESTED = 3


class Told(NamedTuple):
    """What is said of one place: one finding, or several of the same change."""

    findings: "tuple[Finding, ...]"
    """The one whose words and place are shown, and those beside it."""

    @property
    def first(self) -> "Finding":
        """The finding whose place, words and message are shown."""
        return self.findings[0]

    @property
    def severity(self) -> "Severity":
        """The gravest of them."""
        return min((one.severity for one in self.findings), key=_SEVERITIES.index)

    @property
    def codes(self) -> str:
        """Their codes, each once: "altered.direction, altered.asset"."""
        return ", ".join(dict.fromkeys(one.code for one in self.findings))

    @property
    def message(self) -> str:
        """What is wrong and what to do; an edit is told by what was approved, which answers all that is said of it."""
        if self.first.code.startswith(_ALTERED):
            return self.first.message
        of_codes = {one.code: one.message for one in reversed(self.findings)}
        said = dict.fromkeys(of_codes[code] for code in self.codes.split(", "))
        # What begins another message is said there.
        return "; and ".join(one for one in said if not any(each != one and each.startswith(one) for each in said))


def told(findings: "Iterable[Finding]") -> list[Told]:
    """Return findings with those of the same words, or of the same change, as one."""
    gathered: list[list[Finding]] = []
    by_span: dict[tuple[str, tuple[int, int]], list[Finding]] = {}
    for finding in findings:
        key = (finding.path, finding.span)
        # What stands at no words is about the whole of a field, each of it for itself.
        if finding.span[0] == finding.span[1] or key not in by_span:
            by_span[key] = [finding]
            gathered.append(by_span[key])
        else:
            by_span[key].append(finding)
    changes = [one for one in gathered if _is_change(one)]
    kept = []
    for one in gathered:
        change = None if _is_change(one) else next((each for each in changes if _is_of(one, each)), None)
        if change is None:
            kept.append(one)
        else:
            change += one
    return [Told(tuple(sorted(one, key=lambda each: not each.code.startswith(_ALTERED)))) for one in kept]


def _is_change(findings: "list[Finding]") -> bool:
    return any(one.code.startswith(_ALTERED) for one in findings)


def _is_of(findings: "list[Finding]", change: "list[Finding]") -> bool:
    """Say whether findings are about a change: they touch it, and what was changed is what they speak of."""
    one, other = findings[0], change[0]
    touches = one.path == other.path and one.span[0] < other.span[1] and other.span[0] < one.span[1]
    rules = {each.code.partition(".")[2] for each in change if each.code.startswith(_ALTERED)}
    return touches and all(each.code.partition(".")[2] in rules for each in findings)


def lines(
    findings: "Iterable[Finding]",
    text: str | None = None,
    kind_at: "Callable[[int], str] | None" = None,
    place_of: "Callable[[Finding], int | None] | None" = None,
    left: "Mapping[Finding, str] | None" = None,
) -> Iterator[str]:
    """Yield a line or more for each thing that is told; with the text, a place is line and column, and what it is.

    Args:
        findings: what the check found.
        text: the text as it stands in its file.
        kind_at: what a place of a page is called where it is not in its running text.
        place_of: where in the text a finding in a field of a draft stands.
        left: why a finding was not mended.
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))] if text is not None else []
    for one in told(findings):
        finding = one.first
        place = _place(finding, starts, kind_at, place_of)
        quoted = f" “{finding.text}”" if finding.text and finding.text not in one.message else ""
        yield f"{one.severity}: {place}:{quoted} {one.message} [{one.codes}]"
        wordings = dict.fromkeys(wording for each in one.findings for wording in each.suggest)
        if wordings:
            yield f"    write {' or '.join(f'“{wording}”' for wording in islice(wordings, _SUGGESTED))}"
        whys = dict.fromkeys(why for each in one.findings if left and (why := left.get(each)))
        yield from (f"    left: {why}" for why in whys)


def summary(findings: "Iterable[Finding]") -> str:
    """Return how many things of each severity are told."""
    counts: dict[str, int] = {}
    for one in told(findings):
        counts[one.severity] = counts.get(one.severity, 0) + 1
    named = [f"{counts[name]} {name}{'' if counts[name] == 1 else 's'}" for name in _SEVERITIES if name in counts]
    return ", ".join(named) or "no findings"


def _place(
    finding: "Finding",
    starts: list[int],
    kind_at: "Callable[[int], str] | None",
    place_of: "Callable[[Finding], int | None] | None",
) -> str:
    start = finding.span[0]
    if finding.path == TEXT_PATH and starts:
        kind = kind_at(start) if kind_at is not None else ""
        return f"{_line(start, starts)} ({kind})" if kind else _line(start, starts)
    place = place_of(finding) if place_of is not None else None
    if place is not None and starts:
        return f"{_line(place, starts)} ({finding.path})"
    path = finding.path or "the text as a whole"
    return f"{path} {start}-{finding.span[1]}" if finding.span[1] > start else path


def _line(place: int, starts: list[int]) -> str:
    line = bisect_right(starts, place)
    return f"line {line}, column {place - starts[line - 1] + 1}"

"""The right figure over the wrong length of time."""

import re
from random import Random

from commentary.runs.check_bench.claims import Claim, Never, Other
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import put
from commentary.runs.check_bench.target import TIMES, WINDOWS, Target, Told

_HOURS = {
    "12 hours": "12", "48 hours": "48", "36 hours": "36", "four hours": "4", "eight hours": "8", "hour": "1",
    "two days": "48", "three days": "72", "seven days": "168", "week": "168", "30 days": "720", "month": "720",
    "72 hours": "72", "six hours": "6",
}  # fmt: skip
_ADJECTIVES = {
    "12-hour": "12", "48-hour": "48", "four-hour": "4", "eight-hour": "8", "one-hour": "1", "two-day": "48",
    "three-day": "72", "seven-day": "168", "30-day": "720", "weekly": "168", "monthly": "720", "hourly": "1",
    "24-hour": "24", "daily": "24",
}  # fmt: skip
_LOOSE = (
    "over the past week", "over the weekend", "overnight", "in the past hour", "this month", "over the last few days",
    "in a single session", "since the start of the year", "over the quarter", "within minutes", "in the last two days",
    "during the past fortnight",
)  # fmt: skip
_LENGTH = re.compile(r"\b(?:\d+|two|three|four|seven|eight|twelve) (?:hours|days)\b")
_ADJECTIVE = re.compile(r"\b(?:\d+|one|two|four|seven|eight)-(?:hour|day)\b")


@operator("length of a window")
def length(target: Target, chance: Random) -> Edit | None:
    """Write another length where a window is told."""
    return _changed(target, chance, _LENGTH, _HOURS, TIMES | WINDOWS)


@operator("adjective of a window")
def adjective(target: Target, chance: Random) -> Edit | None:
    """Write another length where it stands before a noun."""
    return _changed(target, chance, _ADJECTIVE, _ADJECTIVES, WINDOWS)


@operator("loose words for a window")
def loose(target: Target, chance: Random) -> Edit | None:
    """Write a window that nobody measured for the one that was."""
    found = [told for told in target.told if told.style in ("to_when", "to_clock")]
    if not found:
        return None
    told = chance.choice(found)
    words = chance.choice(_LOOSE)
    if told.text[:1].isupper():
        words = words[:1].upper() + words[1:]
    return put(told.start, told.end, words, Never("nothing was measured over it"))


def _changed(
    target: Target, chance: Random, pattern: re.Pattern[str], words: dict[str, str], styles: frozenset[str]
) -> Edit | None:
    found = [(told, match) for told in target.told if told.style in styles for match in pattern.finditer(told.text)]
    if not found:
        return None
    told, match = chance.choice(found)
    new = chance.choice([each for each in words if each != match[0]])
    return put(told.start + match.start(), told.start + match.end(), new, _claim(told, words[new]))


def _claim(told: Told, hours: str) -> Claim:
    """Return the claim that the fact is of a window of so many hours."""
    if told.fact.subject.window_hours is None or told.fact.unit in ("hours", "days"):
        return Never("the rule has another length")
    return Other(told.fact.id, "window", hours)

"""The right figure at the wrong time."""

import re
from random import Random

from commentary.runs.check_bench.claims import Claim, Never, Other
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import put
from commentary.runs.check_bench.target import TIMES, Target, Told

_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_ZONES = ("ET", "EST", "CET", "GMT+8", "local time", "JST", "PT", "in New York", "IST", "BST", "CST", "in Tokyo")
_LOOSE = (
    "two weeks ago", "last month", "in October last year", "a fortnight earlier", "last quarter", "a month ago",
    "on New Year's Day", "the week before last", "last year", "three weeks ago", "a year ago", "ten days ago",
)  # fmt: skip
_CLOCK = re.compile(r"\b(\d\d):(\d\d)\b")
_DAY = re.compile(rf"({'|'.join(map(re.escape, _MONTHS))}) (\d\d?)\b")


@operator("clock")
def clock(target: Target, chance: Random) -> Edit | None:
    """Write another hour or minute."""
    found = _places(target, _CLOCK)
    if not found:
        return None
    told, match = chance.choice(found)
    hour, minute = int(match[1]), int(match[2])
    wrong = chance.choice(
        (
            f"{(hour + chance.randint(1, 23)) % 24:02}:{minute:02}",
            f"{hour:02}:{(minute + 5 * chance.randint(1, 11)) % 60:02}",
            f"{(hour + 12) % 24:02}:{minute:02}",
        )
    )
    return put(told.start + match.start(), told.start + match.end(), wrong, _claim(told, wrong))


@operator("day")
def day(target: Target, chance: Random) -> Edit | None:
    """Write another day or month."""
    found = _places(target, _DAY)
    if not found:
        return None
    told, match = chance.choice(found)
    month, number = match[1], int(match[2])
    if chance.random() < 0.7:
        number = chance.choice([each for each in range(1, 29) if each != number])
    else:
        month = chance.choice([each for each in _MONTHS if each != month])
    return put(told.start + match.start(), told.start + match.end(), f"{month} {number}", Never("it was another day"))


@operator("zone")
def zone(target: Target, chance: Random) -> Edit | None:
    """Write another time zone."""
    found = _places(target, re.compile("UTC"))
    if not found:
        return None
    told, match = chance.choice(found)
    new = chance.choice(_ZONES)
    return put(told.start + match.start(), told.start + match.end(), new, Never("the clock is of another zone"))


@operator("loose words for a time")
def loose(target: Target, chance: Random) -> Edit | None:
    """Write a time long gone for the one that is told."""
    found = [
        (told, "at " if target.text[told.start - 3 : told.start] in ("at ", "At ") else "")
        for told in target.told
        if told.style in ("clock", "when")
    ]
    found = [each for each in found if each[1]]
    if not found:
        return None
    told, before = chance.choice(found)
    start = told.start - len(before)
    words = chance.choice(_LOOSE)
    if target.text[start : start + 1].isupper():
        words = words[:1].upper() + words[1:]
    return put(start, told.end, words, Never("it was not then"))


def _places(target: Target, pattern: re.Pattern[str]) -> list[tuple[Told, re.Match[str]]]:
    return [(told, match) for told in target.told if told.style in TIMES for match in pattern.finditer(told.text)]


def _claim(told: Told, clock: str) -> Claim:
    """Return the claim that the fact held at another hour of the day."""
    if told.fact.unit == "time" or told.style in ("to_when", "to_clock"):
        return Never("the window or the test ends at another hour")
    return Other(told.fact.id, "clock", clock)

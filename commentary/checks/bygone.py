"""Figures of a time gone by: the settlements that a sentence names by their time, and values of the day before.

A settlement of the past two days is told with its time, "at 16:00 UTC on May 7", or by its place, "the settlement
before", "on the previous day"; who paid then its own sign says.
"""

import re
from collections.abc import Iterable
from datetime import timedelta

from commentary.checks.base import TIMES, Statement, Told
from commentary.checks.scene import Scene, Span
from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet

EARLIER = ("funding_previous", "funding_past", "liq_previous", "oi_from_", "told_", "settled_level", "settled_bound")
"""Beginnings of metrics that were the value before the present one."""
PAST = ("funding_before", "funding_previous", "funding_past")
OURS = ("told_", "settled_")
"""Those that an earlier story of ours told, which has to be named."""
TOLD = re.compile(
    r"\b(?:(?:our|the) (?:[\w.]+ ){0,4}?(?:stor(?:y|ies)|tests?)|we (?:had )?(?:told|wrote|set|asked|gave|reported)"
    r"|that model (?:also )?had"
    r"|what became of|(?:our|the) (?:bound|level)|(?:a|the|our) test of|tests? (?:stood|failed|lapses?))\b",
    re.I,
)
"""Words that name an earlier story of ours, or the test that it set."""
DAY_BEFORE = re.compile(
    r"\b(?:(?:the )?(?:previous|preceding|prior) (?:day|24 hours)|(?:the |a )?day (?:before|earlier|ago)"
    r"|24 hours (?:before|earlier|ago)|yesterday)\b",
    re.I,
)
_SETTLEMENT = re.compile(r"\b(?:settlement|rate|one)(?: of)? \Z", re.I)
_FROM_PAYING = re.compile(
    r"\b(?:swung|flipped|switched|turned|changed|moved|gone|went|shifted|passed|swings?|flips?|turns?)\b[^.;:]{0,40}?"
    r"\bfrom (?:the )?(?:longs?|shorts?) \w+ing\b[^.;:,]{0,40}? to (?=(?:the )?(?:longs?|shorts?) \w+ing\b)",
    re.I,
)
"""A turn told by both of its ends: up to its "to" it tells of a settlement before."""
_LATEST = re.compile(
    r"\b(?:latest|newest|most recent|last) (?:[A-Z]\w+ )?(?:settlement|one)\b(?! but one)|\bnow\b", re.I
)
_ALSO_NOW = re.compile(r"\b(?:as|like|just as) (?:at |in |with )?(?:the )?\Z", re.I)
"""Before "the settlement before": what is said of it is said of the latest one."""
_NOW = re.compile(r"\b(?:now|currently|at present|at the latest|by the latest|this time)\b", re.I)
_MIDNIGHT = re.compile(r"\bmidnight\b", re.I)
_ONE_BEFORE = re.compile(
    r"\b(?:(?:previous|preceding|prior|earlier) (?:settlement|one|print|payment|interval)|settlement (?:before|earlier)"
    r"|(?:one|time) before|last settlement but one|eight hours (?:before|earlier|ago))\b",
    re.I,
)
_HAD = re.compile(
    r"\bhad (?:been )?(?:pa(?:id|ying)|receiv\w+|collect\w+|owed|handed|funded|compensat\w+)\b",
    re.I,
)
"""What was so before, whenever that was."""
_ASIDE = re.compile(r", (?:after|where|when|before|whereas|while|though|as) ", re.I)


def day_before(scene: Scene, span: Span | None = None) -> bool:
    """Say whether a stretch, or the whole sentence, speaks of the day before."""
    low, high = span or (scene.start, scene.end)
    return DAY_BEFORE.search(scene.text, low, high) is not None


def names_time(sheet: FactSheet, statement: Statement, told: Told) -> bool:
    """Say whether the time of an earlier figure stands in its sentence, by day or by a clock of no present figure."""
    own = told.fact.as_of
    if any(other.style == "began" and other.fact is told.fact for other in statement.told):
        return True
    now = {fact.as_of for name in ("funding_rate", "liq_total", "oi_coin") for fact in sheet.all(name)}
    if own in now:
        # An earlier level of a window that ends now has the present time, and no time of its own.
        return False
    clocks = {(moment.hour, moment.minute) for moment in now}
    for other in statement.told:
        if other.style not in TIMES or other is told:
            continue
        alone = other.style == "clock" and (own.hour, own.minute) in clocks
        if (other.fact.as_of == own and not alone) or (other.style == "day" and other.fact.as_of.date() == own.date()):
            return True
    return False


def rates_then(sheet: FactSheet, statement: Statement, at: int) -> list[Fact] | None:
    """Return the settled rates of the time that the clause at a place names; None where it names none."""
    scene = statement.scene
    low, high = _whole(scene, at)
    if any(match.start() <= at < match.end() for match in _FROM_PAYING.finditer(scene.text, scene.start, scene.end)):
        return [fact for name in PAST for fact in sheet.all(name)]
    if (comma := scene.text.rfind(", ", low, at)) >= 0 and _NOW.search(scene.text, comma, high):
        # "Where shorts had been paying a day earlier, longs now pay".
        low = comma
    named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
    rates = [fact for name in ("funding_rate", *PAST) for fact in sheet.all(name)]
    rates = [fact for fact in rates if fact.subject.venue in named] or rates
    times = [one for one in statement.told if one.style in TIMES and low <= one.mention.start < high]
    found = [fact for fact in rates if any(_is_of(fact, one) for one in times)]
    if found and _MIDNIGHT.search(scene.text, low, high):
        found = [fact for fact in found if not fact.as_of.hour] or found
    if found:
        return found
    newest = [fact for fact in rates if fact.subject.metric == "funding_rate"]
    if match := DAY_BEFORE.search(scene.text, low, high):
        if _SETTLEMENT.search(scene.text[low : match.start()]):
            # "At the settlement a day earlier" is one, and "on the previous day" are all of that day.
            return [fact for fact in rates if fact.subject.metric == "funding_previous"] or None
        return _earlier(rates, newest, timedelta(hours=24)) or None
    before = _ONE_BEFORE.search(scene.text, low, high)
    if before and _LATEST.search(scene.text, at, before.start()):
        # "Shorts paying longs at the latest settlement and longs paying shorts at the one before".
        return None
    if before and not _ALSO_NOW.search(scene.text, low, before.start()):
        return [fact for fact in rates if fact.subject.metric == "funding_before"] or None
    had = _HAD.search(scene.text, low, high)
    # "Shorts paid longs, after longs had paid": what stands before the comma is of the latest.
    if had and not _ASIDE.search(scene.text, at, had.start()):
        return [fact for fact in rates if fact.subject.metric in PAST] or None
    return None


_SAID_OF = re.compile(r"(?:longs?|shorts?) (?:\w+ )?(?:paid|received|owed|collected)\b(?! (?:again|now))", re.I)


def _whole(scene: Scene, at: int) -> Span:
    """Return the clause at a place, with the one of a time gone by that it goes on from.

    "A day before the rate was 0.012%, and longs paid".
    """
    low, high = scene.clause(at)
    and_ = scene.text[:low].endswith(", ") and scene.text.startswith("and ", low)
    start = scene.clause(low - 3)[0] if and_ and low - 3 > scene.start else low
    goes_on = _SAID_OF.match(scene.text, low + len("and "), high) if and_ else None
    if goes_on and _DAY_BEFORE_FIRST.match(scene.text, start) and not _NOW.search(scene.text, low, high):
        return start, high
    return low, high


_DAY_BEFORE_FIRST = re.compile(rf"(?:{DAY_BEFORE.pattern})", re.I)


def rates_dated(statement: Statement, at: int) -> list[Fact]:
    """Return the earlier rates whose time stands in the clause at a place: "shorts had last paid on May 13"."""
    low, high = statement.scene.clause(at)
    dated = [one for one in statement.told if one.style in TIMES and low <= one.mention.start < high]
    return [one.fact for one in dated if one.metric in (*PAST, "funding_same_last")]


def _is_of(fact: Fact, told: Told) -> bool:
    if told.style in ("day", "moment_day"):
        return fact.as_of.date() == told.fact.as_of.date()
    return fact.as_of == told.fact.as_of


def _earlier(rates: Iterable[Fact], newest: Iterable[Fact], by: timedelta) -> list[Fact]:
    """Return the rates of the day before the newest, and the one settled so long before it."""
    days = {(fact.subject.venue, (fact.as_of - by).date()) for fact in newest}
    return [fact for fact in rates if (fact.subject.venue, fact.as_of.date()) in days]

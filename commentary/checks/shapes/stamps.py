"""When each kind of data was taken: its time or date, its age, and which of two was taken first."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.checks.base import Document, Statement, Told
from commentary.checks.clock import told_with
from commentary.checks.numerals import NUMERALS
from commentary.checks.occasions import kinds_in
from commentary.checks.scene import Span
from commentary.checks.shapes.saying import absolute, error, turned
from commentary.languages.phrases import Mark
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_KINDS: dict[str, tuple[str, ...]] = {
    "kind:price": ("price", "price_change", "price_low", "price_high"),
    "kind:open_interest": ("oi_coin", "oi_usd", "oi_change_coin", "oi_change_usd"),
    "kind:map": ("reach_size", "cluster_size", "map_window", "side_total"),
    "kind:funding": (
        "funding_rate",
        "funding_before",
        "funding_previous",
        "funding_interval",
        "funding_interval_before",
    ),
    "kind:liquidations": ("liq_total", "liq_size", "order_size"),
    "kind:depth": ("depth",),
    "kind:band": ("band_low", "band_marked"),
}
"""Kinds of data, with the metrics that tell when they were taken."""
_LOOSE = frozenset(
    {"level", "levels", "trade", "trades", "trading", "traded", "mark", "spot", "foot", "reach", "reaches"}
)
_SAME_MINUTES = 15
"""Vendors refresh their counts every five to fifteen minutes."""
_AT = re.compile(
    r"\b(?:at|on|of|from|dated|dates|stamped|as of|belongs? to|belonged to) (?:(?:the )?(?:morning|evening|afternoon"
    r"|night) of )?(?:the )?$",
    re.I,
)
_READ = (
    r"(?:drew|drawn|draws|made|makes|took|taken|takes|read|reads|computed|computes|issued|issues|published|publishes"
    r"|updated|updates|refreshed|refreshes|stamped|stamps|dated|dates|counted|counts|recorded|records|compiled"
    r"|compiles"
    r"|produced|released|renewed|captured|struck|set|calculated|generated|modelled|modeled|settled|settles|printed"
    r"|posted|marked|collected|gathered|measured|timed|timestamped|logged|put together|worked out|pulled|saved"
    r"|polled|sampled|observed|noted)"
)
_ORDER = re.compile(
    rf"\b{_READ}\b(?P<own>[^,;:.]{{0,60}}?)\b(?:(?P<after>after|later than|behind)|(?P<before>before|earlier than"
    r"|ahead of|prior to))\b",
    re.I,
)
_MOVED = re.compile(
    r"\b(?:drop\w*|fall\w*|fell|ris\w+|rose|chang\w+|mov\w+|next|liquidated|would|half|one|slid\w*|previous)\b", re.I
)
_OLD = re.compile(
    r"\b(?P<than>less than|under|within|fewer than|no more than|not even|more than|over|at least|well over"
    r"|at most)? ?"
    r"(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|[0-9]+|several|many|only|mere|just)? ?(?:few )?"
    r"(?P<unit>minutes?|hours?|days?|weeks?)[ -](?:old\b|of age\b|(?:before|prior to|ahead of) (?:the"
    r"|this) (?:snapshot"
    r"|text|report|time of writing)\b)",
    re.I,
)
_WHICH = re.compile(
    r"(?:\b(?:that|which) (?:is|was|are|were)|, by now|, now)(?: just| only| now| already| more than| over| less"
    r" than)*\s*\Z",
    re.I,
)
_HOURS = {"minute": Decimal(1) / 60, "hour": Decimal(1), "day": Decimal(24), "week": Decimal(168)}
_LOOSELY = {"minute": (0, 1), "hour": (1, 48), "day": (24, 336), "week": (168, 2000)}
"""Between how many hours an age lies that is told in a unit without a number."""
_CURRENT = re.compile(
    r"\b(?:is|are|was|were|looks?) (?:still |all |quite |very |both )?(?:(?P<fresh>fresh|up to date"
    r"|up to the minute|live"
    r"|brand new)|(?P<stale>stale|out of date|outdated))\b",
    re.I,
)
_NEW, _RECENT, _INTERVAL = Decimal("0.5"), Decimal(2), Decimal(8)
"""In hours: what is younger is new, what is older is no longer fresh; a settlement is fresh until the next."""
_FIRST = re.compile(
    r"\b(?:(?P<new>newest|freshest|most recent|youngest|most up to date)|(?P<old>oldest|stalest|least recent"
    r"|most dated)"
    r")\b(?= (?:of (?:all|the data|them|these|everything|the lot)|among|in the (?:snapshot|data|file)|part|piece|item"
    r"|figure|data\b|input|entry|of the (?:figures|data|measures|inputs)))",
    re.I,
)
_BESIDE = re.compile(r"\b(?:unlike|than|whereas|not) (?:\S+ ){0,3}$", re.I)


def dated(document: Document, statement: Statement) -> Iterator[Finding]:
    """A time or a date of a kind of data is one at which it was taken."""
    scene = statement.scene
    for told in statement.told:
        if told.metric in ("outage", "notice") and kinds_in(scene.text, scene.start, scene.end):
            # "Bybit announced a new funding interval at 21:00 UTC": shapes.occasions asks that.
            continue
        if told.style not in ("clock", "when", "day") or not _AT.search(scene.text[scene.start : told.mention.start]):
            continue
        low, high = scene.clause(told.mention.start)
        figures = [one.fact for one in statement.figures() if low <= one.mention.start < high]
        unsure = scene.said(("denial", "aged", "conditional", "ruled"), (low, high))
        # A time of day beside a figure is the business of clock.time.
        if unsure or (figures and told.style != "day"):
            continue
        # "The map was made at 12:55 UTC, the time of the price": of what stands before it, if anything does.
        named = _named(statement, (low, told.mention.start)) or _named(statement, (low, high))
        times = [pair for mark in named for pair in _times(document, mark.name)]
        times += [(one.as_of, one) for fact in figures for one in told_with(document, fact)]
        if times and not any(_is_at(told, moment, fact) for moment, fact in times):
            moment, fact = times[0]
            message = f"{fact.id} is of {moment:%Y-%m-%d %H:%M} UTC; write its own time"
            span = (told.mention.start, told.mention.end)
            yield error(document, statement, "roles.time", span, message, fact)


_PART = re.compile(
    r"\b(?:in the (?:early |late )?(?P<part>morning|afternoon|evening)|(?P<night>overnight|in the night|at night))\b"
    r"(?! (?:of|and))",
    re.I,
)
_PARTS = {"morning": range(5, 13), "afternoon": range(12, 19), "evening": range(17, 24), "night": (*range(7), 22, 23)}
"""Hours of the clock of a part of the day; at its edges one hour may be of both."""


def part_of_day(document: Document, statement: Statement) -> Iterator[Finding]:
    """A kind of data that is said to be of the morning or the night was taken then, in UTC."""
    scene = statement.scene
    for match in _PART.finditer(statement.text):
        start, end = absolute(statement, match)
        low, high = scene.clause(start)
        if scene.said(("denial", "move:", "conditional"), (low, high)):
            continue
        hours = _PARTS["night" if match["night"] else match["part"].casefold()]
        times = [pair for mark in _named(statement, (low, start))[-1:] for pair in _times(document, mark.name)]
        if times and all(moment.hour not in hours for moment, _ in times):
            moment, fact = times[0]
            message = f"{fact.id} is of {moment:%H:%M} UTC; write that"
            yield error(document, statement, "roles.time", (start, end), message, fact)
            return


def ordered(document: Document, statement: Statement) -> Iterator[Finding]:
    """Of two kinds of data the one that is said to have been taken first was."""
    scene = statement.scene
    for match in _ORDER.finditer(statement.text):
        end = statement.start + match.end()
        low, high = scene.start, scene.clause(end - 1)[1]
        first, second = _named(statement, (low, end)), _named(statement, (end, scene.end))
        if not first or not second or _MOVED.search(scene.text[end : second[0].end]):
            continue
        if len(scene.text[end : second[0].start].split()) > 3 or _MOVED.search(scene.text[first[-1].end : end]):
            continue
        if len(scene.text[first[-1].end : end].split()) > 8 or scene.said("denial", (first[-1].start, high)):
            continue
        one, two = _times(document, first[-1].name), _times(document, second[0].name)
        later = bool(match["after"])
        if first[-1].name == second[0].name or not one or not two:
            continue
        if not any((a > b) == later and a != b for a, _ in one for b, _ in two):
            yield turned(document, statement, match, (one[0][1], two[0][1]), "time")
            return


def aged(document: Document, statement: Statement) -> Iterator[Finding]:
    """A kind of data is as old as it is said to be."""
    scene = statement.scene
    for match in _OLD.finditer(statement.text):
        start, end = absolute(statement, match)
        low, _ = scene.clause(start)
        if scene.said("denial", (low, start)):
            continue
        unit = _HOURS[match["unit"].casefold().rstrip("s")]
        word, than = (match["n"] or "").casefold(), (match["than"] or "").casefold()
        number = int(word) if word.isdecimal() else NUMERALS.get(word)
        if number is None and than:
            continue
        if number is None:
            least, most = map(Decimal, _LOOSELY[match["unit"].casefold().rstrip("s")])
        elif than in ("more than", "over", "at least", "well over"):
            least, most = number * unit, Decimal("Infinity")
        elif than:
            least, most = Decimal(0), number * unit
        else:
            least, most = number * unit * Decimal("0.6"), number * unit * Decimal("1.6")
        attributive = [mark for mark in _named(statement, (end, scene.end)) if mark.start == end + 1]
        named = _named(statement, (low, start))
        if _WHICH.search(scene.text, low, start):
            # "The level on a map that is three days old": of the last, and not of the price before it.
            named = named[-1:]
        for mark in attributive or named:
            if _BESIDE.search(scene.text[low : mark.start]):
                continue
            ages = [(_age(document, moment), fact) for moment, fact in _times(document, mark.name)]
            if ages and not any(least <= age <= most for age, _ in ages):
                why = f"{ages[0][1].id} is {ages[0][0]:.1f} hours old; write that"
                yield error(document, statement, "roles.time", (start, end), why, ages[0][1])
                return


_WITHIN = re.compile(
    r"\bwithin (?:the|an|one) (?:past |last )?hour\b|\b(?:minutes|moments|seconds) (?:before|ahead of|prior to) the"
    r" snapshot\b",
    re.I,
)


def within_hour(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said to have been taken within the hour is no more than an hour old."""
    match = _WITHIN.search(statement.text)
    if match is None or not re.search(rf"\b{_READ}\b", statement.text, re.I) or statement.scene.said("denial"):
        return
    for mark in _named(statement, (statement.start, statement.end)):
        ages = [(_age(document, moment), fact) for moment, fact in _times(document, mark.name)]
        if ages and all(age > 1 for age, _ in ages):
            why = f"{ages[0][1].id} is {ages[0][0]:.1f} hours old; write that"
            yield error(document, statement, "roles.time", absolute(statement, match), why, ages[0][1])
            return


def current(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is called current is no more than some hours old, and what is called stale is not new."""
    scene = statement.scene
    match = _CURRENT.search(statement.text)
    if match is None:
        return
    start, end = absolute(statement, match)
    low, _ = scene.clause(start)
    if scene.said(("denial", "conditional"), (low, start)):
        return
    for mark in _named(statement, (low, start)):
        ages = [(_age(document, moment), fact) for moment, fact in _times(document, mark.name)]
        least = min((age for age, _ in ages), default=Decimal(0))
        wrong = least < _NEW if match["stale"] else least > (_INTERVAL if mark.name == "kind:funding" else _RECENT)
        if ages and wrong and not _BESIDE.search(scene.text[low : mark.start]):
            why = f"{ages[0][1].id} is {least:.1f} hours old; write that"
            yield error(document, statement, "roles.time", (start, end), why, ages[0][1])
            return


def newest(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said to be the newest of the data, or the oldest, is."""
    match = _FIRST.search(statement.text)
    if match is None or statement.scene.said("denial"):
        return
    named = _named(statement, statement.scene.clause(statement.start + match.start()))
    every = [pair for kind in _KINDS for pair in _times(document, kind)]
    own = _times(document, named[0].name) if named else []
    if not own:
        return
    beyond = [fact for moment, fact in every if (moment > own[0][0]) == bool(match["new"]) and moment != own[0][0]]
    if beyond:
        yield turned(document, statement, match, (own[0][1], beyond[0]), "time")


def _named(statement: Statement, span: Span) -> list[Mark]:
    scene = statement.scene
    return [
        mark for mark in scene.said("kind:", span) if mark.name in _KINDS and scene.word(mark).casefold() not in _LOOSE
    ]


def _times(document: Document, kind: str) -> list[tuple[datetime, Fact]]:
    """Return when the facts of a kind were taken: those that were read, where there are any."""
    facts = [fact for fact in document.sheet if fact.subject.metric in _KINDS[kind] and not fact.is_house]
    observed = [fact for fact in facts if not fact.inputs] or facts
    return [(fact.as_of, fact) for fact in observed]


def _age(document: Document, moment: datetime) -> Decimal:
    return Decimal((document.edition.as_of - moment) / timedelta(hours=1))


def _is_at(told: Told, moment: datetime, fact: Fact) -> bool:
    wanted = told.fact.as_of
    if told.style == "day":
        begun = moment - timedelta(hours=float(fact.subject.window_hours or 0))
        return wanted.date() == moment.date() or (fact.quantity != "rate" and wanted.date() == begun.date())
    apart = abs((wanted - moment).total_seconds()) / 60
    if fact.subject.metric.startswith(("liq_", "oi_")) and fact.subject.window_hours is not None:
        begun = moment - timedelta(hours=float(fact.subject.window_hours))
        apart = min(apart, abs((wanted - begun).total_seconds()) / 60)
    return apart <= (0 if fact.subject.metric.startswith(("price", "funding")) else _SAME_MINUTES)

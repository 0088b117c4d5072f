"""What is told of an outage, a notice or a draw on a fund, held against those that the facts have.

roles.venue: of another exchange. roles.source: by somebody who did not say so. roles.time: at another time, or the time
of the notice for the one from which it holds. wording.foreign: of a kind, or in a state, that nobody reported.
roles.held: what no notice of the kind says. roles.denied: a kind at hand denied. wording.cause: a notice that works.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from commentary.checks.base import TIMES, Document, Statement, Told
from commentary.checks.numerals import NUMERALS
from commentary.checks.occasions import Named, Occasion, kinds, kinds_in, occasions, telling, tells
from commentary.checks.patterns import pattern
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.languages.phrases import Mark
from commentary.records.finding import Finding

_OPEN = ("denial", "unknown", "absent", "conditional", "ruled", "lacks_data", "disclaims")
_WORDS = r"(?: (?!and |but |or |while |as |whether )[\w'’-]+){0,%d}?"
_NO = re.compile(r"\b(?:no|not an?|nor an?|without an?|never had an?) \Z", re.I)
_NAMED_BY = re.compile(r"\b(?:according to|reported by|announced by|counted by|says?|said|by (?!the\b)) ?\Z", re.I)
_MANY = re.compile(
    rf"\b(?P<n>{'|'.join(NUMERALS)}|several|many) "
    r"(?:different |other |independent )?(?:sources?|vendors?|providers?|accounts?)\b(?! cover)",
    re.I,
)
_SEVERAL = 3
_INTERVALS = ("funding_interval", "funding_previous_interval")
_SET_FOR = re.compile(r"\b(?:for|sets?) \Z", re.I)
_HOLDS = re.compile(r"takes? effect|took effect|in(?:to)? force|appl\w+|effective", re.I)


def _quoted(statement: Statement) -> tuple[tuple[int, int], ...]:
    return tuple(
        (told.mention.start, told.mention.end)
        for told in statement.told
        if told.fact.unit == "name" and told.style in ("quoted", "name")
    )


def _kinds(statement: Statement) -> tuple[Named, ...]:
    return kinds_in(statement.field.text, statement.start, statement.end, _quoted(statement))


def _givers(statement: Statement) -> list[tuple[str, Mark]]:
    return [(mark.name.removeprefix("giver:"), mark) for mark in statement.scene.said("giver:")]


def _left_open(statement: Statement, at: int) -> bool:
    clause = statement.scene.clause(at)
    return supposes(statement.scene, clause) or bool(statement.scene.said(_OPEN, clause))


def of_venue(document: Document, statement: Statement) -> Iterator[Finding]:
    """A kind that is told of an exchange is one that was told of it."""
    held = occasions(document.sheet)
    if not held:
        return
    text = statement.field.text
    told = {one.kind for one in held}
    for one in _kinds(statement):
        if _left_open(statement, one.span[0]):
            continue
        owner = _owner(statement, one, document.vocabulary.known.venues)
        if one.kind not in told:
            times = any(mention.style in TIMES for mention in statement.told)
            if owner is not None or times:
                why = f"nobody at hand tells of {text[slice(*one.span)]!r}; take it out, or give an editor's fact"
                yield error(document, statement, "wording.foreign", one.span, why)
                return
            continue
        own = [occasion for occasion in held if occasion.kind == one.kind]
        if owner is not None and owner[0] not in {name for occasion in own for name in (occasion.venue,)}:
            why = f"{own[0].fact.id} is of {own[0].venue}; name that exchange"
            yield error(document, statement, "roles.venue", (owner[1].start, owner[1].end), why, own[0].fact)
            return


def _owner(statement: Statement, one: Named, venues: frozenset[str]) -> tuple[str, Mark] | None:
    """Return the name of whose a kind is told to be, with its place."""
    text, (start, end) = statement.field.text, one.span
    of_it = re.compile(rf"(?:{_WORDS % 5},?)? {tells('of_it')} (?:the exchange )?\Z", re.I)
    does = re.compile(rf"(?:['’]s?{_WORDS % 4} |,? (?:which |that )?{tells('does')}?{_WORDS % 5} ?)\Z", re.I)
    for name, mark in _givers(statement):
        if name not in venues:
            continue
        behind = mark.start >= end and of_it.match(text, end, mark.start)
        before = mark.end <= start and does.fullmatch(text, mark.end, start)
        if behind or before:
            return name, mark
    return None


def of_source(document: Document, statement: Statement) -> Iterator[Finding]:
    """Who is said to have reported a kind did, and so many did."""
    held = occasions(document.sheet)
    told = {one.kind for one in _kinds(statement)} if held else set()
    own = [occasion for occasion in held if occasion.kind in told]
    if not own or statement.figures():
        return
    names = {name for occasion in own for name in (*occasion.fact.source, occasion.venue)}
    for name, mark in _givers(statement):
        text = statement.field.text
        said = _NAMED_BY.search(text, statement.start, mark.start) or pattern("told", "sources", "says").match(
            text, mark.end + 1
        )
        if said and name not in names and not _left_open(statement, mark.start):
            why = f"{own[0].fact.id} is not told by {name}; name who does"
            yield error(document, statement, "roles.source", (mark.start, mark.end), why, own[0].fact)
            return
    if (match := _MANY.search(statement.text)) and not _left_open(statement, statement.start + match.start()):
        number = NUMERALS.get(match["n"].casefold(), _SEVERAL)
        counts = {len(occasion.fact.source) for occasion in own}
        if not any(number == count or (number == _SEVERAL and count > number) for count in counts):
            why = f"{own[0].fact.id} is told by {len(own[0].fact.source)}; write that"
            yield error(document, statement, "roles.source", absolute(statement, match), why, own[0].fact)


def of_time(document: Document, statement: Statement) -> Iterator[Finding]:
    """The time beside a kind is the one when it was reported, or from which it holds, as the words before it say."""
    held = occasions(document.sheet)
    found = _kinds(statement) if held else ()
    if not found or _left_open(statement, found[0].span[0]):
        return
    times = [told for told in statement.told if told.style in TIMES and told.style not in ("to_when", "to_clock")]
    for i, told in enumerate(times):
        clause = statement.clause(told.mention.start)
        if any(clause[0] <= one.mention.start < clause[1] for one in statement.figures()):
            continue
        if any(_is_at(told, fact.as_of) for fact in document.sheet if fact.subject.metric.startswith(_INTERVALS)):
            # "Settled for eight hours until 00:00 UTC": the time of an interval, and of no notice.
            continue
        near = [one.kind for one in found if clause[0] <= one.span[0] < clause[1]] or [one.kind for one in found]
        if len(found) > 1 and len(found) == len(times):
            near = [found[i].kind]
        own = [occasion for occasion in held if occasion.kind in near]
        if own and (why := _wrong_time(statement, told, clause[0], own)) is not None:
            span = (told.mention.start, told.mention.end)
            yield error(document, statement, "roles.time", span, why, own[0].fact)
            return


def _wrong_time(statement: Statement, told: Told, low: int, own: list[Occasion]) -> str | None:
    text = statement.field.text
    first = list(telling("first").finditer(text, low, told.mention.start))
    in_force = list(telling("in_force").finditer(text, low, told.mention.start))
    begins = bool(in_force) and (not first or in_force[-1].start() > first[-1].start())
    if _SET_FOR.search(text, low, told.mention.start):
        first, begins = [], True
    elif begins and all(occasion.in_force is None for occasion in own):
        if _HOLDS.fullmatch(in_force[-1][0]) or (
            any(_is_at(told, occasion.first) for occasion in own) and own[0].fact.subject.metric == "notice"
        ):
            return f"{own[0].fact.id} says when it was announced, and not from when it holds; write that"
        return None
    if first and not begins:
        times = [occasion.first for occasion in own]
    elif begins:
        times = [occasion.in_force for occasion in own if occasion.in_force]
    else:
        times = [moment for occasion in own for moment in occasion.times]
    if any(_is_at(told, moment) for moment in times):
        return None
    return f"{own[0].fact.id} is of {times[0]:%Y-%m-%d %H:%M} UTC; write that"


def _is_at(told: Told, moment: datetime) -> bool:
    value = told.fact.value
    given = value if isinstance(value, datetime) and told.fact.unit == "time" else told.fact.as_of
    if told.style in ("day", "moment_day"):
        return given.date() == moment.date()
    return abs((given - moment).total_seconds()) < 60


def states(document: Document, statement: Statement) -> Iterator[Finding]:
    """Nobody reported that it is over, that positions of a side were hit, or that it moved anything."""
    held = occasions(document.sheet)
    text = statement.field.text
    feed = re.compile(rf"\bfeeds?\b{_WORDS % 4} {tells('silent')}\b", re.I)
    if (match := feed.search(statement.text)) and not _left_open(statement, statement.start + match.start()):
        why = "no fact at hand tells how a feed fared; take it out, or give an editor's fact with its source"
        yield error(document, statement, "wording.foreign", absolute(statement, match), why)
        return
    if not held:
        return
    found = _kinds(statement)
    told = {one.kind for one in held}
    made = re.compile(rf"\b(?:{tells('its_subject')}){_WORDS % 4} {tells('made')}\b", re.I)
    if (match := made.search(statement.text)) and not _left_open(statement, statement.start + match.start()):
        why = "no fact shows what it did to anything; say what came after what, or take it out"
        yield error(document, statement, "wording.cause", absolute(statement, match), why)
        return
    for one in found:
        if one.kind not in told or _left_open(statement, one.span[0]):
            continue
        if _NO.search(text, statement.start, one.span[0]):
            continue
        clause = statement.clause(one.span[0])
        if not _givers(statement) and not any(mention.style in TIMES for mention in statement.told):
            # "Stricter tiers ask for more collateral": what such a change does.
            continue
        for match in kinds()[one.kind].unsaid.finditer(text, *clause):
            inside = one.span[0] <= match.start() < one.span[1]
            if not inside and not statement.figures():
                why = f"nothing at hand says so of the {one.kind}; take it out"
                yield error(document, statement, "roles.held", match.span(), why)
                return
    yield from _over(document, statement, held, found)


def _over(
    document: Document, statement: Statement, held: tuple[Occasion, ...], found: tuple[Named, ...]
) -> Iterator[Finding]:
    """Nothing at hand says that what was reported is at its end."""
    reported = [one for one in held if one.fact.subject.metric == "outage"]
    if not reported or any(not told.metric.startswith("liq_") for told in statement.figures()):
        return
    about = any(one.kind in {occasion.kind for occasion in reported} for one in found)
    about = about or telling("of_what").search(statement.text) is not None
    match = telling("over").search(statement.text)
    if match and about and not supposes(statement.scene) and not statement.scene.said(("denial", "unknown", "ruled")):
        why = f"{reported[0].fact.id} says nothing of it; take it out, or give an editor's fact with its source"
        yield error(document, statement, "wording.foreign", absolute(statement, match), why, reported[0].fact)


def gone(document: Document, statement: Statement) -> Iterator[Finding]:
    """What was reported is not denied."""
    held = {one.kind: one for one in occasions(document.sheet)}
    for one in _kinds(statement) if held else ():
        if one.kind in held and (match := _NO.search(statement.field.text, statement.start, one.span[0])):
            behind = statement.field.text[one.span[1] : one.span[1] + 12].casefold()
            if (
                not behind.startswith((" on ", " at ", " of "))
                or _owner(statement, one, document.vocabulary.known.venues) is not None
            ):
                why = f"{held[one.kind].fact.id} says so; take the denial out"
                span = (match.start(), one.span[1])
                yield error(document, statement, "roles.denied", span, why, held[one.kind].fact)
                return


def silent(document: Document, statement: Statement) -> Iterator[Finding]:
    """A feed that may have gaps is that of an exchange with an outage."""
    held = [one for one in occasions(document.sheet) if one.kind == "outage"]
    for name, mark in _givers(statement) if held else ():
        text = statement.field.text
        of = re.search(r"\b(?:feeds?|counts?) (?:of|from) \Z", text[: mark.start]) or re.match(
            r"['’]s? feed", text[mark.end :]
        )
        gaps = re.search(r"\b(?:gaps?|silent|missing|frozen|incomplete|lack\w*)\b", statement.text)
        if of and gaps and name not in {one.venue for one in held} and not statement.scene.said("unknown"):
            why = f"{held[0].fact.id} is of {held[0].venue}; name that exchange"
            yield error(document, statement, "roles.venue", (mark.start, mark.end), why, held[0].fact)
            return

"""What our own estimate is made from: one exchange's candles and open interest, so many days, and rules of a month."""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache

from commentary.checks.base import Document, Statement
from commentary.checks.numerals import NUMERALS
from commentary.checks.ours.subject import is_about, is_denied, phrase, words
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_HOURS = {"hour": 1, "day": 24, "week": 168, "fortnight": 336, "month": 720, "year": 8760}
_PLAIN = re.compile(
    r"\bour own\b|\bwe (?:estimate|model)|\b(?:the|this|that|our) (?:[\w-]+ )?(?:estimate|model|map)\b|^It\b", re.I
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_MONTH = re.compile(
    r"\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
    r"(?: [0-9]{1,2}\b(?!,? ?[0-9]))?(?:,? (?P<year>20[0-9]{2}))?\b"
)
_NOW = re.compile(r"\b(?:today['’]s|current|present|latest|newest|live|up-to-date|its own current)\b", re.I)


def data_of(document: Document, statement: Statement) -> Iterator[Finding]:
    """Its candles and open interest are of the exchange that it is of; no vendor's figures go into it."""
    own = {fact.subject.venue for fact in document.sheet if fact.is_ours and fact.subject.metric == "map_model"}
    if not own or not _PLAIN.search(statement.text):
        return
    scene = statement.scene
    for match in words("made", "from").finditer(scene.text, statement.start, statement.end):
        if is_denied(statement, match.start()) or scene.said("conditional", scene.clause(match.start())):
            continue
        behind = (match.end(), scene.clause(match.start())[1])
        named = [one for one in scene.said("giver:", behind) if one.name.removeprefix("giver:") not in own]
        if named:
            names = " and ".join(sorted(name for name in own if name))
            why = f"our own estimate is made from the candles and open interest of {names}; write that"
            yield error(document, statement, "roles.model", (named[0].start, named[0].end), why)
            return


@cache
def _window() -> re.Pattern[str]:
    number = "|".join(word for word in NUMERALS if word not in ("a", "an", "once", "twice", "thrice"))
    return re.compile(
        rf"\b{phrase('made', 'over')} (?:(?:the|its|past|last|latest|only|just|about|most|recent|previous) )*"
        rf"(?P<n>[0-9]+|{number}|a|an)[ -](?P<unit>{'|'.join(_HOURS)})s?\b(?! (?:ago|earlier|before|later))",
        re.I,
    )


def window_of(document: Document, statement: Statement) -> Iterator[Finding]:
    """It looks back over as many days as it does."""
    held = document.sheet.get("map_window")
    if held is None or not _PLAIN.search(statement.text) or not words("made", "opened").search(statement.text):
        return
    # "Shrinks by less than 2,515 BTC in the 24 hours of the move": of the test, and not of the estimate.
    timed = [told for told in statement.figures() if "_test" in told.metric]
    measured = timed or [told for told in statement.figures() if told.fact.unit == "percent" and not told.fact.is_ours]
    for match in _window().finditer(statement.text):
        word = match["n"].casefold()
        hours = Decimal(NUMERALS.get(word, 0) or int(word)) * _HOURS[match["unit"].casefold()]
        if hours != held.number and not measured and not is_denied(statement, statement.start + match.start()):
            why = f"{held.id} is {held.number / 24:f} days; write that"
            yield error(document, statement, "roles.model", absolute(statement, match), why, held)
            return


def rules_of(document: Document, statement: Statement) -> Iterator[Finding]:
    """It goes by margin rules of the month that they were read in."""
    rules = document.sheet.get("map_tiers")
    match = words("made", "rules").search(statement.text)
    if rules is None or match is None or not isinstance(rules.value, datetime):
        return
    if not is_about_rules(document, statement):
        return
    wrong = [one for one in _MONTH.finditer(statement.text) if not _is_of(one, rules.value)]
    right = any(_is_of(one, rules.value) for one in _MONTH.finditer(statement.text))
    now = _NOW.search(statement.text)
    found = wrong[0] if wrong and not right else now if now and not right else None
    if found is not None and not is_denied(statement, statement.start + found.start()):
        why = f"{rules.id} is {_MONTHS[rules.value.month - 1].capitalize()} {rules.value.year}; write that"
        yield error(document, statement, "roles.model", absolute(statement, found), why, rules)


def is_about_rules(document: Document, statement: Statement) -> bool:
    """Say whether a sentence tells by which margin rules our own estimate goes."""
    used = words("made", "from").search(statement.text) or re.search(r"\bas of\b", statement.text)
    return used is not None and (is_about(document, statement) or _PLAIN.search(statement.text) is not None)


def _is_of(match: re.Match[str], moment: datetime) -> bool:
    month = _MONTHS[moment.month - 1]
    return month.startswith(match["month"].casefold()[:3]) and (match["year"] or str(moment.year)) == str(moment.year)

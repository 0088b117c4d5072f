"""A message as an editor reads it: facts named in words, and values as the language writes them.

A checker writes a fact as its id and a value as it is stored. A fact that was worked out for one sentence is in no
sheet, and is named by its id alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from commentary.errors import SpellingError
from commentary.languages.base import Language
from commentary.records.edition import Edition
from commentary.records.fact import Fact, Side, Subject
from commentary.records.labels import label, short
from commentary.records.sheet import FactSheet

_SIDES: dict[str, Side] = {"long": "long", "short": "short"}
_KEYS = "side|venue|window|at"
_INPUT = rf"\w+ \w+(?: (?:{_KEYS})=\S+)+"
"""An id within an id: what a fact was worked out from tells it apart."""
_ID = re.compile(
    r"\b[A-Za-z0-9]+/[a-z][a-z0-9_]*(?:/side=\w+)?(?:/venue=(?:[^/=]+(?=/(?:window|at)=)|[^\s/,;]+))?(?:/window=[\d.]+h)?"
    rf"(?:/at=(?:{_INPUT}(?: and {_INPUT})*|[^\s,;]+))?"
)
_KEY = re.compile(rf"[/ ]({_KEYS})=")
_IS = re.compile(r" is (-?\d+(?:\.\d+)?)(?!\d|\.\d|,\d|%|:)")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
_NUMBER = re.compile(r"(?<![\w.,$/-])-?(?:\d{5,}(?:\.\d+)?|\d+\.\d{4,})(?![\w/]|,\d|\.\d)")
_DIGITS = 4
_STYLES = {"usd": "usd", "price": "price", "percent": "percent", "coin": "coin", "points": "points", "ratio": "ratio"}


def in_words(message: str, sheet: FactSheet, language: Language, edition: Edition) -> str:
    """Return a message with its facts named and its values written."""
    if "/" in message:
        for fact in sorted((one for one in sheet if one.id in message), key=lambda one: -len(one.id)):
            message = _named(message, fact, sheet.asset, language, edition)
        message = _outside_quotes(message, lambda part: _ID.sub(lambda found: _name(found[0], sheet.asset), part))
    return _outside_quotes(message, lambda part: _NUMBER.sub(lambda found: _rounded(found[0]), part))


def value_of(fact: Fact, language: Language, edition: Edition) -> str:
    """Return a fact's value as the language writes it, with a minus where it is below zero: "-9.2%"."""
    if not isinstance(fact.value, Decimal):
        return str(fact.value)
    style = "rate" if fact.quantity == "rate" and fact.unit == "percent" else _STYLES.get(fact.unit, "")
    try:
        written = language.spell(replace(fact, value=abs(fact.value)), style, edition)
    except SpellingError:
        return short(fact.value, fact.unit)
    return f"-{written}" if fact.value < 0 else written


def _named(message: str, fact: Fact, own: str, language: Language, edition: Edition) -> str:
    """Return a message with one fact named, and with its value behind its name as it is written."""
    parts = message.split(fact.id)
    for i in range(1, len(parts)):
        given = _IS.match(parts[i])
        if given and Decimal(given[1]) == fact.value:
            parts[i] = f" is {value_of(fact, language, edition)}{parts[i][given.end() :]}"
    return _label(fact.subject, own).join(parts)


def _name(written: str, own: str) -> str:
    """Return the name of a fact that no sheet holds, by its id."""
    subject = _subject(written)
    return _label(subject, own) if subject else written


def _subject(written: str) -> Subject | None:
    head, *pairs = _KEY.split(written, maxsplit=max(0, written.count("/") - 1))
    asset, _, metric = head.replace(" ", "/").partition("/")
    keys = dict(zip(pairs[::2], pairs[1::2], strict=True))
    if not keys:
        return None
    try:
        hours = Decimal(keys["window"].rstrip("h")) if "window" in keys else None
    except InvalidOperation:
        return None
    return Subject(asset, metric, _SIDES.get(keys.get("side", "")), keys.get("venue"), hours, keys.get("at"))


def _label(subject: Subject, own: str) -> str:
    inputs = _subjects(subject.at or "")
    if not inputs:
        return f"“{label(subject, own)}”"
    named = " and ".join(f"“{label(one, own)}”" for one in inputs)
    return f"“{label(subject._replace(side=None, venue=None, window_hours=None, at=None), own)}” of {named}"


def _subjects(at: str) -> Sequence[Subject]:
    """Return what a fact was worked out from, where that tells it apart."""
    found = [_subject(one.replace(" ", "/", 1)) for one in at.split(" and ")] if "=" in at else []
    return [one for one in found if one is not None]


def _outside_quotes(message: str, change: Callable[[str], str]) -> str:
    at, parts = 0, []
    for quoted in _QUOTED.finditer(message):
        parts += [change(message[at : quoted.start()]), quoted[0]]
        at = quoted.end()
    return "".join([*parts, change(message[at:])])


def _rounded(written: str) -> str:
    """Return a number with as many digits as anybody reads."""
    number = Decimal(written)
    places = max(0, _DIGITS - 1 - number.adjusted()) if number else 0
    shown = round(number, places)
    return f"{shown.normalize() if places else shown:,f}"

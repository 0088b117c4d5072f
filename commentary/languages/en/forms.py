"""The form of a figure: what it shows a reader, and the styles that write figures of that form.

A figure that no fact is written as has a form all the same. It says how the writer would have written another.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.languages.base import Figure
from commentary.languages.en import hedges
from commentary.languages.en.figures import ABOUT, HEDGED, READ, SIGNED, plain_form
from commentary.languages.en.numbers import BILLION, MILLION, SMALL, THOUSAND, TRILLION
from commentary.records.spelled import Shown

_NUMBER = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<scale> ?(?:[a-z]+illion|thousand|tn|bn|[mkTBMK])\b)?")
_WORD = re.compile(rf"(?P<number>{'|'.join(SMALL)})\b", re.IGNORECASE)
_SCALES = {
    **dict.fromkeys(("k", "K", "thousand"), THOUSAND),
    **dict.fromkeys(("m", "M", "million"), MILLION),
    **dict.fromkeys(("bn", "B", "billion"), BILLION),
    **dict.fromkeys(("tn", "T", "trillion"), TRILLION),
}
_MISTAKEN = {
    "percent": ("points", "basis"),
    "points": ("percent", "basis"),
    "basis": ("percent", "points"),
    "money": ("coin",),
    "coin": ("money",),
}
"""Kinds that a writer takes for one another."""
_PERCENT_WORDS = re.compile(r" per ?cent\b")
_HUNDREDTH = Decimal("0.01")


def shown(figure: Figure) -> Shown | None:
    """Return what a reader takes a figure for; None for a time, a fraction, and other words."""
    if figure.kind not in READ and figure.kind != "spread":
        return None
    text = _PERCENT_WORDS.sub("%", figure.text)
    match = _NUMBER.search(text) or _WORD.match(text)
    if match is None:
        return None
    number = match["number"].replace(",", "")
    value = Decimal(number) if number[0].isdigit() else Decimal(SMALL.index(number.lower()))
    scale = (match.groupdict().get("scale") or "").strip()
    unit = f"{figure.written_sign}{text[: match.start()]}{text[match.end() :]}".strip()
    times = _SCALES.get(scale, Decimal(1)) * (_HUNDREDTH if figure.kind == "basis" else 1)
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return Shown(f"{value:f}".replace(".", ""), value * times, step * times, scale, unit.removesuffix("s"))


def forms(figure: Figure) -> Iterator[str]:
    """Yield the styles that a figure of this form can have: its own hedge first, then without, then in other units."""
    _, house = plain_form(figure)
    if figure.written_sign:
        yield from (f"{name}{house}" for name in SIGNED.get((figure.kind, figure.written_sign), ()))
        return
    own = READ.get(figure.kind, ())
    if figure.hedge:
        if figure.hedge == "about":
            yield from (f"{name}{house}" for name in ABOUT.get(figure.kind, ()))
        found = shown(figure)
        written = hedges.significant_digits(found.value) if found else 1
        for digits in range(max(1, min(written - 1, hedges.MOST_DIGITS)), hedges.MOST_DIGITS + 1):
            yield from (f"{figure.hedge}.{digits}:{name}{house}" for name in own if name in HEDGED)
    yield from (f"{name}{house}" for name in own)
    yield from (name for kind in _MISTAKEN.get(figure.kind, ()) for name in READ[kind] if name not in own)

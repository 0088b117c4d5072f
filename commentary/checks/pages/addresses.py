"""Figures in the addresses of links: a path that says "1.07-billion" says it to readers and to search engines.

numbers.untraced: a figure of a path or a query that no fact is.
roles.side: a figure beside the name of the other side.
A name of the file is no figure: a date, a number with letters, an id that is far from every value at hand. The words
of a message that a link begins (mailto:) are words of the page.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from commentary.checks.pages.chars import Chars, Wide
from commentary.checks.pages.encoded import unescaped
from commentary.checks.spelled import Spelled
from commentary.languages.base import Language
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet

_LEFT_ALONE = re.compile(r"\s*(?:javascript|data|tel|sms|smsto|mailto|blob|about|file):", re.IGNORECASE)
_PLACE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?")
_SEGMENT = re.compile(r"[^/?&=;#]+")
_DATE = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}[-/_.]?(?:0[1-9]|1[0-2])(?:[-/_.]?(?:0[1-9]|[12][0-9]|3[01]))?(?![0-9])"
    r"|(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])[-_](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"(?:[-_](?:19|20)[0-9]{2})?(?![a-z0-9])"
    r"|(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_](?:0?[1-9]|[12][0-9]|3[01])"
    r"(?:[-_](?:19|20)[0-9]{2})?(?![0-9])|(?<![0-9.])(?:19|20)[0-9]{2}(?![0-9.])",
    re.IGNORECASE,
)
_SCALES = {
    "trillion": "trillion", "tn": "trillion", "t": "trillion", "billion": "billion", "bn": "billion", "b": "billion",
    "million": "million", "mn": "million", "m": "million", "thousand": "thousand", "k": "thousand",
}  # fmt: skip
_PERCENT = frozenset({"percent", "pct", "per-cent", "percentage", "%"})
_SPANS = {"hour": 1, "hours": 1, "hr": 1, "hrs": 1, "h": 1, "day": 24, "days": 24, "d": 24, "week": 168, "weeks": 168}
_POWERS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNITS = "|".join(sorted({*_SCALES, *_PERCENT, *_SPANS, "bps", "bp", "x", "times"}, key=len, reverse=True))
_END = "(?![A-Za-z0-9])"
_FIGURE = re.compile(
    rf"(?<![A-Za-z0-9.,])[$€£¥]?(?P<number>[0-9]+(?:,[0-9]{{3}})*(?:[.,][0-9]+)?)"
    rf"(?:[-_+ ](?P<decimals>[0-9]{{1,3}})(?=[-_+ ]?(?:{_UNITS}){_END}))?"
    rf"(?:[-_+ ]?(?P<unit>{_UNITS}){_END}|[-_+ ](?P<coin>[A-Za-z]{{2,10}}){_END})?(?P<glued>[A-Za-z0-9]*)",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_WORD = re.compile(r"[A-Za-z]{3,}")
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|md|txt|pdf|json|xml|csv|png|jpe?g|gif|webp|svg|mp4)$", re.IGNORECASE)
_NEAR = Decimal("0.5")
"""A bare number no further from a price than this part of it is taken for one."""
_LONGEST = 7
"""A longer one is an id."""
_FEWEST, _MOST = 3, 5
"""How many digits a bare number among words has that is no counting word and no id."""


class _Wrong(NamedTuple):
    """What is wrong with a figure of an address, and where it stands in what the address says."""

    code: str
    start: int
    end: int
    why: str


def address_findings(
    addresses: tuple[Chars, ...], wide: Wide, sheet: FactSheet, language: Language, edition: Edition
) -> Iterator[Finding]:
    """Yield the figures of addresses that no fact is."""
    spelled = Spelled(sheet, language, edition)
    known: dict[str, tuple[_Wrong, ...]] = {}
    for address in addresses:
        # A link of a menu stands on a page many times.
        if address.text not in known:
            known[address.text] = tuple(_wrong(_said(address, wide), sheet, spelled, language))
        said = _said(address, wide) if known[address.text] else address
        for code, start, end, why in known[address.text]:
            figure = said.cut(start, end)
            yield Finding(
                code=code,
                severity="error",
                path="/text",
                span=figure.span(wide),
                text=figure.text,
                message=f"the address says {figure.text!r}, {why}; take it out of the address",
            )


def _said(address: Chars, wide: Wide) -> Chars:
    """Return path and query of an address, without what is encoded."""
    if _LEFT_ALONE.match(address.text):
        return address.cut(0, 0)
    begun = _PLACE.match(address.text)
    start = begun.end() if begun else 0
    end = address.text.find("#", start)
    path = address.cut(start, end if end >= 0 else len(address.text))
    return unescaped(path, wide)


def _wrong(said: Chars, sheet: FactSheet, spelled: Spelled, language: Language) -> Iterator[_Wrong]:
    dates = [match.span() for match in _DATE.finditer(said.text)]
    for segment in _SEGMENT.finditer(said.text):
        start, text = segment.start(), _EXTENSION.sub("", segment[0])
        worded = _WORD.search(text) is not None
        sides = {side for word in _WORD.findall(text) if (side := language.side_of(word))}
        for match in _FIGURE.finditer(text):
            low, high = start + match.start(), start + match.end("unit" if match["unit"] else "number")
            dated = any(a <= low and start + match.end("number") <= b for a, b in dates)
            if dated or (match["glued"] and not match["unit"]) or not _is_claim(match, worded, sheet):
                continue
            facts = _facts(match, sheet, spelled)
            if not facts and not _is_window(match, sheet):
                yield _Wrong("numbers.untraced", low, high, "which traces to no fact")
            elif facts and len(sides) == 1 and not any(fact.subject.side in (None, *sides) for fact in facts):
                yield _Wrong("roles.side", low, high, f"which is not of the {sides.pop()} side")


def _is_claim(match: re.Match[str], worded: bool, sheet: FactSheet) -> bool:
    """Say whether a number is taken as a figure: it has a unit, stands among words, or is near a value at hand."""
    number = _plain(match["number"])
    if match["unit"] or "." in number or "," in match["number"] or not match[0][0].isdigit():
        return True
    if worded and _FEWEST <= len(number) <= _MOST:
        return True
    value = Decimal(number[:40])
    return _FEWEST <= len(number) <= _LONGEST and any(
        abs(value - fact.number) <= _NEAR * abs(fact.number)
        for fact in sheet
        if isinstance(fact.value, Decimal) and fact.unit == "price" and fact.number
    )


def _facts(match: re.Match[str], sheet: FactSheet, spelled: Spelled) -> list[Fact]:
    """Return the facts that a figure of an address may be."""
    return [
        option.fact
        for bare in _written(match)
        for written in ((bare, f"about {bare}") if match["unit"] or _is_coin(match, sheet) else (bare,))
        for figure in spelled.figures(written)
        if (figure.start, figure.end) == (0, len(written))
        for option in spelled.options(figure)
        if not option.bare
    ]


def _written(match: re.Match[str]) -> Iterator[str]:
    """Yield how a text would write what an address says."""
    bare = _plain(match["number"])
    number = f"{bare}.{match['decimals']}" if match["decimals"] else bare
    whole, _, part = number.partition(".")
    shown = f"{int(whole[:40]):,}" + (f".{part}" if part else "")
    unit = (match["unit"] or "").lower()
    if unit in _SCALES:
        scale = _SCALES[unit]
        yield f"${shown} {scale}"
        yield f"{shown} {scale} {(match['coin'] or 'coins').upper()}"
        full = Decimal(number) * _POWERS[scale]
        yield f"${full:,f}".removesuffix(".0")
    elif unit in _PERCENT:
        yield f"{number}%"
        yield f"-{number}%"
    elif unit in ("x", "times"):
        yield f"{number} times"
    elif unit in ("bp", "bps"):
        yield f"{number} basis points"
    elif not unit:
        yield f"${shown}"
        yield shown
        yield f"{shown} {(match['coin'] or 'coins').upper()}"
        yield f"{number}%"


def _is_coin(match: re.Match[str], sheet: FactSheet) -> bool:
    """Say whether a count of an asset's coins is given; a desk writes such a count rounded."""
    return (match["coin"] or "").upper() in {fact.subject.asset for fact in sheet}


def _plain(number: str) -> str:
    """Return a number without the commas of its groups, and with a point for a comma before its decimals."""
    return number.replace(",", "") if _GROUPED.fullmatch(number) else number.replace(",", ".")


def _is_window(match: re.Match[str], sheet: FactSheet) -> bool:
    hours = _SPANS.get((match["unit"] or "").lower())
    number = _plain(match["number"])
    if hours is None or match["decimals"] or not number.isdigit():
        return False
    length = Decimal(number[:9]) * hours
    return any(fact.subject.window_hours == length or (fact.unit == "hours" and fact.value == length) for fact in sheet)

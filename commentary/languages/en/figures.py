"""Figures in running English: where they stand, and what each may state.

One pattern finds the forms that our spellings have, each with the word before it that bounds it ("nearly",
"more than") and its sign. What is found is only read, never believed: it is legal where `spell` writes a fact so.
Everything else that looks like a quantity is the business of `residue`.
"""

import re
from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from typing import Literal

from commentary.languages.base import Figure
from commentary.languages.en import hedges
from commentary.languages.en import numbers as n
from commentary.languages.en.grammar import magnitude
from commentary.languages.en.rates import BELOW_ONE
from commentary.languages.en.styles import STYLES
from commentary.languages.en.times import FULL_MONTHS, MONTHS
from commentary.records.spelled import Reading

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,9}|[0-9]{1,30})(?:\.[0-9]{1,30})?(?![0-9])"
_SCALE = r"(?: (?:thousand|million|billion|trillion)\b|(?:tn|bn|[mkTBMK])\b)"
_WORD = f"(?i:{'|'.join(n.SMALL[1:])})"
_MONTH = "|".join(sorted({*(month.rstrip(".") for month in MONTHS), *FULL_MONTHS}, key=len, reverse=True))
_DATE = (
    rf"(?:(?:{_MONTH})\.? [0-9]{{1,2}}\b(?:, [0-9]{{4}}\b)?|[0-9]{{1,2}} (?:{_MONTH})\b(?:,? [0-9]{{4}}\b)?"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}\b)"
)
_HEDGE = "|".join(sorted((word for word in hedges.HEDGES if word != hedges.TILDE), key=len, reverse=True))
_RANKED = "largest"
_KINDS = {
    "rank": rf"(?:(?<!\w)(?:{'|'.join(n.ORDINALS[2:])})|[0-9]+(?:st|nd|rd|th))-{_RANKED}\b",
    "contract": r"[0-9]+[A-Z]{3,}\b",
    "fx": rf"[$€£¥]{_NUMBER} to the (?:euro|pound|yen|franc|dollar|yuan|won|real|rouble|rupee|lira|peso)\b",
    "spread": rf"[$€£¥]{_NUMBER}{_SCALE}? for each 1% of price\b",
    "money": rf"(?<![A-Za-z])[$€£¥]{_NUMBER}{_SCALE}?",
    "percent": rf"(?:{_NUMBER}(?:%| percent\b| per cent\b)|(?<!\w)one per ?cent\b)",
    "points": rf"{_NUMBER} percentage points?\b",
    "basis": rf"{_NUMBER} basis points?\b",
    "coin": rf"{_NUMBER}(?: (?:million|billion|trillion)|tn|bn|m)? (?!UTC|GMT)(?:coins\b|[A-Z][A-Z0-9]{{1,9}}\b)",
    "multiple": rf"(?:{_NUMBER}(?: times\b|x\b| to (?:one|1)\b))|(?:(?<!\w)(?:{_WORD}) times\b)",
    "length": rf"(?:{_NUMBER}|(?<!\w)(?:{_WORD}))(?: and a half)?[ -](?:minute|hour|day|week|month|year)s?\b",
    "count": rf"{_NUMBER}{_SCALE}?|(?<![\w-])(?:{_WORD})(?![\w-])",
}
_FIGURE = re.compile(
    rf"(?P<moment>(?P<clock>(?<![\d:])[0-9]{{1,2}}:[0-9]{{2}} UTC\b)(?: on (?P<clock_date>{_DATE}))?)"
    rf"|(?P<date>(?<!\w){_DATE})"
    rf"|(?P<fraction>(?:(?<!\w)(?P<part_hedge>(?i:{_HEDGE})) )?(?<!\w)"
    r"(?i:half|a third|two[ -]thirds|a quarter|three[ -]quarters|a fifth|a tenth"
    r"|(?:two|three|four)[ -]fifths|(?:three|seven|nine)[ -]tenths)\b)"
    r"|(?P<twice>(?<!\w)(?:twice|double|doubled|triple|tripled)\b)"
    rf"|(?:(?<!\w)(?P<hedge>(?i:{_HEDGE})) (?:(?:an?|another) )?|(?P<tilde>~))?"
    r"(?P<sign>(?<![\w%)$€£¥])[+-]|(?<!\w)(?:minus|plus) )?"
    rf"(?:{'|'.join(f'(?P<{kind}>{pattern})' for kind, pattern in _KINDS.items())})"
)
READ = {
    "money": (
        "usd",
        "usd_three",
        "usd_compact",
        "usd_three_compact",
        "money",
        "money_cents",
        "price",
        "price_cents",
        "price_fine",
    ),
    "percent": (
        "percent",
        "percent_tenth",
        "percent_whole",
        "rate",
        "rate_four",
        "rate_kept",
        "as_percent",
        "percent_two",
    ),
    "points": ("points",),
    "fx": ("fx",),
    "basis": ("basis", "basis_two"),
    "coin": ("coin", "coin_digits", "coin_exact", "coin_word", "price", "level", "price_fine"),
    "multiple": ("ratio", "times", "to_one", "to_1"),
    "count": ("count", "count_digits", "put_call"),
    "length": ("days", "hours", "half_hours", "minutes", "days_adj", "weeks"),
}
HEDGED = frozenset(
    [
        "as_percent",
        "usd",
        "usd_compact",
        "money",
        "price",
        "percent",
        "coin",
        "coin_word",
        "ratio",
        "times",
        "points",
        "count",
        "count_digits",
        "days",
        "hours",
    ]
)
ABOUT = {"money": ("usd_about",), "coin": ("coin_about",), "spread": ("per_percent",)}
"""By kind, the styles that have "about" in them, as their figure is rounded on its own."""
SIGNED = {
    # kind and sign as written: the styles that write so
    ("percent", "-"): ("signed", "rate_signed", "rate_kept_signed"),
    ("percent", "+"): ("signed", "rate_signed", "rate_kept_signed"),
    ("percent", "minus "): ("plus", "rate", "rate_kept", "rate_two"),
    ("percent", "plus "): ("plus",),
    ("basis", "-"): ("basis_signed",),
    ("basis", "+"): ("basis_signed",),
    ("basis", "minus "): ("basis", "basis_two"),
}
_WORDED = frozenset({"length", "count", "multiple"})
_FORMS = ((" percent", "5.4 percent"), (" per cent", "5.4 per cent"))
_SHORT = re.compile(r"[0-9](?:tn|bn|m)\b")
_PARTICLE = re.compile(r"\b(?:hand(?:s|ed|ing)?|turn(?:s|ed|ing)?|signs?|signed|pass(?:es|ed|ing)) over\Z", re.I)
"""An "over" that is part of its verb, and bounds nothing: "hands over $2.40"."""
_WAY = (
    re.compile(r"\$[^.,;:?!$]*(?:[.,]\d[^.,;:?!$]*)* (?:longs|shorts|liquidations|positions) over an? \Z", re.I),
    re.compile(r"%? (?:fall|drop|decline|slide|rise|gain|climb|move|advance) to \$?\d"),
)
"""Before and behind a move on which a sum lies, and which "over" does not bound: "$2 of longs over a 2% fall to $6"."""
_SPACED = (" thirds", " quarters", " fifths", " tenths")
_AND_A_HALF = " and a half"
_HALF = Decimal("0.5")
_HOURS = {"minute": Decimal(1) / 60, "hour": Decimal(1), "day": Decimal(24), "week": Decimal(168)}


_TYPED = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "–": "-", "‑": "-", "×": "x"})
"""What a typesetter writes for a space, a minus and the dash of a range. Digits of other scripts are no figures."""


def figures(text: str) -> Iterator[Figure]:
    """Yield the figures of a text in their order."""
    text = text.translate(_TYPED)
    for match in _FIGURE.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span()
        if match["moment"] or match["date"]:
            yield from _moment(match)
        elif match["fraction"]:
            words = match["fraction"]
            hedge = match["part_hedge"] or ""
            core = start + len(hedge) + bool(hedge)
            yield Figure(
                start,
                end,
                core,
                "fraction",
                hedge.lower(),
                0,
                words[core - start :].lower(),
                "",
                hedge and f"{hedge.lower()} ",
            )
        elif match["twice"]:
            yield Figure(start, end, start, "multiple", "", 0, match["twice"])
        else:
            core = match.start("sign") if match["sign"] else match.start(kind)
            sign = match["sign"]
            hedge = (match["hedge"] or "").lower() or (hedges.TILDE if match["tilde"] else "")
            if hedge and _PARTICLE.search(text, 0, match.end("hedge")):
                start, hedge = core, ""
            if hedge == "over" and _WAY[0].search(text, 0, core) and _WAY[1].match(text, end):
                start, hedge = core, ""
            signed: Literal[-1, 0, 1] = 0 if not sign else -1 if sign in ("-", "minus ") else 1
            # "Two closes": at the start of a sentence a number's word has a capital.
            figure = match[kind][0].lower() + match[kind][1:] if kind in _WORDED else match[kind]
            yield Figure(start, end, core, kind, hedge, signed, figure, sign or "", hedge and hedges.before(hedge))


def _moment(match: re.Match[str]) -> Iterator[Figure]:
    written = match["clock_date"] or match["date"]
    day, form = _day(written) if written else (None, "")
    clock = None
    if match["clock"]:
        hours, minutes = match["clock"].removesuffix(" UTC").split(":")
        if int(hours) > 23 or int(minutes) > 59:
            return
        clock = time(int(hours), int(minutes))
    if day is None and clock is None:
        return
    kind = "moment" if clock else "date"
    yield Figure(*match.span(), match.start(), kind, "", 0, match[0], day=day, clock=clock, form=form)


def _day(written: str) -> tuple[tuple[int | None, int, int] | None, str]:
    """Return year (where it is given), month and day of a date, and the house form it is written in."""
    if written[4:5] == "-":
        return (int(written[:4]), int(written[5:7]), int(written[8:])), "2026-11-22"
    words = written.replace(",", "").split()
    year = int(words[2]) if len(words) == 3 else None
    first_is_day = words[0].isdigit()
    name, number = (words[1], words[0]) if first_is_day else (words[0], words[1])
    month = next((i for i, full in enumerate(FULL_MONTHS, 1) if full.startswith(name.rstrip(".")[:3])), 0)
    if not month or not 1 <= int(number) <= 31:
        return None, ""
    full = name == FULL_MONTHS[month - 1]
    shown = "November" if full else "Nov." if name.endswith(".") else "Nov"
    form = f"22 {shown.rstrip('.')}" if first_is_day else f"{shown} 22"
    dated = {"22 November": "22 November 2026", "November 22": "November 22, 2026", "Nov. 22": "Nov. 22, 2026"}
    return (year, month, int(number)), dated.get(form, form) if year else form


def readings(figure: Figure) -> Iterator[Reading]:
    """Yield every way to understand a figure; a moment is compared by its parts, and has none."""
    if figure.kind == "fraction":
        spaced = "_spaced" if figure.text.endswith(_SPACED) else ""
        for name in (f"{figure.hedge} fraction{spaced}",) if figure.hedge else (f"fraction{spaced}", "half"):
            yield from _read(name, f"{figure.hedge} {figure.text}".lstrip())
        return
    if figure.kind == "percent" and (below := f"{figure.hedge} {figure.text}") in BELOW_ONE:
        yield Reading(below, "percent", Decimal(-1), Decimal(1))
    text, forms = plain_form(figure)
    names = SIGNED.get((figure.kind, figure.written_sign), ()) if figure.written_sign else READ.get(figure.kind, ())
    if figure.kind == "multiple" and text in ("twice", "double", "doubled", "triple", "tripled"):
        names = (text,)
    for name in names:
        for found in _read(name, f"{figure.written_sign}{text}"):
            if not figure.hedge:
                yield found._replace(style=f"{name}{forms}")
            elif name in HEDGED and found.high > 0:
                yield from _hedged(figure.hedge, found, forms)
    if figure.hedge == "about":
        for name in ABOUT.get(figure.kind, ()):
            for found in _read(name, f"about {text}"):
                yield found._replace(style=f"{name}{forms}")


def plain_form(figure: Figure) -> tuple[str, str]:
    """Return a figure's text in the form that the readers know, and the house forms that make it what it was."""
    text, forms = figure.text, ""
    if figure.kind == "percent":
        for words, form in _FORMS:
            if text.endswith(words):
                text, forms = f"{text.removesuffix(words)}%", f"~{form}"
    if figure.kind in ("money", "coin") and _SHORT.search(text):
        forms += "~$1.07bn"
    if figure.kind in ("length", "count") and len(text.split()[0]) == 1 and text[0].isdigit():
        forms += "~9"
    return text, forms


def _read(name: str, text: str) -> Iterator[Reading]:
    read = STYLES[name].read
    if read is not None:
        yield from (found for found in read(text) if found.style == name)


def _hedged(hedge: str, found: Reading, forms: str) -> Iterator[Reading]:
    shown = (found.low + found.high) / 2
    if not shown:
        return
    digits = hedges.significant_digits(shown)
    if digits > hedges.MOST_DIGITS:
        return
    low, high = hedges.interval(hedges.HEDGES[hedge], found.unit, shown.copy_abs())
    style = f"{hedge}.{digits}:{found.style}{forms}"
    yield Reading(style, found.unit, low, high)
    # A change is written by its size.
    yield Reading(style, found.unit, -high, -low)


def hours_of(figure: Figure) -> Decimal | None:
    """Return how many hours a figure of kind length is; None for months and years."""
    number, _, spell = figure.text.replace("-", " ").replace(_AND_A_HALF, "").partition(" ")
    unit = _HOURS.get(spell.removesuffix("s"))
    count = magnitude(number)
    if unit is None or count is None:
        return None
    return (count + _HALF if _AND_A_HALF in figure.text else count) * unit

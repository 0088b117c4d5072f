"""Finds what looks like a quantity and which words make a claim of their own; fails closed."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_CURRENCY = r"[$€£¥₩₿%‰]"


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lexicon = _lexicon()
    words = "|".join(sorted(map(re.escape, set(lexicon["quantity"]["words"])), key=len, reverse=True))
    months = "|".join(sorted((re.escape(month) for month in lexicon["quantity"]["months"]), key=len, reverse=True))
    magnitude = "trillion|billion|million|thousand|hundred|bn|tn|T|B|M|K|m|k"
    figure = rf"(?:[-−–]\s?)?{_CURRENCY}*\d[\d,.]*\d|{_CURRENCY}*\d|{_CURRENCY}"
    quantity = re.compile(
        rf"(?:(?:{months})\s+)?(?:{figure})(?:[-–]?(?:{magnitude})\b|\s+(?:{magnitude})\b|[%‰])*"
        rf"|\b(?:{words})\b(?:[\s-]+(?:{words})\b)*",
        re.IGNORECASE,
    )
    innocent = re.compile("|".join(map(re.escape, lexicon["quantity"]["innocent"])) or r"(?!)")
    exempt = re.compile(
        "|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in lexicon["exempt"]["phrases"]), re.IGNORECASE
    )
    return quantity, innocent, exempt


@cache
def _watch() -> tuple[re.Pattern[str], dict[str, str]]:
    category = {word.casefold(): name for name, words in _lexicon()["watched"].items() for word in words}
    longest_first = sorted(category, key=len, reverse=True)
    joined = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE), category


def find_quantities(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of figures, number words and currency or percent signs in running text."""
    quantity, innocent, _ = _patterns()
    harmless = [match.span() for match in innocent.finditer(text)]
    spans = [match.span() for match in quantity.finditer(text)]
    spans += [(i, i + 1) for i, character in enumerate(text) if _other_digit(character)]
    return tuple(sorted(span for span in set(spans) if not _within(span, harmless)))


def _other_digit(character: str) -> bool:
    """Fullwidth, Arabic and other digits, superscripts and fractions: none of them is a spelling of ours."""
    return character.isnumeric() and not ("0" <= character <= "9")


def find_watched(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the spans of watched words with their category, outside exempt phrases."""
    pattern, category = _watch()
    harmless = [match.span() for match in _patterns()[2].finditer(text)]
    return tuple(
        (*match.span(), category[match[0].casefold()])
        for match in pattern.finditer(text)
        if not _within(match.span(), harmless)
    )


def _within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)

"""What a figure may not be called: a notional is no premium, a margin no size, an average no yearly rate."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from commentary.checks.fit.reading import Objection, Reading
from commentary.checks.scene import Span

_DENIED = re.compile(r"\b(?:no|not|nor|never|neither|without|rather than|instead of)\b[^.;:]{0,24}\Z", re.I)
"""Before a word: what is denied is not said of the figure."""


_MONEY = ("", "$", "€", "£")
_DIGIT = re.compile(r"[0-9]")


class _Noun(NamedTuple):
    metrics: re.Pattern[str]
    words: re.Pattern[str]
    what: str
    """What the figure is."""


@cache
def _nouns() -> tuple[_Noun, ...]:
    table = tomllib.loads((Path(__file__).parent / "nouns.toml").read_text(encoding="utf-8"))
    return tuple(
        _Noun(re.compile(f"(?:{one['metrics']})\\Z"), re.compile(rf"\b(?:{one['words']})(?!\w)", re.I), one["is"])
        for one in table["nouns"]
    )


def nouns(reading: Reading) -> Iterator[Objection]:
    """A figure is not called what another figure is: the words for it stand in nouns.toml."""
    text = reading.scene.text
    low, high = _beside(text, reading.clause, reading.span)
    for noun in _nouns():
        if not noun.metrics.match(reading.metric):
            continue
        for match in noun.words.finditer(text, low, high):
            follows = match.start() >= reading.span[1] and high < reading.clause[1]
            if follows and text[match.end() : high].strip() in _MONEY:
                # "A long of $67.7 million shows a loss of $3.1 million": what names the next figure.
                continue
            if not _DENIED.search(text, low, match.start()):
                yield Objection("roles.metric", match.span(), f"{reading.fact.id} is {noun.what}; write that")
                return


def _beside(text: str, clause: Span, figure: Span) -> Span:
    """Return the words of a clause that stand beside a figure, up to the next one on either side."""
    before, behind = text[clause[0] : figure[0]], text[figure[1] : clause[1]]
    low = max((match.end() for match in _DIGIT.finditer(before)), default=0)
    digit = _DIGIT.search(behind)
    return clause[0] + low, figure[1] + (digit.start() if digit else len(behind))

"""Which characters a model may write outside slots: letters, marks, punctuation and the space.

Figures, currency and percent signs come from facts alone, so that what spells them is impossible here, in every
script and in the compatible forms that Unicode has of it (a circled digit, a full-width percent sign). So are symbols,
control characters and line breaks, which no sentence needs.
"""

import unicodedata
from functools import lru_cache

OPENS, CLOSES = "[", "]"
SPACE = " "
STOPS = frozenset(".!?")
"""What ends a sentence."""
_PERCENTS = frozenset("%‰‱٪؉؊")
"""Percent, per mille and per ten thousand, and the Arabic ones: Unicode counts them as punctuation."""
_KINDS = frozenset("LMP")
"""The first letter of the Unicode categories of letters, marks and punctuation."""


@lru_cache(maxsize=65_536)
def allowed(character: str) -> bool:
    """Return whether a character may stand outside slots; brackets may not, as they belong to slots."""
    return character == SPACE or all(map(_harmless, character + unicodedata.normalize("NFKC", character)))


def _harmless(character: str) -> bool:
    return (
        unicodedata.category(character)[0] in _KINDS
        and not character.isnumeric()
        and character not in _PERCENTS
        and character not in (OPENS, CLOSES)
    )

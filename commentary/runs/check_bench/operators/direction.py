"""A rise told as a fall, or a fall as a rise."""

from random import Random
from typing import Literal

from commentary.runs.check_bench.claims import Never, Sign
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import follow, over, pick, reworded, tail
from commentary.runs.check_bench.operators.words import FALLS, RISES
from commentary.runs.check_bench.target import Target, Told

_FORMS = {
    "moved": "past", "shrank_by": "past", "trigger_fell": "past", "fell_word": "past",
    "falls": "present", "trigger_falls": "present", "up_down": "short",
    "a_fall": "noun", "fall_word": "noun", "trigger_move": "noun", "a_move_other": "noun",
    "lower_word": "compared",
}  # fmt: skip
_POSITIONS = {
    "positions closed": (
        "positions were added", "positions were opened", "traders added positions", "new positions came in",
        "positions were built up", "exposure grew", "fresh positions were put on", "leverage was added",
        "the market took on positions", "longs and shorts were added", "contracts were opened", "positions grew",
    ),
    "positions were added": (
        "positions closed", "positions were closed", "traders cut positions", "positions were unwound",
        "positions left the market", "exposure shrank", "positions were reduced", "leverage came out",
        "the market shed positions", "traders stepped back", "contracts were closed", "positions shrank",
    ),
}  # fmt: skip
_SINCE = (
    "Since then it has turned {way}.", "It has kept going {way} since.", "The trend remains {way}.",
    "It has moved {way} for several weeks.", "Momentum now points {way}.",
    "It had been heading {way} all week.", "Before that it had moved {way} for days.",
    "The moving average has turned {way} too.", "It went further {way} overnight.",
    "Spot volume was {way} as well.", "Volatility headed {way} at the same time.", "On other exchanges it went {way}.",
)  # fmt: skip
_CLAUSES = (
    ", with volume rising too", ", as volatility climbed", ", while spot demand weakened", ", on thinning liquidity",
    ", with funding trending higher", ", as open interest kept building elsewhere", ", amid falling volume",
    ", with the basis widening", ", as exchange reserves declined", ", while stablecoin supply grew",
    ", with the dollar strengthening", ", as option premiums eased",
)  # fmt: skip
_SINGLE = {
    r"\bfewer positions\b": ("more positions", "more open positions", "a greater number of positions"),
    r"\bquickened\b": ("slowed", "cooled", "eased off", "calmed", "abated"),
    r"\bslowed\b": ("quickened", "accelerated", "picked up", "intensified", "sped up"),
    r"\bincreas(?:ed|es)\b": ("decreased", "fell", "shrank"),
    r"\bunderstate\b": ("overstate", "exaggerate"),
    r"\boverstate\b": ("understate", "play down"),
    r"\bregained\b": ("lost again", "given up", "extended"),
    r"\bbuilt up again\b": ("run down again", "wound down", "closed out"),
}


@operator("direction verb")
def verb(target: Target, chance: Random) -> Edit | None:
    """Write a verb or adverb of the other direction."""
    return _turned(target, chance, ("past", "present", "short"))


@operator("direction noun")
def noun(target: Target, chance: Random) -> Edit | None:
    """Write a rise as a fall where it is a noun."""
    return _turned(target, chance, ("noun",))


@operator("direction adjective")
def adjective(target: Target, chance: Random) -> Edit | None:
    """Write higher for lower."""
    return _turned(target, chance, ("compared",))


@operator("positions added or closed")
def positions(target: Target, chance: Random) -> Edit | None:
    """Write that positions were closed where they were added."""
    told = pick([each for each in target.told if each.text in _POSITIONS], chance)
    if told is None:
        return None
    sign = _sign(told)
    claim = Sign(told.fact.id, sign) if sign else Never("nothing changed")
    return over(told, chance.choice(_POSITIONS[told.text]), claim)


@operator("other words of direction")
def single(target: Target, chance: Random) -> Edit | None:
    """Turn a word of direction that states no fact by itself."""
    return reworded(target, chance, _SINGLE)


@operator("direction of no fact")
def invented(target: Target, chance: Random) -> Edit | None:
    """Say of something that it moved, where no fact says so."""
    if chance.random() < 0.5:
        return tail(target, chance, _CLAUSES)
    ways = ("up", "down", "higher", "lower", "upwards", "downwards")
    return follow(target, chance, [each.format(way=chance.choice(ways)) for each in _SINCE])


def _turned(target: Target, chance: Random, forms: tuple[str, ...]) -> Edit | None:
    """Return the edit that writes a word of the other direction over one of these forms."""
    told = pick([each for each in target.told if _FORMS.get(each.style) in forms], chance)
    if told is None:
        return None
    form = _FORMS[told.style]
    rising = _rises(told, form)
    if rising is None:
        return None
    old, words = rising
    at = told.text.lower().index(old)
    new = chance.choice(words)
    text = told.text[:at] + new + told.text[at + len(old) :]
    if told.text[:1].isupper():
        text = text[:1].upper() + text[1:]
    sign = _sign(told)
    # What a trigger's word says of a sum is no sign of the sum.
    if told.fact.unit not in ("percent", "coin") or sign is None:
        return over(told, text, Never("price goes to the level from where it is"))
    return over(told, text, Sign(told.fact.id, sign))


def _rises(told: Told, form: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the word of direction that stands in a mention, and the words of the other direction."""
    text = told.text.lower()
    for mine, other in ((RISES, FALLS), (FALLS, RISES)):
        for word in mine[form]:
            if text.startswith(word) or text.endswith(f" {word}") or f" {word} " in text:
                return word, other[form]
    return None


def _sign(told: Told) -> Literal[-1, 1] | None:
    """Return the sign that the fact would need for the other direction."""
    value = told.fact.value
    if isinstance(value, str) or value is None or value == 0:
        return None
    return -1 if value > 0 else 1

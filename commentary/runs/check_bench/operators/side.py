"""Longs for shorts, and what goes with a side: bought and sold, bullish and bearish, support and resistance."""

import re
from random import Random

from commentary.runs.check_bench.claims import Claim, Never, Other
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import capital_as, over, pick, put
from commentary.runs.check_bench.target import Target, Told

_WORDS = {
    "longs": ("shorts", "short positions", "short sellers", "bears", "sellers"),
    "shorts": ("longs", "long positions", "bulls", "leveraged buyers", "buyers"),
    "long": ("short", "bearish", "sell", "sell-side"),
    "short": ("long", "bullish", "buy", "buy-side"),
}
_ROLES = {
    "sold": ("bought", "bought back", "purchased", "picked up", "acquired"),
    "bought": ("sold", "sold off", "dumped", "unloaded", "offloaded"),
    "bullish": ("bearish", "negative for price", "a sell signal", "bad for price", "pessimistic"),
    "bearish": ("bullish", "positive for price", "a buy signal", "good for price", "optimistic"),
    "support": ("resistance", "a ceiling", "overhead supply", "a lid on price"),
    "resistance": ("support", "a floor", "a base", "a bid under price"),
    "up to": ("down to", "falling to", "lower, to"),
    "down to": ("up to", "rising to", "higher, to"),
}
_SIDED = frozenset({"long", "longs", "other_long", "other_longs"})


@operator("side of one word")
def word(target: Target, chance: Random) -> Edit | None:
    """Write the other side in one place."""
    told = pick([each for each in target.told if each.style in _SIDED and each.fact.unit != "name"], chance)
    if told is None or told.text.lower() not in _WORDS:
        return None
    new = chance.choice(_WORDS[told.text.lower()])
    return over(told, capital_as(told.text, new), _other(told))


@operator("sides of a sentence")
def all_words(target: Target, chance: Random) -> Edit | None:
    """Turn every side of a sentence."""
    sided = [each for each in target.told if each.style in _SIDED and each.text.lower() in _WORDS]
    if len(sided) < 2:
        return None
    text, at = "", sided[0].start
    for told in sided:
        text += target.text[at : told.start] + capital_as(told.text, _WORDS[told.text.lower()][0])
        at = told.end
    return put(sided[0].start, at, text, *map(_other, sided))


@operator("what goes with a side")
def role(target: Target, chance: Random) -> Edit | None:
    """Write bought for sold, bearish for bullish, resistance for support, up for down."""
    told = pick([each for each in target.told if each.text.lower() in _ROLES], chance)
    if told is None:
        return None
    new = chance.choice(_ROLES[told.text.lower()])
    return over(told, capital_as(told.text, new), Never("it goes with the other side"))


@operator("side put in")
def put_in(target: Target, chance: Random) -> Edit | None:
    """Name the wrong side behind a figure of a side."""
    sided = [
        each
        for each in target.figures
        if not target.asks and each.fact.subject.side and each.style in ("usd", "usd_compact")
        if not re.match(r" (?:of|in|per|for) ", target.text[each.end : each.end + 5])
    ]
    told = pick(sided, chance)
    if told is None:
        return None
    wrong = "shorts" if told.fact.subject.side == "long" else "longs"
    behind = (
        f" of {wrong}", f" in {wrong}", f" of {wrong[:-1]} positions", f" from {wrong}", f" on the {wrong[:-1]} side",
        f" worth of {wrong}", f" of {wrong[:-1]} exposure", f" in {wrong[:-1]} liquidations", f" held by {wrong}",
        f" of forced {'buying' if wrong == 'shorts' else 'selling'}", f" among {wrong}", f" of {wrong[:-1]} contracts",
    )  # fmt: skip
    return put(told.end, told.end, chance.choice(behind), _other(told))


def _other(told: Told) -> Claim:
    side = told.fact.subject.side
    if side is None:
        return Never("it is told of the other side")
    return Other(told.fact.id, "side", "short" if side == "long" else "long")

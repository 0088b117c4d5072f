"""Larger for smaller, above for below, most for least."""

from itertools import combinations
from random import Random

from commentary.runs.check_bench.claims import Never, Order, Sign
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import over, pick, put, reworded, tail
from commentary.runs.check_bench.target import Target

_BELOW = ("below", "under", "beneath", "short of", "lower than", "south of", "down from")
_ABOVE = ("above", "over", "on top of", "north of", "higher than", "beyond", "up from")
_OPPOSED = {
    "above": _BELOW, "over": _BELOW, "back above": tuple(f"back {word}" for word in ("below", "under", "beneath")),
    "below": _ABOVE, "under": _ABOVE, "back below": tuple(f"back {word}" for word in ("above", "over", "beyond")),
    "back under": ("back above", "back over", "back beyond"),
}  # fmt: skip
_RANKS = {
    "by more": ("by less", "by a smaller amount", "less sharply", "by less than that", "more slowly"),
    "by less": ("by more", "by a larger amount", "more sharply"),
    "were lower": ("were higher", "were larger", "stood above it", "exceeded it", "were greater", "came in higher"),
    "were higher": ("were lower", "were smaller", "stood below it"),
    "largest": ("smallest", "second-largest", "mildest", "least", "slightest"),
    "the most": ("the least", "the smallest amount", "next to nothing"),
    "higher": ("lower", "smaller", "below"),
    "lower": ("higher", "larger", "above"),
}
_MORE = (
    ", {big} being the larger of the two", ", so {big} outweigh {small}", ", with more {big} than {small}",
    ", {small} being far fewer", ", which makes {big} the bigger side", ", {big} leading {small} by a wide margin",
    ", with {small} trailing {big}", ", {big} ahead of {small}", ", {big} dwarfing {small}",
    ", {small} making up the lesser part", ", {big} the heavier side", ", tilted towards {big} rather than {small}",
    ", so {small} are outnumbered by {big}", ", {big} exceeding {small}",
)  # fmt: skip
_VAGUE = (
    ", more than on any rival exchange", ", above the yearly average", ", well below what is usual for {asset}",
    ", more than in any other coin", ", less than the week before", ", larger than analysts had expected",
    ", higher than in the previous cycle", ", a bigger share than a month ago", ", smaller than the move in peers",
    ", above its 200-day average", ", lower than in comparable markets", ", a stronger reading than last time",
    ", the smaller part of what is at risk",
)  # fmt: skip
_WORDS = {
    r"\bneither side of the map holds\b": (
        "both sides of the map hold",
        "one side of the map holds",
        "each side holds",
    ),
    r"\bshort of\b": ("beyond", "in excess of", "above", "past"),
    r"\bsmaller sum\b": ("larger sum", "greater sum"),
    r"\bwas smaller\b": ("was larger", "was bigger", "was greater"),
    r"\bprobably low\b": ("probably high", "probably too high", "likely an overstatement"),
    r"\bnearest to price\b": ("farthest from price", "furthest from price"),
}


@operator("above for below")
def above_below(target: Target, chance: Random) -> Edit | None:
    """Put a level or a threshold on the other side."""
    found = []
    for told in target.told:
        if not told.is_figure:
            continue
        for word in _OPPOSED:
            if told.text.lower().startswith(f"{word} "):
                found.append((told, 0, word))
            elif told.text.endswith(f" {word}"):
                found.append((told, len(told.text) - len(word), word))
    if not found:
        return None
    told, at, word = chance.choice(found)
    new = chance.choice(_OPPOSED[word])
    if at == 0 and told.text[:1].isupper():
        new = new[:1].upper() + new[1:]
    text = told.text[:at] + new + told.text[at + len(word) :]
    value = told.fact.value
    if told.style == "gap" and not isinstance(value, str) and value:
        return over(told, text, Sign(told.fact.id, -1 if value > 0 else 1))
    return over(told, text, Never("the rule has its threshold on the other side"))


@operator("less than and more than")
def bounds(target: Target, chance: Random) -> Edit | None:
    """Turn the bound of a test."""
    told = pick([each for each in target.told if each.style == "shrinks_less"], chance)
    if told is None:
        return None
    words = ("more than", "over", "at least", "upwards of", "no less than", "in excess of")
    return over(told, told.text.replace("less than", chance.choice(words)), Never("the test is the other way round"))


@operator("rank turned")
def ranks(target: Target, chance: Random) -> Edit | None:
    """Write smallest for largest, by less for by more."""
    found = [
        (told, word)
        for told in target.told
        if told.style in ("fell_more", "none_lower", "superlative", "most", "lower")
        for word in _RANKS
        if word in told.text
    ]
    if not found:
        return None
    told, word = chance.choice(found)
    new = told.text.replace(word, chance.choice(_RANKS[word]))
    return over(told, new, Never("the other days were counted"))


@operator("other side larger")
def other_larger(target: Target, chance: Random) -> Edit | None:
    """Say of two sides that the smaller one is the larger."""
    sided = [each for each in target.figures if each.fact.subject.side and each.fact.unit == "usd"]
    pairs = [
        (one, two)
        for one, two in combinations(sided, 2)
        if one.metric == two.metric and one.fact.subject.side != two.fact.subject.side
    ]
    if not pairs:
        return None
    one, two = chance.choice(pairs)
    first, second = one.fact.value, two.fact.value
    if first is None or second is None or isinstance(first, str) or isinstance(second, str):
        return None
    larger, smaller = (one, two) if first >= second else (two, one)
    big, small = f"{smaller.fact.subject.side}s", f"{larger.fact.subject.side}s"
    clauses = [clause.format(big=big, small=small) for clause in _MORE]
    return tail(target, chance, clauses, Order(smaller.fact.id, larger.fact.id))


@operator("sides of a ratio")
def ratio_sides(target: Target, chance: Random) -> Edit | None:
    """Exchange the two sides of a ratio."""
    here = target.told
    found = [
        (mine, other)
        for mine in here
        for other in here
        if mine.style in ("long", "longs") and other.style in ("other_long", "other_longs")
        if mine.fact.unit == "ratio" and other.fact.id == mine.fact.id and mine.end < other.start
    ]
    if not found:
        return None
    mine, other = chance.choice(found)
    between = target.text[mine.end : other.start]
    one = other.text.capitalize() if mine.text[:1].isupper() else other.text
    return put(mine.start, other.end, one + between + mine.text.lower(), Never("the ratio is the other way round"))


@operator("comparison with no fact")
def vague(target: Target, chance: Random) -> Edit | None:
    """Compare a figure with something that no fact measures."""
    return tail(target, chance, _VAGUE) if target.figures else None


@operator("other words of comparison")
def words(target: Target, chance: Random) -> Edit | None:
    """Turn a comparison that states no fact by itself."""
    return reworded(target, chance, _WORDS)

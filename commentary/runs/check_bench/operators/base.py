"""What operators share: a figure chosen, words put over others, a clause or a sentence put in."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from commentary.runs.check_bench.claims import Amount, Claim, Never
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.target import Target, Told
from commentary.runs.check_bench.written import Figure, figure_in

_LOWERED = frozenset({
    "A", "Against", "All", "Among", "An", "As", "At", "Averaged", "Bearish", "Below", "Bullish", "By",
    "Contracts", "Counted", "Down", "Each", "For", "From", "Funding", "Half", "If", "In", "It", "Its",
    "Last", "Liquidations", "Long", "Longs", "Neither", "No", "Of", "On", "Once", "One", "Only", "Open",
    "Over", "Per", "Positions", "Price", "Prices", "Recorded", "Set", "Short", "Shorts", "Should", "Some",
    "Sums", "Taken", "That", "The", "There", "These", "They", "This", "Those", "To", "Together", "Two",
    "Up", "We", "When", "Whether", "With", "Within", "Without",
})  # fmt: skip
"""First words that are no names, so that they lose their capital behind an opening."""


def over(told: Told, new: str, *claims: Claim) -> Edit:
    """Return the edit that writes other words over a mention."""
    return Edit(told.start, told.end, new, claims)


def put(start: int, end: int, new: str, *claims: Claim, markup: bool = False) -> Edit:
    """Return the edit that writes other words over a stretch."""
    return Edit(start, end, new, claims, markup)


def pick(told: Sequence[Told], chance: Random) -> Told | None:
    """Return one of several mentions, or None of none."""
    return chance.choice(told) if told else None


def written(target: Target, chance: Random) -> tuple[Told, Figure] | None:
    """Return one of a sentence's figures, with its digits."""
    told = pick(target.figures, chance)
    figure = figure_in(told.text) if told else None
    return (told, figure) if told and figure else None


def with_digits(told: Told, figure: Figure, digits: str, *more: Claim) -> Edit | None:
    """Return the edit that gives a figure other digits; None where they come to no figure."""
    new = told.text[: figure.start] + digits + told.text[figure.end :]
    read = figure_in(new)
    if read is None or digits == figure.digits:
        return None
    return over(told, new, amount(told, read), *more)


def amount(told: Told, figure: Figure) -> Amount:
    """Return the claim that a fact comes to what a figure says; a ratio can be told in percent."""
    low, high = figure.interval
    parts = 100 if told.fact.unit == "ratio" and "%" in told.text else 1
    return Amount(told.fact.id, low / parts, high / parts)


def capital_as(old: str, new: str) -> str:
    """Return words with a capital where the old ones had one."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def spoken(target: Target, chance: Random, words: Sequence[str]) -> str:
    """Return one of several wordings, with the asset's name put in."""
    name = target.name
    return chance.choice(words).format(asset=name, Asset=name[:1].upper() + name[1:])


def states(target: Target) -> bool:
    """Say whether a sentence states something of the market that more can be said of."""
    return bool(target.told) and target.kind != "definition" and not target.asks


def tail(target: Target, chance: Random, clauses: Sequence[str], *claims: Claim) -> Edit | None:
    """Return the edit that lengthens a sentence: a clause before a full stop, or at the end of a heading."""
    if not states(target):
        return None
    place = chance.choice(target.stops) if target.stops else target.end
    return put(place, place, spoken(target, chance, clauses), *(claims or (Never("said of no fact"),)))


def follow(target: Target, chance: Random, sentences: Sequence[str], *claims: Claim) -> Edit | None:
    """Return the edit that puts a sentence behind one that ends in a full stop."""
    if not states(target) or not target.stops:
        return None
    place = chance.choice(target.stops) + 1
    return put(place, place, " " + spoken(target, chance, sentences), *(claims or (Never("said of no fact"),)))


def lead(target: Target, chance: Random, openings: Sequence[str], *claims: Claim) -> Edit | None:
    """Return the edit that opens a sentence with a phrase, the first word after it in lower case."""
    if not states(target) or not target.stops:
        return None
    found = re.match(r"[A-Z][a-z]*\b", target.sentence)
    opening = spoken(target, chance, openings) + " "
    if found is None or found[0] not in _LOWERED:
        return put(target.start, target.start, opening, *(claims or (Never("said of no fact"),)))
    first = found[0][:1].lower() + found[0][1:]
    end = target.start + found.end()
    return put(target.start, end, opening + first, *(claims or (Never("said of no fact"),)))


def reworded(
    target: Target,
    chance: Random,
    patterns: Mapping[str, Sequence[str]],
    claims: Callable[[re.Match[str]], tuple[Claim, ...]] | None = None,
) -> Edit | None:
    """Return the edit that writes one of several wordings over what a pattern finds in the sentence."""
    found = [
        (match, words)
        for pattern, words in patterns.items()
        for match in re.finditer(pattern, target.text[: target.end])
        if match.start() >= target.start
    ]
    if not found:
        return None
    match, words = chance.choice(found)
    new = capital_as(match[0], match.expand(chance.choice(words)))
    return put(match.start(), match.end(), new, *(claims(match) if claims else (Never("the words say otherwise"),)))

"""By, from and to: how much something moved, told as where it came from or went."""

import re
from random import Random

from commentary.runs.check_bench.claims import Never
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import over, pick, put, reworded
from commentary.runs.check_bench.target import Target

_TO = (
    "to", "from", "to just", "back to", "to roughly", "from above", "towards", "to below", "all the way to",
    "to a mere", "to under", "to a low of",
)  # fmt: skip
_BY = (
    "by", "from", "by as much as", "by a full", "by some", "by at least", "by nearly", "by more than", "off",
    "from as high as",
    "by the equivalent of", "from under",
)  # fmt: skip
_FROM_TO = re.compile(r"\bfrom\b(?P<between>.{4,60}?)\b(?:up |down )?to\b")
_BEFORE = {
    r"\ba day before\b": ("a day later", "the next day", "a day after", "the day after", "since then"),
    r"\bfrom(?= \d[\d.]*% a day before)": ("to", "on its way to", "against a forecast of", "towards"),
    r"\bagainst(?= (?:minus )?\d[\d.]*% a day before)": ("then", "on the way to", "by"),
    r"\bover(?= the (?:same|\d+) hours)": ("before", "after", "ahead of"),
    r"\bin the(?= \d+ hours to)": ("before the", "after the", "ahead of the"),
    r"\b(?<=left )to(?= liquidate)": ("already", "never to"),
}


@operator("moved by told as to")
def moved(target: Target, chance: Random) -> Edit | None:
    """Write that something moved to, or from, the amount that it moved by."""
    told = pick([each for each in target.told if each.style in ("moved", "falls", "up_down")], chance)
    if told is None:
        return None
    verb, _, amount = told.text.partition(" ")
    return over(told, f"{verb} {chance.choice(_TO)} {amount}", Never("it is the amount of the move"))


@operator("shrank by told as to")
def shrank(target: Target, chance: Random) -> Edit | None:
    """Write that something shrank to the amount that it shrank by."""
    told = pick([each for each in target.told if each.style in ("shrank_by", "shrinks_less")], chance)
    if told is None:
        return None
    new = told.text.replace(" by ", f" {chance.choice(_TO)} ", 1)
    return over(told, new, Never("it is the amount of the move"))


@operator("moved to told as by")
def went_to(target: Target, chance: Random) -> Edit | None:
    """Write that something moved by what it moved to."""
    found = [
        each
        for each in target.figures
        if each.style in ("price", "coin") and re.search(r"(?:^|[ ,])to $", target.text[: each.start])
        if not target.text[: each.start].endswith(("up to ", "down to "))
    ]
    told = pick(found, chance)
    if told is None:
        return None
    return put(told.start - 3, told.start, f"{chance.choice(_BY)} ", Never("it is where the move ended"))


@operator("from and to exchanged")
def from_to(target: Target, chance: Random) -> Edit | None:
    """Exchange from and to."""
    found = [match for match in _FROM_TO.finditer(target.text, target.start, target.end) if "." not in match["between"]]
    if not found:
        return None
    match = chance.choice(found)
    words = chance.choice((("to", "from"), ("up from", "down to"), ("to", "up from"), ("by", "to"), ("from", "by")))
    if any(character.isdigit() for character in match["between"]):
        new = f"{words[0]}{match['between']}{words[1]}"
        if new != match[0]:
            return put(match.start(), match.end(), new, Never("it went the other way"))
    return None


@operator("before and after")
def before(target: Target, chance: Random) -> Edit | None:
    """Write after for before."""
    # What is listed as not known is as little known before and after.
    return None if target.path.startswith("/unknowns/") else reworded(target, chance, _BEFORE)

"""Two slots of a kind in each other's place, where that makes the sentence false."""

import re
from collections.abc import Iterator
from itertools import combinations

from tests.rewording.adversarial.opened_sentences import Source

_CLASS = {
    "SIDE": "side", "SIDED": "side", "PAYS": "side", "TURN": "side", "TOWARDS": "side",
    "TIME": "window", "DATE": "window", "PERIOD": "window", "LENGTH": "window", "SPAN": "window",
}  # fmt: skip
"""Of the kind of slot; the rest are roles."""
_RANGES = re.compile(
    r"\[MONEY_[AC]\] to \[MONEY_[BD]\]|"
    r"\b(?:range|ranged|ran|band|within)\b[^.;]*\bfrom \[PRICE_[A-Z]\] to \[PRICE_[A-Z]\]"
)
"""Here the ends of a range, told the other way round, are the same range."""
_MAY_BE_EQUAL = {
    "TIME": (
        {"price", "size"}, {"oi", "size"}, {"price", "low"}, {"pr", "o"}, {"pr", "s"}, {"pr", "n"}, {"m", "t"},
        {"close", "until"}, {"now", "until"}, {"event", "other"}, {"change", "move"}, {"other", "there"},
    ),
    "PRICE": ({"from", "high"}, {"from", "low"}),
    "VENUE": ({"event", "now"},),
    "WHERE": (
        {"c", "pr"}, {"change", "move"}, {"change", "price"}, {"n", "pr"}, {"o", "pr"}, {"oi", "size"}, {"m", "sigma"},
    ),
    "LENGTH": ({"change", "move"},),
}  # fmt: skip
"""By kind of slot, roles whose facts some drafts spell alike: where no draft is at hand they are left alone."""


def swapped(source: Source) -> Iterator[tuple[str, str, str]]:
    """Yield class, pattern and output."""
    text = source.sentence.text
    pairs = []
    for one, other in combinations(source.sentence.places, 2):
        if one.concept != other.concept or one.concept == "ASSET" or source.same(one.name, other.name):
            continue
        if one.concept == "NAME" and one.style != other.style:
            continue
        if not source.spelled and {one.role, other.role} in _MAY_BE_EQUAL.get(one.concept, ()):
            continue
        if _alike(text, one.name, other.name):
            continue
        pairs.append((one, other))
        yield (
            _CLASS.get(one.concept, "role"),
            f"swap {one.concept} {one.role} {other.role}",
            _traded(text, one.name, other.name),
        )
    for (a, b), (c, d) in combinations(pairs, 2):
        # Two pairs at a time, of kinds that do not belong together, which would make it true again.
        if len({a, b, c, d}) == 4 and {a.concept, c.concept} not in _TOGETHER and a.concept != c.concept:
            yield (
                _CLASS.get(a.concept, "role"),
                f"swap {a.concept} and {c.concept}",
                _traded(_traded(text, a.name, b.name), c.name, d.name),
            )
    for trio in combinations(source.sentence.places, 3):
        a, b, c = trio
        if len({one.concept for one in trio}) == 1 and all((x, y) in pairs for x, y in combinations(trio, 2)):
            turned = _traded(_traded(text, a.name, b.name), b.name, c.name)
            yield _CLASS.get(a.concept, "role"), f"turn {a.concept}", turned


_TOGETHER = (
    {"MONEY", "SIDE"}, {"MONEY", "SIDED"}, {"RATE", "TIME"}, {"RATE", "VENUE"}, {"PRICE", "TIME"}, {"PRICE", "OFFSET"},
    {"MONEY", "TIME"}, {"COIN", "TIME"}, {"NAME", "TIME"}, {"LENGTH", "TIME"}, {"SIDE", "PRICE"}, {"SIDE", "TURN"},
    {"TURN", "MONEY"}, {"VENUE", "PRICE"}, {"PERIOD", "CHANGE"}, {"LENGTH", "CHANGE"}, {"TOWARDS", "PRICE"},
    {"VENUE", "PAYS"}, {"WHERE", "MONEY"}, {"MONEY", "PERCENT"}, {"PERCENT", "TIME"}, {"MONEY", "OFFSET"},
    {"VENUE", "SIDE"}, {"TOWARDS", "SIDE"}, {"TOWARDS", "MONEY"}, {"TOWARDS", "OFFSET"}, {"OFFSET", "SIDE"},
    {"PRICE", "MONEY"}, {"DRIFT", "PERIOD"}, {"VENUE", "RATE"}, {"PERCENT", "WHERE"},
)  # fmt: skip
"""Kinds that go together: a figure and what it is of. Both traded at a time may say the same in another order."""


def _traded(text: str, one: str, other: str) -> str:
    return text.replace(f"[{one}]", "[]").replace(f"[{other}]", f"[{one}]").replace("[]", f"[{other}]")


def _alike(text: str, one: str, other: str) -> bool:
    """Say whether the two are named as equals, or as the ends of a range, so that their order says nothing."""
    joined = rf"\[{one}\] and (?:on |at |in )?\[{other}\]|\[{other}\] and (?:on |at |in )?\[{one}\]"
    if re.search(joined, text) and not re.search(rf"\[{one}\] against|: \[|respectively|wedged", text):
        return True
    return any(f"[{one}]" in found[0] and f"[{other}]" in found[0] for found in _RANGES.finditer(text))

"""What is said of a single position: which side it is on, and which of its prices a figure is."""

import re
from collections.abc import Iterator

from commentary.checks.fit.reading import Objection, Reading
from commentary.checks.scene import Span

_SIZES = ("position_size", "position_previous", "position_coin")
_OWN = ("position_entry", "position_liquidation", "position_margin", "position_result", "position_leverage")
_ITS = r"(?:the |this |that |its |an? )?"
_BEHIND = re.compile(r"(?: [A-Z]{2,6})?(?: (?!and |or |of |against )[\w'’-]+){0,2}? (?P<side>longs?|shorts?)\b", re.I)
"""Behind a size: "a $96.1 million ether short"."""
_BEFORE = re.compile(rf"\b(?P<side>longs?|shorts?) (?:positions? )?(?:of|worth|is|was|at) {_ITS}\Z", re.I)
"""Before a size: "an ether short of $96.1 million"."""
_CALLED = re.compile(
    r"\b(?:(?P<liquidation>liquidation prices?)|(?P<entry>entry prices?|entered))\b"
    r"(?P<gap>(?: (?!from\b|than\b|above\b|below\b|mark\b|last\b|index\b|price\b)[\w'’-]+){0,7}) \Z",
    re.I,
)
"""Before a price: what it is called, with nothing between that could be another price's."""
_A_SIDE = re.compile(r"\b(?:the|this|that|an?|its) (?:\w+ )?(?P<side>long|short)\b(?! side)", re.I)
_PRICES = {"liquidation": ("position_entry", "price"), "entry": ("position_liquidation", "price")}
"""By what a price is called, what it then is not."""


def held(reading: Reading) -> Iterator[Objection]:
    """A position stands on its own side, and its entry is not its liquidation price, nor the market's price either."""
    text, (start, end) = reading.scene.text, reading.span
    own = reading.fact.subject.side
    if own is not None and reading.metric in _SIZES:
        match = _BEHIND.match(text, end, reading.scene.end) or _BEFORE.search(text, reading.scene.start, start)
        if match and match["side"].casefold().rstrip("s") != own:
            yield Objection("roles.side", match.span("side"), f"{reading.fact.id} is a {own}; write that")
    if own is not None and reading.metric in _OWN and (mark := _other_side(reading, own)) is not None:
        yield Objection("roles.side", mark, f"{reading.fact.id} is of a {own}; write that")
    if reading.fact.unit == "price" and (called := _CALLED.search(text, reading.clause[0], start)):
        name = "liquidation" if called["liquidation"] else "entry"
        if reading.metric in _PRICES[name]:
            yield Objection(
                "roles.metric", called.span(name), f"{reading.fact.id} is no {called[name]}; name what it is"
            )


def _other_side(reading: Reading, own: str) -> Span | None:
    """Return where the clause before a price of a position names a position of the other side, and none of its own."""
    found = list(_A_SIDE.finditer(reading.scene.text, reading.clause[0], reading.span[0]))
    sides = {match["side"].casefold() for match in found}
    return found[-1].span("side") if sides and own not in sides else None

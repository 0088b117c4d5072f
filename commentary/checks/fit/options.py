"""Which price of options a figure is, and which way a ratio of puts to calls is told."""

import re
from collections.abc import Iterator

from commentary.checks.fit.reading import Objection, Reading
from commentary.checks.patterns import before

_TO_PUT = re.compile(r"(?: calls?)? (?:to|for|per|against) (?:each|every|a|one|the) put", re.I)
_MORE = re.compile(r"\b(?P<one>puts|calls) (?:outnumber(?:ed)?|exceed(?:ed)?|outweigh(?:ed)?|dominate[ds]?)\b", re.I)
_KIND = re.compile(r"\b(?P<kind>puts|calls)\b(?! over| per)", re.I)
_KIND_BEHIND = re.compile(r" (?:of |in |worth of |are |were |for )?(?:the )?(?P<kind>puts|calls)\b", re.I)
_LEADS = re.compile(
    r" (?:(?:have |had |now |only |about |just )*(?:come|came|make|made|add|are|were|stand|stood|amount|total)"
    r"(?:ed)?(?: up| at)? ?)?(?:to |of |at |by |with )?\Z",
    re.I,
)
_OWN = ("options_max_pain", "options_pain_low", "options_pain_high")


def max_pain(reading: Reading) -> Iterator[Objection]:
    """A price that is called max pain is."""
    match = before("told", "figures", "max_pain").search(reading.scene.text, reading.clause[0], reading.span[0])
    if match and reading.fact.unit == "price" and reading.metric not in _OWN and not reading.fact.is_house:
        yield Objection("roles.metric", match.span(), f"{reading.fact.id} is not max pain; name what it is")


def put_or_call(reading: Reading) -> Iterator[Objection]:
    """A count of puts is of puts: "puts come to 68,410 BTC", "calls of 93,240 BTC"."""
    kind = next((one for one in ("calls", "puts") if reading.metric.endswith(f"_{one}")), None)
    if kind is None or not reading.metric.startswith("options_"):
        return
    text, (start, end) = reading.scene.text, reading.span
    named = _KIND_BEHIND.match(text, end)
    if named is None:
        low = max([reading.scene.start, *(b for _, b in reading.scene.figures if b <= start)])
        # "Calls of 93,240 BTC and 68,410 BTC in puts" is told behind; in front only what leads to the figure counts.
        named = next((one for one in reversed(list(_KIND.finditer(text, low, start)))), None)
        if named is None or not _LEADS.match(text[named.end() : start]):
            return
    if named["kind"].casefold() != kind:
        yield Objection("roles.metric", named.span("kind"), f"{reading.fact.id} is of {kind}; write that")


def put_call(reading: Reading) -> Iterator[Objection]:
    """A put/call ratio is of puts for each call, and says which of them are more."""
    if not reading.metric.endswith("_put_call"):
        return
    scene, fact = reading.scene, reading.fact
    if match := _TO_PUT.match(scene.text, reading.span[1], scene.end):
        yield Objection("roles.order", match.span(), f"{fact.id} is of puts for each call; turn it")
    match = _MORE.search(scene.text, scene.start, scene.end)
    if match and (match["one"].casefold() == "puts") != (fact.number > 1):
        yield Objection("roles.larger", match.span(), f"{fact.id} is {fact.number:.2f}; turn the two about")

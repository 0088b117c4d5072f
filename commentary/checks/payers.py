"""Who is said to pay funding, whatever the verb: the rate's sign decides."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.scene import Scene
from commentary.languages.phrases import Mark
from commentary.records.fact import Fact, Side
from commentary.records.sheet import FactSheet

_OTHER: dict[Side, Side] = {"long": "short", "short": "long"}
_RATES = ("funding_rate", "funding_8h", "funding_apr", "funding_money", "funding_payer")
_HAD = re.compile(r"\bhad (?:been )?(?:paid|paying|received|collected|owed)\b", re.I)
_BEFORE = ("funding_previous", "funding_before")


_FLOW = re.compile(
    r"\bfrom (?:the |all )?(?P<from>longs?|shorts?)\b(?: side| positions?| holders?)?(?: \w+){0,3}? (?:in)?to (?:the )?"
    r"(?P<to>longs?|shorts?)\b"
    r"|\b(?:in)?to (?:the )?(?P<to2>longs?|shorts?)\b(?: side| positions?)?,? from (?:the )?(?P<from2>longs?"
    r"|shorts?)\b",
    re.I,
)
_TURNED = re.compile(
    r"\b(?:flip|swing|swung|switch|turn|chang|shift|pass(?:ed)? the|mov(?:ed|es) the|balance|tilt)\w*", re.I
)


def _flows(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the sides that funding is said to go from and to: "from shorts to longs" says that shorts pay."""
    if not scene.said(("kind:funding", "payers:")):
        return
    for match in _FLOW.finditer(scene.text, scene.start, scene.end):
        name = "from" if match["from"] else "from2"
        giver, taker = match[name].casefold().rstrip("s"), (match["to"] or match["to2"]).casefold().rstrip("s")
        start = scene.clause(match.start())[0]
        if giver != taker and not _TURNED.search(scene.text, start, match.start()):
            mark = Mark(*match.span(name), f"side:{giver}")
            yield mark, _paying(mark, True)


_WITHOUT = re.compile(
    r"\b(?P<side>longs?|shorts?)\b(?: \w+){0,3}? (?:received|got|earned|collected|enjoyed|drew|saw|took|had) (?:no"
    r"|nothing|not a cent|zero|little)\b"
    r"|\b(?P<side2>longs?|shorts?)\b(?: \w+){0,2}? (?:lost|lose|loses|losing) [^,.;]{0,30}?\bto (?:funding"
    r"|the funding|longs?|shorts?|the longs?|the shorts?)\b",
    re.I,
)


def _went_without(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the side that is said to lose to funding, or to get nothing of it: then the other gets it."""
    if not scene.said(("kind:funding", "payers:")):
        return
    for match in _WITHOUT.finditer(scene.text, scene.start, scene.end):
        name = "side" if match["side"] else "side2"
        mark = Mark(*match.span(name), f"side:{match[name].casefold().rstrip('s')}")
        yield mark, _paying(mark, True)


_CARRIED = re.compile(
    r"\b(?:being|going|staying|holding|carrying|running|keeping|to be|to hold|to carry|to stay)(?: an?| the)?(?: \w+)? "
    r"(?P<side>longs?|shorts?)\b(?: \w+){0,5}? (?:(?P<cost>costs?|was charged|is charged|was expensive|came at)"
    r"|(?P<gain>earns?|earned"
    r"|pays off|paid off|yields?|yielded|brought in|brings in|made money))\b",
    re.I,
)


def _carried(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the side that holding a position is said to cost, or to bring something."""
    if not scene.said("kind:funding") and not scene.said("giver:"):
        return
    for match in _CARRIED.finditer(scene.text, scene.start, scene.end):
        mark = Mark(*match.span("side"), f"side:{match['side'].casefold().rstrip('s')}")
        yield mark, _paying(mark, match["cost"] is not None)


def said_payers(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the word that names each side said to pay or be paid, and the side that pays by it."""
    yield from _flows(scene)
    yield from _carried(scene)
    yield from _went_without(scene)
    for verb in scene.longest("payers:"):
        start, end = scene.clause(verb.start)
        before = scene.said("side:", (start, verb.start))
        behind = scene.said("side:", (verb.end, end))
        kind = verb.name.removeprefix("payers:")
        if kind in ("pays", "receives"):
            if before:
                yield before[-1], _paying(before[-1], kind == "pays")
            if behind and kind == "pays" and _is_object(scene, verb, behind[0]):
                yield behind[0], _paying(behind[0], False)
        elif behind:
            yield behind[0], _paying(behind[0], kind == "charges")


def _is_object(scene: Scene, verb: Mark, side: Mark) -> bool:
    return len(scene.text[verb.end : side.start].split()) <= 1


def _paying(mark: Mark, pays: bool) -> Side:
    side: Side = "long" if mark.name == "side:long" else "short"
    return side if pays else _OTHER[side]


def payers(sheet: FactSheet, scene: Scene, told: list[Fact]) -> tuple[set[Side], list[Fact]]:
    """Return which sides pay by the rates that a sentence can mean, and those rates."""
    own = [fact for fact in told if fact.subject.metric in (*_RATES, *_BEFORE) and isinstance(fact.value, Decimal)]
    rates = [fact for fact in own if fact.subject.metric != "funding_money"]
    if not rates:
        named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
        every = [fact for fact in sheet.all("funding_rate") if fact.subject.window_hours is not None]
        # A rate of which no interval is known has a sign too.
        every = every or sheet.all("funding_rate")
        rates = [fact for fact in every if fact.subject.venue in named] or every
        if scene.said("references:previous") or _HAD.search(scene.text, scene.start, scene.end):
            rates += sheet.all("funding_before") + sheet.all("funding_previous")
    sides: set[Side] = set()
    for fact in rates:
        if fact.number:
            sides.add("long" if fact.number > 0 else "short")
    return sides, rates

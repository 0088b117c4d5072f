"""Who is said to pay funding, whatever the verb: the rate's sign decides."""

from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.scene import Scene
from commentary.languages.phrases import Mark
from commentary.records.fact import Fact, Side
from commentary.records.sheet import FactSheet

_OTHER: dict[Side, Side] = {"long": "short", "short": "long"}
_RATES = ("funding_rate", "funding_8h", "funding_apr", "funding_money", "funding_payer")
_BEFORE = ("funding_previous", "funding_before")


def said_payers(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the word that names each side said to pay or be paid, and the side that pays by it."""
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
        rates = [fact for fact in every if fact.subject.venue in named] or every
        if scene.said("references:previous"):
            rates += sheet.all("funding_before") + sheet.all("funding_previous")
    sides: set[Side] = set()
    for fact in rates:
        if fact.number:
            sides.add("long" if fact.number > 0 else "short")
    return sides, rates

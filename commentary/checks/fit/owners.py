"""Which asset's a figure is, and whether in coins or dollars."""

import re
from collections.abc import Iterator

from commentary.checks.fit.reading import Objection, Reading

_OF_WHOLE = re.compile(r"\b(?:out )?of (?:the |its |all )?\Z", re.I)


def _is_whole(reading: Reading) -> bool:
    """Say whether a figure of all coins is what a coin's is a part of, or what is left of it without some."""
    scene, start = reading.scene, reading.span[0]
    if reading.metric.startswith("liq_rest"):
        return True
    parts = any(end <= start for _, end in scene.figures)
    return parts and _OF_WHOLE.search(scene.text, scene.start, start) is not None


_OF_MARKET = re.compile(r"\bof (?:the |all )?(?:whole |entire |crypto )?(?:market|coins)(?:['’]s)? \Z", re.I)
"""Before a total that a coin's part is of: "45.1% of the market's $1.27 billion"."""


def asset(reading: Reading) -> Iterator[Objection]:
    """The asset named with a figure is its own."""
    fact, scene = reading.fact, reading.scene
    if fact.is_house or fact.unit in ("name", "time"):
        return
    marks = scene.said("asset:", reading.clause)
    named = {mark.name.removeprefix("asset:") for mark in marks}
    own = fact.subject.asset
    if named and own not in named and own != "market":
        words = scene.word(marks[0])
        yield Objection("roles.asset", (marks[0].start, marks[0].end), f"{fact.id} is not of {words}; name its asset")
    if (
        own == "market"
        and not _is_whole(reading)
        and not (reading.metric == "liq_total" and _OF_MARKET.search(scene.text, scene.start, reading.span[0]))
        and len(named) == 1
        and not reading.said("all_coins")
        and not scene.said("all_coins")
    ):
        words = scene.word(marks[0])
        yield Objection(
            "roles.scope", (marks[0].start, marks[0].end), f"{fact.id} is of all coins, not of {words} alone"
        )
    if reading.metric in ("liq_share", "size_share") and own != "market" and scene.said("all_coins"):
        mark = scene.said("all_coins")[0]
        # "85.2% of Bitcoin's liquidations, against 83.0% for the whole market": of the other figure.
        if not any(reading.span[1] <= low < mark.start for low, _ in scene.figures) or not named:
            why = f"{fact.id} is a share of {own} alone, not of all coins"
            yield Objection("roles.scope", (mark.start, mark.end), why)
    elif own != "market" and not named and reading.metric != "market_share" and reading.said("all_coins"):
        mark = scene.said("all_coins", reading.clause)[0]
        yield Objection("roles.scope", (mark.start, mark.end), f"{fact.id} is of {own} alone, not of all coins")


_CHANGES_OF = {
    "oi_change_coin": "in_coin",
    "oi_change_usd": "in_dollars",
    "reset_fall": "in_coin",
    "reset_depth": "in_coin",
    "oi_change_flow": "in_coin",
}

_OTHER_UNIT = {"in_coin": "in_dollars", "in_dollars": "in_coin"}


_NOT_IN = re.compile(r"\b(?:rather than|not|instead of|and not) \Z", re.I)
_COUNTED_IN = re.compile(r"\b(?:counted|measured|expressed|reckoned|denominated|stated|taken|seen) in \Z", re.I)


def unit(reading: Reading) -> Iterator[Objection]:
    """A change of open interest is of coins or of dollars, and told as what it is."""
    own = _CHANGES_OF.get(reading.metric)
    if own is None:
        return
    scene = reading.scene
    behind, before = scene.behind(reading.span), scene.before(reading.span)
    # "14.1% in dollars": what stands behind, as far as the next comma, belongs to the figure; else what stands before.
    comma = scene.text.find(",", *behind)
    behind = (behind[0], comma if comma >= 0 else behind[1])
    for span in (behind, before, reading.clause):
        named = {mark.name: mark for mark in scene.said(("in_coin", "in_dollars"), span)}
        named = {name: one for name, one in named.items() if not _NOT_IN.search(scene.text, span[0], one.start)}
        counted = [mark for mark in scene.said("asset:", span) if _COUNTED_IN.search(scene.text, span[0], mark.start)]
        if counted and not named:
            # "Counted in SOL" is in coin.
            named = {"in_coin": counted[0]}
        if named:
            if own not in named:
                mark = named[_OTHER_UNIT[own]]
                message = f"{reading.fact.id} is a change {own.replace('_', ' ')}; write that"
                yield Objection("roles.unit", (mark.start, mark.end), message)
            return

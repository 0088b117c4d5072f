"""Who is said to pay: it is the side that the rate makes pay, on the exchange and at the time that are meant.

roles.payer: the side that is said to pay funding is not the one that the rate makes pay.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import ATTRIBUTES, Document, Statement
from commentary.checks.bygone import rates_dated, rates_then
from commentary.checks.payers import answered, held_rates, payers, paying, said_payers
from commentary.languages.phrases import Mark
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_CONCEDED = re.compile(r", if (?:not|only|less|more|at|by|just|anything|barely|slightly|a)\b", re.I)
"""An "if" that supposes nothing: "longs pay, if less than usual"."""
_SUPPOSED = 30
"""As far behind a side, in characters, a word can still suppose what it does: "longs on Binance would pay"."""
_WOULD = frozenset({"would", "could", "may", "might"})


def pays(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side that is said to pay is the one that the rate makes pay."""
    scene = statement.scene
    answers = scene.text[: scene.start].rstrip("\"”’' ").endswith("?")
    if statement.asks or (not scene.said("kind:funding") and not scene.said("payers:") and not answers):
        return
    rated = any(told.metric.startswith("funding_") for told in statement.figures()) or scene.said("kind:funding")
    supposed = [mark for mark in scene.said("conditional") if not _CONCEDED.match(scene.text, mark.start - 2)]
    facts = [told.fact for told in statement.figures()]
    for mark, side in (*said_payers(scene), *answered(scene, document.vocabulary.marks(scene.text))):
        low, high = scene.clause(mark.start)
        elsewhere = _paid_elsewhere(document, statement, mark)
        if not rated and scene.said(("kind:liquidations", "kind:map"), (low, high)):
            # "A tenth of the liquidations fell on shorts": nothing is paid there.
            continue
        # "Longs would be liquidated there, as shorts pay longs": a "would" supposes its own clause alone.
        near = [one for one in supposed if one.start >= low or scene.word(one).casefold() not in _WOULD]
        if any(one.start < min(high, mark.end + _SUPPOSED) for one in near):
            continue
        told_facts = [told.fact for told in statement.told if told.style not in ATTRIBUTES]
        then = rates_dated(statement, mark.start) or held_rates(document.sheet, told_facts)
        then = rates_then(document.sheet, statement, mark.start) if then is None else then
        sides, rates = payers(document.sheet, scene, facts) if then is None else (paying(then), then)
        if elsewhere is not None:
            sides, rates = {"long" if elsewhere.text == "long" else "short"}, [elsewhere]
        if sides and side not in sides:
            ids = tuple(fact.id for fact in rates)
            message = (
                f"by {ids[0]} it is the other side that pays; turn the sides about, or name the rate that is meant"
            )
            yield document.finding("roles.payer", "error", statement.field, (mark.start, mark.end), message, ids)


def _paid_elsewhere(document: Document, statement: Statement, mark: Mark) -> Fact | None:
    """Return who pays on the other exchanges, where a side is said of them: by a mention of it, or in words."""
    elsewhere = document.sheet.get("venue_rate_payer")
    told = any(
        told.metric == "venue_rate_payer" and told.mention.start <= mark.start < told.mention.end
        for told in statement.told
    )
    others = statement.scene.said("other_exchanges", statement.scene.clause(mark.start))
    return elsewhere if told or others else None

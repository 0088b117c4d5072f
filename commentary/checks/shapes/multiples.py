"""How many times one of two sums of a sentence the other is, and which of two changes was the greater."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement, Told
from commentary.checks.compared import sizes_of
from commentary.checks.shapes.saying import error, turned
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_DIGITS = re.compile(r"[0-9]+(?:\.(?P<decimals>[0-9]+))?")
_CHANGES = {"open_interest": ("oi_change_coin", "oi_change_usd"), "price": ("price_change",)}
_CHANGE = (
    r"(?:rise|fall|gain|drop|decline|increase|decrease|growth|loss|move|change|advance|retreat|slide|climb|jump|one"
    r"|that)"
)
_OF = re.compile(
    rf"\b{_CHANGE} (?:in|of) (?:the |its |\w+['’]s )?(?:(?P<oi>open interest|OI)|(?P<price>price|mark))\b", re.I
)


def times_of_two(document: Document, statement: Statement) -> Iterator[Finding]:
    """Of two sums in a sentence one is as many times the other as is said, unless the multiple is of something else."""
    figures = statement.figures()
    sums = [told for told in figures if told.fact.unit == "usd" and told.fact.quantity == "level"]
    multiples = [told for told in figures if told.fact.unit == "ratio"]
    if len(sums) != 2 or len(multiples) != 1:
        return
    told = multiples[0]
    if {one.fact.id for one in sums} & set(told.fact.inputs) or not all(one.fact.number for one in sums):
        return
    written = _DIGITS.search(statement.field.text, told.mention.start, told.mention.end)
    if written is None or _is_of(told, sums):
        return
    one, other = sorted((each.fact.number for each in sums), reverse=True)
    if told.metric.endswith("_bound") and statement.scene.said("denial"):
        # "Neither side holds 1.5 times the other": not measured, and true of anything below it.
        if one / other >= Decimal(written[0]):
            message = f"the two sums stand {one / other:.1f} to 1; take the denial out, or give that figure"
            span = (told.mention.start, told.mention.end)
            yield error(document, statement, "roles.denied", span, message, told.fact, *(each.fact for each in sums))
        return
    step = Decimal(1).scaleb(-len(written["decimals"] or ""))
    if abs(one / other - Decimal(written[0])) > step / 2:
        message = f"the two sums stand {one / other:.1f} to 1; write that, or what else it is so many times"
        span = (told.mention.start, told.mention.end)
        yield error(document, statement, "roles.metric", span, message, told.fact, *(each.fact for each in sums))


def _is_of(told: Told, sums: list[Told]) -> bool:
    """Say whether the multiple is of a measure that no figure of the sentence is of: of a median, of open interest."""
    return any(one.fact.subject.metric.partition("_")[0] != told.metric.partition("_")[0] for one in sums) and bool(
        re.search(r"median|oi|depth", told.metric)
    )


def outpaced(document: Document, statement: Statement) -> Iterator[Finding]:
    """A change of open interest is greater than the price's, or less, only where it is."""
    scene = statement.scene
    named = list(_OF.finditer(statement.text))
    if len(named) != 2 or scene.said("denial"):
        return
    one, other = (_changed(document, match.lastgroup or "", statement) for match in named)
    low, high = (statement.start + named[0].end(), statement.start + named[1].start())
    marks = scene.longest("comparisons:", (low, high))
    if not marks or not one or not other or named[0].lastgroup == named[1].lastgroup:
        return
    greater = marks[0].name.endswith("greater")
    if not any((abs(a.number) > abs(b.number)) == greater for a in one for b in other):
        yield turned(document, statement, named[0], (one[0], other[0]))


def _changed(document: Document, name: str, statement: Statement) -> list[Fact]:
    metrics = _CHANGES["open_interest" if name == "oi" else "price"]
    if name == "oi" and statement.scene.said("in_coin") and not statement.scene.said("in_dollars"):
        metrics = metrics[:1]
    day = Decimal(24)
    return [fact for metric in metrics for fact in document.sheet.all(metric) if fact.subject.window_hours == day]


_EVEN = re.compile(
    r"\b(?:in equal measure|about even|in equal parts|to the same extent|alike in size|about as much|the same amounts?"
    r"|(?:hits|sums|liquidations|closures|amounts|losses) of (?:about |roughly |much )?the same size|equal amounts?"
    r"|level with each other|(?:are|is|were|stand) (?:even|equal|level|balanced))\b",
    re.I,
)
_TENTH = Decimal("1.1")


def even(document: Document, statement: Statement) -> Iterator[Finding]:
    """Longs and shorts are of the same size only where neither is a tenth more than the other."""
    scene = statement.scene
    match = _EVEN.search(statement.text)
    if match is None or len({mark.name for mark in scene.said("side:")}) < 2 or scene.said(("denial", "payers:")):
        return
    longs, shorts = sizes_of(document.sheet, scene, "long")
    pairs = [(one, other) for one in longs for other in shorts if min(one.number, other.number) > 0]
    if pairs and not any(
        max(one.number, other.number) < _TENTH * min(one.number, other.number) for one, other in pairs
    ):
        yield turned(document, statement, match, pairs[0])

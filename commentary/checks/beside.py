"""What stands right beside a figure: the name of its measure, and its whole."""

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.checks.base import Document, Statement, Told
from commentary.records.finding import Finding

_PRICE = r"(?:(?:mark|last|index|spot|current)[ -]price|(?:latest|last) close)"
_PRICE_OF = re.compile(
    rf"\b{_PRICE}(?: of \w+)?,? ?(?:was|is|of|at|stood at|stands at|:)? ?$"
    rf"|\b{_PRICE}(?: of \w+)? \w+ [0-9.]+% (?:[^.;$]*? )?to $"
    r"|\b(?:trades|trading|traded|changes hands|changed hands|is trading|was trading) (?:at|for|around|near) $"
    r"|\b(?:is|was|were) (?:last |now |currently )?(?:quoted|marked|priced) at $",
    re.IGNORECASE,
)
_PRICE_IS = re.compile(
    r"(?<!settlement )\bprice (?:is|was|stands at|stood at|sits at) $"
    r"|\b[A-Z][a-z]+ (?:is|was|stands|stood|sits)(?: now)? at $"
)
_OWN_PRICE = re.compile(r"\b(liquidation|entry) price (?:is|was|stands at|stood at) $", re.IGNORECASE)
"""Before a price of a position, which is called what it is."""
_FROM_LEVEL = re.compile(
    r" (?:off|above|below|under|over|beneath|short of|shy of|from|away|higher|lower|clear of)\b", re.I
)
_INTEREST = re.compile(
    r"\bopen interest(?:,? (?:on|in|across|at) [^,;.:$0-9]{1,40}?)?,? "
    r"(?:was|is|of|at|stood at|stands at|totals|came to) $",
    re.IGNORECASE,
)
_FUNDING = re.compile(
    r"\bfunding(?: rate)?(?: (?:on|at) \w+)?,? (?:was|is|of|at|stood at|settled at|stands at|:) $", re.IGNORECASE
)
_PER_HOURS = re.compile(r" (?:per|every|each|for) (?:[0-9]+|[a-z]+)[ -]hours?\b", re.IGNORECASE)
_SIZED = re.compile(r" of (?:\w+ )?(?:longs|shorts|liquidations)\b", re.IGNORECASE)
_BAND = re.compile(r"(?:-\S+)? band\b", re.IGNORECASE)
_OF_WHICH = re.compile(r",? of (?:which|that|it),? $", re.IGNORECASE)
_OF_IT = re.compile(r" of (?:it|them|that|which) (?:was |were |in )?", re.IGNORECASE)


def _error(
    document: Document, statement: Statement, code: str, told: Told, message: str, span: tuple[int, int] | None = None
) -> Finding:
    place = span or (told.mention.start, told.mention.end)
    return document.finding(f"roles.{code}", "error", statement.field, place, message, (told.fact.id,))


def metric(document: Document, statement: Statement) -> Iterator[Finding]:
    """A figure right beside the name of a measure is of that measure."""
    text = statement.field.text
    for told in statement.figures():
        before, behind = text[statement.start : told.mention.start], text[told.mention.end : statement.end]
        wrong = _wrong_measure(document, told, before, behind)
        if wrong is None and _is_price(document, statement, told, before):
            wrong = "a price at which it stands"
        if wrong is not None:
            message = f"{told.fact.id} is not {wrong}; name what it is"
            yield _error(document, statement, "metric", told, message)


def _is_price(document: Document, statement: Statement, told: Told, before: str) -> bool:
    """Say whether a level is told as where price is, and not under a condition."""
    if told.fact.unit != "price" or told.metric.startswith(
        ("price", "contract", "band_to", "passed_extreme", "passed_close", "distance_", "settled_close", "told_price")
    ):
        return False
    if (own := _OWN_PRICE.search(before)) and told.metric == f"position_{own[1].casefold()}":
        return False
    return _PRICE_IS.search(before) is not None and not statement.scene.said("conditional")


def _wrong_measure(document: Document, told: Told, before: str, behind: str) -> str | None:
    """Return what the words beside a figure take it for, where it is something else."""
    name, unit = told.metric, told.fact.unit
    if name.startswith(("distance_", "band_to")) and _FROM_LEVEL.match(behind):
        return None
    if (
        unit in ("price", "usd")
        and _PRICE_OF.search(before)
        and not name.startswith(("price", "contract", "passed_close", "settled_close", "told_price"))
    ):
        return "a price at which it trades"
    if (
        unit in ("usd", "coin")
        and _INTEREST.search(before)
        and not name.startswith(("oi", "reach_test", "cluster_test"))
        and not name.endswith("_regain")
    ):
        return "open interest"
    if unit == "percent" and _FUNDING.search(before) and not name.startswith("funding"):
        return "a funding rate"
    of_usual = re.match(r" (?:of|below|above) (?:the|its|that)\b", behind) is not None
    if name == "funding_to_baseline" and not of_usual and (_FUNDING.search(before) or _PER_HOURS.match(behind)):
        return "a funding rate"
    if unit == "price" and _SIZED.match(behind):
        return "a size of positions"
    if unit == "price" and _BAND.match(behind) and not name.startswith("band"):
        return "an edge of the band"
    if name == "funding_baseline" and not document.cues.said("baseline", f"{before}{behind}"):
        return "the rate that was settled"
    return None


def part(document: Document, statement: Statement) -> Iterator[Finding]:
    """A part is no larger than the whole named before it."""
    figures = [told for told in statement.figures() if told.fact.unit == "usd"]
    text = statement.field.text
    for whole, piece in pairwise(figures):
        between = text[whole.mention.end : piece.mention.start]
        behind = text[piece.mention.end : statement.end]
        parted = _OF_WHICH.search(between) or _OF_IT.match(behind)
        if parted and piece.fact.number > whole.fact.number:
            message = f"{piece.fact.id} is larger than {whole.fact.id}, of which it is told as a part"
            yield _error(document, statement, "part", piece, message)

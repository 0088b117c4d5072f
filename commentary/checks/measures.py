"""What a sentence takes a figure for: which measure, unit, window, scope and place."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import ATTRIBUTES, Document, Statement, Told
from commentary.records.fact import BOUNDS
from commentary.records.finding import Finding

_COUNTED = re.compile(r"(\w+)\W*$")
_OUTSIDE = re.compile(r"\b(before|ahead of|after|following|prior to|since|outside|beyond)(?: the| those)? \Z", re.I)
_FROM, _TO = (re.compile(rf"\b{word} $", re.I) for word in ("from", "to"))
_BY = re.compile(r"\bby (?:a full |the equivalent of |about |some |a whole |as much as )?$", re.I)
_WINDOWED = ("liq_", "oi_change", "price_change", "oi_delta", "basis_change")
_WINDOWS = ("window", "to_when", "to_clock")
_NAMING = ("source", "venue")
"""Roles of names read back from plain text, which any fact of the name may carry."""
_FRONT = len("On an annualised basis ")
"""As far into a sentence, in characters, a word that it begins with can say how a rate is told."""
_SAME_MINUTES = 15
"""Ends no further apart are told as one, as vendors refresh every five to fifteen minutes (data/tolerances.toml)."""


def _before(statement: Statement, told: Told) -> str:
    return statement.field.text[statement.start : told.mention.start]


def _plain(price: Decimal) -> str:
    """Return a price as a fact of its level has it in its subject."""
    return f"{price.normalize():f}"


def _error(
    document: Document, statement: Statement, code: str, told: Told, message: str, span: tuple[int, int] | None = None
) -> Finding:
    place = span or (told.mention.start, told.mention.end)
    return document.finding(f"roles.{code}", "error", statement.field, place, message, (told.fact.id,))


_SUMS = ("reach_size", "reach_coin", "reach_sum", "side_total")
_ENDS = ("reach_price", "reach_sum_price", "cluster_near", "cluster_far", "cluster_peak", "cluster_level_price")


def reach(document: Document, statement: Statement) -> Iterator[Finding]:
    """A sum that runs to a price lies on the way there, not at, near or beyond it."""
    sums = [told for told in statement.told if told.metric in _SUMS and told.fact.unit == "usd"]
    if not sums or statement.asks:
        return
    for told in statement.figures():
        if told.metric not in _ENDS:
            continue
        before = _before(statement, told)
        place = list(document.cues["place"].finditer(before))
        if not place or before[place[-1].end() :].strip(" ,"):
            continue
        distance = told.mention.start - len(before) + place[-1].start() - 1
        if any(one.metric.startswith("distance_") and one.mention.end == distance for one in statement.figures()):
            # "$113 below $60,593": how far price is from the end of the sum.
            continue
        if _DROPPED.search(before[: place[-1].start()]) and _is_beyond(document, told, place[-1][0]):
            # "Price has dropped below $63,850": where price is, and not the sum.
            continue
        head = _COUNTED.search(before[: place[-1].start()])
        if head and document.cues["ends"].fullmatch(head[1]):
            continue
        if not any(_same_way(sum_, told) for sum_ in sums) or statement.scene.said("denial"):
            continue
        message = "the sum runs from the market to this price and is no sum at or beyond it; write between which prices"
        span = (statement.start + place[-1].start(), told.mention.end)
        yield _error(document, statement, "reach", told, message, span)


_DROPPED = re.compile(
    r"\b(?:price|mark|bitcoin|ether|solana|pepe|[A-Z]{3,4}|it)\b[^,;.]{0,20}?\b(?:dropped|fallen|fell|slid|slipped|sunk|sank|moved"
    r"|trades|traded|gone|went|stands|sits|is|risen|rose|climbed) \Z",
    re.I,
)


def _is_beyond(document: Document, told: Told, place: str) -> bool:
    price = document.sheet.get("price")
    below = place.casefold() in ("below", "beneath", "under", "underneath", "just below")
    above = place.casefold() in ("above", "over", "just above")
    return price is not None and (below or above) and (price.number < told.fact.number) == below


def _same_way(total: Told, level: Told) -> bool:
    one, other = total.fact.subject, level.fact.subject
    if total.metric == "side_total":
        return one.side == other.side
    if total.metric == "reach_sum":
        # The end of such a sum may be an edge of a cluster too.
        return one.side == other.side and (one.at or "").partition(";")[0] == _plain(level.fact.number)
    return (one.side, one.at) == (other.side, other.at)


_YEARLY = ("annual", "year_two", "over_year", "under_year")
"""Styles that say themselves that a rate is of a year."""


def interval(document: Document, statement: Statement) -> Iterator[Finding]:
    """A funding rate belongs to its interval, and a yearly rate to a year."""
    for told in statement.figures():
        rate = told.metric in ("funding_rate", "funding_previous", "funding_baseline")
        yearly = told.metric in ("funding_apr", "basis", "basis_median", "basis_low", "basis_high", "basis_week")
        if not rate and not yearly:
            continue
        start, end = statement.clause(told.mention.start)
        beside = f"{statement.field.text[start : told.mention.start]}\0{statement.field.text[told.mention.end : end]}"
        front = statement.text[:_FRONT]
        denied = statement.scene.said("denial", (start, end))
        if (
            rate
            and not denied
            and document.cues.said("yearly", beside)
            and not any(t.metric == "funding_apr" for t in statement.told)
        ):
            message = f"{told.fact.id} is a rate per interval, not per year; write its interval"
            yield _error(document, statement, "interval", told, message)
        elif yearly and told.style not in _YEARLY and not document.cues.said("yearly", front + beside):
            message = f"{told.fact.id} is a rate per year; say so beside the figure"
            yield _error(document, statement, "interval", told, message)


def window(document: Document, statement: Statement) -> Iterator[Finding]:
    """A figure of a window is told with that window, and with that window's end."""
    figures = [told for told in statement.figures() if told.metric.startswith(_WINDOWED)]
    for told in statement.told:
        if told.style == "window" and figures and (match := _OUTSIDE.search(_before(statement, told))):
            message = f"{figures[0].fact.id} is of that window, not of what came {match[1]} it"
            span = (statement.start + match.start(1), told.mention.end)
            yield _error(document, statement, "window", told, message, span)
    windows = [told for told in statement.told if told.style in _WINDOWS]
    hours = {told.fact.subject.window_hours for told in windows}
    if not figures or len(hours) != 1:
        return
    if not any(told.fact.subject.window_hours in hours for told in figures):
        message = f"{figures[0].fact.id} is of another window than the one named; write the window it is of"
        yield _error(document, statement, "window", windows[0], message)
        return
    ends = {
        told.fact.as_of
        for told in statement.told
        if told.metric.startswith(_WINDOWED) and told.style not in ATTRIBUTES and told.mention.role not in _NAMING
    }
    for told in windows:
        apart = min(abs((told.fact.as_of - end).total_seconds()) / 60 for end in ends)
        if told.style != "window" and apart > _SAME_MINUTES:
            message = f"{figures[0].fact.id} ends at another time than the window named; write its own end"
            yield _error(document, statement, "window", told, message)


def order(document: Document, statement: Statement) -> Iterator[Finding]:
    """A change runs from the earlier value to the later one, by its size."""
    for told in statement.figures():
        before = _before(statement, told)
        name = told.metric
        if name in ("oi_coin", "oi_usd", "price") and _FROM.search(before) and _ends_at_start(statement, told):
            yield _error(document, statement, "order", told, f"{told.fact.id} is the value now; write it after 'to'")
            continue
        by = _BY.search(before) if told.fact.quantity == "level" and not name.endswith(BOUNDS) else None
        if by is not None and _moves(document, statement, told):
            message = f"{told.fact.id} is a level, not a change; write it after 'to'"
            span = (statement.start + by.start(), told.mention.end)
            yield _error(document, statement, "order", told, message, span)


def _ends_at_start(statement: Statement, told: Told) -> bool:
    """Say whether the other end of a "from … to" is the value before."""
    names = {other.metric for other in statement.told}
    return bool(names & {"oi_from_coin", "oi_from_usd", "price_from"}) and told.fact.quantity == "level"


def _moves(document: Document, statement: Statement, told: Told) -> bool:
    start = statement.clause(told.mention.start)[0]
    words = document.language.watched(statement.field.text[start : told.mention.start])
    return any(category == "direction" for _, _, category in words[-1:]) and told.fact.unit in ("price", "coin", "usd")


def loss(document: Document, statement: Statement) -> Iterator[Finding]:
    """What was liquidated is the size of positions; what traders lost nobody reports."""
    text = statement.text
    if statement.asks or document.cues.said("denial", text) or not document.cues.said("loss", text):
        return
    for told in statement.figures():
        if told.fact.unit != "usd" or not told.metric.startswith(("liq_", "reach_", "cluster_", "within_")):
            continue
        start, end = statement.clause(told.mention.start)
        near = statement.field.text[max(start, told.mention.start - 30) : min(end, told.mention.end + 25)]
        if document.cues.said("loss", near):
            message = f"{told.fact.id} is the size of positions, not what traders lost; write that"
            yield _error(document, statement, "loss", told, message)

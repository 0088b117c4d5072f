"""What an article must say besides its figures. A passage on its own may leave it to its surroundings.

completeness.source, .time: who the figures come from, and as of when.
completeness.scope: which coins a total of liquidations covers.
completeness.window: the hours that a change or a total is of, at or before its first mention.
completeness.interval: the interval of a funding rate, and its exchange.
completeness.model: that a map's figures are a model's.
completeness.other_side: the other side of a map, or that it is missing.
completeness.unknowns, .disclaimer: what the data does not show, and the disclaimer.
completeness.own: our own estimate without a word that it is ours.
completeness.unread: a stretch without an end of a sentence, too long to be judged (found while reading).
"""

import re
from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import TIMES, Document, Field, Part, Told
from commentary.checks.own_estimate import unnamed
from commentary.records.fact import Side
from commentary.records.finding import Finding

_MAP = ("reach_", "cluster_", "within_")
_WINDOWED = ("liq_total", "liq_size", "oi_change_coin", "oi_change_usd", "price_change")
_WINDOWS = ("window", "window_adj", "to_when", "to_clock")
_OF_VENUE = ("venue", "venue_s", "at_venue", "at_venue_s")
_READ_ALONE: tuple[Part, ...] = ("body", "digest")


@checks.add("completeness")
def completeness(document: Document) -> Iterator[Finding]:
    """Find what an article leaves out."""
    if document.scope != "article":
        return
    body = [field for field in document.fields if field.is_body]
    if not body:
        return
    # Whom an editor's figure is from says nothing of where all others come from.
    told = [entry for field, entry in document.mentioned() if field.is_body and not entry.fact.is_signed]
    words = " ".join(field.text.casefold() for field in document.fields if field.part != "aside")
    styles = {entry.style for entry in told}

    def missing(rule: str, message: str) -> Finding:
        return document.finding(f"completeness.{rule}", "error", body[-1], (0, 0), message)

    giving = {"source", "source_s", "own", "where", "data_of", "by_account"}
    named = styles & giving or any(_names_giver(entry) or entry.metric == "told_source" for entry in told)
    if told and not named:
        yield missing("source", "no source is named; name who the figures come from")
    if told and not styles & TIMES:
        yield missing("time", "no time is given; say as of when the figures are")
    stated = [
        entry
        for statement in document.statements
        if statement.field.is_body and not statement.asks
        for entry in statement.figures()
        if entry.fact.unit in ("usd", "coin")
    ]
    if any(entry.metric.startswith(_MAP) for entry in stated) and "model" not in words:
        yield missing("model", "the map's figures are not called a model's; say that they are modelled")
    if _one_sided(document, told, body):
        yield missing("other_side", "only one side of the map is given; give the other or say that it is missing")
    if document.written and not document.unknowns and len({entry.metric for entry in told}) > 1:
        yield missing("unknowns", "nothing is said to be unknown; name what the data does not show")
    if not document.disclaimer:
        short = document.language.frames["disclaimer.short"]
        yield missing("disclaimer", f"there is no disclaimer; add one, such as “{short}”")
    yield from _scope(document, body)
    yield from _windows(document)
    yield from _rates(document, body)
    yield from unnamed(document)


def _names_giver(entry: Told) -> bool:
    """Say whether an exchange is named that gives its own figure."""
    return entry.style in _OF_VENUE and entry.fact.source == (entry.fact.subject.venue,)


def _one_sided(document: Document, told: list[Told], body: list[Field]) -> bool:
    """Say whether the sums of a map are of one side, and the other is nowhere named; a passed level needs none."""
    passed = document.sheet.get("level_passed") is not None
    sides: set[Side] = {
        entry.fact.side
        for entry in told
        if entry.metric in ("reach_size", "cluster_size", "within_size") and entry.fact.subject.side
    }
    if passed or len(sides) != 1:
        return False
    (side,) = sides
    for field in body:
        for word in re.findall(r"[A-Za-z]+", field.text):
            if document.language.side_of(word) not in (None, side):
                return False
    return True


def _scope(document: Document, body: list[Field]) -> Iterator[Finding]:
    """A total of liquidations names its coins at or before its first mention."""
    names = dict(document.edition.names)
    for field, told in document.mentioned():
        if field not in body or told.metric not in ("liq_total", "liq_size") or not told.style.startswith("usd"):
            continue
        asset = told.fact.subject.asset
        said = document.cues.said("all_coins", field.text) or "crypto" in field.text.casefold()
        for name in (asset, names.get(asset, asset)):
            said = said or re.search(rf"\b{re.escape(name)}\b", field.text, re.IGNORECASE) is not None
        if not said:
            message = "a liquidation total does not say which coins it covers; name them"
            span = (told.mention.start, told.mention.end)
            yield document.finding("completeness.scope", "error", field, span, message, (told.fact.id,))
        return


def _windows(document: Document) -> Iterator[Finding]:
    """In what is read alone, a figure of a window comes with or after its window."""
    said = {told.fact.subject.window_hours for _, told in document.mentioned() if told.style in _WINDOWS}
    for part in _READ_ALONE:
        # What was read back from plain text has no parts that are read alone.
        known: set[object] = set() if document.written else set(said)
        missed: set[str] = set()
        for statement in document.statements:
            if statement.field.part != part:
                continue
            known |= {told.fact.subject.window_hours for told in statement.told if told.style in _WINDOWS}
            for told in statement.figures():
                if told.metric not in _WINDOWED:
                    continue
                hours = told.fact.subject.window_hours
                named = hours in known or document.cues.said("same_window", statement.text)
                if not named and told.fact.id not in missed:
                    missed.add(told.fact.id)
                    message = f"{told.fact.id} stands without its hours; write the window to its end"
                    span = (told.mention.start, told.mention.end)
                    yield document.finding(
                        "completeness.window", "error", statement.field, span, message, (told.fact.id,)
                    )
                if named:
                    known.add(hours)


def names_venue(text: str, venue: str) -> bool:
    """Say whether an exchange is named; one with a small letter has a capital where a sentence begins: "DYdX's"."""
    return venue in text or venue[0].upper() + venue[1:] in text


def _rates(document: Document, body: list[Field]) -> Iterator[Finding]:
    """A funding rate stands with the exchange and the interval it belongs to, where they are known."""
    for field in body:
        told = [Told(m, document.sheet[m.fact]) for m in field.mentions if m.fact in document.sheet]
        rates = [entry for entry in told if entry.metric == "funding_rate" and entry.style.startswith("rate")]
        for entry in rates[:1]:
            span = (entry.mention.start, entry.mention.end)
            subject = entry.fact.subject
            said = any(other.style == "rate_per" for other in told) or document.cues.said("periodic", field.text)
            if subject.window_hours is not None and not said:
                message = f"{entry.fact.id} stands without its interval; write over which hours it is paid"
                yield document.finding("completeness.interval", "error", field, span, message, (entry.fact.id,))
            if subject.venue and not names_venue(field.text, subject.venue):
                message = f"{entry.fact.id} stands without its exchange; name it, as a rate belongs to one"
                yield document.finding("completeness.interval", "error", field, span, message, (entry.fact.id,))

"""What a percent is a percent of: a move is a measured change of what moved, and a part is a part of its whole."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement, Told
from commentary.records.finding import Finding

_CHANGES = {
    "open_interest": ("oi_change", "oi_path_change", "oi_path_since", "reset_fall", "reset_depth"),
    "price": ("price_change", "price_path_change", "reset_price_change", "reset_price_gap"),
    "liquidations": ("liq_day_change",),
}
"""By what moved, the beginnings of the metrics that say how far. Nothing else has a computed change."""
_WHOLES = {
    "open_interest": (
        "oi",
        "position_share",
        "reach_share",
        "within_share",
        "cluster_oi_share",
        "liq_to_oi",
        "liq_to_before",
    ),
    "funding": ("funding",),
    "liquidations": (
        "liq_",
        "market_share",
        "size_share",
        "order_share",
        "flow_share",
        "turn_share",
        "cluster_share",
        "reach_",
        "within_",
    ),
}
"""By what is divided, the beginnings of the metrics that may be a part of it."""
_OF = re.compile(r" of (?:[\w'’-]+ ){0,4}?\Z")
_ALL_OF = re.compile(r" of (?:all|the|total|every) (?:recorded |counted )?liquidations\b", re.I)
_OF_FIGURE = re.compile(r" of (?:the |this |that |its )?\Z")
_ALL = tuple(start for starts in _CHANGES.values() for start in starts)


def percent(document: Document, statement: Statement) -> Iterator[Finding]:
    """Hold each percent against the noun that it is said of."""
    if statement.asks:
        return
    for told in statement.figures():
        written = statement.field.text[told.mention.start : told.mention.end]
        if "%" not in written and told.fact.unit != "percent":
            continue
        message = _moved_wrongly(document, statement, told, written) or _part_wrongly(
            document, statement, told, written
        )
        if message:
            span = (told.mention.start, told.mention.end)
            yield document.finding("roles.metric", "error", statement.field, span, message, (told.fact.id,))


def _moved_wrongly(document: Document, statement: Statement, told: Told, written: str) -> str | None:
    """Return what is wrong with a percent that something is said to have moved by."""
    start, end = statement.clause(told.mention.start)
    clause = statement.field.text[start:end]
    before = statement.field.text[start : told.mention.start]
    verb = document.cues["moved"].match(written)
    at = len(before)
    if verb is None:
        verbs = list(document.cues["moved"].finditer(before))
        between = before[verbs[-1].end() :] if verbs else "."
        if document.cues["by_how_much"].sub("", between).strip(" ,"):
            return None
        if document.cues["makes_up"].search(before[: verbs[-1].end()]) and verbs[-1][0].casefold() == "up":
            return None
        at = verbs[-1].start()
    if document.cues.said("conditional", clause):
        return None
    subject = _subject(document, before[:at])
    if subject is not None and told.metric.startswith(subject) and document.cues["went_to"].search(before):
        return None
    fitting = _CHANGES.get(subject, ()) if subject else _ALL
    # A change that an earlier story of ours told is one of its kind.
    metric = told.metric.removeprefix("told_")
    if metric.startswith(fitting) or _could_be(document, written, fitting):
        return None
    if not metric.startswith(_ALL):
        return f"{told.fact.id} is no change that was measured; give one that was, or write what the figure is"
    return f"{told.fact.id} is not the change of what is named before it; name what changed"


def _subject(document: Document, before: str) -> str | None:
    """Return what is said to move: the last noun, else a price where an asset's name alone stands before the verb."""
    last = _last(document, before)
    if last is not None:
        return last
    names = {name.casefold() for pair in document.edition.names for name in pair}
    words = before.split()
    return "price" if words and words[-1].strip(" ,").casefold() in names else None


def _last(document: Document, words: str) -> str | None:
    """Return the kind of the last noun in some words."""
    found = [(match.end(), kind) for kind, nouns in document.cues.nouns for match in nouns.finditer(words)]
    return max(found)[1] if found else None


def _part_wrongly(document: Document, statement: Statement, told: Told, written: str) -> str | None:
    """Return what is wrong with a percent that is said to be a part of something."""
    text = statement.field.text
    behind = text[told.mention.end : statement.clause(told.mention.start)[1]]
    whole = None
    for other in statement.told:
        if other.is_figure(statement.field) and _OF_FIGURE.fullmatch(text[told.mention.end : other.mention.start]):
            whole = _kind(other)
    for kind, nouns in document.cues.nouns:
        match = nouns.search(behind)
        if whole is None and match and _OF.fullmatch(behind[: match.start()]):
            whole = kind
    fitting = _WHOLES.get(whole or "")
    if whole == "liquidations" and told.metric in ("liq_to_oi", "liq_to_before") and _ALL_OF.match(behind):
        return f"{told.fact.id} is a share of open interest; name that"
    if not fitting or told.metric.startswith(fitting) or _could_be(document, written, fitting):
        return None
    return f"{told.fact.id} is no part of what is named behind it; name what it is a part of"


def _kind(told: Told) -> str | None:
    """Return what a figure that something is a part of measures; sums and levels are left to other rules."""
    if told.metric.startswith("funding"):
        return "funding"
    return "open_interest" if told.metric in ("oi_coin", "oi_usd") else None


def _could_be(document: Document, written: str, fitting: tuple[str, ...]) -> bool:
    """Say whether a figure read back from plain text is also how a fitting fact is written."""
    if document.written or not fitting:
        return False
    found = document.language.candidates(written, document.sheet.facts, document.edition)
    return any(fact.subject.metric.startswith(fitting) for fact, _ in found)

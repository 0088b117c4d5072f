"""Since when, at which rank and how often: turns of funding, best weeks, largest expiries, days that moved further."""

import re
from collections.abc import Iterator
from datetime import datetime

from commentary.checks.base import Document, Statement, Told
from commentary.checks.numerals import NUMERALS
from commentary.checks.patterns import before, pattern
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_PLAIN = re.compile(r"\b(?:second|third|fourth|fifth|next|one of)[ -](?:the )?\Z", re.I)
_CHANGES = {"oi_change_further": "oi_change_coin", "price_change_further": "price_change"}
_WEEKS = {
    "funding_week_as_low": "kind:funding",
    "funding_week_higher": "kind:funding",
    "volatility_week_as_low": "kind:volatility",
    "volatility_week_higher": "kind:volatility",
    "oi_week_further": "kind:open_interest",
    "liq_week_as_low": "kind:liquidations",
    "liq_week_higher": "kind:liquidations",
    "price_week_further": "kind:price",
}
_LARGEST_DAY = ("liq_week_largest", "liq_week_largest_share")


def since_when(document: Document, statement: Statement) -> Iterator[Finding]:
    """Funding turned when it did, and had not been so since the day on which it last was."""
    rate, last = document.sheet.get("funding_rate"), document.sheet.get("funding_same_last")
    text = statement.field.text
    if supposes(statement.scene) or not statement.scene.said(("kind:funding", "payers:")):
        return
    for told in statement.told:
        turned = before("told", "turns", "turned").search(text, statement.start, told.mention.start)
        state = document.sheet.get("funding_state")
        if turned and told.style in ("when", "clock") and rate and state and state.text.startswith("turned"):
            rates = [fact for fact in document.sheet.all("funding_rate")]
            if not any(told.fact.as_of == fact.as_of for fact in rates):
                yield _time(document, statement, told, rate)
                return
        since = before("told", "turns", "not_since").search(text, statement.start, told.mention.start)
        if since and last is not None and told.style in ("day", "when") and _date(told) != last.as_of.date():
            yield _time(document, statement, told, last)
            return


def _date(told: Told) -> object:
    return (told.fact.value if isinstance(told.fact.value, datetime) else told.fact.as_of).date()


def _time(document: Document, statement: Statement, told: Told, fact: Fact) -> Finding:
    why = f"{fact.id} is of {fact.as_of:%Y-%m-%d %H:%M} UTC; write that"
    return error(document, statement, "roles.time", (told.mention.start, told.mention.end), why, fact)


def first_of(document: Document, statement: Statement) -> Iterator[Finding]:
    """The largest of those at hand is what a computed rank puts first."""
    if supposes(statement.scene) or statement.scene.said(("denial", "ruled", "unknown")):
        return
    ranks = (
        ("expiry", document.sheet.get("options_rank"), 1),
        ("week", document.sheet.get("price_week_further"), 0),
    )
    for name, rank, first in ranks:
        match = pattern("told", "turns", name).search(statement.text)
        if match and rank is not None and rank.number != first and not _is_placed(statement, match):
            why = f"{rank.id} is {rank.number:f}; give that rank"
            yield error(document, statement, "roles.held", absolute(statement, match, "of"), why, rank)
            return
    match, share = pattern("told", "turns", "rate").search(statement.text), document.sheet.get("funding_below_share")
    if match and share is not None and not _is_placed(statement, match):
        top = match["of"].casefold() != "lowest"
        if share.number != (100 if top else 0):
            why = f"{share.id} is {share.number:.1f}; give that share"
            yield error(document, statement, "roles.held", absolute(statement, match, "of"), why, share)


def _is_placed(statement: Statement, match: re.Match[str]) -> bool:
    return _PLAIN.search(statement.text, 0, match.start("of")) is not None


def further(document: Document, statement: Statement) -> Iterator[Finding]:
    """Days that moved further moved the way that the present one did."""
    for told in statement.told:
        change = document.sheet.get(_CHANGES.get(told.metric, ""))
        if change is None:
            continue
        wrong = pattern("told", "turns", "rose" if change.number < 0 else "fell")
        if match := wrong.search(statement.text):
            why = f"{change.id} is {change.number:.1f}, and so are those days; turn it"
            yield error(document, statement, "direction.sign", absolute(statement, match), why, told.fact, change)
            return


def week_counts(document: Document, statement: Statement) -> Iterator[Finding]:
    """A count of weeks that went further is told of what was counted."""
    scene = statement.scene
    for told in statement.told:
        if told.metric == "funding_week_prints" and statement.field.text.startswith(" of ", told.mention.end):
            paid = document.sheet.all("funding_week_paid")
            if paid and scene.said("payers:") and all(fact.value != told.fact.value for fact in paid):
                span = (told.mention.start, told.mention.end)
                why = f"{told.fact.id} is of all settlements; {paid[0].id} is {paid[0].number:f}"
                yield error(document, statement, "roles.metric", span, why, told.fact, paid[0])
                return
            continue
        own = next((kind for name, kind in _WEEKS.items() if told.metric == name), None)
        if own is None or scene.said(own) or statement.figures():
            continue
        others = scene.said(tuple(kind for kind in _WEEKS.values() if kind != own))
        moved = pattern("told", "turns", "rose").search(statement.text)
        moved = moved or pattern("told", "turns", "fell").search(statement.text)
        if own != "kind:price" and (others or (moved and told.metric.endswith("_higher"))):
            span = (told.mention.start, told.mention.end)
            why = f"{told.fact.id} counts weeks of something else; name of what"
            yield error(document, statement, "roles.metric", span, why, told.fact)
            return


def largest_day(document: Document, statement: Statement) -> Iterator[Finding]:
    """The largest day of liquidations of a week is told on its day, and so is its sum."""
    largest = document.sheet.get("liq_week_largest")
    if largest is None or supposes(statement.scene):
        return
    told_sum = [one for one in statement.figures() if one.metric in _LARGEST_DAY]
    for told in statement.told:
        if told.style not in ("day", "when") or _date(told) == largest.as_of.date():
            continue
        words = statement.field.text[statement.start : told.mention.start]
        of_sum = told_sum and len(statement.figures()) == len(told_sum) and words.rstrip().endswith(" on")
        if of_sum or before("told", "turns", "day_was").search(words):
            yield _time(document, statement, told, largest)
            return


def regained(document: Document, statement: Statement) -> Iterator[Finding]:
    """Half of a fall was back after as many hours as it was, and contracts are no side's alone."""
    hours = document.sheet.get("reset_hours")
    match = pattern("told", "turns", "back").search(statement.text)
    if match and hours is not None and not supposes(statement.scene) and not statement.scene.said("ruled"):
        word = (match["n"] or match["m"]).casefold()
        if (NUMERALS.get(word) or int(word)) != hours.number:
            why = f"{hours.id} is {hours.number:f}; write that"
            yield error(document, statement, "roles.window", absolute(statement, match), why, hours)
            return
    match = pattern("told", "turns", "side_added").search(statement.text)
    open_ = statement.scene.said(("denial", "unknown", "ruled"))
    if match and document.sheet.get("oi_coin") is not None and not open_ and not supposes(statement.scene):
        why = "every contract has a long and a short, and no fact says who came first; write of contracts alone"
        yield error(document, statement, "roles.side", absolute(statement, match), why)

"""How a figure stands: from whom, of when, measured or ruled, and whether price is where it is said to be.

These are rules of roles (`owner`, `earlier`, `rule`, `pace`, `denied`) and of direction (`state`): each takes a
true figure that is bound to its fact, and asks whether the words around it give it another standing.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import TIMES, Document, Statement, Told
from commentary.checks.bygone import EARLIER, OURS, TOLD, day_before, names_time
from commentary.checks.fit.givers import AGAINST
from commentary.checks.last_passed import was_not_beyond
from commentary.checks.names import places_of
from commentary.checks.occasions import is_of_occasion
from commentary.checks.signed import figures_signed
from commentary.records.finding import Finding

_RULED = (
    "reach_test",
    "cluster_test",
    "liq_test",
    "oi_half_regain",
    "oi_half_further",
    "oi_turn",
    "price_turn",
    "turn_funding",
)
"""Bounds that a rule of the desk makes; nobody measured them."""
_TYPICAL = ("liq_median", "liq_next", "oi_change_next", "price_change_next")
"""Figures of other days, with the words of cues `other_days`."""
_LEVELS = ("reach_price", "cluster_near", "cluster_far", "band_low", "band_high")
_WORDS = re.compile(r"[A-Za-z ]*")
_HOURS = {"hour": 1, "hourly": 1, "day": 24, "daily": 24, "week": 168}
_HAD = re.compile(r"\b(?:had (?:been|stood|settled|come)|(?:day|settlement|week) (?:earlier|before)[^,;]* was)\b", re.I)
_MAY_LACK = re.compile(r"\bmay (?:also )?(?:lack|miss|omit|leave out|be without) \Z", re.I)
_BEFORE = re.compile(r",? (?:before|earlier)\b", re.I)
_DAILY = 24
_BROKEN = re.compile(
    r"\bband\b[^;.]{0,40}? (?:was|has been|is) (?:broken|breached|given up|lost),? by our rules?\b", re.I
)
_MARK = re.compile(r"['’]s mark\b")
_AS_PRINTED = Decimal("0.003")
"""Half a step of three digits, of their least."""
_AT_REST = 60
"""As far before or behind a figure, in characters, a word can still be about it."""


def owner(document: Document, statement: Statement) -> Iterator[Finding]:
    """Who is named beside figures is the source or the exchange of one of them."""
    if statement.asks:
        return
    stated = [told for told in statement.figures() if _is_measured(told)]
    if not stated:
        return
    # Whose an editor's figure is, be it a count, is asked of it alone (fit.signed).
    owners = {name for told in (*stated, *figures_signed(document, statement)) for name in _owners(told)}
    named = frozenset(
        name for name in document.vocabulary.givers | document.vocabulary.listed_givers if name[:1].isupper()
    )
    for name, span in places_of(named - owners, statement):
        # A name read back from plain text is bound to any fact of its own, wherever it stands.
        rightly = document.written and any(
            told.mention.start <= span[0] and span[1] <= told.mention.end and name in _owners(told)
            for told in statement.told
        )
        if is_of_occasion(document.sheet, statement.field.text, span):
            continue
        if AGAINST.search(statement.field.text, statement.start, span[0]):
            continue
        lacks = _MAY_LACK.search(statement.field.text, statement.start, span[0])
        if rightly or lacks or _is_valued_at(document, stated, name, statement.field.text[span[1] : statement.end]):
            continue
        if not _is_timed(document, statement, name, span):
            message = f"none of the figures here is {name}'s; name whose they are"
            ids = tuple(told.fact.id for told in stated)
            yield document.finding("roles.source", "error", statement.field, span, message, ids)


def _is_valued_at(document: Document, stated: list[Told], name: str, behind: str) -> bool:
    """Say whether coins told in dollars "at Binance's mark" come to that: a vendor's own dollars are near them too."""
    if not _MARK.match(behind):
        return False
    marks = [fact.number for fact in document.sheet.all("price", venue=name, at="mark")]
    coins = [told.fact.number for told in stated if told.metric == "oi_coin"]
    dollars = [told.fact.number for told in stated if told.metric == "oi_usd"]
    return any(abs(coin * mark / usd - 1) <= _AS_PRINTED for mark in marks for coin in coins for usd in dollars if usd)


def _is_timed(document: Document, statement: Statement, name: str, span: tuple[int, int]) -> bool:
    """Say whether a time behind a name is that of something of its own: "and CoinGlass's map from 03:00 UTC"."""
    end = statement.clause(span[0])[1]
    times = {told.fact.as_of for told in statement.told if told.style in TIMES and span[1] <= told.mention.start < end}
    return any(fact.as_of in times and name in fact.source for fact in document.sheet)


def _owners(told: Told) -> tuple[str, ...]:
    venue = told.fact.subject.venue
    of_inputs = tuple(
        part.removeprefix("venue=") for one in told.fact.inputs for part in one.split("/") if part[:6] == "venue="
    )
    return (*told.fact.source, *((venue,) if venue else ()), *of_inputs)


def _is_measured(told: Told) -> bool:
    return not told.fact.is_house and told.fact.unit not in ("name", "time", "days", "hours", "count")


def earlier(document: Document, statement: Statement) -> Iterator[Finding]:
    """A value of before is told as one."""
    text, said = statement.field.text, document.cues
    if statement.scene.said("conditional"):
        return
    for told in statement.figures():
        if not told.metric.startswith(EARLIER) or _is_also_current(document, told):
            continue
        before = text[max(statement.start, told.mention.start - 20) : told.mention.start]
        behind = text[told.mention.end : min(statement.end, told.mention.end + _AT_REST)]
        if told.metric.startswith(OURS):
            # Whose story it was has to be said, or right beside it that it was so before.
            ours = TOLD.search(text, statement.start, statement.end) or said["came_from"].search(before)
            if not ours and not _BEFORE.match(behind):
                yield _error(
                    document, statement, "earlier", told, f"{told.fact.id} is of an earlier story of ours; say so"
                )
            continue
        if said["came_from"].search(before) or said["was_before"].search(behind):
            continue
        if names_time(document.sheet, statement, told) or day_before(
            statement.scene, statement.clause(told.mention.start)
        ):
            continue
        if _HAD.search(text, statement.clause(told.mention.start)[0], told.mention.start):
            continue
        message = f"{told.fact.id} is the value of before; say so, or give the present one"
        yield _error(document, statement, "earlier", told, message)


def _is_also_current(document: Document, told: Told) -> bool:
    past = (*EARLIER, "reset_")
    return any(
        fact.unit == told.fact.unit and fact.value == told.fact.value and not fact.subject.metric.startswith(past)
        for fact in document.sheet
    )


def rule(document: Document, statement: Statement) -> Iterator[Finding]:
    """A bound of the desk's and a figure of other days are not told as what was measured now."""
    for told in statement.figures():
        if told.metric.startswith(_RULED) and told.fact.unit in ("usd", "coin", "price"):
            words: tuple[str, ...] = ("conditional", "ruled", "bounding")
        elif told.metric.startswith(_TYPICAL):
            if names_time(document.sheet, statement, told):
                continue
            words = ("other_days",)
        else:
            continue
        written = statement.field.text[told.mention.start : told.mention.end]
        if not any(statement.scene.said(name) or document.cues.said(name, written) for name in words):
            what = "a bound by rule" if told.metric.startswith(_RULED) else "a figure of other days"
            yield _error(document, statement, "rule", told, f"{told.fact.id} is {what}; say so beside it")


def pace(document: Document, statement: Statement) -> Iterator[Finding]:
    """No figure is given per hour or day but one that is of so long."""
    text = statement.field.text
    for told in statement.figures():
        if told.fact.unit not in ("percent", "usd", "coin") or told.style in ("rate_per", "annual"):
            continue
        match = document.cues["per_time"].match(text, told.mention.end + 1)
        hours = _HOURS.get(match[0].casefold().replace("-", " ").split()[-1]) if match else None
        own = told.fact.subject.window_hours or (_DAILY if told.metric.endswith("_daily_move") else None)
        if hours is not None and own == hours:
            continue
        later = match and text[match.end() :].startswith((" later", " earlier", " before", " ago", " after"))
        if match and not later and not document.cues["was_before"].match(text, match.start()):
            message = f"{told.fact.id} is not {match[0]!r}; write its own window or interval"
            yield document.finding("roles.interval", "error", statement.field, match.span(), message, (told.fact.id,))


_LEAVES_OPEN = re.compile(r" (?:show|mean|prove|say|tell|imply|follow|make it (?:known|plain))\b", re.I)
"""Behind a denial these deny that something is known, and not the thing."""
_OF_ITS_DAY = re.compile(r"(?: (?:above|below|over|under))? (?:the|its|that|each) day['’]s (?:own )?open\b", re.I)


def denied(document: Document, statement: Statement) -> Iterator[Finding]:
    """What a fact says is not denied."""
    text, said = statement.field.text, document.cues
    for told in statement.figures():
        if statement.asks or not _is_measured(told):
            continue
        start, end = statement.clause(told.mention.start)
        before = text[max(start, told.mention.start - _AT_REST) : told.mention.start]
        match = said["denies"].search(before)
        if (
            match
            and len(before[match.end() :].split()) <= 3
            and ", " not in before[match.end() :]
            and not _LEAVES_OPEN.match(before, match.end())
            and not (_OF_ITS_DAY.match(text, told.mention.end) and _on_no_day(document, told))
            and not was_not_beyond(document, statement, told.fact)
            and not said.said("conditional", text[start:end])
        ):
            span = (told.mention.start - len(before) + match.start(), told.mention.end)
            message = f"{told.fact.id} says so; take the denial out"
            yield document.finding("roles.denied", "error", statement.field, span, message, (told.fact.id,))


def _on_no_day(document: Document, told: Told) -> bool:
    """Say whether price went so far from its open on none of the days held: "never got 6.3% below" is right then."""
    return any(told.fact.id in base.inputs and not base.number for base in document.sheet.all("price_base"))


def state(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price and open interest are on the side of a level that a sentence puts them on, and a band is as it is said."""
    said, text = document.cues, statement.field.text
    band = document.sheet.get("band_state")
    broken = _BROKEN.search(statement.text)
    if broken and band is not None and band.text == "held" and not statement.scene.said(("conditional", "denial")):
        span = (statement.start + broken.start(), statement.start + broken.end())
        message = f"{band.id} is {band.text!r}; write that"
        yield document.finding("direction.crossed", "error", statement.field, span, message, (band.id,))
        return
    if statement.asks or any(statement.scene.said(name) for name in ("conditional", "denial", "ruled")):
        return
    for told in statement.figures():
        now = _now(document, told)
        if now is None:
            continue
        # "above $61,000" is one mention; its word of place belongs to what is said of price.
        lead = _WORDS.match(text, told.mention.start)
        figure = lead.end() if lead and lead.end() < told.mention.end else told.mention.start
        before = text[max(statement.start, told.mention.start - 30) : figure]
        for name, sign in (("stands_above", 1), ("stands_below", -1)):
            match = said[name].search(before)
            if match and not before[match.end() :].strip() and (now - told.fact.number) * sign < 0:
                message = f"it is not: {told.fact.id} is {told.fact.number:f}, and the present figure {now:f}"
                span = (told.mention.start, told.mention.end)
                yield document.finding("direction.crossed", "error", statement.field, span, message, (told.fact.id,))
    held = document.sheet.get("band_state")
    of_band = any(told.metric.startswith("band_") for told in statement.told) or statement.scene.said("band")
    if held is None or not of_band:
        return
    for name, agrees in (("band_broke", "broken"), ("band_held", "held")):
        for match in said[name].finditer(statement.text):
            if held.text != agrees:
                span = (statement.start + match.start(), statement.start + match.end())
                message = f"{held.id} is {held.text!r}; write that"
                yield document.finding("direction.crossed", "error", statement.field, span, message, (held.id,))


def _now(document: Document, told: Told) -> Decimal | None:
    if told.metric.startswith(_LEVELS):
        fact = document.sheet.get("price")
    elif told.metric.startswith("oi_half_regain"):
        fact = document.sheet.get("oi_coin")
    else:
        return None
    return fact.number if fact is not None else None


def _error(document: Document, statement: Statement, code: str, told: Told, message: str) -> Finding:
    span = (told.mention.start, told.mention.end)
    return document.finding(f"roles.{code}", "error", statement.field, span, message, (told.fact.id,))

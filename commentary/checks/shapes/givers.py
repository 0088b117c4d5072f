"""Sources and exchanges: which of two has more, whether they agree, and which of them a figure is of."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.fit.moves import move_beside
from commentary.checks.shapes.saying import absolute, error, turned
from commentary.checks.shapes.words import BELOW, HIGH, LESSER, LOW, THAN
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_DEGREES = frozenset({"higher", "lower", "up", "down", "off", "ahead", "heavier", "lighter", "fewer", "more"})
"""Words of rise and fall that also say how two things compare."""
_COVERED = re.compile(
    r"\b(?:all (?:of )?(?:the )?|every |each )(?:exchanges?|venues?)(?: (?:that|which) \w+ covers| it covers"
    r"| covered)?\b"
    r"|\b(?:the )?exchanges (?:that|which) \w+ covers\b",
    re.I,
)
_NOUN = (
    r"(?:one|exchange|venue|figure|count|reading|number|total|value|estimate|sum|tally|funding rate|funding|rate"
    r"|of the two"
    r"|open interest"
    r"|charge|cost|fee|settlement|amount|stock|tab)"
)
_ONE = re.compile(
    rf"\b(?P<word>{LOW}|{HIGH}) {_NOUN}\b(?! than\b)|\b(?:is|was|are|were) the (?P<alone>{LOW}|{HIGH})(?=[.,;:]"
    rf"| of\b)"
    r"|\b(?P<place>above|below|over|under|beneath) (?:[A-Z]\w+['’]s(?: (?:own|reading|figure|count|number"
    r"|one))?(?=[.,;]|$)|where|what|that (?:of|on|at)|the (?:figure|count|number) of)\b",
    re.I,
)
_THE_OTHER = re.compile(
    r"\b(?:(?P<less>undercuts?|trails?|lags?|falls short of|is (?:below|under))|exceeds?|tops?|surpass(?:es)?"
    r"|outstrips?|beats?"
    r"|is (?:above|over)) the other\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|rather than|unlike|instead of|than)(?: (?:on|at|in|from|by))? $", re.I)
_AGREE = re.compile(
    r"\b(?:agrees?|agreed|concurs?|concurred|coincide[sd]?|match(?:es|ed)?|tall(?:y|ies|ied)|are at one|see eye to eye"
    r"|the same (?:size|count|figure|number|total|open interest|amount)|identical|are equal|(?:are )?in agreement"
    r"|(?:are )?in accord|in unison|(?:are )?unanimous|no (?:gap|difference|discrepancy|disagreement|dispute"
    r"|conflict|quarrel)|one (?:figure|number|count)|line up|lines up|(?:is|are|was|were) the same)\b",
    re.I,
)
_DIFFER = re.compile(r"(?:\b(?:not|never|fail(?:s|ed)? to|hardly|disagree\w*|differ\w*|do(?:es)? not)|n['’]t)\b", re.I)


def covered(document: Document, statement: Statement) -> Iterator[Finding]:
    """A figure of one exchange is not told as one of all that its source covers."""
    match = _COVERED.search(statement.text)
    if match is None or statement.scene.said("denial"):
        return
    figures = [told for told in statement.figures() if told.metric.startswith(("liq_", "oi_"))]
    if figures and all(told.fact.subject.venue not in (None, "all") for told in figures):
        message = f"{figures[0].fact.id} is of {figures[0].fact.subject.venue} alone; name it"
        yield error(document, statement, "roles.venue", absolute(statement, match), message, figures[0].fact)


def gaps(document: Document, statement: Statement) -> Iterator[Finding]:
    """How far two sources are apart is no move in time."""
    for told in statement.figures():
        if not told.metric.startswith(("source_gap", "funding_gap", "conflict_gap")):
            continue
        span = (told.mention.start, told.mention.end)
        word = move_beside(statement.scene, span)
        verb = word is not None and word.start < span[0] and statement.scene.word(word).casefold() not in _DEGREES
        if word is not None and verb:
            message = f"{told.fact.id} is how far two sources are apart; write that"
            yield error(document, statement, "roles.metric", (word.start, span[1]), message, told.fact)


def of_two(document: Document, statement: Statement) -> Iterator[Finding]:
    """Of two sources or exchanges, the one that has the lower or the steeper figure has it."""
    scene, text = statement.scene, statement.text
    if scene.said(("kind:funding", "payers:pays")) and not scene.said("kind:open_interest"):
        every = [fact for fact in document.sheet.all("funding_rate") if fact.subject.at != "predicted"]
    elif scene.said("kind:open_interest"):
        every = document.sheet.all("oi_coin")
    else:
        return
    named = [mark for mark in scene.said("giver:") if any(_is_of(fact, mark.name) for fact in every)]
    if len({_owner(fact) for fact in every}) < 2 or not named or scene.said("payers:receives"):
        return
    for match in (*THAN.finditer(text), *_ONE.finditer(text), *_THE_OTHER.finditer(text)):
        if match.re is THAN and not any(mark.start >= statement.start + match.end() - 1 for mark in named):
            continue
        clause = scene.clause(statement.start + match.start())
        if match.groupdict().get("place") and scene.said("kind:price", clause):
            # "Whose reading of the mark is below Binance's own": of the price.
            continue
        before = [m for m in named if m.end <= statement.start + match.start()]
        before = [m for m in before if not _NOT.search(scene.text, statement.start, m.start)]
        behind = [m for m in named if m.start >= statement.start + match.start() and m.end <= clause[1]]
        behind = [m for m in behind if not _NOT.search(scene.text, statement.start, m.start)]
        owner = next(iter(before[-1:] or behind), None)
        if owner is None:
            continue
        own = [fact for fact in every if _is_of(fact, owner.name)]
        rest = [fact for fact in every if fact not in own]
        found = match.groupdict()
        word = found.get("word") or found.get("alone") or found.get("place") or ""
        lower = LESSER.fullmatch(word) is not None or word.casefold() in BELOW or bool(found.get("less"))
        paid = scene.said("payers:pays") and scene.said("side:")
        if word.casefold() in ("more", "less") and paid and all(fact.number < 0 for fact in every):
            # "Shorts on Bybit paid more": of rates below zero the lower one makes them pay more.
            lower = not lower
        if (
            own
            and rest
            and not any((one.number < two.number) == lower and one.number != two.number for one in own for two in rest)
        ):
            yield turned(document, statement, match, (own[0], rest[0]))
            return


def _owner(fact: Fact) -> str:
    return fact.subject.venue if fact.subject.metric.startswith("funding") else " ".join(fact.source)  # type: ignore[return-value]


def _is_of(fact: Fact, mark: str) -> bool:
    name = mark.removeprefix("giver:")
    return fact.subject.venue == name if fact.subject.metric.startswith("funding") else name in fact.source


def agreed(document: Document, statement: Statement) -> Iterator[Finding]:
    """Two sources that differ by more than they may are not said to agree."""
    scene = statement.scene
    for gap in document.sheet.all("conflict_gap"):
        named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
        kind = "kind:price" if "price" in (gap.subject.at or "") else "kind:open_interest"
        two = set(gap.source) <= named or re.search(
            r"\b(?:both|two) (?:sources|vendors|counts|providers|counters)\b", statement.text, re.I
        )
        match = _AGREE.search(statement.text)
        counted = kind == "kind:open_interest" and scene.said("in_coin")
        if two and match and (scene.said(kind) or counted) and not _DIFFER.search(statement.text[: match.start()]):
            why = f"{gap.id} is {gap.number:.1f}%; say that they differ"
            yield error(document, statement, "roles.denied", absolute(statement, match), why, *[gap])


def alike(document: Document, statement: Statement) -> Iterator[Finding]:
    """Two exchanges' rates are said to be the same only where they are."""
    scene = statement.scene
    match = _AGREE.search(statement.text)
    if match is None or not scene.said("kind:funding") or _DIFFER.search(statement.text[: match.start()]):
        return
    if re.search(r"\b(?:side|sign|way|direction|time|hour|payer|interval)\b", statement.text[match.end() :]):
        return
    named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
    rates = [fact for fact in document.sheet.all("funding_rate", at="settled") if fact.subject.venue in named]
    if len({fact.subject.venue for fact in rates}) > 1 and len({fact.number for fact in rates}) > 1:
        why = f"{rates[0].id} and {rates[1].id} differ; say which is the higher"
        yield error(document, statement, "roles.denied", absolute(statement, match), why, *rates)

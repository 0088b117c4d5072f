"""Which side of the market a sentence speaks of: whose figure, who pays, who is forced, which is larger."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement, Told
from commentary.records.fact import Fact, Side
from commentary.records.finding import Finding
from commentary.records.spelled import Mention

_SIDED = ("liq_", "reach_size", "reach_coin", "reach_share", "within_size", "cluster_size", "cluster_coin",
          "cluster_share", "side_total",
          "reach_per_percent", "order_size")  # fmt: skip
_OTHER: dict[Side, Side] = {"long": "short", "short": "long"}
_WORD = r"(longs?|shorts?)(?: side| positions?| liquidations?)?"
_AFTER = re.compile(
    rf"\s+(?:(?:worth )?of |in |on |was |were |is |are |being )?(?:(?!and\b|or\b)[\w-]+ ){{0,2}}?{_WORD}\b", re.I
)
_BEFORE = re.compile(
    rf"\b{_WORD}(?:,? (?:of|at|for|came to|come to|comes to|totalled|total|were|was|are|is|worth|holds?|have|has"
    r"|it has|stand at))?"
    r"[:,]? (?:about )?$",
    re.I,
)
_PAYS = re.compile(
    r"\b(longs|shorts) (?:now |also |still |then |were the ones )?(paid|pays?|paying|are paying|were paying|gave)\b",
    re.I,
)
_RECEIVES = re.compile(r"\b(longs|shorts) (?:received?|earned?|earns|collected?|got|were paid|are paid)\b", re.I)
_ITSELF = re.compile(r"\b(longs|shorts) (?:paid|pays?|paying|would pay) \1\b", re.I)
_SHARED = re.compile(rf"\s+of [^,;.:%$]{{0,40}}? (?:are|were|was|is) {_WORD}\b", re.I)
_PAID_BY = re.compile(r"\bpaid by (?:the )?(longs|shorts)\b", re.I)
_THAN = re.compile(r"\bmore (?:[\w$.,]+ ){0,3}?(longs?|shorts?)\b[^.;:]*?\bthan\b[^.;:]*?\b(longs?|shorts?)\b", re.I)
_SIDE_WORD = re.compile(r"\b(longs?|shorts?)\b", re.I)
_TERM = re.compile(r"\b(?:longer|long|shorter|short)[ -](?:term|run|lived)\b", re.I)


def _side(document: Document, word: str) -> Side | None:
    return document.language.side_of(word)


def _sided(told: Told) -> bool:
    return told.fact.subject.side is not None and told.metric.startswith(_SIDED)


def side(document: Document, statement: Statement) -> Iterator[Finding]:
    """Hold the side named beside a figure against the figure's own."""
    text = statement.field.text
    judged = False
    for told in statement.told:
        if not _sided(told) or not told.is_figure(statement.field):
            continue
        named = _beside(text, statement, told)
        if named is None:
            continue
        judged = True
        said = _side(document, named[1])
        if said is not None and said != told.fact.side:
            message = f"{told.fact.id} is of {told.fact.side}s; write that, or name the fact that is meant"
            yield document.finding("roles.side", "error", statement.field, named[0], message, (told.fact.id,))
    if not judged:
        yield from _only_other(document, statement)


def _beside(text: str, statement: Statement, told: Told) -> tuple[tuple[int, int], str] | None:
    """Return place and word of the side named next to a figure."""
    mentions = [t.mention for t in statement.told if t is not told]
    stop = min(
        (m.start for m in mentions if m.start >= told.mention.end and _has_digit(text, m)), default=statement.end
    )
    behind = text[told.mention.end : stop]
    match = _AFTER.match(behind) or (_SHARED.match(behind) if told.fact.quantity == "share" else None)
    if match:
        start = told.mention.end + match.start(1)
        return (start, start + len(match[1])), match[1]
    begin = max(
        (m.end for m in mentions if m.end <= told.mention.start and _has_digit(text, m)), default=statement.start
    )
    match = _BEFORE.search(text[begin : told.mention.start])
    if match:
        start = begin + match.start(1)
        return (start, start + len(match[1])), match[1]
    return None


def _has_digit(text: str, mention: Mention) -> bool:
    return any(character.isdigit() for character in text[mention.start : mention.end])


def _only_other(document: Document, statement: Statement) -> Iterator[Finding]:
    """A sentence whose figures are all of one side, and which names only the other."""
    sides = {told.fact.subject.side for told in statement.told if _sided(told)}
    if len(sides) != 1 or statement.asks or statement.scene.said("denial"):
        return
    (own,) = sides
    words = [(a, b, _side(document, statement.field.text[a:b])) for a, b, kind in statement.watched if kind == "side"]
    said = {word for _, _, word in words if word is not None}
    if (
        own is not None
        and said == {_OTHER[own]}
        and not any(t.style.endswith(("longs", "long")) for t in statement.told)
    ):
        start, end, _ = next(word for word in words if word[2] is not None)
        facts = tuple(told.fact.id for told in statement.told if _sided(told))
        message = f"the figures of this sentence are of {own}s; write that, or name the fact that is meant"
        yield document.finding("roles.side", "error", statement.field, (start, end), message, facts)


def payer(document: Document, statement: Statement) -> Iterator[Finding]:
    """Hold who is said to pay against the sign of the rate: where it is positive, longs pay."""
    if (both := _ITSELF.search(statement.text)) is not None:
        span = (statement.start + both.start(), statement.start + both.end())
        message = "one side pays the other; name both"
        yield document.finding("roles.payer", "error", statement.field, span, message)
        return
    paid = [(match, False) for pattern in (_PAYS, _PAID_BY) for match in pattern.finditer(statement.text)]
    for match, receives in (*paid, *((match, True) for match in _RECEIVES.finditer(statement.text))):
        start = statement.start + match.start(1)
        if any(told.mention.start <= start < told.mention.end for told in statement.told):
            continue
        clause = statement.clause_text(start)
        if document.cues.said("conditional", clause):
            continue
        said = _side(document, match[1])
        if receives and said is not None:
            said = _OTHER[said]
        facts = _payers(document, statement)
        payers = {_paying(fact) for fact in facts} - {None}
        if payers and said not in payers:
            ids = tuple(fact.id for fact in facts)
            message = (
                f"by {ids[0]} it is the other side that pays; turn the sides about, or name the rate that is meant"
            )
            yield document.finding(
                "roles.payer", "error", statement.field, (start, start + len(match[1])), message, ids
            )


def _payers(document: Document, statement: Statement) -> list[Fact]:
    own = [
        t.fact
        for t in statement.figures()
        if t.metric in ("funding_rate", "funding_apr", "funding_8h", "funding_previous")
    ]
    if own:
        return own
    venues = {t.fact.subject.venue for t in statement.told if t.style in ("venue", "venue_s", "at_venue", "at_venue_s")}
    rates = [fact for fact in document.sheet.all("funding_rate") if fact.subject.window_hours is not None]
    return [fact for fact in rates if fact.subject.venue in venues] or rates


def _paying(fact: Fact) -> Side | None:
    if not fact.number:
        return None
    return "long" if fact.number > 0 else "short"


def mechanism(document: Document, statement: Statement) -> Iterator[Finding]:
    """A fall forces longs and a rise shorts; the reverse is a mistake of the trade."""
    text = _TERM.sub(lambda found: "-" * len(found[0]), statement.text)
    said = document.cues
    sides = {_side(document, match[0]) for match in _SIDE_WORD.finditer(text)}
    if len(sides) != 1 or statement.asks or said.said("denial", text) or not said.said("forced", text):
        return
    if not said.said("conditional", text):
        return
    up, down = said["rising"].search(text), said["falling"].search(text)
    if bool(up) == bool(down):
        return
    (own,) = sides
    move = up or down
    if move is not None and own is not None and (own == "long") == bool(up):
        span = (statement.start + move.start(), statement.start + move.end())
        message = f"{own}s are forced by a {'fall' if own == 'long' else 'rise'}; turn the side or the move about"
        yield document.finding("roles.mechanism", "error", statement.field, span, message)


def larger(document: Document, statement: Statement) -> Iterator[Finding]:
    """Hold which side is called the larger against the sums of both."""
    yield from _ratios(document, statement)
    found = _larger_named(document, statement)
    if found is None or statement.asks or statement.scene.said("denial"):
        return
    span, said = found
    if document.cues.said("conditional", statement.clause_text(span[0])):
        return
    winners = _winners(document, statement)
    if winners and said not in winners:
        message = f"by the figures at hand {_OTHER[said]}s are the larger side; turn the sides about"
        yield document.finding("roles.larger", "error", statement.field, span, message)


def _larger_named(document: Document, statement: Statement) -> tuple[tuple[int, int], Side] | None:
    """Return place and side of what a sentence calls larger."""
    text = _TERM.sub(lambda found: "-" * len(found[0]), statement.text)
    than = _THAN.search(text)
    if than and _side(document, than[1]) != _side(document, than[2]):
        return _found(document, statement, than)
    said = document.cues
    if (verb := said["outweigh"].search(text)) is not None:
        before = list(_SIDE_WORD.finditer(text[: verb.start()]))
        after = _SIDE_WORD.search(text, verb.end())
        if before and after and _side(document, before[-1][0]) != _side(document, after[0]):
            return _found(document, statement, before[-1])
    for name in ("mostly", "larger_side"):
        if (cue := said[name].search(text)) is not None:
            sides = list(_SIDE_WORD.finditer(statement.text))
            if len({_side(document, match[0]) for match in sides}) == 1 and not text[sides[0].start() - 1].isdigit():
                gap = min(abs(match.start() - cue.end()) for match in sides)
                if gap <= 25 or name == "larger_side":
                    return _found(document, statement, sides[0])
    return None


def _found(document: Document, statement: Statement, match: re.Match[str]) -> tuple[tuple[int, int], Side] | None:
    group = 1 if match.re.groups else 0
    said = _side(document, match[group])
    start = statement.start + match.start(group)
    return ((start, start + len(match[group])), said) if said else None


def _winners(document: Document, statement: Statement) -> set[Side]:
    """Return the sides that are larger by some measure the sentence can mean."""
    recorded = any(t.metric.startswith("liq_") for t in statement.told) or (
        statement.scene.said("realised")
        and not any(t.metric.startswith(("reach_", "within_", "cluster_")) for t in statement.told)
    )
    names = (
        ("liq_size",)
        if recorded
        else (
            "within_size",
            "reach_size",
            "reach_per_percent",
            "side_total",
            "reach_per_percent",
            "order_size",
            "liq_size",
        )
    )
    winners: set[Side] = set()
    for name in names:
        for fact in document.sheet.all(name):
            for other in document.sheet.all(
                name, asset=fact.subject.asset, venue=fact.subject.venue, window=fact.subject.window_hours
            ):
                alike = other.subject.at == fact.subject.at or not name.startswith("within")
                if (
                    other.subject.side != fact.subject.side
                    and alike
                    and fact.subject.side
                    and fact.number >= other.number
                ):
                    winners.add(fact.subject.side)
        if winners:
            return winners
    return winners


def _ratios(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side before a ratio is the one that is so many times the other."""
    text = statement.field.text
    for told in statement.figures():
        if told.metric not in ("reach_ratio", "within_ratio") or told.fact.subject.side is None or told.fact.number < 1:
            continue
        start, end = statement.clause(told.mention.start)
        words = [(a, b) for a, b, kind in statement.watched if kind == "side" and start <= a < end]
        words = [word for word in words if _side(document, text[word[0] : word[1]])]
        if not words:
            continue
        before = [word for word in words if word[1] <= told.mention.start]
        a, b = before[-1] if before else words[0]
        if _side(document, text[a:b]) != told.fact.side:
            message = f"{told.fact.id} says how many times {told.fact.side}s are the other side; turn the sides about"
            yield document.finding("roles.larger", "error", statement.field, (a, b), message, (told.fact.id,))

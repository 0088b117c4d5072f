"""Which side of the market a sentence calls forced by a move, and which the larger."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement, Told
from commentary.records.fact import HIGH, LOW, OTHER_SIDE, Side
from commentary.records.finding import Finding

_THAN = re.compile(r"\bmore (?:[\w$.,]+ ){0,3}?(longs?|shorts?)\b[^.;:]*?\bthan\b[^.;:]*?\b(longs?|shorts?)\b", re.I)
_WITHIN = re.compile(r"\bwithin (?:a (?:move|distance) of )?([0-9]+)(?:%| per ?cent| percent)", re.I)
_SIDE_WORD = re.compile(r"\b(longs?|shorts?)\b", re.I)
_TERM = re.compile(r"\b(?:longer|long|shorter|short)[ -](?:term|run|lived)\b", re.I)


def _side(document: Document, word: str) -> Side | None:
    return document.language.side_of(word)


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
    if found is None or statement.asks_or_denies:
        return
    span, said = found
    if document.cues.said("conditional", statement.clause_text(span[0])):
        return
    own = _of_own_map(document, statement)
    if own is not None and said not in own:
        message = f"in some of our own mixes of leverage {said}s are not the larger side; give both ranges"
        yield document.finding("roles.larger", "error", statement.field, span, message)
        return
    winners = _winners(document, statement) if own is None else own
    if winners and said not in winners:
        message = f"by the figures at hand {OTHER_SIDE[said]}s are the larger side; turn the sides about"
        yield document.finding("roles.larger", "error", statement.field, span, message)


def _larger_named(document: Document, statement: Statement) -> tuple[tuple[int, int], Side] | None:
    """Return place and side of what a sentence calls larger."""
    text = _TERM.sub(lambda found: "-" * len(found[0]), statement.text)
    than = _THAN.search(text)
    if than and _side(document, than[1]) != _side(document, than[2]):
        return _found(document, statement, than)
    said = document.cues
    verb = said["outweigh"].search(text)
    if verb is not None and not _PASSIVE.search(text[: verb.end()]):
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


_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|gets?|got) (?:\w+ )?\w+ed\Z", re.I)
_DIVISOR = re.compile(r" (?:the sum|the size|the total|the amount|those|that|what) (?:of|in) (?:the |its )?", re.I)
"""Between a multiple and the side that it is of: "9.1 times the sum of the longs" says so much of shorts."""


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
    asked = _WITHIN.search(statement.text)
    at = f"{asked[1]}%" if asked and not recorded else None
    names = (
        ("within_size",)
        if at is not None and document.sheet.all("within_size", at=at)
        else ("liq_size",)
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
        for fact in document.sheet.all(name, at=at if names == ("within_size",) else None):
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


def _of_own_map(document: Document, statement: Statement) -> set[Side] | None:
    """Return the sides that are larger in each mix of leverage of our own map; None where no such map is told."""
    told = [
        one.fact.subject for one in statement.figures() if one.fact.is_range_end and one.fact.unit in ("usd", "ratio")
    ]
    if not told:
        return None
    venues, asked = {one.venue for one in told}, _WITHIN.search(statement.text)
    at = f"{asked[1]}%" if asked else None
    larger: set[Side] = set()
    for venue in venues:
        for low in document.sheet.all("within_ratio" + LOW, venue=venue, at=at):
            larger |= {low.side} if low.number > 1 else set()
        for name in ("cluster_size", "side_total") if at is None else ():
            larger |= set(_apart(document, name, venue))
    return larger


def _apart(document: Document, name: str, venue: str | None) -> Iterator[Side]:
    """Yield the side whose lowest sum is more than the other's highest."""
    for low in document.sheet.all(name + LOW, venue=venue):
        others = document.sheet.all(name + HIGH, venue=venue, at=low.subject.at)
        if any(high.side != low.side and low.number > high.number for high in others):
            yield low.side


_LATTER = re.compile(r"\bthe (former|latter)\b[^.;]*\Z", re.I)


_TO_ONE = re.compile(r" to (?:one|1)\b")


def _named_first(statement: Statement, told: Told, before: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the word of the side that a ratio is said of: the last before it, the former of two, or the first's."""
    text, at = statement.field.text, told.mention.start
    ordinal = _LATTER.search(text, before[-1][1], at)
    if ordinal and ordinal[1].casefold() == "former" and len(before) > 1:
        return before[-2]
    if len(before) > 1:
        scene = statement.scene
        if _TO_ONE.search(text, told.mention.start, told.mention.end + len(" to one")) and text[
            before[-2][1] : before[-1][0]
        ].strip() in ("to", "to the"):
            # "The ratio of longs to shorts is 2.6 to one".
            return before[-2]
        verbs = scene.longest("comparisons:", (before[-2][1], before[-1][0]))
        if verbs and verbs[-1].name.endswith("greater") and not scene.word(verbs[-1]).endswith("than"):
            # "Shorts dwarfed longs by 9.1 times".
            return before[-2]
    # "4.5 times the long sum, or 5.2 times by distance": both are said of what the first is said of.
    others = [one for one in statement.figures() if one.fact.unit == "ratio" and one.mention.end <= at]
    earlier = [word for word in before if others and word[1] <= others[-1].mention.start]
    if earlier and re.search(r"[, ](?:or|and) (?:about |some |even )?\Z", text[:at]):
        return earlier[-1]
    return before[-1]


def _ratios(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side before a ratio is the one that is so many times the other."""
    text = statement.field.text
    for told in statement.figures():
        if (
            told.metric.removesuffix(LOW).removesuffix(HIGH) not in ("reach_ratio", "within_ratio", "size_ratio")
            or told.fact.subject.side is None
            or told.fact.number < 1
        ):
            continue
        start, end = statement.clause(told.mention.start)
        words = [(a, b) for a, b, kind in statement.watched if kind == "side" and start <= a < end]
        words = [word for word in words if _side(document, text[word[0] : word[1]])]
        if not words:
            continue
        before = [word for word in words if word[1] <= told.mention.start]
        a, b = _named_first(statement, told, before) if before else words[0]
        lead = text[start : told.mention.start]
        fronted = lead.endswith("a ratio of ") or text.startswith(" as much", told.mention.end)
        if len(before) > 1 and fronted and "gainst" not in text[start : before[0][0]]:
            # "$430 million of longs against $92.8 million of shorts, or 4.6 times as much": of the first.
            a, b = before[0]
        divides = not before and _DIVISOR.fullmatch(text, told.mention.end, a) is not None
        if (_side(document, text[a:b]) != told.fact.side) != divides:
            message = f"{told.fact.id} says how many times {told.fact.side}s are the other side; turn the sides about"
            yield document.finding("roles.larger", "error", statement.field, (a, b), message, (told.fact.id,))

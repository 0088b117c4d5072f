"""Direction: words of rise and fall say what a computed change says, and none stands without one.

direction.sign: a word of rise beside a fall, or the reverse.
direction.no_change: a word of rise or fall about the market, and no change that it states.
direction.crossed: price said to have passed a level that it has not, or a band to be broken or held that is not.
"""

import re
from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import Document, Statement, Told
from commentary.checks.bygone import day_before
from commentary.checks.fit.moves import move_beside
from commentary.checks.fit.moves import part_of_verb as _part_of_verb
from commentary.checks.last_passed import last_beyond, last_passed
from commentary.checks.passed import beside_level, both_levels, end_passed, end_untouched
from commentary.checks.rate_signs import signs
from commentary.checks.standing import state
from commentary.checks.trend import changes, is_driven, subject
from commentary.languages.phrases import Mark
from commentary.records.fact import BOUNDS, Fact
from commentary.records.finding import Finding

_NEAR = 25
_DAY = 24
_FLAT = 1
"""In percent: a move of this size is not flat."""
_LEVELS = ("reach_price", "cluster_near", "cluster_far", "band_low", "band_high")
_ADJECTIVES = frozenset(
    {"upside", "downside", "lower", "higher", "fewer", "lighter", "heavier", "firmer", "ahead", "off", "above", "below"}
)
"""Without a figure these compare, and do not tell of a move."""
_NO_MOVE = re.compile(
    r" (?:(?:well|far|a little|just|some way) )?short of\b| (?:mostly|mainly|chiefly|largely) on\b"
    r"|(?<=multiplied) by (?:the|all|its|how many)\b"
    r"| between (?!the (?:last|latest|past|most recent|two) (?:two )?(?:settlements|readings|days|dates|prints"
    r"|counts))",
    re.I,
)
"""Behind a word of fall these make it one of size or place: "fell short of", "fall between the levels".

What is "multiplied by the settlements of a year" is reckoned, and has not moved.
"""


@checks.add("direction")
def direction(document: Document) -> Iterator[Finding]:
    """Hold words of rise and fall against the changes of their sentence."""
    for statement in document.judged:
        if statement.asks:
            continue
        yield from _words(document, statement)
        yield from _behind(document, statement)
        yield from signs(document, statement)
        yield from _crossed(document, statement)
        yield from last_passed(document, statement)
        yield from state(document, statement)
        yield from both_levels(document, statement)
        yield from end_passed(document, statement)
        yield from end_untouched(document, statement)
        yield from beside_level(document, statement)


def _words(document: Document, statement: Statement) -> Iterator[Finding]:
    """Hold each word of rise, fall or rest against the change it speaks of."""
    scene = statement.scene
    known = {(start, end) for start, end, category in statement.watched if category == "direction"}
    # What stands right beside a figure is judged with it.
    beside = {move_beside(scene, span) for span in scene.figures}
    for mark in scene.said(("move:", "resting")):
        start, end = mark.start, mark.end
        if any(told.mention.start <= start and end <= told.mention.end for told in statement.told):
            continue
        word = scene.word(mark)
        if scene.said("payers:") and any(one.start <= start < one.end for one in scene.said("payers:")):
            # "Longs picked up the tab".
            continue
        if _NO_MOVE.match(scene.text, end):
            continue
        if (word.casefold() in _ADJECTIVES and not is_driven(scene, mark)) or _part_of_verb(scene, mark):
            continue
        sign = {"move:up": 1, "move:down": -1}.get(mark.name, 0)
        if document.cues["mirrored"].match(statement.field.text, end + 1) and _mirrors(statement, sign):
            continue
        if _is_ruled(statement, end) or _supposed(document, statement, start):
            continue
        if mark in beside or _to_level(document, statement, end, sign) or _from_to(document, statement, end, sign):
            continue
        measured = changes(document.sheet, scene, mark)
        about = subject(scene, mark)
        if about == "liquidations" and day_before(scene) and document.sheet.all("liq_previous_total"):
            # Held against the day before by shapes.books.
            continue
        change = _nearest(statement, start, end)
        if change is not None and about is not None and about not in document.cues.kinds_of(change.metric):
            change = None
        if measured:
            yield from _against(document, statement, mark, measured, sign)
        elif change is not None:
            yield from _against(document, statement, mark, [change.fact], sign)
        elif measured is None and not statement.told and mark.name != "resting" and (start, end) in known:
            message = f"nothing at hand is said to go {word!r}; give the change with its window, or take the word out"
            yield document.finding("direction.no_change", "error", statement.field, (start, end), message)
        else:
            if ((start, end) in known and _claims_trend(document, statement, start)) or (
                measured is not None and mark.name != "resting" and about in ("price", "open_interest")
            ):
                message = f"no change at hand says {word!r}; give the change with its window, or take the word out"
                yield document.finding("direction.no_change", "error", statement.field, (start, end), message)


def _against(document: Document, statement: Statement, mark: Mark, changed: list[Fact], sign: int) -> Iterator[Finding]:
    """Yield an error where none of the changes goes the way that a word says."""
    agrees = [
        fact
        for fact in changed
        if (fact.number * sign > 0 if sign else abs(fact.number) < _FLAT or fact.unit != "percent")
    ]
    if not agrees:
        fact = changed[0]
        message = f"{fact.id} is {fact.number:f}, which {statement.scene.word(mark)!r} does not say"
        span = (mark.start, mark.end)
        yield document.finding("direction.sign", "error", statement.field, span, message, (fact.id,))


def _supposed(document: Document, statement: Statement, at: int) -> bool:
    said = document.cues
    return bool(statement.scene.said("conditional")) or said.said("denial", statement.clause_text(at))


def _behind(document: Document, statement: Statement) -> Iterator[Finding]:
    """The word behind a difference, and that before a price, go the way the change went."""
    said = document.cues
    text = statement.field.text
    for told in statement.figures():
        if told.fact.quantity != "delta" or not told.fact.number:
            continue
        against = said["less_behind" if told.fact.number > 0 else "more_behind"].match(text, told.mention.end + 1)
        if against and told.style in ("percent", "percent_whole"):
            message = f"{told.fact.id} is {told.fact.number:f}, which goes the other way"
            yield document.finding("direction.sign", "error", statement.field, against.span(), message, (told.fact.id,))
    moves = [fact for fact in document.sheet.all("price_change") if fact.subject.window_hours == _DAY]
    for name, sign in (("higher_price", 1), ("lower_price", -1)):
        for match in said[name].finditer(statement.text):
            span = (statement.start + match.start(), statement.start + match.end())
            if statement.text[: match.start()].endswith("to the "):
                # "Bids down to the lower price": one of two.
                continue
            if moves and moves[0].number * sign < 0 and not statement.scene.said("conditional"):
                message = f"{moves[0].id} is {moves[0].number:f}, which goes the other way"
                yield document.finding("direction.sign", "error", statement.field, span, message, (moves[0].id,))


def _is_ruled(statement: Statement, end: int) -> bool:
    """Say whether a move is one that a rule names: "shrinks by less than 5,600 BTC"."""
    # "Fell between the last two settlements": a small number in words is no bound of a move.
    behind = [told for told in statement.told if told.mention.start >= end and not told.metric.endswith("_closes")]
    if not behind:
        return False
    bound = behind[0].fact.is_house or behind[0].metric.endswith(BOUNDS)
    return bound and behind[0].mention.start - end <= _NEAR


def _mirrors(statement: Statement, sign: int) -> bool:
    """Say whether a sentence holds the move that another is compared with: of its size, the other way."""
    return any(
        (told.fact.quantity == "delta" and told.fact.number * sign < 0) or told.metric == "within_percent"
        for told in statement.figures()
    )


def _nearest(statement: Statement, start: int, end: int) -> Told | None:
    """Return the change that a word of direction is about: the nearest one of its clause."""
    a, b = statement.clause(start)
    near = [
        (max(told.mention.start - end, start - told.mention.end), told)
        for told in statement.told
        if told.fact.quantity == "delta" and told.fact.unit not in ("name", "time") and a <= told.mention.start < b
    ]
    found = min(near, key=lambda item: item[0], default=None)
    return found[1] if found is not None and found[0] <= _NEAR * 3 else None


def _claims_trend(document: Document, statement: Statement, at: int) -> bool:
    """Say whether the clause tells of the market, as a thing that happened."""
    clause = statement.clause_text(at)
    said = document.cues
    if statement.scene.said("conditional") or said.said("denial", clause):
        return False
    if any("_change" in told.metric for told in statement.told):
        return False
    names = {word.casefold() for pair in document.edition.names for word in pair}
    words = {word.casefold() for word in re.findall(r"[A-Za-z]+", clause)}
    return said.said("market_nouns", clause) or bool(names & words)


_FOR_A = re.compile(r"\b(?:for|on|upon|in case of|in the event of) (?:an?|any|some|such a) (?:\w+ )?\w+ to \Z", re.I)


def _to_level(document: Document, statement: Statement, end: int, sign: int) -> bool:
    """Say whether a move is one through a level, on the level's own side; whether it was passed `_crossed` asks."""
    way = document.cues["beyond"].match(statement.field.text, end + 1)
    for told in statement.told:
        if told.metric in _LEVELS and told.fact.subject.side and end < told.mention.start:
            reaches = told.mention.start == (way.end() + 1 if way else end + 1)
            # "What the map estimates for a fall to $63,850" supposes one.
            reaches = reaches or _FOR_A.search(statement.field.text[statement.start : told.mention.start]) is not None
            return reaches and sign == (-1 if told.fact.subject.side == "long" else 1)
    return False


def _from_to(document: Document, statement: Statement, end: int, sign: int) -> bool:
    """Say whether the next two figures are what something went to and came from, the way the word says."""
    said, text = document.cues, statement.field.text
    figures = [told for told in statement.figures() if told.mention.start >= end][:2]
    now = [told for told in statement.figures() if told.mention.end < end][-1:]
    if now and figures and text[end : figures[0].mention.start] == " from " and _are_alike(now[0], figures[0]):
        # "Settled at 0.0098%, down from 0.0132% a day before": both ends are told.
        return (now[0].fact.number - figures[0].fact.number) * sign > 0
    if len(figures) < 2 or figures[0].fact.unit != figures[1].fact.unit:
        return False
    first, second = figures
    if first.fact.is_range_end and second.fact.is_range_end:
        # One estimate by two assumptions: nothing went from the one to the other.
        return False
    before, between = text[end : first.mention.start], text[first.mention.end : second.mention.start]
    if said["went_to"].search(before) and said.said("came_from", between):
        return (first.fact.number - second.fact.number) * sign > 0
    if said.said("came_from", before) and said["went_to"].search(between):
        return (second.fact.number - first.fact.number) * sign > 0
    return False


def _are_alike(one: Told, other: Told) -> bool:
    """Say whether two figures are of one kind, unit and exchange."""
    first, last = one.fact, other.fact
    kinds = {fact.subject.metric.partition("_")[0] for fact in (first, last)}
    return first.unit == last.unit and len(kinds) == 1 and first.subject.venue == last.subject.venue


def _crossed(document: Document, statement: Statement) -> Iterator[Finding]:
    """A level is passed when the price stands beyond it, and not before."""
    price = document.sheet.get("price")
    said = document.cues
    ruled = any(told.fact.is_house for told in statement.told)
    if price is None or ruled or statement.scene.said("conditional") or statement.scene.said("denial"):
        return
    for told in statement.told:
        if told.metric not in _LEVELS or told.fact.currency != price.currency or last_beyond(statement, told.fact):
            continue
        before = statement.field.text[statement.clause(told.mention.start)[0] : told.mention.start]
        ways = list(said["beyond"].finditer(before))
        spelled = statement.field.text[told.mention.start : told.mention.end]
        way = ways[-1][0] if ways and not before[ways[-1].end() :].strip() else ""
        way = way or (spelled.split(" ")[0] if spelled[:1].isalpha() else "")
        verbs = list(said["passed"].finditer(before))
        if not way or not verbs or len(before) - verbs[-1].end() > _NEAR:
            continue
        down = said.said("beyond_down", way) or (not said.said("beyond_up", way) and told.fact.subject.side == "long")
        reached = price.number <= told.fact.number if down else price.number >= told.fact.number
        extreme = any(fact.subject.side == told.fact.subject.side for fact in document.sheet.all("level_passed"))
        if not reached and not extreme:
            message = f"price is {price.number.normalize():f}, which is not {way} it; say what would happen there"
            span = (told.mention.start - len(before) + verbs[-1].start(), told.mention.end)
            yield document.finding(
                "direction.crossed", "error", statement.field, span, message, (price.id, told.fact.id)
            )

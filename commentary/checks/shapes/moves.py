"""Moves and rest told without a figure, of price, open interest and the rate: held against what was computed."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.numerals import NUMERALS
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.trend import changes, subject
from commentary.languages.phrases import Mark
from commentary.records.finding import Finding

_LEADS = re.compile(
    r"(?:['’]s)?(?:[\s,]+(?:price|mark|open interest|interest|funding|rate|rates|value|has|have|had|is|was|were"
    r"|are|been|being|also|then|in|of"
    r"|coins?|dollars?|terms|on|at|the|its|[A-Z]\w+|over|during|within|past|last|day|week|24|hours|seven|days"
    r"|further|slightly"
    r"|sharply|steadily|gently|modestly|just|only|still|duly|started|began|begun|to|kept|continued|steeply|did"
    r"|outstanding))*[\s,]+",
)
_ENDS = re.compile(
    r"(?:[.,;:!]|$| (?:over|in|during|within|on|across|since|from one|as|and|while|but|again|further|slightly"
    r"|sharply|a (?:bit|little"
    r"|touch|shade)|somewhat|steadily|modestly|at the (?:latest|last|most recent)|between|after|from)\b)"
)
_MOVED = ("price", "open_interest", "funding")
_MOVING = tuple(f"kind:{name}" for name in _MOVED)


def moved(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said to have risen or fallen, by any verb of the class right behind its name, did so."""
    scene = statement.scene
    if scene.said("denial"):
        return
    known = scene.said("move:")
    for mark in scene.longest("moving:"):
        # The "up" of "built up" is part of it; a longer word of direction is judged as one.
        if any(one.start <= mark.start and mark.end <= one.end for one in known):
            continue
        if not _ENDS.match(scene.text, mark.end):
            continue
        low, high = scene.clause(mark.start)
        named = scene.said(("kind:", "asset:", "side:"), (low, mark.start))
        # A figure further on in the clause says how far, and is held against the word itself.
        if not named or any(mark.end <= start < high for start, _ in scene.figures):
            continue
        if named[-1].name not in _MOVING and not named[-1].name.startswith("asset:"):
            continue
        if not _LEADS.fullmatch(scene.text, named[-1].end, mark.start) or subject(scene, mark) not in _MOVED:
            continue
        measured = changes(document.sheet, scene, mark)
        sign = 1 if mark.name.endswith("up") else -1
        if measured and not any(fact.number * sign > 0 for fact in measured):
            why = f"{measured[0].id} is {measured[0].number:f}, which {scene.word(mark)!r} does not say"
            yield error(document, statement, "direction.sign", (mark.start, mark.end), why, *measured[:1])


_WAS_HIGHER = re.compile(
    r"\b(?:is|was|stands|stood|ends|ended|finishes|finished|closes|closed)(?: \w+ly)? (?P<word>higher|lower)"
    r"(?= too\b|[.,;]|$| (?:on|over|in) (?:the |a )?(?:past |last )?(?:day|24))",
    re.I,
)


def was_higher(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price that is said to be higher, or lower, over the day is so."""
    scene = statement.scene
    for match in _WAS_HIGHER.finditer(scene.text, scene.start, scene.end):
        clause = scene.clause(match.start())
        named = scene.said(("kind:", "asset:"), (clause[0], match.start()))
        unsure = scene.said(("denial", "conditional", "window:", "aged", "kind:map"), clause)
        if unsure or not named or not named[-1].name.startswith(("kind:price", "asset:")):
            continue
        moved_ = [fact for fact in document.sheet.all("price_change") if fact.subject.window_hours == _DAY]
        up = match["word"].casefold() == "higher"
        if moved_ and not any((fact.number > 0) == up for fact in moved_):
            why = f"{moved_[0].id} is {moved_[0].number:f}, which {match['word']!r} does not say"
            yield error(document, statement, "direction.sign", match.span("word"), why, moved_[0])
            return


_DAY = Decimal(24)
_STILL = re.compile(
    r"\b(?:did not|didn['’]t|has not|hasn['’]t|have not|had not|never|refused to|failed to|would not|wouldn['’]t)"
    r"(?: (?:so much as|even|really|at all))? "
    r"(?:budged?|moved?|changed?|shift(?:ed)?|stir(?:red)?|waver(?:ed)?|alter(?:ed)?|var(?:y|ied))"
    r"(?=$|[.,;:]| (?:in|over|during|within|on|from|at all|between|a|an|one|since|much as|for)\b)"
    r"|\b(?:unmoved|unaltered|motionless|stock[- ]still|stayed put|at a standstill|did not move an inch"
    r"|(?:was|is|remained|stayed|exactly|precisely) (?:exactly |precisely )?(?:the same as|where it (?:was"
    r"|stood|had been|had stood)|identical to)"
    r"(?: (?:in|at|a|one|on|the|24|its)| it)?)(?=$|[.,;: ])"
    r"|\b(?:no|zero) (?:net )?(?:change|movement|move)(?= (?:in|of|to|for) (?:the |coin |its "
    r"|\w+['’]s )*(?:price|open interest|funding|rate|OI))",
    re.I,
)
_HARDLY = re.compile(
    r"\b(?:went nowhere|(?:hardly|barely|scarcely) (?:moved|budged|changed|stirred)|little changed)\b", re.I
)
_FLAT = 1
"""In percent: what moved as far has gone somewhere."""
_SEEN = Decimal("0.05")
"""In percent: a change from here on is written as one."""


def still(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said not to have moved at all moved by no more than its rounding."""
    for match in _STILL.finditer(statement.text):
        span = absolute(statement, match)
        mark = Mark(*span, "resting")
        if subject(statement.scene, mark) not in _MOVED:
            continue
        measured = changes(document.sheet, statement.scene, mark)
        if measured and all(
            abs(fact.number) >= (_SEEN if fact.unit == "percent" else 0) and fact.number for fact in measured
        ):
            why = f"{measured[0].id} is {measured[0].number:f}; say which way it went"
            yield error(document, statement, "direction.sign", span, why, *measured[:1])


def hardly(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said hardly to have moved moved by less than a percent."""
    scene = statement.scene
    for match in _HARDLY.finditer(statement.text):
        span = absolute(statement, match)
        mark = Mark(*span, "resting")
        if scene.said("denial") or subject(scene, mark) not in ("price", "open_interest"):
            continue
        measured = changes(document.sheet, scene, mark)
        if measured and all(abs(fact.number) >= _FLAT for fact in measured if fact.unit == "percent"):
            why = f"{measured[0].id} is {measured[0].number:f}; say which way it went"
            yield error(document, statement, "direction.sign", span, why, *measured[:1])


_MAP = r"(?:map|model|heatmap|estimate|projection)"
_LENGTH = (
    r"(?P<n{0}>[0-9]+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|past|last|full|single)[ -]"
    r"(?P<unit{0}>hour|day|week|month|year)s?"
)
_LOOKS = re.compile(
    rf"\b{_MAP}\b[^.;]{{0,60}}?\b(?:covers?|covered|spans?|spanning|looks? back|goes back|reaches back"
    rf"|window of|horizon of|lookback of"
    rf"|look-back of|takes in|is for|is of|has a window of|uses|window is"
    rf"|rests on)(?: \w+)*? (?:over )?(?:the )?(?:past |last )?(?:window of )?"
    rf"{_LENGTH.format(1)}\b(?! (?:old|ago|before|earlier))"
    rf"|\b{_LENGTH.format(2)}(?:['’]s)? (?:liquidation |CoinGlass |bitcoin |ether |window (?:map|model))*{_MAP}\b",
    re.I,
)
_UNITS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}


def map_window(document: Document, statement: Statement) -> Iterator[Finding]:
    """A map is told with the window that it is of."""
    own = {
        fact.subject.window_hours
        for fact in document.sheet
        if fact.subject.metric.startswith(("reach_size", "cluster_size", "side_total")) and fact.subject.window_hours
    }
    for match in _LOOKS.finditer(statement.text) if own else ():
        number, unit = (match["n1"], match["unit1"]) if match["n1"] else (match["n2"], match["unit2"])
        count = int(number) if number.isdigit() else NUMERALS.get(number.casefold(), 1)
        if Decimal(count * _UNITS[unit.casefold()]) not in own and not statement.scene.said("denial"):
            hours = min(own, key=lambda one: one or 0)
            why = f"the map is of {hours:f} hours; write that"
            yield error(document, statement, "roles.window", absolute(statement, match), why)

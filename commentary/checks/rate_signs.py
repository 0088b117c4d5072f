"""The sign of a funding rate: what it is, what it was at the settlement before, and whether it changed.

direction.sign: a rate said to be negative that is not, or to have turned where both settlements have one sign.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from commentary.checks.base import Document, Statement
from commentary.checks.supposed import supposes
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_PLUS = (
    r"positive(?: territory| ground| sign)?|(?:above|over) zero|a plus(?: sign)?|plus sign|in the (?:black|green)"
    r"|(?:above|over) the zero (?:line|mark)"
)
_MINUS = (
    r"negative(?: territory| ground| sign)?|(?:below|under|beneath) zero|sub-?zero|a minus(?: sign)?|minus sign"
    r"|in the red|(?:below|under) the zero (?:line|mark)"
)
_SIGN = rf"(?:(?P<plus>{_PLUS})|(?P<minus>{_MINUS}))"
_SOFT = r"(?: (?:out|back|again|to|into|in|of|a|an|has|from|just|still|slightly|firmly|deep|well|only|sharply|over))*"
_RATE = r"\b(?:funding(?: rates?)?|rates?|it|which|and|sign)\b"
_TURN = (
    r"(?:turn|flip|swing|switch|dip|drop|slip|cross|move|shift|climb|jump|revert|return|tip|tilt|slide|veer|lurch|pass)"
    r"(?:s|ed|ped|ping|ing|d)?|swung|went|goes|gone|fell|fallen|falls|sank|sunk|rose|risen|rises|slid|became|turning"
)
_IS = (
    r"(?:is|was|stays?|stayed|remains?|remained|stands?|stood|sits?|sat|keeps?|kept|carries|carried|bears?|bore|has"
    r"|had|shows?|showed|holds?|held|lies|lay|lands?|landed|printed|prints|came in|comes in|settled|settles|at|being)"
)
_TURNED = re.compile(rf"\b(?:{_TURN})\b{_SOFT} {_SIGN}(?! to\b)", re.I)
_BECAME = re.compile(
    rf"\bfrom (?:a )?(?:(?P<minus>{_PLUS})|(?P<plus>{_MINUS}))[^.;]{{0,25}}? (?:in)?to (?:a )?(?:{_PLUS}|{_MINUS})",
    re.I,
)
_STANDS = re.compile(rf"{_RATE}[^.;:,]{{0,40}}? (?:{_IS}){_SOFT} {_SIGN}", re.I)
_KIND = re.compile(
    r"\b(?:a|the|its|this|that|with|on|of|,)? ?(?:(?P<plus>positive)|(?P<minus>negative)) (?:funding|(?:\w+ )?rate)\b",
    re.I,
)
_STAYED = re.compile(
    rf"\b(?:but|yet|and|while|although|though|with the rate|with funding|with its rate)(?: still| it| has| is)*"
    rf" (?:(?:stayed"
    rf"|stays"
    rf"|remained|remains|kept|staying|remaining|still) )?{_SIGN}(?=[.,;:]|$)",
    re.I,
)
_BEING = re.compile(
    r"(?:^|, being |, )(?:(?P<plus>positive)|(?P<minus>negative))"
    r"(?= (?:at (?:[0-9]|the latest)|and)|, (?:obliges|makes|means|costs|has|the))",
    re.I,
)
_WAS = re.compile(
    rf"\b(?:had (?:still )?been|having (?:still )?been|after being|been|was(?= [^.;,]*\b(?:before|earlier"
    rf"|midnight|previous|prior|day"
    rf" ago)\b)){_SOFT} {_SIGN}",
    re.I,
)
_FLIPPED = re.compile(
    r"\b(?:flip(?:s|ped)?|(?:turn|switch|revers|chang|swapp|swap)(?:e?d|e?s)?|has (?:switched|changed|reversed"
    r"|flipped))"
    r" (?:its |the |their )?(?:signs?|over|around|about)\b"
    r"|\bchange of sign\b|\bsign (?:has )?(?:changed|flipped|switched|reversed)\b"
    r"|\b(?:funding|rate)(?: on \w+)? (?:has |had |then )?flipped(?=$|[.,:;]| (?:on|at|over|between|since|in"
    r"|from one)\b)",
    re.I,
)


class _Rates(NamedTuple):
    now: list[Fact]
    before: list[Fact]

    def turned(self, sign: int | None) -> bool:
        """Say whether a rate has another sign than one before it; if one is given, that sign now."""
        return any(
            one.number * was.number <= 0 and one.number != was.number and (sign is None or one.number * sign > 0)
            for one in self.now
            for was in self.before
            if one.subject.venue == was.subject.venue
        )


_OF_SIDE = {
    "short": re.compile(r"\b(?:negative|below zero|under zero)\b", re.I),
    "long": re.compile(r"\b(?:positive|above zero|over zero)\b", re.I),
}
"""What a rate is at which a side pays."""


def signs(document: Document, statement: Statement) -> Iterator[Finding]:
    """Hold what is said of a rate's sign against the settled rate and those before it."""
    scene = statement.scene
    if "funding" not in statement.text.casefold() and not re.search(r"\brate\b", statement.text):
        return
    if supposes(scene) or scene.said("ruled") or scene.said("unknown"):
        return
    counted = [told for told in statement.told if told.metric == "funding_week_paid"]
    if counted:
        # "Negative at three of the 21 settlements": of those, and not of the latest.
        wrong = _OF_SIDE["short" if counted[0].fact.subject.side == "long" else "long"].search(statement.text)
        if wrong:
            span = (statement.start + wrong.start(), statement.start + wrong.end())
            message = f"{counted[0].fact.id} counts settlements at which {counted[0].fact.subject.side}s paid; turn it"
            yield document.finding("direction.sign", "error", statement.field, span, message, (counted[0].fact.id,))
        return
    rates = _rates(document, statement)
    if not rates.now:
        return
    seen: list[tuple[int, int]] = []
    for pattern in (_BECAME, _WAS, _TURNED, _FLIPPED, _STANDS, _KIND, _STAYED, _BEING):
        for match in pattern.finditer(statement.text):
            if any(a < match.end() and match.start() < b for a, b in seen):
                continue
            seen.append(match.span())
            if scene.said("denial", (statement.start, statement.start + match.end())):
                continue
            groups = match.groupdict()
            sign = 1 if groups.get("plus") else -1 if groups.get("minus") else None
            if pattern is _WAS:
                known, so = bool(rates.before), any(fact.number * (sign or 1) > 0 for fact in rates.before)
            elif pattern in (_TURNED, _BECAME, _FLIPPED):
                known, so = True, rates.turned(sign)
            else:
                every = [*rates.now, *(rates.before if _earlier(statement) else ())]
                known, so = True, any(fact.number * (sign or 1) > 0 for fact in every)
            if known and not so:
                span = (statement.start + match.start(), statement.start + match.end())
                facts = (*rates.now, *rates.before)
                message = f"no settled rate at hand is so: {rates.now[0].id} is {rates.now[0].number:f}%" + "".join(
                    f", and was {fact.number:f}%" for fact in rates.before[:1]
                )
                ids = tuple(fact.id for fact in facts)
                yield document.finding("direction.sign", "error", statement.field, span, message, ids)


def _rates(document: Document, statement: Statement) -> _Rates:
    """Return the rates that a sentence can mean, those of an exchange that it names first."""
    every = document.sheet.all("funding_rate")
    now = [fact for fact in every if fact.subject.at == "settled"] or every
    now = [fact for fact in now if fact.subject.venue and fact.subject.venue in statement.text] or now
    venues = {fact.subject.venue for fact in now}
    before = [*document.sheet.all("funding_before"), *document.sheet.all("funding_previous")]
    return _Rates(now, [fact for fact in before if fact.subject.venue in venues])


def _earlier(statement: Statement) -> bool:
    """Say whether a sentence speaks of an earlier settlement too."""
    return bool(statement.scene.said("references:previous")) or bool(
        re.search(r"\b(?:before|earlier|previous|prior|had|midnight|yesterday|preceding)\b", statement.text)
    )

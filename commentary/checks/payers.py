"""Who is said to pay funding, whatever the verb: the rate's sign decides."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from commentary.checks.scene import Scene, Span
from commentary.languages.phrases import Mark
from commentary.records.fact import OTHER_SIDE, Fact, Side
from commentary.records.sheet import FactSheet

_RATES = ("funding_rate", "funding_8h", "funding_apr", "funding_payer")
"""What has the sign of the latest rate; a payment on a position has none."""


_HELD = ("funding_same_last", "funding_run_start", "funding_turned_from", "funding_baseline")
"""Rates of other settlements, and the one at which a formula starts: their own sign decides."""
_COUNTED = {"funding_same_side": True, "funding_run": True, "funding_run_before": False}
"""Counts of settlements, and whether the side that paid them is the one that pays by the latest rate."""
_STRETCHED = ("funding_spread_high_money", "funding_spread_low_money")
"""What was paid over several settlements: their sum decides, whatever the last of them was."""
_FLOW = re.compile(
    r"\bfrom (?:the |all )?(?P<from>longs?|shorts?)\b(?: side| positions?| holders?)?(?: \w+){0,3}? (?:in)?to (?:the )?"
    r"(?P<to>longs?|shorts?)\b"
    r"|\b(?:in)?to (?:the )?(?P<to2>longs?|shorts?)\b(?: side| positions?)?,? from (?:the )?(?P<from2>longs?"
    r"|shorts?)\b",
    re.I,
)
_NOTHING = re.compile(r" (?:no|nothing|not a cent|zero|little)\b")
_NOT = re.compile(r"\b(?:not|rather than|instead of)(?: the)? \Z", re.I)
_THEY = re.compile(r"\bthey\b", re.I)
_TURNED = re.compile(
    r"\b(?:flip|swing|swung|switch|turn|chang|shift|pass(?:ed)? the|mov(?:ed|es) the|balance|tilt)\w*", re.I
)


def _flows(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the sides that funding is said to go from and to: "from shorts to longs" says that shorts pay."""
    if not scene.said(("kind:funding", "payers:")):
        return
    for match in _FLOW.finditer(scene.text, scene.start, scene.end):
        name = "from" if match["from"] else "from2"
        giver, taker = match[name].casefold().rstrip("s"), (match["to"] or match["to2"]).casefold().rstrip("s")
        start = scene.clause(match.start())[0]
        if giver != taker and not _TURNED.search(scene.text, start, match.start()):
            mark = Mark(*match.span(name), f"side:{giver}")
            yield mark, _paying(mark, True)


_WITHOUT = re.compile(
    r"\b(?P<side>longs?|shorts?)\b(?: \w+){0,3}? (?:received|got|earned|collected|enjoyed|drew|saw|took|had) (?:no"
    r"|nothing|not a cent|zero|little)\b"
    r"|\b(?P<side2>longs?|shorts?)\b(?: \w+){0,2}? (?:lost|lose|loses|losing) [^,.;]{0,30}?\bto (?:funding"
    r"|the funding|longs?|shorts?|the longs?|the shorts?)\b",
    re.I,
)


def _went_without(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the side that is said to lose to funding, or to get nothing of it: then the other gets it."""
    if not scene.said(("kind:funding", "payers:")):
        return
    for match in _WITHOUT.finditer(scene.text, scene.start, scene.end):
        name = "side" if match["side"] else "side2"
        mark = Mark(*match.span(name), f"side:{match[name].casefold().rstrip('s')}")
        yield mark, _paying(mark, True)


_CARRIED = re.compile(
    r"\b(?:being|going|staying|holding|carrying|running|keeping|to be|to hold|to carry|to stay)(?: an?| the)?(?: \w+)? "
    r"(?P<side>longs?|shorts?)\b(?: \w+){0,5}? (?:(?P<cost>costs?|was charged|is charged|was expensive|came at)"
    r"|(?P<gain>earns?|earned"
    r"|pays off|paid off|yields?|yielded|brought in|brings in|made money))\b",
    re.I,
)


def _carried(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the side that holding a position is said to cost, or to bring something."""
    if not scene.said("kind:funding") and not scene.said("giver:"):
        return
    for match in _CARRIED.finditer(scene.text, scene.start, scene.end):
        mark = Mark(*match.span("side"), f"side:{match['side'].casefold().rstrip('s')}")
        yield mark, _paying(mark, match["cost"] is not None)


_TURN = re.compile(
    r"\b(?:turn|job|task|lot|duty) of (?:the )?(?P<side>longs?|shorts?|bulls|bears)\b"
    r"|\b(?P<side2>long|short|bull|bear)s['’] turn\b"
    r"|\b(?:onus|burden|bill|cost|charge) (?:is|was|rests?|rested|lies|lay|lands?|landed|sits?|sat|falls?"
    r"|fell) (?:\w+ )?"
    r"(?:on|with|upon) (?:the )?(?P<side3>longs?|shorts?|bulls|bears)\b"
    r"|\bfor (?:the )?(?P<side5>longs?|shorts?|bulls|bears)\b,? (?:the )?(?:funding|carry)(?: rate"
    r"| cost)? (?:bites|bit|costs?|stings|hurts|is a"
    r" cost|weighs)\b"
    r"|\b(?P<side6>long|short)s?['’]s? (?:funding )?(?:cost|bill|charge|tab|expense|outlay)\b"
    r"|\b(?P<side4>longs?|shorts?|bulls|bears)\b(?: \w+){0,3}? (?:out of pocket|poorer|worse off|lighter by)\b",
    re.I,
)
_EACH_POSITION = re.compile(
    r"(?:\b(?:an?|each|every|any|the|[A-Z]{3,}|Bitcoin|Ether|Solana) |\b)(?P<side>long"
    r"|short)s?(?: (?:[A-Z]+ )?(?:positions?|side|exposure"
    r"|contracts?|perpetuals?|bets?)\b| (?:on|at|in) [A-Z]\w+|(?<=[a-zA-Z]{2} long)|(?<=[a-zA-Z]{2} short)"
    r"|(?<=\ba long)|(?<=\ba short))"
    r"(?: (?:of|worth) [$€£][0-9,.]+\w*)?(?: in [A-Za-z]+)? (?:(?P<cost>costs?|was charged|is charged"
    r"|were charged|are charged"
    r"|lost|loses?|owes?|owed|set (?:its|a) holder back)|(?P<gain>earns?|earned|yields?|yielded|brought in"
    r"|brings in|pays off"
    r"|made money|gained))\b",
    re.I,
)


_HOLDS = re.compile(
    r"[$€][0-9][0-9,]* (?:of|in) (?:\w+ )?(?P<side>longs?|shorts?)\b(?: \w+){0,2}? (?:(?P<cost>costs?|lost|loses?|owes?"
    r"|owed|pays?|paid)|(?P<gain>earns?|earned|yields?|yielded|receives?|received|brought in|brings in))\b",
    re.I,
)
_FEE = re.compile(
    r"\b(?P<side>longs?|shorts?)\b (?:\w+ ){1,3}?(?:the )?(?P<other>longs?|shorts?)\b (?:a|the|their|some|its|an) "
    r"(?:\w+ )?(?:fees?|payments?|cut|toll|premium|tribute|allowance|subsidy|fraction|bit)\b",
    re.I,
)
_OUTLAY = re.compile(
    r"\b(?P<side>longs?|shorts?)(?: on [A-Z]\w+)? (?:gave|gives?|hand(?:ed|s)?|laid out|lays? out|forfeit(?:ed|s)?"
    r"|surrender(?:ed|s)?|ceded?|cedes|sent|sends?|pass(?:ed|es)?|transfer(?:red|s)?|yield(?:ed|s)?|relinquish(?:ed|es)?"
    r"|fac(?:e|ed|es) (?:a )?(?:dearer|steeper|higher|costlier|cheaper|lower|milder))\b",
    re.I,
)
_ON_EACH = re.compile(r"(?:per|on each|for each|on every) [$]100,000", re.I)
_SHOULDERS = re.compile(
    r"\b(?P<side>longs?|shorts?)\b(?:, not \w+,)? (?:shoulder|bear|carr(?:y|ies|ied)|foot|meet|cover|settle|make"
    r"|made|bore|met)"
    r"(?:s|ed)? (?:the|a|this|that|their) (?:\w+ ){0,2}(?:payments?|bill|charge|cost|tab|funding)\b"
    r"|\bpayers? (?:is|are|was|were) (?:not \w+ but )?(?:the )?(?P<side2>longs?|shorts?)\b"
    r"|\bwho pays(?: funding)?: (?:the )?(?P<side3>longs?|shorts?)\b",
    re.I,
)
_TAKEN = re.compile(
    r"\b(?:takes?|took|draws?|drew|drains?|drained) (?:money|funds|cash|dollars) from (?:the )?(?P<side>longs?"
    r"|shorts?)\b",
    re.I,
)
_TAKES = re.compile(r"\b(?:charg|bill|ask|tak|demand|lev|collect|receiv|get|earn|cost|deny|den|extract)\w*\b", re.I)
_ASKED = re.compile(r"\b(?:who|which side|whom)\b[^?]*\?[\"”’']?\s*\Z", re.I)
_ANSWER = re.compile(r"(?:the )?(?P<side>longs?|shorts?)(?: do| did| does| are| were)?(?=[,.;:]|\Z)", re.I)


def answered(scene: Scene, marks: Iterable[Mark]) -> Iterator[tuple[Mark, Side]]:
    """Yield the side that the answer to "who pays?" begins with; `marks` are those of the whole field."""
    match = _ANSWER.match(scene.text, scene.start, scene.end)
    asked = _ASKED.search(scene.text, 0, scene.start) if match else None
    if match is None or asked is None:
        return
    paying = (mark for mark in marks if mark.name.startswith("payers:"))
    verbs = [mark for mark in paying if asked.start() <= mark.start < asked.end()]
    if verbs:
        pays = verbs[-1].name in ("payers:pays", "payers:charges")
        mark = Mark(*match.span("side"), f"side:{match['side'].casefold().rstrip('s')}")
        yield mark, _paying(mark, pays)


def _burdened(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the side whose turn it is to pay, or that a position on it costs something."""
    if not scene.said(("kind:funding", "payers:")):
        return
    for match in (
        *_OUTLAY.finditer(scene.text, scene.start, scene.end),
        *_TAKEN.finditer(scene.text, scene.start, scene.end),
    ):
        mark = Mark(*match.span("side"), f"side:{match['side'].casefold().rstrip('s')}")
        of_funding = scene.said("kind:funding", scene.clause(match.start())) or _ON_EACH.search(scene.text, match.end())
        if match.re is _TAKEN or of_funding:
            yield mark, _paying(mark, True)
    for match in _SHOULDERS.finditer(scene.text, scene.start, scene.end):
        name = next(name for name in ("side", "side2", "side3") if match[name])
        mark = Mark(*match.span(name), f"side:{match[name].casefold().rstrip('s')}")
        yield mark, _paying(mark, True)
    for match in _FEE.finditer(scene.text, scene.start, scene.end):
        if match["side"].rstrip("s").casefold() != match["other"].rstrip("s").casefold():
            mark = Mark(*match.span("side"), f"side:{match['side'].casefold().rstrip('s')}")
            yield mark, _paying(mark, not _TAKES.search(match[0]))
    for match in _TURN.finditer(scene.text, scene.start, scene.end):
        name = next(name for name in ("side", "side2", "side3", "side4", "side5", "side6") if match[name])
        mark = Mark(*match.span(name), f"side:{_SIDES[match[name].casefold().rstrip('s')]}")
        receives = scene.said("payers:receives", (match.end(), scene.clause(match.start())[1]))
        yield mark, _paying(mark, not receives)
    for match in (
        *_EACH_POSITION.finditer(scene.text, scene.start, scene.end),
        *_HOLDS.finditer(scene.text, scene.start, scene.end),
    ):
        mark = Mark(*match.span("side"), f"side:{match['side'].casefold().rstrip('s')}")
        yield mark, _paying(mark, match["cost"] is not None)


_SIDES = {"long": "long", "bull": "long", "short": "short", "bear": "short"}
_LABELLED = re.compile(r"\b(bulls?|bears?)\b", re.I)
_PRONOUN = re.compile(r"\b(?:they|it|he|she|we|you|nobody|each|neither) (?:\w+ )?\Z", re.I)
_AUXILIARY = re.compile(r"(?:is|are|was|were|been|being|be|get|gets|got|getting) ", re.I)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|get|gets|got|getting) (?:\w+ly |then |duly |also )?\Z", re.I)
_BY, _FROM, _TO = (re.compile(rf" (?:\S+ ){{0,4}}?{word} (?:the |all )?\Z", re.I) for word in ("by", "from", "to"))


def _sides(scene: Scene, span: Span) -> list[Mark]:
    """Return the sides named in a stretch; of funding, bulls are those who are long."""
    bulls = [
        Mark(*match.span(), f"side:{_SIDES[match[0].casefold().rstrip('s')]}")
        for match in _LABELLED.finditer(scene.text, *span)
    ]
    return sorted([*scene.said("side:", span), *bulls])


def said_payers(scene: Scene) -> Iterator[tuple[Mark, Side]]:
    """Yield the word that names each side said to pay or be paid, and the side that pays by it."""
    yield from _flows(scene)
    yield from _carried(scene)
    yield from _went_without(scene)
    yield from _burdened(scene)
    for verb in scene.longest("payers:"):
        start, end = scene.clause(verb.start)
        before, behind = _sides(scene, (start, verb.start)), _sides(scene, (verb.end, end))
        # "Longs, not shorts, footed the bill".
        before = [one for one in before if not _NOT.search(scene.text, start, one.start)]
        kind = verb.name.removeprefix("payers:")
        if kind == "receives" and _NOTHING.match(scene.text, verb.end):
            # "Longs received no funding": see `_went_without`.
            continue
        if kind in ("pays", "receives"):
            yield from _told(scene, verb, before, behind)
        elif behind:
            yield behind[0], _paying(behind[0], kind == "charges")


def _told(scene: Scene, verb: Mark, before: list[Mark], behind: list[Mark]) -> Iterator[tuple[Mark, Side]]:
    """Yield who pays by one verb of paying or receiving, active or passive."""
    pays = verb.name == "payers:pays"
    is_whole = _AUXILIARY.match(scene.word(verb)) is not None
    is_passive = (
        not is_whole
        and scene.word(verb).casefold().endswith("ed")
        and (_PASSIVE.search(scene.text, scene.start, verb.start) or scene.text.startswith(" by ", verb.end))
    )
    other = next(iter(behind), None)
    between = scene.text[verb.end : other.start] if other is not None else ""
    if is_passive:
        # "Longs are reimbursed by shorts"; of "the fee is collected by longs" only what follows is somebody.
        if pays and before and scene.joins(before[-1].end, verb.start):
            yield before[-1], _paying(before[-1], False)
        if other is not None and (_BY.fullmatch(between) or (_FROM if not pays else _TO).fullmatch(between)):
            yield other, _paying(other, pays if _BY.fullmatch(between) else not pays)
        return
    # "Longs paid shorts 0.01%, what they paid before": who was paid is not the one who pays next.
    before = [one for one in before if not _was_object(scene, verb, one)]
    if before and not _PRONOUN.search(scene.text, before[-1].end, verb.start):
        yield before[-1], _paying(before[-1], pays)
    if other is not None and pays and _is_object(scene, verb, other):
        yield other, _paying(other, False)
    elif other is not None and (_BY if is_whole else _TO if pays else _FROM).fullmatch(between):
        yield other, _paying(other, not pays)


def _was_object(scene: Scene, verb: Mark, side: Mark) -> bool:
    """Say whether a side before a verb is whom an earlier verb of the sentence has paid."""
    earlier = [one for one in scene.longest("payers:") if one.end <= side.start and one.name == "payers:pays"]
    return (
        bool(earlier)
        and _is_object(scene, earlier[-1], side)
        and _THEY.search(scene.text, side.end, verb.start) is not None
    )


def _is_object(scene: Scene, verb: Mark, side: Mark) -> bool:
    return len(scene.text[verb.end : side.start].split()) <= 1


def _paying(mark: Mark, pays: bool) -> Side:
    side: Side = "long" if mark.name == "side:long" else "short"
    return side if pays else OTHER_SIDE[side]


def held_rates(sheet: FactSheet, told: list[Fact]) -> list[Fact] | None:
    """Return the rates by which a sentence on earlier settlements is judged: of those that it counts or gives itself.

    "Shorts had paid at 14 of 270 settlements" counts those of the side that pays now, and a run before the present
    one is of the other side. None where the sentence gives the latest rate too, or counts none.
    """
    if any(fact.subject.metric in (*_RATES, "funding_money") and isinstance(fact.value, Decimal) for fact in told):
        return None
    held: list[Fact] = []
    for fact in told:
        if fact.subject.metric in _HELD:
            held.append(fact)
        elif fact.subject.metric in _COUNTED:
            same = _COUNTED[fact.subject.metric]
            rate = sheet.get("funding_rate", asset=fact.subject.asset, venue=fact.subject.venue, at=fact.subject.at)
            if rate is not None:
                held.append(rate if same else replace(rate, value=-rate.number))
        elif fact.subject.metric in _STRETCHED:
            rate_id = fact.subject._replace(metric=fact.subject.metric.removesuffix("_money")).id
            held += [sheet[rate_id]] if rate_id in sheet else []
    return held or None


def payers(sheet: FactSheet, scene: Scene, told: list[Fact]) -> tuple[set[Side], list[Fact]]:
    """Return which sides pay by the latest rates that a sentence can mean, and those rates."""
    own = [
        fact for fact in told if fact.subject.metric.removesuffix("_paid") in _RATES and isinstance(fact.value, Decimal)
    ]
    named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
    every = [fact for fact in sheet.all("funding_rate") if fact.subject.window_hours is not None]
    # A rate of which no interval is known has a sign too.
    every = every or sheet.all("funding_rate")
    rates = own or [fact for fact in every if fact.subject.venue in named] or every
    return paying(rates), rates


def paying(rates: list[Fact]) -> set[Side]:
    """Return which sides pay by some rates; one without its sign has the side that pays it."""
    return {fact.subject.side or ("long" if fact.number > 0 else "short") for fact in rates if fact.number}

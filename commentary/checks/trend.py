"""What is said to have risen or fallen, without a figure: held against the change that was computed."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.numerals import NUMERALS
from commentary.checks.scene import Scene, Span
from commentary.languages.phrases import Mark
from commentary.records.fact import Fact, derive
from commentary.records.sheet import FactSheet

_DAY = Decimal(24)
_IT = re.compile(
    r"\b(?:it|they) (?:has |have |had |also |even |then )*\Z|\b(?:it|they)\b[^,;:]* (?:and|but|yet|while) \Z", re.I
)
_WHICH = re.compile(r",? ?which\b")
_MOVING = ("kind:price", "kind:open_interest", "kind:funding")
CHANGES = {
    # what moved: its changes, preferred first, with the words that ask for one of them
    "price": (("price_change", ""),),
    "open_interest": (("oi_change_coin", "in_coin"), ("oi_change_usd", "in_dollars")),
}


def changes(sheet: FactSheet, scene: Scene, word: Mark) -> list[Fact] | None:
    """Return the computed changes that a word of rise or fall can mean; None where it speaks of nothing we measure."""
    kind = subject(scene, word)
    if kind is None:
        return None
    if kind == "funding":
        return list(_rate_moves(sheet, scene))
    if kind not in CHANGES:
        return []
    start, end = scene.clause(word.start)
    own = scene.said("window:", (start, end))
    hours = {Decimal(mark.name.removeprefix("window:")) for mark in own or scene.said("window:")}
    comma = scene.text.find(",", word.end, end)
    if following := set(_spans(scene.text[word.end : comma if comma > 0 else end])):
        # "It thinned over the past day, it swelled over the past seven days": the time right behind.
        hours = following
    if not hours:
        hours = set(_spans(scene.text[start:end])) or set(_spans(scene.text[scene.start : scene.end]))
    if not own and len(hours) > 1:
        # Another clause's window is this one's too where the sentence names no other.
        hours = set()
    found: list[Fact] = []
    asked = _unit(scene, word, (start, end))
    for metric, unit in CHANGES[kind]:
        if asked and unit and unit != asked:
            continue
        wanted = hours or {_DAY}
        found += [fact for fact in sheet.all(metric) if fact.subject.window_hours in wanted]
        if found:
            break
    named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:", (start, end))}
    return [fact for fact in found if not named or fact.subject.asset in named]


_SPAN = re.compile(
    r"\b(?:past|last|previous|over|in|within|during) (?:the (?:past |last )?)?(?P<n>[0-9]+|[a-z]+)[ -](?P<unit>hour"
    r"|day|week)s?\b",
    re.I,
)
_HOURS = {"hour": 1, "day": 24, "week": 168}


def _spans(text: str) -> Iterator[Decimal]:
    """Yield the hours of each time that a text names in words of its own: "over the past seven days"."""
    for match in _SPAN.finditer(text):
        word = match["n"].casefold()
        number = int(word) if word.isdecimal() else NUMERALS.get(word)
        if number is not None:
            yield Decimal(number) * _HOURS[match["unit"].casefold()]


def _unit(scene: Scene, word: Mark, clause: Span) -> str | None:
    """Return whether a word of rise or fall is said in coin or in dollars: "fell in coin and rose in dollars"."""
    units = scene.said(tuple(unit for _, unit in CHANGES["open_interest"]), clause)
    if len({mark.name for mark in units}) < _BOTH:
        return units[0].name if units else None
    return min(units, key=lambda mark: max(word.start - mark.end, mark.start - word.end)).name


_BOTH = 2


def subject(scene: Scene, word: Mark) -> str | None:
    """Return the kind of what a word of rise or fall is said of: the last named before it, else the next behind it."""
    start, end = scene.clause(word.start)
    around = [mark for mark in scene.said("kind:") if mark.start <= word.start and word.end <= mark.end]
    if around:
        return around[0].name.removeprefix("kind:")
    before = scene.said(("kind:", "asset:"), (start, word.start))
    kinds = [mark for mark in before if mark.name.startswith("kind:") and mark.name != "kind:map"]
    if kinds:
        return kinds[-1].name.removeprefix("kind:")
    if before and before[-1].name.startswith("asset:"):
        return "price"
    alone = not scene.text[start : word.start].strip(" ,")
    if alone or _IT.search(scene.text, start, word.start):
        # "In dollars open interest rose, yet fell in coin", "while in coin it fell": of what the clause before is of.
        earlier = [mark for mark in scene.said("kind:", (scene.start, start)) if mark.name in _MOVING]
        if earlier:
            return earlier[-1].name.removeprefix("kind:")
    if not before and _WHICH.match(scene.text, start):
        # "Not a big day for Bitcoin, which drifted lower": of what stands last before the comma.
        last = scene.said(("kind:", "asset:", "side:", "giver:"), (scene.start, start))[-1:]
        if last and last[0].name in _MOVING:
            return last[0].name.removeprefix("kind:")
        if last and last[0].name.startswith("asset:"):
            return "price"
    if scene.said(("in_coin", "in_dollars"), (start, word.start)):
        # "Open interest dwindled in coin, yet its dollar value inched up".
        earlier = [mark for mark in scene.said("kind:", (scene.start, start)) if mark.name in _MOVING]
        if earlier and earlier[-1].name == "kind:open_interest":
            return "open_interest"
    if not scene.text[scene.start : word.start].strip() and (comma := scene.text.find(", ", word.end, scene.end)) > 0:
        # "Unchanged from the settlement before, Binance's funding sat at its usual level."
        told = [mark for mark in scene.said("kind:", (comma, scene.end)) if mark.name in _MOVING]
        if told:
            return told[0].name.removeprefix("kind:")
    behind = scene.said(("kind:", "asset:"), (word.end, end))
    for mark in behind[:1]:
        joined = scene.text[word.end : mark.start].strip()
        if joined in ("in", "of", "in the", "of the", "for", "in its", ""):
            return mark.name.removeprefix("kind:") if mark.name.startswith("kind:") else "price"
    return None


_DRIVING = re.compile(
    r"\b(?:crept|creep\w*|edg\w+|drift\w*|mov\w+|head\w*|went|gone|goes|going|inch\w*|nudg\w*|tick\w*|trend\w*"
    r"|turn\w*|push\w*"
    r"|end(?:s|ed|ing)|finish\w*|step(?:s|ped|ping)|trickl\w+|float\w*|grind\w*|ground|came|travell?\w+"
    r"|march\w*|swung|swings?"
    r"|shift\w*|slipp?\w*|lurch\w*|nos(?:ed|es)|pull\w*|driven|sent|carried)"
    r"(?: (?:in coins?|in dollars|in value|back|again|an?|touch|shade|little|bit|whisker|hair|notch|fraction"
    r"|trifle|slightly"
    r"|marginally|further|gently|slowly|sharply|steadily|still|just|only|modestly|barely|ever|much|somewhat))* \Z",
    re.I,
)
_COMPARED = re.compile(
    r" (?:than|level|levels|end|edge|side|one|reading|figure|of the|price|bound|half|count|than)\b", re.I
)


def is_driven(scene: Scene, mark: Mark) -> bool:
    """Say whether a "higher" is where something moved: "crept higher", and not "a higher level"."""
    return bool(_DRIVING.search(scene.text, scene.start, mark.start)) and not _COMPARED.match(scene.text, mark.end)


def _rate_moves(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield how a settled rate stands to the settlement before it."""
    named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
    for before in sheet.all("funding_before"):
        rate = sheet.get("funding_rate", venue=before.subject.venue, at="settled")
        if rate is not None and (not named or rate.subject.venue in named):
            subject = rate.subject._replace(metric="funding_step")
            yield derive(
                subject, rate.number - before.number, "points", "delta", (rate, before), "rate - the one before"
            )

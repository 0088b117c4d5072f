"""What is said to be greater than what, without a figure: both ends are looked up, and the order is computed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from commentary.checks.scene import Scene, Span
from commentary.languages.phrases import Mark
from commentary.records.fact import OTHER_SIDE, Fact
from commentary.records.sheet import FactSheet

_PARTED = frozenset({"lower", "higher", "upper"})
_IS_NAME = re.compile(r" (?:level|one|ones|end|edge|half|reach|side|bound|sum|band|cluster|price)s?\b(?! than)", re.I)
_PLACES = frozenset({"above", "over", "below", "under", "beneath"})


_LEVELS = re.compile(r"\b(?:upper|lower|higher) (?:one|level|end|reach)\b", re.I)


class Comparison(NamedTuple):
    """Two ends of which one is said to be the greater."""

    mark: Mark
    first: list[Fact]
    second: list[Fact]
    greater: bool
    """True if the first is said to be the greater."""
    denied: bool = False
    """True if it is said not to be the smaller: it may be as great."""

    def holds(self) -> bool:
        """Say whether under some reading of both ends it is so."""
        return any(
            (self.denied and one.number == other.number)
            or ((one.number > other.number) if self.greater else (one.number < other.number))
            for one in self.first
            for other in self.second
            if one.unit == other.unit and one.id != other.id
        )


def unresolved(scene: Scene, resolved: set[Mark], told: list[tuple[Span, Fact]]) -> Iterator[Mark]:
    """Yield words that set something against what no fact is of: "larger than expected"."""
    for mark in scene.longest("comparisons:"):
        than = _THAN.search(scene.text, mark.start, min(scene.end, mark.end + 12))
        if than is None or mark in resolved or _LEVELS.search(scene.text, mark.end, scene.end):
            # "More than a climb to the upper one": which levels are meant, shapes.outdone says.
            continue
        span = (than.end(), scene.clause(than.end())[1])
        figures = any(span[0] <= at[0] < span[1] for at, _ in told) or _MUCH.search(scene.text, *span)
        if not figures and not scene.said(("references:", "aged", "window:", "side:", "giver:"), span):
            yield mark


def comparisons(sheet: FactSheet, scene: Scene, told: list[tuple[Span, Fact]]) -> Iterator[Comparison]:
    """Yield the comparisons of a sentence whose two ends are both at hand."""
    fronts: dict[int, Span] = {}
    for mark in scene.longest("comparisons:"):
        start, end = scene.start, scene.end
        if scene.word(mark).casefold() in _PLACES and not _to_reference(scene, mark):
            continue
        if _OF_LEVEL.match(scene.text, mark.end) and scene.word(mark).casefold() in ("lower", "higher"):
            # "The longs to the lower level edge out the shorts to the upper one" says which level it is.
            continue
        if _OF_WAY.match(scene.text, mark.end) and scene.said(("side:", "kind:map")):
            # "A smaller move gets it to the short level than to the long one": no sum is compared.
            continue
        if any(stop + 1 == mark.start for _, stop in scene.figures):
            # "2.5% lower" is a difference, and no comparison of what stands around it.
            continue
        if _IS_NAME.match(scene.text, mark.end) and scene.word(mark).casefold() in _PARTED:
            # "The lower level" and "the upper one" are two, and none is said to be the less.
            continue
        if _COUNTED.search(scene.text, start, mark.start) or _MOST.match(scene.text, mark.end):
            # "4.8% of the past 270 settlements were lower": they are counted, and not compared.
            continue
        greater = mark.name.endswith("greater")
        front, back = (start, mark.start), (mark.end, end)
        # "Below the median, with the longs' share larger than the shorts'": the "than" is another comparison's.
        than = None if scene.word(mark).casefold() in _PLACES else _THAN.search(scene.text, mark.start, end)
        if than is not None:
            stop = _STOP.search(scene.text, than.end(), end)
            following = _NEXT.search(scene.text, than.end(), end)
            if following and scene.said(("side:", "giver:", "asset:"), (than.end(), following.start())):
                stop = following
            back = (than.end(), stop.start() if stop else end)
            if scene.said(("side:", "giver:", "asset:"), (mark.end, than.start())):
                front = (mark.end, than.start())
        elif (stop := _NEXT.search(scene.text, mark.end, end)) and scene.said(
            ("side:", "giver:", "asset:"), (mark.end, stop.start())
        ):
            back = (mark.end, stop.start())
        # "Lower than the longs' level, and lower than that of the shorts": said of what the first was said of.
        if fronts and _AND.search(scene.text, start, mark.start):
            front = fronts[max(fronts)]
        fronts[mark.start] = front
        if _BY.match(scene.text, mark.end) and scene.said("passive", (start, mark.start)):
            greater = not greater
        denials = scene.said("denial", (start, mark.start))
        denied = bool(denials) and len(scene.text[denials[-1].end : mark.start].split()) <= 2
        if denied:
            greater = not greater
        ends = [_end(scene, front, told, last=front[0] == start), _end(scene, back, told, last=False)]
        first, second = _completed(sheet, scene, *ends)
        if first and second:
            yield Comparison(mark, first, second, greater, denied)


_WITHIN = re.compile(r"\bwithin (?:a (?:move|distance) of )?([0-9]+)(?:%| per ?cent| percent)", re.I)
_EACH_PERCENT = re.compile(
    r"\b(?:per|for each|for every|each) percent\b|\bpercent for percent\b|\bat equal distance", re.I
)
_MUCH = re.compile(r"[0-9$]|\b(?:one per ?cent|half|a third|a quarter|twice|double)\b")
_THAN = re.compile(r"\bthan\b")
_NEXT = re.compile(r"; |, (?:and|though|although|while|whereas|but|yet)\b")
_STOP = re.compile(r"; |, (?:though|although|while|whereas|but|yet)\b")
"""Where another clause begins: "more than Binance does, though both stay below the usual rate"."""
_OF_WAY = re.compile(r" (?:move|trip|distance|way|step|journey|fall|rise|climb|drop)\b")
_OF_LEVEL = re.compile(r"[ -](?:level|reach|end|one|side|edge|half)s?\b(?! than\b)")
_AND = re.compile(r"\b(?:and|or|but|nor) (?:also |even |still )?\Z")
_MOST = re.compile(r" (?:those of |that of )?(?:most|the majority|the bulk|nearly all|almost all)\b")
_COUNTED = re.compile(r"\b(?:settlements|prints|readings|days|totals) (?:\w+ ){1,2}\Z")
_BY = re.compile(r" by\b")


def _to_reference(scene: Scene, mark: Mark) -> bool:
    """Say whether a word of place stands before something that figures are set against: "above its usual level"."""
    behind = scene.said(("references:", "side:"), (mark.end, scene.end))
    between = scene.text[mark.end : behind[0].start] if behind else ""
    # "Longs sit below the mark, shorts above it" says where they are.
    placed = bool(behind) and ("," in between or scene.said("kind:price", (mark.end, behind[0].start)))
    # "More in longs below than in shorts above": no word of the two is set against the other.
    if behind and scene.said("comparisons:", (mark.end, behind[0].start)):
        # "The longs below outweigh the shorts above".
        return False
    return bool(behind) and not placed and len(between.split()) <= 2 and not _THAN.search(between)


class End(NamedTuple):
    """What one end of a comparison names."""

    kind: str | None
    side: str | None
    venue: str | None
    asset: str | None
    reference: str | None
    figure: Fact | None


def _end(scene: Scene, span: Span, told: list[tuple[Span, Fact]], *, last: bool) -> End:
    pick = -1 if last else 0

    def one(name: str) -> str | None:
        found = scene.said(name, span)
        return found[pick].name.partition(":")[2] if found else None

    figures = [(at, fact) for at, fact in told if span[0] <= at[0] and at[1] <= span[1]]
    figure = figures[pick][1] if figures else None
    return End(one("kind:"), one("side:"), one("giver:"), one("asset:"), one("references:"), figure)


def _completed(sheet: FactSheet, scene: Scene, one: End, other: End) -> tuple[list[Fact], list[Fact]]:
    """Return the facts of both ends, each taking from the other what it does not name itself."""
    if other.reference == "baseline" or one.reference == "baseline":
        rates = _rates(sheet, (one if other.reference else other).venue)
        bases = sheet.all("funding_baseline")
        return (rates, bases) if other.reference else (bases, rates)
    if other.reference == "previous" or one.reference == "previous":
        if not scene.said("kind:funding"):
            return [], []
        rates, before = _rates(sheet, None), sheet.all("funding_before") or sheet.all("funding_previous")
        return (rates, before) if other.reference else (before, rates)
    if other.reference == "median" and scene.said("kind:liquidations"):
        medians = sheet.all("liq_median")
        totals = [f for median in medians for f in sheet.all("liq_total", asset=median.subject.asset)]
        return totals, medians
    kind = _kind(scene, one, other)
    priced = one.kind == "price" or (one.kind is None and one.asset is not None and scene.said("kind:price"))
    if one.side is None and other.side and priced and scene.said("kind:map"):
        return sheet.all("price"), [fact for fact in sheet.all("reach_price") if fact.subject.side == other.side]
    if kind == "funding" and one.venue and other.venue and one.venue != other.venue:
        return _rates(sheet, one.venue), _rates(sheet, other.venue)
    if one.side and other.side and one.side != other.side:
        return _sized(sheet, scene, kind, one.side), _sized(sheet, scene, kind, other.side)
    if kind == "liquidations" and one.asset and other.asset and one.asset != other.asset:
        return sheet.all("liq_total", asset=one.asset), sheet.all("liq_total", asset=other.asset)
    if kind == "open_interest" and one.venue and other.venue and one.venue != other.venue:
        every = sheet.all("oi_coin")
        return ([f for f in every if one.venue in f.source], [f for f in every if other.venue in f.source])
    return [], []


def _kind(scene: Scene, one: End, other: End) -> str | None:
    kinds = {mark.name.removeprefix("kind:") for mark in scene.said("kind:")}
    if scene.said("payers:") and not kinds & {"map", "liquidations", "open_interest"}:
        # "Bybit charges longs more than Binance does".
        return "funding"
    for kind in ("funding", "open_interest", "map", "liquidations"):
        if kind in kinds and (kind != "liquidations" or "map" not in kinds):
            return kind
    return one.kind or other.kind


def _rates(sheet: FactSheet, venue: str | None) -> list[Fact]:
    return [fact for fact in sheet.all("funding_rate") if venue is None or fact.subject.venue == venue]


def _sized(sheet: FactSheet, scene: Scene, kind: str | None, side: str) -> list[Fact]:
    """Return the sizes of one side that a sentence can mean."""
    metrics = {
        "liquidations": ("liq_size",),
        "map": ("reach_size", "side_total", "cluster_size", "within_size", "reach_per_percent"),
    }
    named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:")}
    if scene.said("all_coins"):
        named.add("market")
    wanted, at = metrics.get(kind or "map", ("liq_size", "reach_size", "side_total")), None
    if kind != "liquidations" and (asked := _WITHIN.search(scene.text, scene.start, scene.end)):
        wanted, at = ("within_size",), f"{asked[1]}%"
    elif kind != "liquidations" and _EACH_PERCENT.search(scene.text, scene.start, scene.end):
        wanted = ("reach_per_percent",)
    for metric in wanted:
        found = [fact for fact in sheet.all(metric, at=at) if fact.subject.side == side]
        found = [fact for fact in found if not named or fact.subject.asset in named] or found
        if found and sheet.all(metric, side=OTHER_SIDE[side]):
            return found
    return []


def sizes_of(sheet: FactSheet, scene: Scene, side: str) -> tuple[list[Fact], list[Fact]]:
    """Return the sizes of a side and of the other that a sentence can mean."""
    other = OTHER_SIDE[side]
    kind = _kind(scene, End(None, side, None, None, None, None), End(None, other, None, None, None, None))
    return _sized(sheet, scene, kind, side), _sized(sheet, scene, kind, other)

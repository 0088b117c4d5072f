"""Told as known of an asset, where the facts hold nothing of the kind: Ether's price, where only Bitcoin's is given."""

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.checks.base import Document, Statement
from commentary.checks.market_words import in_list
from commentary.checks.shapes.parts import is_missing
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.languages.phrases import Mark
from commentary.records.finding import Finding

_METRICS = {
    "kind:price": ("price", "price_change"),
    "kind:open_interest": ("oi_coin", "oi_usd", "oi_change_coin"),
    "kind:funding": ("funding_rate",),
    "kind:map": ("reach_size", "cluster_size"),
    "kind:depth": ("depth",),
}
_OF_IT = re.compile(r"(?:['’]s?)? (?:latest |current |present |own |mark |\w+ )?", re.I)
_OF = re.compile(r" (?:of|for|in|on|at) (?:the |both )?", re.I)
_MOVES = ("rise", "fall", "hold")
_STANDS = re.compile(r"\b(?:is|was|has|had|still|now|just|back|also|been|being)\b", re.I)
_IS_TRADED = re.compile(r"\b(?:is|are) \Z", re.I)
_HOW = re.compile(r"\b(?:how (?:many|much|far|deep|large|big|heavily|high|low)|what|whether|where|at which)\b", re.I)
_REVEALS = re.compile(
    r", (?:the|this|these|our) (?:data|snapshot|file|record|figures|numbers|sheet)\w* (?:do|does|did) \w+[.!]?$", re.I
)
_CHANGES: dict[str, tuple[str, ...]] = {"kind:price": ("price_change",), "kind:open_interest": ("oi_change",)}
_ATTRIBUTES = (
    (
        "venue",
        r"(?:venue|exchange)",
    ),
    ("interval", r"interval"),
)
_WITH = (
    r"(?:with|name|names|named|naming|give|gives|gave|state|states|stated|bears?|carr(?:y|ies)|shows?|mentions?|says?)"
    r" (?:(?:an?|the|its|their) (?:\w+ (?:or|and|nor) )?)?"
)
_RECORDED = re.compile(
    r"\b(?:(?:recorded|actual|counted|real) (?:\w+ )?(?:liquidations|forced closures)|(?:counts|records|tallies"
    r"|mentions)"
    r" (?:the |some |\w+'s )?(?:liquidations|forced closures))\b",
    re.I,
)
_SPLIT = re.compile(
    r"\b(?:split|splits|divid\w+|break\w* down|broken down|breakdown|separat\w+|tells? apart|by side|of each side)\b",
    re.I,
)


def of_asset(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is told of an asset's price, funding or map is of one that has them in the facts."""
    scene = statement.scene
    named = sorted([*scene.said("asset:"), *(mark for mark in scene.said("kind:") if mark.name in _METRICS)])
    for one, two in pairwise(named):
        if {one.name.startswith("asset:"), two.name.startswith("asset:")} != {True, False}:
            continue
        asset, kind = (one, two) if one.name.startswith("asset:") else (two, one)
        between = scene.text[one.end : two.start]
        if not (_OF_IT if asset is one else _OF).fullmatch(between):
            continue
        name = asset.name.removeprefix("asset:")
        others = [fact for metric in _METRICS[kind.name] for fact in document.sheet.all(metric)]
        if others and all(fact.subject.asset != name for fact in others) and not is_missing(scene, kind.start):
            message = f"no fact at hand is of {name}'s {scene.word(kind)}; take it out, or say that the data lacks it"
            yield document.finding("roles.held", "error", statement.field, (one.start, two.end), message)
            return


def unpriced(document: Document, statement: Statement) -> Iterator[Finding]:
    """An asset without a price in the facts is not told as moving or standing anywhere."""
    scene = statement.scene
    for mark in scene.said(("kind:price", *{each.name for each in scene.said("asset:")})):
        asset = mark.name.removeprefix("asset:") if mark.name.startswith("asset:") else document.sheet.asset
        priced = {fact.subject.asset for name in ("price", "price_change") for fact in document.sheet.all(name)}
        if asset in priced or (priced and mark.name == "kind:price") or is_missing(scene, mark.start):
            continue
        verb = _verb(statement, mark)
        if verb is None or supposes(scene, scene.clause(mark.start)):
            continue
        low, high = scene.clause(mark.start)
        if any(low <= told.mention.start < high and told.fact.unit in ("usd", "coin") for told in statement.told):
            continue
        message = f"no price of {asset} is at hand; take it out, or say that the data lacks it"
        yield document.finding("roles.held", "error", statement.field, (mark.start, verb), message)
        return


def _verb(statement: Statement, mark: Mark) -> int | None:
    """Return where the verb of a move or of standing ends that stands right behind a name."""
    words = list(re.finditer(r"[A-Za-z]+", statement.scene.text[mark.end : statement.end]))[:3]
    for word in words:
        form = word[0].casefold()
        if _STANDS.fullmatch(form) or form.endswith("ly"):
            continue
        if form == "traded" and _IS_TRADED.search(statement.scene.text[mark.end : mark.end + word.start()]):
            # "Binance, where QZX is traded": at what price is not said.
            return None
        moves = form not in ("long", "open") and any(in_list(form, name, "en") for name in _MOVES)
        gap = statement.scene.text[mark.end : mark.end + word.start()]
        return mark.end + word.end() if moves and not re.search(r"[,;:.'’]", gap) else None
    return None


def tells_how(document: Document, statement: Statement) -> Iterator[Finding]:
    """The data tell how large something is only where they hold it."""
    scene = statement.scene
    match = _HOW.search(statement.text)
    denials = scene.said(("denial", "absent", "unknown", "lacks_data"))
    if match is None or any(scene.word(mark).casefold() != "whether" for mark in denials):
        return
    at, end = absolute(statement, match)
    high = scene.clause(at)[1]
    told = scene.said("shows_data", (scene.start, at))
    ahead = bool(told) and told[-1].end + 1 == at and scene.said("holders", (scene.start, told[-1].start))
    # "Whether longs or shorts bore more, the data do reveal."
    if not ahead and not (match.start() < 3 and _REVEALS.search(statement.text)):
        return
    moved = scene.said("move:", (end, high))
    sides = {mark.name for mark in scene.said("side:", (end, high))}
    for mark in scene.said("kind:", (end, high)):
        metrics: tuple[str, ...] = _METRICS.get(mark.name, ())
        if mark.name == "kind:liquidations":
            metrics = ("liq_size",) if len(sides) == 2 else ("liq_", "order_")
        elif moved and mark.name in _CHANGES:
            metrics = _CHANGES[mark.name]
        modelled = scene.said(("kind:map", "supposing"), (end, high))
        if metrics and not modelled and not any(fact.subject.metric.startswith(metrics) for fact in document.sheet):
            message = f"no fact at hand is of {scene.word(mark)!r}; say that the data lacks it"
            yield document.finding("roles.held", "error", statement.field, (at, mark.end), message)
            return


_OPEN = re.compile(r"(?:how|whether|what|which)\b", re.I)
"""A sentence that begins so and denies something says what is not told: "how it was split the data does not say"."""


def unsplit_sides(document: Document, statement: Statement) -> Iterator[Finding]:
    """Liquidations are told as split by side only where they are."""
    scene = statement.scene
    match = _SPLIT.search(statement.text)
    totals = document.sheet.all("liq_total")
    if (
        match is None
        or not totals
        or document.sheet.all("liq_size")
        or is_missing(scene, statement.start + match.start())
        or (_OPEN.match(statement.text) and scene.said("denial"))
    ):
        return
    if {mark.name for mark in scene.said("side:")} == {"side:long", "side:short"}:
        why = f"{totals[0].id} is not split into longs and shorts; say so"
        yield error(document, statement, "roles.held", absolute(statement, match), why, *totals[:1])


def attributes(document: Document, statement: Statement) -> Iterator[Finding]:
    """The exchange and the interval of a funding rate are given, or missing, as is said."""
    scene, rates = statement.scene, document.sheet.all("funding_rate")
    if not rates or not scene.said("kind:funding") or scene.said(("conditional", "kind:map")):
        return
    for name, words in _ATTRIBUTES:
        match = re.search(
            rf"\b(?:{_WITH}{words}\b|{words} (?:is|are) (?:named|given|stated|known))", statement.text, re.I
        )
        if match is None:
            match = re.search(
                rf"\bwithout (?:an?|any|its) (?:\w+ or )?{words}\b(?= ?[.,]| and| or)", statement.text, re.I
            )
        given = [fact for fact in rates if (fact.subject.venue if name == "venue" else fact.subject.window_hours)]
        if match is None:
            continue
        missing = is_missing(scene, statement.start + match.start())
        if missing == bool(given) and (missing is False or match[0].casefold().startswith("without")):
            why = (
                f"{rates[0].id} has {'an' if name[0] in 'aeiou' else 'a'} {name}"
                if given
                else f"no {name} of {rates[0].id} is given"
            )
            yield error(document, statement, "roles.held", absolute(statement, match), f"{why}; say so", rates[0])
            return


def recorded(document: Document, statement: Statement) -> Iterator[Finding]:
    """Liquidations are told as recorded only where some were."""
    match = _RECORDED.search(statement.text)
    held = any(fact.subject.metric.startswith(("liq_", "order_")) for fact in document.sheet)
    if match is None or held or is_missing(statement.scene, statement.start + match.start()):
        return
    ruled = statement.scene.said("ruled") or any(told.fact.is_house for told in statement.told)
    if not ruled and not supposes(statement.scene):
        message = "no liquidations were recorded in the facts at hand; a map only says what would be liquidated"
        yield error(document, statement, "roles.held", absolute(statement, match), message)

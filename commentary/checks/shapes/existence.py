"""What the data hold and what they lack, said in any words: who holds, that something is told or not, and what.

A part of a sentence is understood only where nothing but function words is left besides these; a "fresher" or a
"second" asks for more than whether there is any, and is not judged here.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from commentary.checks.base import Document, Statement
from commentary.checks.market_words import in_list
from commentary.checks.scene import Span
from commentary.checks.shapes.parts import parts
from commentary.checks.shapes.saying import error, of_first
from commentary.languages.phrases import Mark
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_THINGS: tuple[tuple[str, str], ...] = (
    (
        "map",
        r"(?:maps?|models?|estimates?) of (?:\w+ )?liquidations?|(?:liquidation |heat ?)maps?|maps?|models?|modell?ed"
        r"|estimat(?:es?|ed)|would be (?:liquidated|closed|forced out)",
    ),
    ("open_interest", r"open interest|OI"),
    ("funding", r"funding (?:rates?|payments?|costs?|settlements?)|funding|settlements?"),
    (
        "liquidations",
        r"(?:recorded |actual |past )?(?:liquidations|liquidation (?:counts?|totals?|records?|figures?|tall(?:y|ies)))"
        r"|forced closures?|(?:tall(?:y|ies)|counts?|totals?) of (?:\w+ )?(?:liquidations|forced closures)",
    ),
    ("depth", r"order[- ]books?|bids|asks|resting orders|depth"),
    ("band", r"(?:support |resistance |price )?bands?|support|resistance"),
    ("price", r"(?:mark |last |index )?prices?"),
)
_THING = re.compile("|".join(f"(?P<{name}>\\b(?:{words})\\b)" for name, words in _THINGS), re.I)
_METRICS = {
    "map": ("reach_size", "cluster_size", "side_total"),
    "open_interest": ("oi_coin", "oi_usd"),
    "funding": ("funding_rate",),
    "liquidations": ("liq_total", "liq_size"),
    "depth": ("depth",),
    "band": ("band_low",),
    "price": ("price",),
}
_NO = re.compile(
    r"\b(?:no|not|none|nothing|neither|nor|never|nowhere|nobody|cannot|without|(?:\w+n['’]t)|fails? to|failed to"
    r"|declin(?:es?|ed) to)\b",
    re.I,
)
_THERE = re.compile(r"\bthere (?:is|are|was|were)\b", re.I)
_FILL = re.compile(
    r"\b(?:value|values|sum|sums|figure|figures|number|numbers|amount|amounts|reading|readings|word|words|mention"
    r"|trace"
    r"|sign|total|totals|whatsoever|altogether|kind|sort|side|sides|coin|coins|market|asset|level|levels"
    r"|positions?|size"
    r"|part|among|go|goes|went|gone|stays?|stayed|remains?|remained|comes?|came|simply|entirely"
    r"|completely|wholly|quite|too|also|still|just|here|as|crypto|information|anyhow)\b",
    re.I,
)
_SIDED = re.compile(r"\b(?P<side>longs?|shorts?)\b", re.I)
_ONLY = re.compile(
    r"\b(?:only|alone|solely|exclusively|merely|just|nothing but|nothing other than|no side but|sole)\b", re.I
)
_MUTE = re.compile(
    rf"(?:{_THING.pattern})(?: \w+)? (?:(?:do|does|did|can|could) (?:not|never)|[a-z]+n['’]t|cannot)\b(?! cover"
    rf"| model)",
    re.I,
)
"""A map that does not tell something is there, and so is a price."""
_HERE = re.compile(
    r"\b(?:beneath|below|above|under|near|around|over|beside|to|from) (?:(?:the|its|this|present|current"
    r"|latest) )+price\b",
    re.I,
)
_WITHIN = re.compile(r"\b(?:in|among|part of|within) (?:the|this|these|those|our|its|any of the)\b", re.I)
_WOULD = re.compile(r"\bwould be\b", re.I)
_PAST = re.compile(r"\bhistor(?:y|ies) of\b", re.I)
_KEPT = {"funding": "funding", "open_interest": "open interest", "liquidations": "liquidations", "price": "price"}
"""What the past of a thing is called by the facts that count its days."""
_ITS = re.compile(r"\bits\b", re.I)
_WORD = re.compile(r"(?!s\b)[^\W_]+(?:[.-][^\W_]+|n['’]t)*")


class Claim(NamedTuple):
    """That something is, or is not, at hand."""

    span: Span
    denied: bool
    only: bool
    things: tuple[str, ...]
    sides: frozenset[str]
    assets: frozenset[str]
    givers: frozenset[str]
    of_past: bool
    """True where a history of the thing is spoken of, and not the thing."""


def existing(document: Document, statement: Statement) -> Iterator[Finding]:
    """What the data are said to lack they lack, and what alone they are said to hold is all."""
    for claim in _claims(statement):
        held = [fact for name in claim.things for fact in _held(document, claim, name)]
        if claim.denied and not claim.only and held:
            why = f"{held[0].id} is at hand; take the denial out, or say what is missing of it"
            yield error(document, statement, "roles.denied", claim.span, why, *held[:1])
            return
        rest = _rest(document, claim) if claim.only and not claim.denied else []
        if rest:
            why = f"{rest[0].id} is at hand too; name it, or take the 'only' out"
            yield error(document, statement, "roles.denied", claim.span, why, *rest[:1])
            return


def _claims(statement: Statement) -> Iterator[Claim]:
    scene = statement.scene
    whole = [match.lastgroup or "" for match in _THING.finditer(scene.text, scene.start, scene.end)]
    for low, high in parts(scene):
        if any(low <= start < high for start, _ in scene.figures):
            continue
        # "Beneath the price" says where, and not of what.
        text = _HERE.sub(lambda match: " " * len(match[0]), scene.text[low:high])
        things = list(_THING.finditer(text))
        sides = list(_SIDED.finditer(text))
        lacks = [mark for mark in scene.longest("lacks_data", (low, high))]
        noes = list(_NO.finditer(text))
        only = _ONLY.search(text)
        owners = [*scene.said("holders", (low, high)), *scene.said("giver:", (low, high))]
        told = scene.said("shows_data", (low, high))
        there = _THERE.search(text)
        # "No X is given": the verb is passive. "The X is missing": nobody is named, and nobody need be.
        within = scene.said("holders", (low, high)) and noes and _WITHIN.search(text)
        known = (
            bool(owners and (told or lacks or there))
            or bool(within)
            or bool(told or there or lacks or _WOULD.search(text))
        )
        named = [match.lastgroup or "" for match in things]
        modelled = "map" in named or (not named and "map" in whole)
        if not known or not (named or (sides and modelled)):
            continue
        odd = (len(noes) + len(lacks) - _overlap(noes, lacks, low)) % 2 == 1
        neither = re.search(r"\bneither\b.*\bnor\b|\bno\b.*\bnor\b|\bno\b.*\bno\b|\bnot?\b.*\bor\b", text, re.I)
        denied = odd or bool(neither and not lacks)
        if (not denied and not only) or _MUTE.search(text):
            continue
        if _rest_of(statement, (low, high), only is not None):
            continue
        holder_is_map = modelled and len(set(named)) > 1
        yield Claim(
            (low + (len(text) - len(text.lstrip(" ,;:"))), low + len(text.rstrip(" ,;:."))),
            denied,
            only is not None,
            tuple(dict.fromkeys(name for name in named if not (holder_is_map and name != "map")))
            or (("map",) if modelled else ()),
            frozenset(match["side"].casefold().rstrip("s") for match in sides),
            frozenset(mark.name.removeprefix("asset:") for mark in scene.said("asset:", (low, high))),
            _givers(statement, (low, high)),
            _PAST.search(text) is not None,
        )


def _givers(statement: Statement, span: Span) -> frozenset[str]:
    """Return whose the things of a part are: of those named in it, or of the one before it that "its" stands for."""
    scene, (low, high) = statement.scene, span
    named = [mark.name.removeprefix("giver:") for mark in scene.said("giver:", span)]
    if not named and _ITS.search(scene.text, low, high):
        named = [mark.name.removeprefix("giver:") for mark in scene.said("giver:", (scene.start, low))][-1:]
    return frozenset(named)


def _overlap(noes: list[re.Match[str]], lacks: list[Mark], low: int) -> int:
    return sum(any(mark.start <= low + no.start() < mark.end for mark in lacks) for no in noes)


def _rest_of(statement: Statement, span: Span, only: bool) -> list[str]:
    """Return the words of a part that are none of those by which it is understood."""
    scene, (low, high) = statement.scene, span
    asks_more = statement.vocabulary.cues["asks_more"]
    known = [
        (mark.start - low, mark.end - low)
        for name in ("holders", "shows_data", "lacks_data", "asset:", "giver:")
        for mark in scene.said(name, (low, high))
    ]
    whole = _HERE.sub(lambda match: " " * len(match[0]), scene.text[low:high])
    known += [match.span() for pattern in (_THING, _FILL, _SIDED, _NO, _THERE) for match in pattern.finditer(whole)]
    if only:
        known += [match.span() for match in _ONLY.finditer(whole)]
    return [
        match[0]
        for match in _WORD.finditer(whole)
        if not any(a <= match.start() and match.end() <= b for a, b in known)
        and (asks_more.fullmatch(match[0]) or not in_list(match[0].casefold(), "function", "en"))
    ]


def _held(document: Document, claim: Claim, name: str) -> list[Fact]:
    """Return what is at hand of a thing, as far as it is said whose it is."""
    assets = claim.assets or {document.sheet.asset}
    if claim.of_past:
        every = document.sheet.all("history_days", at=_KEPT.get(name, name))
    else:
        every = [fact for metric in _METRICS[name] for fact in document.sheet.all(metric)]
    facts = [fact for fact in every if fact.subject.asset in assets]
    if len(claim.sides) == 1 or name == "map":
        facts = [fact for fact in facts if fact.subject.side in claim.sides or not claim.sides]
    if len(claim.sides) == 2 and name == "liquidations":
        facts = [fact for fact in facts if fact.subject.side]
    if claim.givers:
        facts = [fact for fact in facts if claim.givers & _owners(document, fact)]
    return facts


def _owners(document: Document, fact: Fact) -> set[str]:
    """Return who gave a fact, or on which exchange it is; of our own estimate nobody gave any."""
    return set() if fact.is_ours else {*of_first(document, fact).source, fact.subject.venue or ""}


def _rest(document: Document, claim: Claim) -> list[Fact]:
    """Return what is at hand besides what is said to be all: the map's other side, another exchange's rate."""
    if len(claim.things) != 1:
        return []
    (name,) = claim.things
    facts = [fact for metric in _METRICS[name] for fact in document.sheet.all(metric)]
    if claim.sides and name == "map":
        return (
            [fact for fact in facts if fact.subject.side and fact.subject.side not in claim.sides]
            if len(claim.sides) == 1
            else []
        )
    if claim.givers and not claim.sides:
        return [fact for fact in facts if not claim.givers & {*fact.source, fact.subject.venue or ""}]
    return []

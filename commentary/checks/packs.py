"""Disclosure packs (data/packs): what a text has to say of itself, and words that may not stand in it. No legal advice.

packs.missing: a block that a pack in force asks for is not where it has to stand.
packs.metadata: a draft lacks a fact of its publisher that a pack asks for.
packs.banned: words that a pack bans.
"""

import re
from collections.abc import Iterator
from functools import cache

from commentary.checks import checks
from commentary.checks.base import Document, Field
from commentary.config.packs import PackBan, PackBlock, PackRules, pack_rules
from commentary.languages.phrases import Phrases
from commentary.records.finding import Finding
from commentary.records.query import Scope, judge

_PATHS = {"above": "/ai_disclosure", "below": "/disclosures", "end": "/disclaimer"}
_WATCHED = frozenset({"advice", "certainty", "prediction", "sentiment", "intent"})
"""Words of these lists are an error of their own (wording); one finding says so."""
_NOWHERE = Scope({}, {})


@checks.add("packs")
def packs(document: Document) -> Iterator[Finding]:
    """Find what the packs in force ask for and a text lacks, and what they ban and it says."""
    rules = pack_rules(document.packs)
    yield from _banned(document, rules)
    if document.written:
        yield from _missing(document, rules)
        for need in rules.needs:
            if document.sheet.get(need.fact) is None:
                remedy = f"write {need.setting} in commentary.toml" if need.setting else "make the draft again"
                message = f"the pack {rules.title(need.packs)} asks for it ({need.why}); {remedy}"
                yield _absent(document, "metadata", document.fields[-1], need.fact.replace("_", " "), message)
    elif document.scope == "article":
        yield from _elsewhere(document, rules)


def banned_in(text: str, rules: PackRules) -> Iterator[tuple[int, int, PackBan]]:
    """Yield the places of words that packs ban, each with its ban."""
    bans = {ban.name: ban for ban in rules.banned}
    for mark in _phrases(rules.banned).find(text):
        ban = bans[mark.name]
        spared = _pattern(ban.unless).finditer(text.replace("’", "'")) if ban.unless else ()
        if not any(match.start() <= mark.start and mark.end <= match.end() for match in spared):
            yield mark.start, mark.end, ban


@cache
def _phrases(banned: tuple[PackBan, ...]) -> Phrases:
    return Phrases({ban.name: ban.words for ban in banned})


def _banned(document: Document, rules: PackRules) -> Iterator[Finding]:
    for field in document.fields:
        for start, end, ban in banned_in(field.text, rules):
            if _is_watched(document, field, start, end):
                continue
            message = f"{ban.message} (pack: {rules.title(ban.packs)})"
            yield document.finding("packs.banned", ban.severity, field, (start, end), message)


def _is_watched(document: Document, field: Field, start: int, end: int) -> bool:
    """Say whether the words are an error of the wording already."""
    here = (one for one in document.judged if one.field is field)
    return any(a < end and start < b and kind in _WATCHED for one in here for a, b, kind in one.watched)


def _missing(document: Document, rules: PackRules) -> Iterator[Finding]:
    """Yield the blocks that a draft lacks."""
    for block in rules.blocks:
        if not block.required or not _asked(document, block):
            continue
        here = [field for field in document.fields if field.path.startswith(_PATHS[block.place])]
        if not any(_stands(field, block, document.involvement) for field in here):
            remedy = f"write {block.setting} in commentary.toml" if block.setting else "make the draft again"
            message = f"the pack {rules.title(block.packs)} asks for it ({block.why}); {remedy}"
            place = here[0] if here else document.fields[-1]
            yield _absent(document, "missing", place, block.name.replace("_", " "), message)


def _asked(document: Document, block: PackBlock) -> bool:
    """Say whether a block is asked of a draft: a text in which no program had a part has no label."""
    if not block.house and not block.claim(document.involvement):
        return False
    return all(judge(document.sheet, condition, _NOWHERE).holds for condition in block.when)


def _stands(field: Field, block: PackBlock, involvement: str) -> bool:
    """Say whether a field holds a block: as its claim words it, or in a house's own words that say what they must."""
    claim = block.claim(involvement)
    # "disclosure.sources.plain" is the same without what a text does not tell.
    named = (claim, f"{claim}.plain")
    whole = (one for one in field.sentences if one.claim in named or _frame(one.origin) in named)
    if claim and any(field.text[one.start : one.end].strip() for one in whole):
        return True
    own = bool(block.house) and any(one.claim == f"house.{block.house}" for one in field.sentences)
    # A disclaimer that was edited is nobody's sentence any more, and still the only one of its field.
    edited = block.place == "end" and bool(block.words)
    return (own or edited) and all(_pattern(words).search(field.text) for words in block.words)


def _frame(origin: str) -> str:
    kind, _, name = origin.partition("@")
    return f"{kind}.{name}"


def _elsewhere(document: Document, rules: PackRules) -> Iterator[Finding]:
    """Yield the blocks that an article by somebody else lacks."""
    fields = [field for field in document.fields if field.part != "aside"]
    for block in rules.blocks:
        if not block.elsewhere or not fields:
            continue
        said = all(any(_pattern(words).search(field.text) for field in fields) for words in block.words)
        if not said:
            message = f"the pack {rules.title(block.packs)} asks for it ({block.why}); add it"
            yield _absent(document, "missing", fields[-1], block.name.replace("_", " "), message)


def _absent(document: Document, rule: str, field: Field, what: str, message: str) -> Finding:
    return document.finding(f"packs.{rule}", "error", field, (0, 0), f"there is no “{what}”: {message}")


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of whole words or phrases: a space is also a hyphen, and * any one word."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    escaped = (re.escape(word.replace("’", "'")) for word in ordered)
    escaped = (word.replace(r"\ ", "[ -]").replace(r"\-", "[ -]").replace(r"\*", r"[\w'-]+") for word in escaped)
    return re.compile(rf"(?<!\w)(?:{'|'.join(escaped)})(?!\w)", re.IGNORECASE)

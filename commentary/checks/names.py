"""Names: whose figure it is, and who is said to give it.

names.unknown: words that attribute something, and a name with them that is no source, exchange or asset of the
facts.
The rules `asset` and `giver` are part of roles: a known name that no fact is of.
"""

import re
from collections.abc import Iterator
from functools import cache

from commentary.checks import checks
from commentary.checks.base import ATTRIBUTES, Document, Statement, Told
from commentary.checks.cues import Cues, cues
from commentary.checks.fit.pairs import respective
from commentary.checks.gaps.states import rightly
from commentary.records.finding import Finding

_WORD = r"[A-Z][A-Za-z]*(?:[A-Z.][A-Za-z]+)*"
_NAME = rf"({_WORD}(?: {_WORD})*)"
_NAMING = frozenset({"source", "venue"})
"""Roles of names, which any fact of the name may carry."""


@checks.add("names")
def names(document: Document) -> Iterator[Finding]:
    """Find names that a text calls on and no fact has."""
    owned = {word for name in (*document.vocabulary.givers, *_asset_names(document)) for word in name.split()}
    called = {word for name in document.vocabulary.listed_givers for word in name.split()}
    for statement in document.judged:
        if statement.asks:
            continue
        for start, end in _attributed(document, statement):
            name = statement.field.text[start:end]
            words = name.split()
            # A sentence's first word has a capital and belongs to no name.
            while words and document.cues["no_names"].fullmatch(words[0]):
                start += len(words.pop(0)) + 1
            if not words or words[-1] in owned or any(word in called for word in words):
                continue
            name = " ".join(words)
            if not _covered(statement, start):
                message = f"{name!r} gave none of the facts at hand; name who did"
                yield document.finding("names.unknown", "error", statement.field, (start, end), message)


def giver(document: Document, statement: Statement) -> Iterator[Finding]:
    """An exchange or vendor that a reader knows is named only where a fact is of it."""
    if statement.asks:
        return
    own = document.vocabulary.givers
    silent = {name for told in rightly(document, statement) for name in told.names}
    for name, span in places_of((document.vocabulary.listed_givers | document.vocabulary.asked) - own, statement):
        if name in silent:
            # What it did not give is told, as its gap has it.
            continue
        known = name in document.vocabulary.assets or any(name in other.split() for other in own)
        if not known and not _covered(statement, span[0]):
            message = f"{name} gave none of the facts at hand; name who did"
            yield document.finding("roles.source", "error", statement.field, span, message)


def places_of(names: frozenset[str], statement: Statement) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each of the names that a sentence holds as a word of its own, with its place."""
    for name in sorted(name for name in names if name in statement.text):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", statement.text):
            yield name, (statement.start + match.start(), statement.start + match.end())


def asset(document: Document, statement: Statement) -> Iterator[Finding]:
    """An asset is named only where a fact is of it, and beside figures only where one of them is."""
    if statement.asks:
        return
    known = document.vocabulary.assets
    figures = [told for told in statement.told if _states(told)]
    beside = {told.fact.subject.asset for told in figures}
    named = list(_assets(document, statement))
    yield from _exchanged(document, statement, named, figures)
    for (start, end), ticker in named:
        name = document.vocabulary.known.assets.get(ticker, ticker)
        if ticker not in known:
            message = f"no fact at hand is of {name}; name the asset that the facts are of"
        elif figures and ticker not in beside and not _is_less(statement, start) and not _is_left_out(figures):
            others = sorted({_called(document, one) for one in beside})
            message = f"the figure is of {' and '.join(others)}; write that, or give a figure of {name}"
        else:
            continue
        ids = tuple(told.fact.id for told in figures)
        yield document.finding("roles.asset", "error", statement.field, (start, end), message, ids)


_THAN = re.compile(r"\bthan (?:(?:that|those|for|in|of|on|to|what) )*\Z", re.I)


def _is_less(statement: Statement, start: int) -> bool:
    """Say whether an asset is what a figure's own is compared with: "more than Ether did"; the order is computed."""
    return _THAN.search(statement.field.text, statement.start, start) is not None


def _is_left_out(figures: list[Told]) -> bool:
    """Say whether a figure is what is left without the assets that are named."""
    return any(told.metric.startswith("liq_rest") for told in figures)


def _exchanged(
    document: Document, statement: Statement, named: list[tuple[tuple[int, int], str]], figures: list[Told]
) -> Iterator[Finding]:
    """Where a sentence names several assets, a figure is of the one right behind it, else of the last before it."""
    beside = {told.fact.subject.asset for told in figures}
    if len({ticker for _, ticker in named}) < 2 or not {ticker for _, ticker in named} <= beside:
        return
    text = statement.field.text
    for told in figures:
        end = told.mention.end + 1
        behind = [ticker for (a, _), ticker in named if document.cues["of_what"].fullmatch(text, end, a - 1)]
        before = [ticker for (_, b), ticker in named if b <= told.mention.start]
        ordered = respective(statement.scene, (told.mention.start, told.mention.end), "asset:")
        owner = ordered.name.removeprefix("asset:") if ordered else next(iter(behind or before[-1:]), None)
        if owner is not None and told.fact.subject.asset not in (owner, "market"):
            message = f"{told.fact.id} is of {_called(document, told.fact.subject.asset)}; write that"
            span = (told.mention.start, told.mention.end)
            yield document.finding("roles.asset", "error", statement.field, span, message, (told.fact.id,))


def _states(told: Told) -> bool:
    """Say whether a mention is of one asset: a rule of the desk and a time are of any."""
    named = told.mention.role in _NAMING or told.style in ATTRIBUTES
    several = told.fact.subject.at == "together"
    return not named and not several and told.fact.unit not in ("name", "time") and not told.fact.is_house


def _called(document: Document, ticker: str) -> str:
    return "all coins" if ticker == "market" else document.vocabulary.known.assets.get(ticker, ticker)


def _assets(document: Document, statement: Statement) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield places of assets' names outside mentions, with the ticker each is of."""
    own = document.vocabulary.givers
    pattern, tickers = _asset_pattern(tuple(document.vocabulary.known.assets.items()), document.language.code)
    harmless = [match.span() for match in document.cues["no_assets"].finditer(statement.text)]
    for match in pattern.finditer(statement.text):
        span = (statement.start + match.start(), statement.start + match.end())
        taken = any(a < match.end() and match.start() < b for a, b in harmless)
        if not taken and match[0] not in own and not _covered(statement, span[0]):
            yield span, tickers[match[0]]


@cache
def _asset_pattern(named: tuple[tuple[str, str], ...], language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of every spelling of every asset, and the ticker of each spelling."""
    tickers = {ticker: ticker for ticker, _ in named}
    for spelled, ticker in (*((name, ticker) for ticker, name in named), *cues(language).aliases.items()):
        tickers.setdefault(spelled, ticker)
        # A name in capitals is written so everywhere; any other may stand in small letters.
        if not spelled.isupper():
            tickers.setdefault(spelled.lower(), ticker)
    longest_first = sorted(tickers, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), tickers


def _attributed(document: Document, statement: Statement) -> Iterator[tuple[int, int]]:
    """Yield the places of names that a sentence calls on."""
    for pattern in _calls(document.cues):
        for match in pattern.finditer(statement.text):
            yield statement.start + match.start(1), statement.start + match.end(1)


@cache
def _calls(said: Cues) -> tuple[re.Pattern[str], ...]:
    before, behind, given = (f"(?i:{said[name].pattern})" for name in ("called_before", "called_behind", "called_data"))
    article = "(?:[Tt]he )?"
    return (
        re.compile(rf"\b{_NAME}(?:['’]s\b| {behind})"),
        # At the start of a sentence any word has a capital.
        re.compile(rf"(?<=[a-z,:] ){_NAME} {given}"),
        # A month before a day is no name.
        re.compile(rf"{before} {article}{_NAME}\b(?!\.? ?[0-9])"),
        re.compile(rf"(?i:{said['called_from'].pattern}) {article}{_NAME}(?= at | {given})"),
    )


def _asset_names(document: Document) -> frozenset[str]:
    return frozenset(
        word for pair in (*document.edition.names, *document.vocabulary.known.assets.items()) for word in pair
    )


def _covered(statement: Statement, at: int) -> bool:
    return any(mention.start <= at < mention.end for mention in statement.field.mentions)

"""What is at hand, told as missing."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error, of_first
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_HOLDER = (
    r"(?:data(?: ?set)?|snapshot|file|feed|record|sheet|facts?|figures|numbers|source|sources|CoinGlass|Binance|Bybit"
    r"|Coinalyze|Kraken|history)"
)
_LACK = (
    r"(?:lacks?|lacked|(?:has|have|holds?) nothing (?:on|about|of)|omits?|omitted|leaves? out|left out|misses"
    r"|is missing|(?:offers?|holds?|contains?|has|have"
    r"|gives?"
    r"|carries|carry|includes?|provides?|features?|shows?|records?|reports?|knows) (?:no|neither|not a|not any)"
    r"|(?:does not|do not|doesn't|don't) (?:hold|contain|have|give|carry|include|provide|offer|feature"
    r"|record) (?:an?|any))"
)
_NOUNS = (
    (r"liquidation prices?", ("position_liquidation",), None),
    (r"mark price|mark", ("price",), "mark"),
    (r"(?<!liquidation )prices?(?: at all)?", ("price",), None),
    (r"settled (?:funding )?rate|funding rates?|funding|settlements?", ("funding_rate",), None),
    (r"open interest", ("oi_coin", "oi_usd"), None),
    (r"(?:recorded )?liquidations|liquidation (?:record|count|totals?|figures)", ("liq_total", "liq_size"), None),
    (r"liquidation maps?|maps?", ("reach_size", "cluster_size"), None),
    (r"order books?|bids|asks", ("depth",), None),
    (r"(?:support|resistance)(?: band)?", ("band_low",), None),
)  # fmt: skip
_BESIDES = re.compile(r"\b(?:beyond|besides|apart from|aside from|except|other than|save|but for)\b", re.I)
_FILL = r"(?:(?:an?|any|the|its|single|own|sort of|kind of|[A-Z]\w+'s|bitcoin's|ether's) )*"
_REST = (
    r"(?: (?:for|of|on|about) (?:\w+|the coin|this coin|the asset))?(?: whatsoever| at all| altogether| of any kind"
    r"| in the \w+)?(?=[.,;:!]|$)"
)
_ABSENT = re.compile(r"\b(?:is|are) (?:missing|absent|lacking|not given|not in the data|nowhere to be found)\b", re.I)


def lacking(document: Document, statement: Statement) -> Iterator[Finding]:
    """The data does not lack what a fact at hand is of."""
    for nouns, metrics, at in _NOUNS:
        held = [fact for metric in metrics for fact in document.sheet.all(metric)]
        held = [fact for fact in held if at is None or (fact.subject.at or "").startswith(at)]
        if not held:
            continue
        lack = re.search(rf"\b{_HOLDER} (?:\w+ )?{_LACK} {_FILL}(?:\w+ )?(?:{nouns}){_REST}", statement.text, re.I)
        gone = re.search(
            rf"(?:^|, |\band )(?:the |a |any )?(?:\w+ )?(?:{nouns}) {_ABSENT.pattern}", statement.text, re.I
        )
        none = re.search(
            rf"\bno {_FILL}(?:\w+ )?(?:{nouns})(?: \w+){{0,2}}? (?:is|are|was|were) (?:available|at hand|given|held"
            rf"|in the data|known|to hand"
            r"|supplied|provided|there|listed|shown|included)\b",
            statement.text,
            re.I,
        )
        mute = re.search(
            rf"\b{_HOLDER} (?:is|are|stays?|remains?|keeps?) (?:silent|mum|quiet|mute) (?:on"
            rf"|about) (?:\w+['’]s )?{_FILL}(?:{nouns}){_REST}",
            statement.text,
            re.I,
        )
        bare = re.search(
            rf"\b(?:there is no (?:record|trace|count|figure|data|word|mention|sign) (?:of|on|for)|nothing (?:in"
            rf"|on) the \w+ (?:tells|speaks|says"
            rf"|is known|bears|shows?|informs?)(?: \w+)? ?(?:of|on|about)?) (?:\w+['’]s )?{_FILL}(?:{nouns}"
            rf"|liquidations){_REST}",
            statement.text,
            re.I,
        )
        plain = re.search(rf"\bthere (?:is|are) no {_FILL}(?:{nouns}){_REST}", statement.text, re.I)
        match = plain or lack or gone or none or mute or bare
        if match and not _of_another(document, statement, held, match):
            why = f"{held[0].id} is at hand; take the denial out, or say what is missing of it"
            yield error(document, statement, "roles.denied", absolute(statement, match), why, *held[:1])
            return


def _of_another(document: Document, statement: Statement, held: list[Fact], match: re.Match[str]) -> bool:
    """Say whether what is said to be missing is another exchange's, asset's or time's than what is at hand."""
    scene = statement.scene
    named = {mark.name.partition(":")[2] for mark in scene.said(("giver:", "asset:"))}
    own = {name for fact in held for name in (*of_first(document, fact).source, fact.subject.venue, fact.subject.asset)}
    words = re.search(
        r"\b(?:current|recent|fresh|live|new|second|earlier|previous|past|history|change|window|beyond|besides|except"
        r"|by (?:side"
        r"|exchange)|each|per)\b",
        match[0],
        re.I,
    ) or _BESIDES.search(statement.text, 0, match.start())
    return bool(words) or bool(named - own - {document.sheet.asset})

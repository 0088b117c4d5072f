"""Styles of single positions and of notices: what an exchange announced, its own words, and what a position shows."""

from commentary.languages.base import Style
from commentary.languages.en import numbers as n
from commentary.languages.en.phrase import phrase, plain
from commentary.languages.en.words import STYLES as WORDS
from commentary.languages.en.words import UNNAMED_SOURCE
from commentary.records.edition import Edition
from commentary.records.fact import Fact

_TOPICS = {
    # by the value of an outage: with its article, alone
    "outage": ("an outage", "outage"),
    "auto-deleveraging": ("auto-deleveraging", "auto-deleveraging"),
    "insurance fund draw": ("an insurance fund draw", "insurance fund draw"),
}
_CHANGES = {
    # by the value of a notice: of a contract of a coin, alone
    "delisting": ("the delisting of {} contract", "delisting"),
    "listing": ("the listing of {} contract", "listing"),
    "margin tiers": ("a change of margin tiers for {} contract", "change of margin tiers"),
    "funding interval": ("a change of the funding interval of {} contract", "change of the funding interval"),
}
_EVENTS = ("outage", "notice")
_OWN = "the exchange"


def _is_event(fact: Fact) -> bool:
    return fact.subject.metric in _EVENTS and fact.value in (*_TOPICS, *_CHANGES)


def _topic(fact: Fact, edition: Edition) -> str:
    if fact.text in _TOPICS:
        return _TOPICS[fact.text][0]
    name = WORDS["asset_lower"].write(fact, edition)
    return _CHANGES[fact.text][0].format(f"{_article(name)} {name}")


def _article(name: str) -> str:
    """Return the article that the name of a coin takes: an avalanche, a chainlink, a uniswap; spelled out, an XRP."""
    spelled = name.isupper() and not set(name) & set("AEIOU")
    return "an" if name[0] in ("FHLMNRSX" if spelled else "aeioAEIO") else "a"


def _topic_alone(fact: Fact, _: Edition) -> str:
    return {**_TOPICS, **_CHANGES}[fact.text][1]


def _account(fact: Fact, _: Edition) -> str:
    """Write who says so; an exchange that tells of itself is named beside it, so it is "the exchange"."""
    others = [name for name in fact.source if name != fact.subject.venue]
    named = others if len(others) == len(fact.source) else [_OWN, *others]
    if not fact.source:
        named = [UNNAMED_SOURCE]
    *first, last = named
    return f"{', '.join(first)} and {last}" if first else last


def _by_account(fact: Fact, edition: Edition) -> str:
    return f"according to {_account(fact, edition)}"


def _is_text(fact: Fact) -> bool:
    return fact.subject.metric.endswith("_text") and isinstance(fact.value, str)


def _quoted(fact: Fact, _: Edition) -> str:
    return f"“{fact.text}”"


def _any(_: Fact) -> bool:
    return True


def _data_of(fact: Fact, _: Edition) -> str:
    """Write whose data it is; of an exchange that tells of itself its name stands beside it."""
    if not fact.source:
        return f"data of {UNNAMED_SOURCE}"
    if fact.source == (fact.subject.venue,):
        return "the exchange's own data"
    *others, last = fact.source
    return f"{', '.join(others)} and {last} data" if others else f"{last} data"


def _there(fact: Fact, edition: Edition) -> str:
    """Write where a sum is of behind the name of its exchange, or which exchanges it covers."""
    return "there" if fact.subject.venue not in (None, "all") else WORDS["where"].write(fact, edition)


_USD = plain(n.USD, n.USD_BN)
_COMPACT = plain(n.USD_COMPACT, n.USD_BN)

ANNOUNCED: tuple[Style, ...] = (
    Style("topic", '"an outage" or "a change of margin tiers for a pepe contract"', False, False, _topic, _is_event),
    Style("topic_alone", '"outage" or "change of margin tiers"', False, False, _topic_alone, _is_event),
    Style("account", '"the exchange" or "CoinGlass"', False, False, _account, _is_event),
    Style(
        "by_account",
        '"according to the exchange" or "according to CoinGlass"',
        False,
        False,
        _by_account,
        _is_event,
    ),
    Style("quoted", '"“PEPEUSDT leverage and margin tiers”", the words of a notice', False, True, _quoted, _is_text),
    Style("data_of", '"CoinGlass data", or "the exchange\'s own data"', False, False, _data_of, _any),
    Style(
        "there",
        '"there", of an exchange named before, or "on the exchanges CoinGlass covers"',
        False,
        False,
        _there,
        _any,
    ),
    phrase("a_usd", '"a $96.1 million" or "an $84.2 million"', _USD, ("usd",), "{a} {}"),
    phrase("a_usd_compact", '"a $96.1M" or "an $84.2M", for headlines', _COMPACT, ("usd",), "{a} {}"),
    phrase(
        "usd_more",
        '"$24.9 million more" or "$24.9 million less", for a change in dollars',
        _USD,
        ("usd",),
        "{} more",
        "{} less",
        quantity="delta",
        zero=False,
    ),
    phrase(
        "unrealised",
        '"an unrealised profit of $3.2 million" or "an unrealised loss of $2.4 million"',
        _USD,
        ("usd",),
        "an unrealised profit of {}",
        "an unrealised loss of {}",
        quantity="delta",
        zero=False,
    ),
    phrase(
        "receives",
        '"receives $1,038" or "pays $1,038", of a position at a funding rate',
        _USD,
        ("usd",),
        "receives {}",
        "pays {}",
        quantity="delta",
        zero=False,
    ),
)

"""Styles of options and of the flows of funds: amounts by their own unit, and what came in or went out."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from commentary.languages.base import Style, UnfitError
from commentary.languages.en import numbers as n
from commentary.languages.en.phrase import Body, of_coin, phrase, plain
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.spelled import Reading

_USD = plain(n.USD, n.USD_BN)
_COMPACT = plain(n.USD_COMPACT, n.USD_BN)
_FULL = n.Notation(lambda _: n.ONE, lambda number: f"{number:,.0f}")
_ROUND = plain(n.COIN, n.COIN_BN)
_TWO_PLACES = n.Notation(lambda _: n.CENT, lambda number: f"{number:,.2f}")
_SESSIONS = n.Notation(lambda _: n.ONE, lambda number: n.counted(number, "session"))
_SESSIONS_DIGITS = n.Notation(lambda _: n.ONE, lambda number: n.counted(number, "session", digits=True))

# Options ----------------------------------------------------------------------------------------------


def _is_option(fact: Fact) -> bool:
    return fact.subject.metric.startswith("options_")


def _is_amount(fact: Fact) -> bool:
    return _is_option(fact) and fact.unit in ("coin", "count", "usd") and isinstance(fact.value, Decimal)


def _amount(name: str, doc: str, words: str, count: Body) -> Style:
    """Return a style that writes how the calls or puts of an expiry are counted, by their unit."""
    by_unit = {
        "coin": phrase(name, "", of_coin(n.COIN, n.COIN_BN), ("coin",), words),
        "count": phrase(name, "", count, ("count",), words.format("{} contracts")),
        "usd": phrase(name, "", _USD, ("usd",), words),
    }

    def write(fact: Fact, edition: Edition) -> str:
        return by_unit[fact.unit].write(fact, edition)

    def read(text: str) -> Iterable[Reading]:
        for style in by_unit.values():
            if style.read is not None:
                yield from style.read(text)

    return Style(name, doc, True, True, write, _is_amount, read)


def _is_put_call(fact: Fact) -> bool:
    return fact.subject.metric.endswith("_put_call")


def _is_skew(fact: Fact) -> bool:
    return fact.subject.metric == "options_skew"


# Dates ------------------------------------------------------------------------------------------------

_COUNTABLE = frozenset(
    [
        "auction",
        "decision",
        "election",
        "hearing",
        "index",
        "meeting",
        "minutes",
        "release",
        "report",
        "review",
        "speech",
        "statement",
        "summit",
        "survey",
        "testimony",
        "unlock",
        "upgrade",
        "vote",
    ]
)
"""Nouns that take an article: the employment report is due, CPI is due."""


def _is_event(fact: Fact) -> bool:
    return fact.subject.metric == "event_name" and isinstance(fact.value, str)


def _event(fact: Fact, _: Edition) -> str:
    last = fact.text.rpartition(" ")[2]
    return f"the {fact.text}" if last in _COUNTABLE else fact.text


def _event_is(fact: Fact, edition: Edition) -> str:
    last = fact.text.rpartition(" ")[2]
    several = last.islower() and last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return f"{_event(fact, edition)} {'are' if several else 'is'}"


# Flows ------------------------------------------------------------------------------------------------


def _is_flow(fact: Fact) -> bool:
    return fact.subject.metric.startswith("etf_flow") and fact.quantity == "delta" and isinstance(fact.value, Decimal)


def _by_sign(out: str, into: str) -> Callable[[Fact, Edition], str]:
    def write(fact: Fact, _: Edition) -> str:
        if not fact.number:
            raise UnfitError("it is neither an inflow nor an outflow")
        return into if fact.number > 0 else out

    return write


def _word(name: str, out: str, into: str) -> Style:
    return Style(name, f'"{out}" or "{into}", the word alone, for a flow', False, False, _by_sign(out, into), _is_flow)


_FLOWS = (
    # name, words of an inflow, words of an outflow, compact
    ("net_flow", "a net inflow of {}", "a net outflow of {}", False),
    ("net_flow_bare", "net inflow of {}", "net outflow of {}", False),
    ("net_flow_short", "{} net inflow", "{} net outflow", True),
    ("took_in", "took in a net {}", "lost a net {}", False),
    ("take_in", "take in a net {}", "lose a net {}", True),
    ("flowed", "a net {} flowed into", "a net {} flowed out of", False),
)

TRADE: tuple[Style, ...] = (
    _amount(
        "amount",
        '"93,240 BTC", "412,600 contracts" or "$1.07 billion", options in the unit they are counted in',
        "{}",
        plain(_FULL),
    ),
    _amount("over_amount", '"over 93,240 BTC" or "over 412,600 contracts", a bound', "over {}", _ROUND),
    _amount("under_amount", '"under 93,240 BTC" or "under 412,600 contracts", a bound', "under {}", _ROUND),
    phrase("put_call", '"0.73", puts for each call', plain(_TWO_PLACES), ("ratio",), where=_is_put_call),
    Style("event", '"the US employment report" or "US CPI", for a date', False, False, _event, _is_event),
    Style("event_is", '"US CPI is" or "the minutes are", for a date', False, False, _event_is, _is_event),
    Style("delta", '"25-delta", for a skew of options', False, True, lambda *_: "25-delta", _is_skew),
    phrase(
        "sessions",
        '"five sessions", trading days of a fund',
        plain(_SESSIONS, digits=_SESSIONS_DIGITS),
        ("count",),
        where=lambda fact: fact.subject.metric.startswith("etf_"),
    ),
    *(
        phrase(
            name,
            f'"{into.format("$1.07B" if compact else "$1.07 billion")}", for a flow',
            _COMPACT if compact else _USD,
            ("usd",),
            into,
            out,
            quantity="delta",
            where=_is_flow,
            zero=False,
        )
        for name, into, out, compact in _FLOWS
    ),
    _word("inflow", "outflow", "inflow"),
    _word("inflows", "outflows", "inflows"),
    _word("came_in", "went out", "came in"),
)

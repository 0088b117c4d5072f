"""Styles of a fact's attributes: names, sides and sources, with windows and times beside them."""

from collections.abc import Callable

from commentary.languages.base import Style, UnfitError
from commentary.languages.en.times import TIMES
from commentary.records.edition import Edition
from commentary.records.fact import OURS, Fact, Side

PRICE_KINDS = {
    "mark": "mark price",
    "last": "last price",
    "index": "index price",
    "spot": "spot price",
    "close": "latest close",
}
UNNAMED_SOURCE = "an unnamed source"
"""What a text says where the snapshot does not tell who says so."""
IMPRINT = ("publisher", "responsible_person", "corrections_contact")
"""What a newsroom says of itself, printed as it is given."""
RISK_SKEWS = ("upside", "downside", "two-sided")

FAMILIES = {
    "liquidation map": "the liquidation map",
    "open interest change": "the change in open interest",
    "price change": "the change in price",
    "etf flow": "the flow of funds",
}
GAPS = {
    "no_answer": "did not answer",
    "refused": "refused to answer",
    "unreadable": "answered in a form that could not be read",
    "contradicted": "gave figures that others contradict",
    "stale": "gave figures that were out of date",
    "empty": "answered with nothing",
    "no_key": "was not asked for want of a key",
    "clock": "has a clock that is off",
    "not_listed": "does not list it",
    "not_kept": "is not among the answers that were kept",
}
"""What a text says of a source that was asked for something and did not give it."""
_EXTREMES = {"lowest", "low", "highest", "high"}

# Names ------------------------------------------------------------------------------------------------


def _qualifier(fact: Fact) -> str:
    """Return what tells a fact apart, without the note that it is a second source's."""
    return (fact.subject.at or "").partition(";")[0].strip()


def _any(_: Fact) -> bool:
    return True


def _asset(fact: Fact, edition: Edition) -> str:
    return "Crypto" if fact.subject.asset == "market" else edition.name(fact.subject.asset)


def _asset_lower(fact: Fact, edition: Edition) -> str:
    """Write a name as a common noun; one with capitals inside, or no other letters, is a proper sign."""
    name = _asset(fact, edition)
    return name.lower() if all(word[1:] == word[1:].lower() and len(word) > 1 for word in name.split()) else name


def _symbol(fact: Fact, _: Edition) -> str:
    return fact.subject.asset


def _source(fact: Fact, _: Edition) -> str:
    if not fact.source:
        return UNNAMED_SOURCE
    *others, last = fact.source
    return f"{', '.join(others)} and {last}" if others else last


def _is_of_others(fact: Fact) -> bool:
    """Say whether a figure has a giver to be named: our own estimate is told as ours, never by the tool's name."""
    return OURS not in fact.source


def _has_source(fact: Fact) -> bool:
    return bool(fact.source) and _is_of_others(fact)


def _is_ours(fact: Fact) -> bool:
    return fact.is_ours


def _venue(fact: Fact, _: Edition) -> str:
    return fact.subject.venue or ""


def _own(*_: object) -> str:
    return "our own"


def _possessive(write: Callable[[Fact, Edition], str]) -> Callable[[Fact, Edition], str]:
    return lambda fact, edition: f"{write(fact, edition)}'s"


def _is_one_venue(fact: Fact) -> bool:
    return fact.subject.venue not in (None, "all")


def _venue_s(fact: Fact, _: Edition) -> str:
    """Write whose price or rate it is; without an exchange the article says that none is named."""
    return f"{fact.subject.venue}'s" if _is_one_venue(fact) else "the"


def _at_venue(fact: Fact, _: Edition) -> str:
    """Write where; of open interest in one contract, which one it is, since it is not all of the exchange's."""
    if not _is_one_venue(fact):
        return "on an exchange not named"
    return f"on {fact.subject.venue} ({fact.contract})" if fact.contract else f"on {fact.subject.venue}"


def _at_venue_s(fact: Fact, _: Edition) -> str:
    return f"at {fact.subject.venue}'s" if _is_one_venue(fact) else "at the"


def _where(fact: Fact, edition: Edition) -> str:
    """Write which exchanges a sum covers; a vendor's series covers those that the vendor does."""
    if fact.subject.venue is None:
        return f"in {_source(fact, edition)}'s count" if fact.source else "on exchanges not named"
    if not _is_one_venue(fact) or (fact.subject.venue in fact.source and fact.evidence != "observed"):
        verb = "cover" if len(fact.source) > 1 else "covers"
        return f"on the exchanges {_source(fact, edition)} {verb}"
    return _at_venue(fact, edition)


def _coverage(fact: Fact, _: Edition) -> str:
    """Write which exchanges a model covers; a vendor's own name as venue does not say it."""
    unknown = not _is_one_venue(fact) or fact.subject.venue in fact.source
    return "whose exchanges we do not know" if unknown else f"which covers {fact.subject.venue}"


def _is_extreme(fact: Fact) -> bool:
    return not fact.is_range_end and not _EXTREMES.isdisjoint(fact.subject.metric.split("_"))


def _extreme(fact: Fact, _: Edition) -> str:
    return "lowest" if {"lowest", "low"} & set(fact.subject.metric.split("_")) else "highest"


def _is_largest_order(fact: Fact) -> bool:
    """Say whether a fact is the largest order of a list of orders, or the one that a count itself names."""
    listed = fact.subject.metric == "order_size" and _qualifier(fact) == "largest"
    return listed or fact.subject.metric == "liq_largest"


def _is_largest_day(fact: Fact) -> bool:
    return fact.subject.metric == "liq_week_largest"


def _is_largest_cluster(fact: Fact) -> bool:
    """Say whether a fact is of the first cluster of its side by size."""
    place = (fact.subject.at or "").partition(";")[0]
    return fact.subject.metric.startswith("cluster_") and fact.subject.side is not None and place == "1"


def _is_age(fact: Fact) -> bool:
    return fact.subject.metric == "stale_age" and bool(fact.subject.at)


def _family(fact: Fact, _: Edition) -> str:
    family = _qualifier(fact).replace("_", " ")
    return FAMILIES.get(family, family)


def _is_contract(fact: Fact) -> bool:
    return bool(fact.contract) or (fact.subject.metric == "contract_price" and bool(fact.subject.at))


def _contract(fact: Fact, _: Edition) -> str:
    return fact.contract or _qualifier(fact)


def _is_name(fact: Fact) -> bool:
    return isinstance(fact.value, str)


def _name(fact: Fact, _: Edition) -> str:
    return fact.text.replace("_", " ")


def _is_told_source(fact: Fact) -> bool:
    return _is_name(fact) and fact.subject.metric == "told_source"


def _named_s(fact: Fact, edition: Edition) -> str:
    return _own() if fact.text == OURS else f"{_name(fact, edition)}'s"


def _is_imprint(fact: Fact) -> bool:
    return _is_name(fact) and fact.subject.metric in IMPRINT


def _stated(fact: Fact, _: Edition) -> str:
    return fact.text


def _is_names(fact: Fact) -> bool:
    return _is_name(fact) and fact.subject.metric.endswith(("_others", "gap_of"))


def _is_gap(fact: Fact) -> bool:
    return fact.subject.metric == "gap_reason" and fact.text.replace(" ", "_") in GAPS


def _gap(fact: Fact, _: Edition) -> str:
    return GAPS[fact.text.replace(" ", "_")]


def _names(fact: Fact, _: Edition) -> str:
    *others, last = fact.text.split("; ")
    return f"{', '.join(others)} and {last}" if others else last


def _price_kind(fact: Fact, _: Edition) -> str:
    kind = "last" if fact.subject.metric in ("settled_close", "passed_close") else _qualifier(fact)
    return PRICE_KINDS.get(kind, "price")


def _skew(fact: Fact, _: Edition) -> str:
    if fact.text not in RISK_SKEWS:
        raise UnfitError(f"it is none of {', '.join(RISK_SKEWS)}")
    return fact.text


# Sides ------------------------------------------------------------------------------------------------


def _side(fact: Fact) -> Side | None:
    """Return the side that a fact names, or that it is about."""
    if fact.value == "long":
        return "long"
    return "short" if fact.value == "short" else fact.subject.side


def _by_side(long: str, short: str) -> Callable[[Fact, Edition], str]:
    return lambda fact, _: long if _side(fact) == "long" else short


def _sided(name: str, long: str, short: str) -> Style:
    doc = f'"{long}" or "{short}", by the side'
    return Style(name, doc, False, False, _by_side(long, short), lambda fact: _side(fact) is not None)


NAMES: tuple[Style, ...] = (
    Style("asset", '"Bitcoin"', False, False, _asset, _any),
    Style("asset_lower", '"bitcoin"', False, False, _asset_lower, _any),
    Style("symbol", '"BTC"', False, False, _symbol, lambda fact: fact.subject.asset != "market"),
    Style("asset_s", '"Bitcoin\'s"', False, False, _possessive(_asset), _any),
    Style("source", '"CoinGlass", several with "and", or "an unnamed source"', False, False, _source, _is_of_others),
    Style("named_source", '"CoinGlass", of a figure whose source is known', False, False, _source, _has_source),
    Style(
        "source_s",
        '"CoinGlass\'s" or "an unnamed source\'s"',
        False,
        False,
        _possessive(_source),
        _is_of_others,
    ),
    Style("own", '"our own", for a map that we estimated and what is made of it', False, False, _own, _is_ours),
    Style("venue", '"Binance", for one exchange', False, False, _venue, _is_one_venue),
    Style("venue_s", '"Binance\'s", or "the" where no exchange is named', False, False, _venue_s, _any),
    Style("at_venue_s", '"at Binance\'s", or "at the"', False, False, _at_venue_s, _any),
    Style("at_venue", '"on Binance" or "on an exchange not named"', False, False, _at_venue, _any),
    Style("where", '"on Binance" or "on the exchanges CoinGlass covers"', False, False, _where, _any),
    Style("coverage", '"whose exchanges we do not know", for a model', False, False, _coverage, _any),
    Style("lowest", '"lowest" or "highest", for a metric so named', False, False, _extreme, _is_extreme),
    Style("largest_order", '"largest order"', False, False, lambda *_: "largest order", _is_largest_order),
    Style("largest_day", '"largest day"', False, False, lambda *_: "largest day", _is_largest_day),
    Style("largest_cluster", '"largest cluster"', False, False, lambda *_: "largest cluster", _is_largest_cluster),
    Style("family", '"open interest", for the age of a kind of figure', False, False, _family, _is_age),
    Style(
        "contract",
        '"1000PEPEUSDT", for its price or what is open in it',
        False,
        True,
        _contract,
        _is_contract,
    ),
    Style("stated", '"Harbour Wire", for who publishes a text or answers for it', False, True, _stated, _is_imprint),
    Style("price_kind", '"mark price"', False, False, _price_kind, lambda fact: fact.unit == "price"),
    Style(
        "verb",
        '"tumbled" or "edged up", for the verb of a move',
        False,
        False,
        _name,
        lambda fact: _is_name(fact) and fact.subject.metric == "price_verb",
    ),
    Style("name", '"inside" or "long flush", for a name or a state', False, False, _name, _is_name),
    Style(
        "named_s", '"CoinGlass\'s" or "our own", for whose map a story told', False, False, _named_s, _is_told_source
    ),
    Style("names", '"Bybit, Kraken and OKX", for several exchanges', False, False, _names, _is_names),
    Style("gap_why", '"did not answer", for why a source gave nothing', False, False, _gap, _is_gap),
    Style(
        "skew_word",
        '"downside", for a risk skew',
        False,
        False,
        _skew,
        lambda fact: _is_name(fact) and fact.subject.metric == "risk_skew",
    ),
)

SIDES: tuple[Style, ...] = (
    _sided("longs", "longs", "shorts"),
    _sided("long", "long", "short"),
    _sided("other_longs", "shorts", "longs"),
    _sided("other_long", "short", "long"),
    _sided("trigger_move", "fall", "rise"),
    _sided("trigger_falls", "falls", "rises"),
    _sided("trigger_fell", "fell", "rose"),
    _sided("trigger_furthest", "lowest", "highest"),
    _sided("trigger_below", "below", "above"),
    _sided("trigger_to", "down to", "up to"),
    _sided("sold", "sold", "bought"),
    # Resting orders on the way to where a side is liquidated.
    _sided("bids", "bids", "asks"),
    _sided("support", "support", "resistance"),
    _sided("a_move_other", "a rise", "a fall"),
    # Longs closed by force are a pressure downwards.
    _sided("weighs", "bearish", "bullish"),
    _sided("eases", "bullish", "bearish"),
    _sided("paid", "longs paid shorts", "shorts paid longs"),
    _sided("pay", "longs pay shorts", "shorts pay longs"),
)

STYLES: dict[str, Style] = {style.name: style for style in (*NAMES, *SIDES, *TIMES)}

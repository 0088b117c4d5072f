"""Styles of currencies: what prices are quoted in, and what one unit of it is worth in dollars."""

from collections.abc import Iterable
from decimal import Decimal

from commentary.languages.base import Style, UnfitError
from commentary.languages.en.grammar import reader
from commentary.languages.en.numbers import Notation, trimmed
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.spelled import Reading

NAMES = {
    "USD": ("dollar", "dollars"),
    "EUR": ("euro", "euros"),
    "GBP": ("pound", "pounds"),
    "JPY": ("yen", "yen"),
}
"""One and many; every other currency goes by its code."""

EXCHANGE_RATE = Notation(lambda _: Decimal("0.0001"), trimmed)
"""Four decimals, as rates of exchange are quoted."""
_read_rate_figure = reader(EXCHANGE_RATE)


def _quote(fact: Fact) -> str:
    """Return the currency whose rate in dollars a fact is."""
    return fact.subject.at or fact.currency


def _is_rate(fact: Fact) -> bool:
    return fact.subject.metric == "usd_rate" and isinstance(fact.value, Decimal)


def _write_rate(fact: Fact, _: Edition) -> str:
    quote = _quote(fact)
    if fact.number <= 0 or quote == "USD":
        raise UnfitError("it does not say which currency is worth so many dollars")
    return f"${EXCHANGE_RATE.write(fact.number)} to the {NAMES.get(quote, (quote, quote))[0]}"


def _read_rate(text: str) -> Iterable[Reading]:
    figure, to, _ = text.partition(" to the ")
    interval = _read_rate_figure(figure[1:]) if to and figure.startswith("$") else None
    if interval is not None:
        for unit in ("price", "ratio", "usd"):
            yield Reading("fx", unit, *interval)


def _currency(fact: Fact, _: Edition) -> str:
    return NAMES.get(fact.currency, (fact.currency, fact.currency))[1]


def _is_price(fact: Fact) -> bool:
    return fact.unit == "price"


CURRENCIES: tuple[Style, ...] = (
    Style("currency", '"euros" or "USDT", of a price', False, False, _currency, _is_price),
    Style("fx", '"$1.08 to the euro", for a rate in dollars', True, True, _write_rate, _is_rate, _read_rate),
)

"""Styles of sizes: dollars, coins and prices. They write magnitudes; only a change may be negative."""

from collections.abc import Iterable
from decimal import Decimal

from commentary.languages.base import Style, UnfitError
from commentary.languages.en import numbers as n
from commentary.languages.en.phrase import Body, of_coin, of_price, phrase, plain
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import LOW, Fact
from commentary.records.spelled import Reading


def _is_low(fact: Fact) -> bool:
    """Say whether it is the least of a range that our own map gives: no assumption of it has less."""
    return fact.is_range_end and fact.subject.metric.endswith(LOW)


def _per_percent(fact: Fact) -> bool:
    return fact.subject.metric.endswith("_per_percent")


_TEN_THOUSAND = Decimal(10_000)


def _bounded(body: Body, low: Decimal | None = None, high: Decimal | None = None) -> Body:
    """Return a figure that is written only from `low` up, and below `high`."""

    def write(fact: Fact, house: HouseStyle) -> str:
        size = abs(fact.number)
        if (low is not None and size < low) or (high is not None and size >= high):
            raise UnfitError("a figure of this size is not written with so many digits")
        return body.write(fact, house)

    return Body(write, body.read)


def _in_full(body: Body) -> Body:
    """Return an amount as its source gives it: one that four digits do not hold, and no part of a coin."""

    def write(fact: Fact, house: HouseStyle) -> str:
        size = abs(fact.number)
        if fact.inputs or size != size.to_integral_value() or size == n.rounded(size, n.COIN.step):
            raise UnfitError("only an amount that a source gives to the last coin is written so")
        return body.write(fact, house)

    return Body(write, body.read)


_USD = plain(n.USD, n.USD_BN)
_ABOUT = plain(n.USD_ABOUT, n.USD_ABOUT_BN)
_COIN = of_coin(n.COIN, n.COIN_BN)
_PRICE = of_price(n.PRICE)
_LEVEL = of_price(n.LEVEL)
_PRICE_FINE = of_price(n.PRICE_FINE)

# A level of longs lies below the price it was counted from: price passes it downwards, and comes back above.
_BACK = {
    "long": phrase("back_across", "", _LEVEL, ("price",), "back above {}"),
    "short": phrase("back_across", "", _LEVEL, ("price",), "back below {}"),
}


def _is_level(fact: Fact) -> bool:
    return fact.unit == "price" and fact.subject.side is not None


def _write_back(fact: Fact, edition: Edition) -> str:
    return _BACK[fact.side].write(fact, edition)


def _read_back(text: str) -> Iterable[Reading]:
    for style in _BACK.values():
        if style.read is not None:
            yield from style.read(text)


SIZES: tuple[Style, ...] = (
    phrase("usd", '"$1.07 billion", in some houses "$1.07bn"', _USD, ("usd",)),
    phrase(
        "usd_three",
        '"$19.0 billion", three digits',
        _bounded(plain(n.USD_THREE, n.USD_THREE_BN), low=n.MILLION),
        ("usd",),
    ),
    phrase(
        "usd_three_compact",
        '"$19.0B", three digits',
        _bounded(plain(n.USD_THREE_COMPACT, n.USD_THREE_BN), low=n.MILLION),
        ("usd",),
    ),
    phrase(
        "usd_compact",
        '"$1.07B", for headlines; "$1.07bn" in a house that writes so',
        plain(n.USD_COMPACT, n.USD_BN),
        ("usd",),
    ),
    phrase("usd_about", '"about $430 million", two significant digits', _ABOUT, ("usd",), "about {}"),
    phrase("over_usd", '"over $450 million", a bound', _USD, ("usd",), "over {}"),
    phrase(
        "usd_least", '"at least $1.12 billion", the lower end of a range', _USD, ("usd",), "at least {}", where=_is_low
    ),
    phrase("under_usd", '"under $450 million", a bound', _USD, ("usd",), "under {}"),
    phrase(
        "money_cents",
        '"$10.00", dollars and cents, whole ones too',
        _bounded(plain(n.MONEY_CENTS), high=_TEN_THOUSAND),
        ("usd",),
    ),
    phrase("money", '"$2.40", dollars and cents', plain(n.MONEY), ("usd",)),
    phrase(
        "per_percent",
        '"about $430 million for each 1% of price", for sums per percent of price',
        _ABOUT,
        ("usd",),
        "about {} for each 1% of price",
        where=_per_percent,
    ),
    phrase("coin", '"270,300 BTC", four significant digits', _COIN, ("coin",)),
    phrase(
        "coin_digits",
        '"4,312,000 ETH", four significant digits, written in full',
        _bounded(of_coin(n.COIN_DIGITS, n.COIN_DIGITS), low=n.MILLION),
        ("coin",),
    ),
    phrase(
        "coin_exact",
        '"269,490 BTC", as its source gives it',
        _in_full(of_coin(n.COIN_EXACT, n.COIN_EXACT)),
        ("coin",),
    ),
    phrase("coin_word", '"270,300 coins", four significant digits', plain(n.COIN, n.COIN_BN), ("coin",), "{} coins"),
    phrase(
        "coin_about",
        '"about 17,200 BTC", three significant digits',
        of_coin(n.COIN_ABOUT, n.COIN_ABOUT_BN),
        ("coin",),
        "about {}",
    ),
    phrase("more_coin", '"more than 8,610 BTC", a bound', _COIN, ("coin",), "more than {}"),
    phrase("above_coin", '"above 284,000 BTC", a bound', _COIN, ("coin",), "above {}"),
    phrase("under_coin", '"under 284,000 BTC", a bound', _COIN, ("coin",), "under {}"),
    phrase(
        "shrank_by",
        '"shrank by 27,400 BTC" or "grew by 27,400 BTC", for changes in coin',
        _COIN,
        ("coin",),
        "grew by {}",
        "shrank by {}",
        quantity="delta",
        zero=False,
    ),
    phrase(
        "shrinks_less",
        '"shrinks by less than 8,610 BTC", a bound',
        _COIN,
        ("coin",),
        "shrinks by less than {}",
    ),
    phrase(
        "shrinks_more",
        '"shrinks by more than 8,610 BTC", a bound',
        _COIN,
        ("coin",),
        "shrinks by more than {}",
    ),
    phrase("price", '"$62,140", "62,140 USDT", "$0.00001234"', _PRICE, ("price",)),
    phrase("level", '"$2,337.50" or "$60,593", a level as it is', _LEVEL, ("price",)),
    phrase("price_fine", '"$2.0013", five significant digits', _PRICE_FINE, ("price",)),
    phrase("price_cents", '"$2,337.50", with its cents', _bounded(of_price(n.PRICE_CENTS), low=n.ONE), ("price",)),
    phrase("above_by", '"$480 above", how far price is over a bound', _PRICE, ("price",), "{} above", quantity="delta"),
    phrase("under_by", '"$520 under", how far short of a bound', _PRICE, ("price",), "{} under", quantity="delta"),
    phrase("above_price", '"above $61,000", a bound', _PRICE, ("price",), "above {}"),
    phrase("under_price", '"under $60,000", a bound', _PRICE, ("price",), "under {}"),
    Style(
        "back_across",
        '"back above $60,593" or "back below $64,900", for a level that price has passed',
        True,
        True,
        _write_back,
        _is_level,
        _read_back,
    ),
)

"""English numbers: a Decimal becomes text, half up, the sign left to the words around it.

Each notation is two functions: how large a step a value is rounded to, and how the rounded value looks.
The step depends on the value, so that the reader in `grammar` can tell which values a text stands for.
"""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

ONE = Decimal(1)
TENTH = Decimal("0.1")
CENT = Decimal("0.01")
THOUSAND = Decimal(1000)
MILLION = Decimal(10) ** 6
BILLION = Decimal(10) ** 9
TRILLION = Decimal(10) ** 12
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""Spelled out in running text (AP)."""
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

_AFTER_WHOLE = re.compile(r"[^\d,].*")
_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
_FIVE_DECIMALS = Decimal("0.00001")
_FOUR_DECIMALS = Decimal("0.0001")


class Notation(NamedTuple):
    """A way to write a magnitude."""

    step: Callable[[Decimal], Decimal]
    """The unit in the last place that is shown of a magnitude."""
    show: Callable[[Decimal], str]
    """The text of a rounded magnitude."""

    def write(self, value: Decimal) -> str:
        """Return the text of a value's magnitude."""
        return self.show(rounded(value, self.step))


def rounded(value: Decimal, step: Callable[[Decimal], Decimal]) -> Decimal:
    """Return the magnitude of `value`, half up to its step."""
    magnitude = value.copy_abs()
    # A step of a million has to be 1E+6 to round to millions: quantize looks at the exponent alone.
    return magnitude.quantize(step(magnitude).normalize(_EXACT), context=_EXACT)


def significant(magnitude: Decimal, digits: int) -> Decimal:
    """Return the step that leaves `digits` significant digits."""
    return ONE.scaleb(magnitude.adjusted() - digits + 1) if magnitude else ONE


def trimmed(number: Decimal) -> str:
    """Write a rounded number with commas and without trailing zeros: 5.0 is 5."""
    return f"{number.normalize(_EXACT):,f}"


def small_number(number: Decimal) -> str:
    """Write a whole number: zero to nine as words, else digits."""
    whole = number.quantize(ONE, context=_EXACT)
    return SMALL[int(whole)] if 0 <= whole < 10 else f"{whole:,f}"


def counted(number: Decimal, noun: str, *, digits: bool = False) -> str:
    """Write a whole number of things: one day, nine hours, 24 hours; "9 hours" where digits are asked for."""
    return f"{f'{number:,.0f}' if digits else small_number(number)} {noun}{'' if number == 1 else 's'}"


def ordinal(place: int) -> str:
    """Write a place in an order: first to ninth as words, else digits (AP)."""
    if place < len(ORDINALS):
        return ORDINALS[place]
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place:,}{ending}"


def article(number: str) -> str:
    """Return the article that a figure takes: an 8.1%, an 11%, an 18%, an 80%, a 2.5%."""
    digits = number.lstrip("$")
    whole = _AFTER_WHOLE.sub("", digits).partition(",")
    eleven = whole[0] in ("11", "18") and len(whole[2]) in (0, 3)
    return "an" if digits.startswith("8") or eleven else "a"


# US dollars -------------------------------------------------------------------------------------------


def usd_step(magnitude: Decimal) -> Decimal:
    """Billions to two decimals, large millions whole, small ones to a decimal, thousands, dollars, cents."""
    if magnitude >= BILLION:
        return MILLION * (10_000 if magnitude >= TRILLION else 10)
    if magnitude >= MILLION:
        return MILLION if magnitude >= 100 * MILLION else MILLION * TENTH
    if magnitude >= ONE or not magnitude:
        return THOUSAND if magnitude >= 10_000 else ONE
    return CENT


def usd_about_step(magnitude: Decimal) -> Decimal:
    """Three significant digits, but no cents from a dollar up."""
    if magnitude and magnitude < 1:
        return CENT
    return max(significant(magnitude, 3), ONE)


Scales = tuple[str, str, str, str]
"""What stands behind thousands, millions, billions and trillions."""


def _scaled(number: Decimal, words: Scales) -> str:
    """Write millions and more with their word; a large number without a word stays as it is."""
    if number < MILLION:
        return f"{trimmed(number / THOUSAND)}{words[0]}" if number >= 10_000 and words[0] else trimmed(number)
    if number < BILLION:
        return f"{trimmed(number / MILLION)}{words[1]}"
    if number < TRILLION:
        return f"{trimmed(number / BILLION)}{words[2]}"
    return f"{trimmed(number / TRILLION)}{words[3]}"


def _dollars(words: Scales) -> Callable[[Decimal], str]:
    return lambda number: f"${number:,.2f}" if 0 < number < 1 else f"${_scaled(number, words)}"


_IN_WORDS: Scales = ("", " million", " billion", " trillion")
_SHORT: Scales = ("", "m", "bn", "tn")
USD = Notation(usd_step, _dollars(_IN_WORDS))
USD_BN = Notation(usd_step, _dollars(_SHORT))
USD_COMPACT = Notation(usd_step, _dollars(("K", "M", "B", "T")))
USD_ABOUT = Notation(usd_about_step, _dollars(_IN_WORDS))
USD_ABOUT_BN = Notation(usd_about_step, _dollars(_SHORT))


def _kept(number: Decimal, digits: int, words: Scales) -> str:
    """Write a number in its scale with all of so many digits: 19.0 billion."""
    scale, word = next(
        (
            (scale, word)
            for scale, word in zip((TRILLION, BILLION, MILLION), words[:0:-1], strict=True)
            if number >= scale
        ),
        (ONE, ""),
    )
    shown = number / scale
    return f"{shown:,.{max(0, digits - 1 - shown.adjusted())}f}{word}"


def _three(words: Scales) -> Notation:
    return Notation(lambda magnitude: significant(magnitude, 3), lambda number: f"${_kept(number, 3, words)}")


USD_THREE = _three(_IN_WORDS)
USD_THREE_BN = _three(_SHORT)
USD_THREE_COMPACT = _three(("K", "M", "B", "T"))
MONEY = Notation(lambda _: CENT, lambda number: f"${number:,.0f}" if number == int(number) else f"${number:,.2f}")

MONEY_CENTS = Notation(lambda _: CENT, lambda number: f"${number:,.2f}")

# Prices and coins -------------------------------------------------------------------------------------


def price_step(magnitude: Decimal) -> Decimal:
    """Whole units from a thousand up, cents from one up, four significant digits below."""
    if magnitude >= THOUSAND:
        return ONE
    return CENT if magnitude >= 1 or not magnitude else significant(magnitude, 4)


def level_step(magnitude: Decimal) -> Decimal:
    """Cents from one up, four significant digits below."""
    return CENT if magnitude >= 1 else price_step(magnitude)


def fine_step(magnitude: Decimal) -> Decimal:
    """Whole units from ten thousand up, five significant digits below."""
    return ONE if magnitude >= THOUSAND * 10 or not magnitude else significant(magnitude, 5)


def _price(number: Decimal) -> str:
    """Write no cents where there are none (AP)."""
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,f}"


PRICE = Notation(price_step, lambda number: _price(rounded(number, price_step)))
LEVEL = Notation(level_step, lambda number: _price(rounded(number, level_step)))
"""A level that a model names stands as it is, with its cents where it has any."""
PRICE_FINE = Notation(fine_step, lambda number: _price(rounded(number, fine_step)))
"""For prices that are set side by side: $2.0013 and $2.0473."""
PRICE_CENTS = Notation(lambda _: CENT, lambda number: f"{number:,.2f}")
COIN = Notation(lambda magnitude: significant(magnitude, 4), lambda number: _scaled(number, _IN_WORDS))
COIN_DIGITS = Notation(COIN.step, lambda number: f"{number:,.0f}")
"""Four significant digits, written in full: 4,312,000."""
COIN_EXACT = Notation(lambda _: ONE, COIN_DIGITS.show)
"""To the last coin: 269,490."""
COIN_BN = Notation(COIN.step, lambda number: _scaled(number, _SHORT))
COIN_ABOUT = Notation(lambda magnitude: significant(magnitude, 3), COIN.show)
COIN_ABOUT_BN = Notation(COIN_ABOUT.step, COIN_BN.show)

# Percents, rates, ratios ------------------------------------------------------------------------------


def percent_step(magnitude: Decimal) -> Decimal:
    """One decimal, none from 100 up; below a tenth one significant digit, so that none is a false zero."""
    if magnitude >= TENTH:
        return ONE if magnitude >= 100 else TENTH
    return significant(magnitude, 1)


def whole_step(magnitude: Decimal) -> Decimal:
    """Whole percents, but neither a false 0% nor a false 100%."""
    if Decimal("99.5") <= magnitude < 100:
        return significant(100 - magnitude, 2)
    return percent_step(magnitude) if 0 < magnitude < Decimal("0.5") else ONE


def rate_step(magnitude: Decimal) -> Decimal:
    """Five decimals: one hundred-thousandth of a percent is a cent on $100,000. More only against a false zero."""
    return _FIVE_DECIMALS if magnitude * 2 >= _FIVE_DECIMALS or not magnitude else significant(magnitude, 1)


def _rate(number: Decimal) -> str:
    if not number:
        return "0%"
    shown = number.normalize(_EXACT)
    return f"{shown if shown.as_tuple().exponent < -2 else shown.quantize(CENT, context=_EXACT):,f}%"  # type: ignore[operator]


def ratio_step(magnitude: Decimal) -> Decimal:
    """Two significant digits; one decimal below ten."""
    return TENTH if 1 <= magnitude < 10 else significant(magnitude, 2)


PERCENT = Notation(percent_step, lambda number: f"{trimmed(number)}%")
PERCENT_TENTH = Notation(lambda _: TENTH, lambda number: f"{number:,.1f}%")
"""One decimal, a zero too: 7.0%."""
PERCENT_WHOLE = Notation(whole_step, lambda number: f"{trimmed(number)}%")
POINTS = Notation(percent_step, lambda number: f"{trimmed(number)} percentage point{'' if number == 1 else 's'}")
RATE = Notation(rate_step, _rate)
RATE_FOUR = Notation(lambda magnitude: rate_step(magnitude) * (10 if magnitude >= TENTH / 100 else 1), _rate)
"""Four decimals from a thousandth of a percent up, as exchanges show."""
RATE_KEPT = Notation(lambda _: _FOUR_DECIMALS, lambda number: f"{number:,f}%")
"""All four decimals, zeros too: 0.0100%, as exchanges show."""
BASIS = Notation(
    lambda magnitude: rate_step(magnitude),
    lambda number: f"{trimmed(number * 100)} basis point{'' if number * 100 == 1 else 's'}",
)
BASIS_TWO = Notation(RATE_FOUR.step, BASIS.show)
"""As a rate to four decimals: 0.64 basis points of 0.0064%."""
"""Of a percent: a hundredth of it, to the same five decimals of a percent."""
RATIO = Notation(ratio_step, trimmed)
COUNT = Notation(lambda _: ONE, small_number)
COUNT_DIGITS = Notation(lambda _: ONE, lambda number: f"{number:,f}")
DAYS = Notation(lambda _: ONE, lambda number: counted(number, "day"))
HOURS = Notation(lambda _: ONE, lambda number: counted(number, "hour"))
DAYS_DIGITS = Notation(lambda _: ONE, lambda number: counted(number, "day", digits=True))
HOURS_DIGITS = Notation(lambda _: ONE, lambda number: counted(number, "hour", digits=True))

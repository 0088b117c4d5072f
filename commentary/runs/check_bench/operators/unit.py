"""The right digits of another unit: euros for dollars, coins for dollars, points for percent, a year for hours."""

import re
from random import Random

from commentary.runs.check_bench.claims import Never
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import over, pick, put
from commentary.runs.check_bench.target import Target
from commentary.runs.check_bench.written import figure_in

_SIGNS = ("€", "£", "¥", "C$", "A$", "CHF ", "₩", "₹", "HK$", "S$")
_AFTER = (" euros", " pounds", " yen", " francs", " USDT", " yuan", " Canadian dollars", " roubles", " won")
_POINTS = (
    " percentage points", " points", " basis points", "‰", " per mille", " bp", " pp", " ppt", "bps", " pips",
    " index points", " per thousand",
)  # fmt: skip
_PERIODS = (
    "per year", "a year", "annualised", "per annum", "a day", "per day", "per month", "a week", "per minute",
    "per 12 hours", "per quarter", "every week", "p.a.", "daily",
)  # fmt: skip
_WRONG = Never("the digits are of another unit")


@operator("another currency")
def currency(target: Target, chance: Random) -> Edit | None:
    """Write another currency for a sum or a price."""
    fitting = [told for told in target.figures if "$" in told.text or "€" in told.text]
    told = pick(fitting, chance)
    figure = figure_in(told.text) if told else None
    if told is None or figure is None or not figure.currency or figure.gap == "\u00a0":
        return None
    at = told.text.index(figure.currency)
    rest = told.text[at + 1 :]
    if chance.random() < 0.6:
        sign = chance.choice([each for each in (*_SIGNS, "$") if each != figure.currency])
        return over(told, told.text[:at] + sign + rest, _WRONG)
    end = figure.whole[1]
    words = [each for each in _AFTER if not (figure.currency == "€" and each == " euros")]
    return over(told, told.text[:at] + told.text[at + 1 : end] + chance.choice(words) + told.text[end:], _WRONG)


@operator("coins for dollars")
def coins(target: Target, chance: Random) -> Edit | None:
    """Write a sum of dollars as coins, or coins as dollars."""
    told = pick([each for each in target.figures if each.fact.unit in ("usd", "coin")], chance)
    figure = figure_in(told.text) if told else None
    if told is None or figure is None:
        return None
    if told.fact.unit == "usd":
        if figure.currency != "$" or target.asset == "market":
            return None
        at = told.text.index("$")
        end = figure.whole[1]
        return over(told, f"{told.text[:at]}{told.text[at + 1 : end]} {target.asset}{told.text[end:]}", _WRONG)
    bare = re.sub(rf" {re.escape(told.fact.subject.asset)}\b", "", told.text)
    if bare == told.text:
        return None
    start = figure.whole[0]
    return over(told, f"{bare[:start]}${bare[start:]}", _WRONG)


@operator("points for percent")
def points(target: Target, chance: Random) -> Edit | None:
    """Write percentage points, or another small unit, for percent."""
    told = pick([each for each in target.figures if "%" in each.text and each.style != "per_percent"], chance)
    if told is None:
        return None
    return over(told, told.text.replace("%", chance.choice(_POINTS), 1), _WRONG)


@operator("percent sign lost")
def percent_lost(target: Target, chance: Random) -> Edit | None:
    """Leave out the sign of percent, or of the currency."""
    told = pick([each for each in target.figures if "%" in each.text or "$" in each.text], chance)
    if told is None:
        return None
    sign = "%" if "%" in told.text else "$"
    return over(told, told.text.replace(sign, "", 1), _WRONG)


@operator("another interval")
def interval(target: Target, chance: Random) -> Edit | None:
    """Write a rate as one of another interval."""
    told = pick([each for each in target.told if each.style == "rate_per" and " per " in each.text], chance)
    if told is None:
        return None
    at = told.text.index(" per ") + 1
    hours = ("per hour", "per four hours", "per eight hours")
    other = [each for each in (*_PERIODS, *hours) if each != told.text[at:]]
    return put(told.start + at, told.end, chance.choice(other), _WRONG)

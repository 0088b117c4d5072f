"""Figures that are not the fact's: a slipped digit, a lost magnitude, a number word, a figure from nowhere."""

from decimal import Decimal
from random import Random

from commentary.runs.check_bench.claims import Amount
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import amount, over, tail, with_digits, written
from commentary.runs.check_bench.target import Target
from commentary.runs.check_bench.written import figure_in, grouped

_MAGNITUDES = {
    "million": ("billion", "thousand", "trillion"), "billion": ("million", "trillion"), "trillion": ("billion",),
    "M": ("B", "K", "T"), "B": ("M", "T"), "T": ("B",),
}  # fmt: skip
_WORDS = {
    "half": ("a third", "two thirds", "a quarter", "three quarters", "a fifth", "twice", "double", "a tenth"),
    "about a third": ("about half", "about a quarter", "about two thirds", "about a fifth"),
    "about a quarter": ("about half", "about a third", "about three quarters", "about a tenth"),
    "one": ("two", "three", "four", "five"),
    "two": ("three", "four", "one", "five", "six", "a dozen"),
}
_ROUGH = {
    "percent": (
        "a tenth", "a fifth", "a quarter", "a third", "half", "two thirds", "three quarters", "nine tenths",
        "one in ten", "one in three", "almost all", "a full percentage point", "a couple of percent",
    ),
    "ratio": (
        "twice", "double", "triple", "three times", "four times", "half", "ten times", "a dozen times", "fivefold",
        "many times", "one and a half times", "a hundred times",
    ),
    "usd": (
        "a billion dollars", "half a billion dollars", "two billion dollars", "a hundred million dollars",
        "tens of millions of dollars", "hundreds of millions of dollars", "several billion dollars",
        "a quarter of a billion dollars", "a dozen million dollars", "a million dollars", "three billion dollars",
        "two thirds of a billion dollars",
    ),
}  # fmt: skip
_VALUES = {"half": "0.5", "a third": "0.333", "a quarter": "0.25", "twice": "2", "double": "2", "two": "2", "one": "1"}
_VALUES |= {"two thirds": "0.667", "three quarters": "0.75", "a fifth": "0.2", "a tenth": "0.1", "three": "3"}
_VALUES |= {"triple": "3", "three times": "3", "four times": "4", "ten times": "10", "a dozen times": "12"}
_INVENTED = (
    ", on volume of ${n}.{d} billion",
    ", across {n} exchanges",
    ", {m}% of it in perpetual swaps",
    ", from {m}% a week before",
    ", with {n}{d},000 traders caught",
    ", against ${m}{d} million on average",
    ", at an average leverage of {m} times",
    ", after inflows of ${n}{m} million into funds",
    ", a z-score of {n}.{d}",
    ", {n}.{d} standard deviations above the mean",
    ", with implied volatility at {m}%",
    ", while ${n}.{d} billion of options expire",
    ", or roughly {n} times the daily mean",
    ", with {m}% of supply in profit",
    ", a level last seen {m} days ago",
    ", about {n} cents on the dollar",
)


@operator("digit")
def digit(target: Target, chance: Random) -> Edit | None:
    """Write another digit in one place of a figure."""
    found = written(target, chance)
    if found is None:
        return None
    told, figure = found
    places = [i for i, character in enumerate(figure.digits) if character.isdigit()]
    place = chance.choice(places)
    old = figure.digits[place]
    leading = place == 0 and len(places) > 1 and "." not in figure.digits[:2]
    new = chance.choice([each for each in "0123456789" if each != old and not (leading and each == "0")])
    return with_digits(told, figure, figure.digits[:place] + new + figure.digits[place + 1 :])


@operator("transposed digits")
def transposed(target: Target, chance: Random) -> Edit | None:
    """Exchange two digits that stand side by side."""
    found = written(target, chance)
    if found is None:
        return None
    told, figure = found
    digits = figure.digits
    pairs = [
        i
        for i in range(len(digits) - 1)
        if digits[i : i + 2].isdigit() and digits[i] != digits[i + 1] and not (i == 0 and digits[1] == "0")
    ]
    if not pairs:
        return None
    i = chance.choice(pairs)
    return with_digits(told, figure, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])


@operator("decimal shift")
def decimal_shift(target: Target, chance: Random) -> Edit | None:
    """Move the decimal point one or two places."""
    found = written(target, chance)
    if found is None:
        return None
    told, figure = found
    digits = figure.digits.replace(",", "")
    whole, _, decimals = digits.partition(".")
    moved = chance.choice((-2, -1, 1, 2))
    joined = whole + decimals
    point = len(whole) + moved
    if point <= 0:
        shifted = "0." + "0" * -point + joined
    elif point >= len(joined):
        shifted = joined + "0" * (point - len(joined))
    else:
        shifted = joined[:point] + "." + joined[point:]
    return with_digits(told, figure, grouped(shifted))


@operator("magnitude word")
def magnitude(target: Target, chance: Random) -> Edit | None:
    """Write million for billion, or leave the word out."""
    found = written(target, chance)
    if found is None or found[1].scale not in _MAGNITUDES:
        return None
    told, figure = found
    new = chance.choice((*_MAGNITUDES[figure.scale], ""))
    gap = figure.gap if new else ""
    text = told.text[: figure.end] + gap + new + told.text[figure.whole[1] :]
    read = figure_in(text)
    return over(told, text, amount(told, read)) if read else None


@operator("number word")
def number_word(target: Target, chance: Random) -> Edit | None:
    """Write another number word for one that states a fact."""
    words = [told for told in target.told if told.text.lower() in _WORDS]
    if not words:
        return None
    told = chance.choice(words)
    new = chance.choice(_WORDS[told.text.lower()])
    value = _VALUES.get(new.removeprefix("about "))
    text = new[:1].upper() + new[1:] if told.text[:1].isupper() else new
    return over(told, text, _near(told.fact.id, value))


@operator("rough words")
def rough_words(target: Target, chance: Random) -> Edit | None:
    """Write a rough number in words for a figure."""
    fitting = [told for told in target.figures if told.style in ("percent", "percent_whole", "ratio", "usd")]
    if not fitting:
        return None
    told = chance.choice(fitting)
    new = chance.choice(_ROUGH[told.fact.unit if told.fact.unit in _ROUGH else "usd"])
    value = _VALUES.get(new)
    scaled = str(100 * float(value)) if value and told.fact.unit == "percent" else value
    return over(told, new, _near(told.fact.id, scaled))


def _near(fact: str, value: str | None) -> Amount:
    """Return the claim that a fact is a rough number: within a twentieth of it; of a vague one nothing comes near."""
    middle = Decimal(value or -1)
    return Amount(fact, middle * Decimal("0.95"), middle * Decimal("1.05"))


@operator("invented figure")
def invented(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence by a clause with a figure from nowhere."""
    clauses = [
        clause.format(n=chance.randint(2, 9), d=chance.randint(1, 9), m=chance.randint(11, 89)) for clause in _INVENTED
    ]
    return tail(target, chance, clauses)

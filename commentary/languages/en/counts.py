"""Styles of counts, multiples, fractions and places in a ranking."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from commentary.languages.base import Style, UnfitError
from commentary.languages.en import hedges
from commentary.languages.en import numbers as n
from commentary.languages.en.grammar import magnitude, reader
from commentary.languages.en.phrase import Body, phrase, plain
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import Fact, Unit
from commentary.records.spelled import Reading

_THIRD = Decimal(1) / 3
FRACTIONS = {
    "half": Decimal("0.5"),
    "a third": _THIRD,
    "two-thirds": 2 * _THIRD,
    "a quarter": Decimal("0.25"),
    "three-quarters": Decimal("0.75"),
    "a fifth": Decimal("0.2"),
    "a tenth": Decimal("0.1"),
    "two-fifths": Decimal("0.4"),
    "three-fifths": Decimal("0.6"),
    "four-fifths": Decimal("0.8"),
    "three-tenths": Decimal("0.3"),
    "seven-tenths": Decimal("0.7"),
    "nine-tenths": Decimal("0.9"),
}
SPACED = {word.replace("-", " "): value for word, value in FRACTIONS.items() if "-" in word}
"""The same without a hyphen: two thirds."""
EXACT = Decimal("1e-9")
"""A derived fact has twelve digits, so a third of something is not a third to the last digit."""
NEAR = Decimal("0.01")
"""One percentage point: the most that "about a quarter" may hide (Power and Williams, 2012)."""
BOUNDED = Decimal("0.03")
"""Three percentage points: the most that "just over half" may hide."""
MAJORITY = Decimal("0.1")
"""Ten percentage points: the most that "more than half" and "less than half" may hide, which say who has most of it."""
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_THOUSANDTH = Decimal("0.001")
_read_percent = reader(n.PERCENT_WHOLE)


def _whole(body: Body) -> Body:
    """Refuse a count that is not whole: rounding it would invent a thing or drop one."""

    def write(fact: Fact, house: HouseStyle) -> str:
        if fact.number != fact.number.to_integral_value():
            raise UnfitError("a count has to be a whole number")
        return body.write(fact, house)

    return Body(write, body.read)


# Fractions --------------------------------------------------------------------------------------------


def _is_part(fact: Fact) -> bool:
    part = fact.unit == "ratio" or (fact.unit == "percent" and fact.quantity == "share")
    return part and isinstance(fact.value, Decimal)


def _fraction(
    words: str, within: Decimal, way: hedges.Way, fractions: Mapping[str, Decimal]
) -> Callable[[Fact, Edition], str]:
    def write(fact: Fact, _: Edition) -> str:
        part = fact.number / (_HUNDRED if fact.unit == "percent" else _ONE)
        for word, value in fractions.items():
            rightly = way == "near" or (part < value if way == "below" else part > value)
            if abs(part - value) <= _within(words, word, within) and rightly:
                return words.replace("{}", word)
        raise UnfitError(f"it is none of {', '.join(fractions)}")

    return write


def _within(words: str, fraction: str, within: Decimal) -> Decimal:
    """Return how far from a fraction a part may be that is written so."""
    return MAJORITY if fraction == "half" and words in ("more than {}", "over {}", "less than {}") else within


def _read_fraction(
    name: str, words: str, within: Decimal, fractions: Mapping[str, Decimal]
) -> Callable[[str], Iterable[Reading]]:
    meanings = {words.replace("{}", word): (value, _within(words, word, within)) for word, value in fractions.items()}

    def read(text: str) -> Iterable[Reading]:
        if text in meanings:
            value, off = meanings[text]
            low, high = value - off, value + off
            yield Reading(name, "ratio", low, high)
            yield Reading(name, "percent", low * _HUNDRED, high * _HUNDRED)

    return read


def _fractions(
    name: str,
    doc: str,
    words: str,
    within: Decimal,
    way: hedges.Way = "near",
    fractions: Mapping[str, Decimal] = FRACTIONS,
) -> Style:
    reading = _read_fraction(name, words, within, fractions)
    return Style(name, doc, True, True, _fraction(words, within, way, fractions), _is_part, reading)


def _is_ratio(fact: Fact) -> bool:
    return fact.unit == "ratio" and isinstance(fact.value, Decimal)


def _as_percent(fact: Fact, _: Edition) -> str:
    if not 0 < fact.number < 1:
        raise UnfitError("only a part of a whole is written in percent")
    return n.PERCENT_WHOLE.write(fact.number * _HUNDRED)


def _read_as_percent(text: str) -> Iterable[Reading]:
    interval = _read_percent(text)
    if interval is not None:
        yield Reading("as_percent", "ratio", interval[0] / _HUNDRED, interval[1] / _HUNDRED)


# Places -----------------------------------------------------------------------------------------------


def _is_rank(fact: Fact) -> bool:
    return fact.subject.metric.endswith("_rank") and isinstance(fact.value, Decimal)


def _place(fact: Fact) -> int:
    place = int(fact.number)
    if place != fact.number or place < 1:
        raise UnfitError("a place in a ranking is 1, 2, 3 and so on")
    return place


def _superlative(fact: Fact, _: Edition) -> str:
    place = _place(fact)
    return "largest" if place == 1 else f"{n.ordinal(place)}-largest"


def _most(fact: Fact, _: Edition) -> str:
    if _place(fact) != 1:
        raise UnfitError("only the first place is the most")
    return "the most"


def _ordinal(fact: Fact, _: Edition) -> str:
    return n.ordinal(_place(fact))


def _is_days(fact: Fact) -> bool:
    return fact.unit == "days" and isinstance(fact.value, Decimal)


def _days_adjective(fact: Fact, edition: Edition) -> str:
    if fact.number < 0 or fact.number != fact.number.to_integral_value():
        raise UnfitError("only whole days are written so")
    digits = edition.house.counts == "9"
    return f"{f'{fact.number:,.0f}' if digits else n.small_number(fact.number)}-day"


def _read_days_adjective(text: str) -> Iterable[Reading]:
    number = magnitude(text.removesuffix("-day")) if text.endswith("-day") else None
    if number is not None:
        yield Reading("days_adj", "days", number, number)


_WEEK = 7
"""In days."""


def _weeks(fact: Fact, edition: Edition) -> str:
    weeks = fact.number / _WEEK
    if weeks < 1 or weeks != weeks.to_integral_value():
        raise UnfitError("only whole weeks are written so")
    return n.counted(weeks, "week", digits=edition.house.counts == "9")


def _read_weeks(text: str) -> Iterable[Reading]:
    number, _, noun = text.partition(" ")
    weeks = magnitude(number) if noun in ("week", "weeks") else None
    if weeks is not None:
        yield Reading("weeks", "days", weeks * _WEEK, weeks * _WEEK)


_WERE_HIGHER = ("was higher", "were higher")
_HAD_MORE = ("had more", "had more")
_WERE_LOWER = ("was lower", "were lower")
"""What is said of one or none of several, and of more."""


def _counts_higher(fact: Fact) -> bool:
    return fact.subject.metric.endswith("_higher") and fact.unit == "count" and isinstance(fact.value, Decimal)


def _that_were(verbs: tuple[str, str]) -> Callable[[Fact, Edition], str]:
    def write(fact: Fact, edition: Edition) -> str:
        if fact.number < 0 or fact.number != fact.number.to_integral_value():
            raise UnfitError("only whole counts are written so")
        if fact.number <= 1:
            return f"{'one' if fact.number else 'none'} {verbs[0]}"
        digits = edition.house.counts == "9"
        return f"{f'{fact.number:,.0f}' if digits else n.small_number(fact.number)} {verbs[1]}"

    return write


def _read_that_were(name: str, verbs: tuple[str, str]) -> Callable[[str], Iterable[Reading]]:
    def read(text: str) -> Iterable[Reading]:
        few = {f"none {verbs[0]}": Decimal(0), f"one {verbs[0]}": Decimal(1)}
        told, words, _ = text.partition(f" {verbs[1]}")
        number = few[text] if text in few else magnitude(told) if words else None
        if number is not None:
            yield Reading(name, "count", number, number)

    return read


def _counts_lower(fact: Fact) -> bool:
    return fact.unit == "count" and fact.subject.metric == "funding_lower"


def _count_that_were(name: str, verbs: tuple[str, str], shown: str) -> Style:
    return Style(name, shown, True, True, _that_were(verbs), _counts_higher, _read_that_were(name, verbs))


_AND_A_HALF = " and a half hours"
_HALF = Decimal("0.5")
_HOUR = Decimal(60)
"""In minutes."""


def _is_hours(fact: Fact) -> bool:
    return fact.unit == "hours" and isinstance(fact.value, Decimal)


def _half_hours(fact: Fact, _: Edition) -> str:
    whole = fact.number - _HALF
    if whole < 1 or whole != whole.to_integral_value():
        raise UnfitError("only whole hours and a half are written so")
    return f"{n.small_number(whole)}{_AND_A_HALF}"


def _read_half_hours(text: str) -> Iterable[Reading]:
    number = magnitude(text.removesuffix(_AND_A_HALF)) if text.endswith(_AND_A_HALF) else None
    if number is not None:
        yield Reading("half_hours", "hours", number + _HALF, number + _HALF)


def _minutes(fact: Fact, edition: Edition) -> str:
    minutes = (fact.number * _HOUR).quantize(_THOUSANDTH)
    if not 0 < minutes < 2 * _HOUR or minutes != minutes.to_integral_value():
        raise UnfitError("only whole minutes of an hour are written so")
    return n.counted(minutes, "minute", digits=edition.house.counts == "9")


def _read_minutes(text: str) -> Iterable[Reading]:
    number, _, noun = text.partition(" ")
    count = magnitude(number) if noun in ("minute", "minutes") else None
    if count is not None:
        yield Reading("minutes", "hours", (count - _HALF) / _HOUR, (count + _HALF) / _HOUR)


_COUNTED: tuple[Unit, ...] = ("count", "days")
_RATIO = plain(n.RATIO)
_MULTIPLES = {"twice": 2, "double": 2, "doubled": 2, "triple": 3, "tripled": 3}
_TENTH = n.Notation(lambda _: n.TENTH, n.trimmed)


def _multiple(word: str, times: int) -> Style:
    """Return the style of a word that is a ratio to the tenth."""

    def write(fact: Fact, _: Edition) -> str:
        if fact.number < 0 or n.rounded(fact.number, _TENTH.step) != times:
            raise UnfitError(f"it is not {word} to the tenth")
        return word

    def read(text: str) -> Iterable[Reading]:
        if text == word:
            half = n.TENTH / 2
            yield Reading(word, "ratio", times - half, times + half)

    return Style(word, f'"{word}", of a ratio that is {times}.0', True, True, write, _is_ratio, read)


def _half(fact: Fact, edition: Edition) -> str:
    if abs(fact.number / (_HUNDRED if fact.unit == "percent" else _ONE) - FRACTIONS["half"]) > NEAR:
        raise UnfitError("it is further than a percentage point from half")
    return "half"


def _read_half(text: str) -> Iterable[Reading]:
    if text == "half":
        yield Reading("half", "ratio", FRACTIONS["half"] - NEAR, FRACTIONS["half"] + NEAR)
        yield Reading("half", "percent", _HUNDRED * (FRACTIONS["half"] - NEAR), _HUNDRED * (FRACTIONS["half"] + NEAR))


COUNTS: tuple[Style, ...] = (
    phrase("ratio", '"4.6 times", two significant digits', _RATIO, ("ratio", "sigma"), "{} times"),
    phrase("times", '"4.6x", two significant digits', _RATIO, ("ratio", "sigma"), "{}x"),
    phrase("to_one", '"4.6 to one"', _RATIO, ("ratio",), "{} to one"),
    phrase("to_1", '"4.6 to 1"', _RATIO, ("ratio",), "{} to 1"),
    *(_multiple(word, times) for word, times in _MULTIPLES.items()),
    Style("half", '"half", within one percentage point', True, True, _half, _is_part, _read_half),
    phrase("ratio_about", '"about 4.6 times"', _RATIO, ("ratio",), "about {} times"),
    _fractions("fraction", '"half", for a share that is exactly that', "{}", EXACT),
    _fractions("fraction_spaced", '"two thirds", for a share that is exactly that', "{}", EXACT, fractions=SPACED),
    *(
        _fractions(
            f"{word} fraction_spaced",
            f'"{word} two thirds", within a few percentage points',
            f"{word} {{}}",
            NEAR if way == "near" else BOUNDED,
            way,
            SPACED,
        )
        for word, way in hedges.HEDGES.items()
        if word != hedges.TILDE
    ),
    _fractions("fraction_about", '"about a quarter", within one percentage point', "about {}", NEAR),
    *(
        _fractions(
            f"{word} fraction",
            f'"{word} a quarter", within a few percentage points',
            f"{word} {{}}",
            NEAR if way == "near" else BOUNDED,
            way,
        )
        for word, way in hedges.HEDGES.items()
        if word != hedges.TILDE
    ),
    Style("as_percent", '"52%", of a ratio below one', True, True, _as_percent, _is_ratio, _read_as_percent),
    phrase(
        "count", '"nine" or "60,427", one to nine as words', _whole(plain(n.COUNT, digits=n.COUNT_DIGITS)), _COUNTED
    ),
    phrase("count_digits", '"60,427", always digits', _whole(plain(n.COUNT_DIGITS)), _COUNTED),
    phrase("days", '"90 days", one to nine as words', _whole(plain(n.DAYS, digits=n.DAYS_DIGITS)), _COUNTED),
    Style(
        "days_adj", '"three-day", of an age or a window', True, True, _days_adjective, _is_days, _read_days_adjective
    ),
    Style("weeks", '"12 weeks", whole weeks of days held', True, True, _weeks, _is_days, _read_weeks),
    _count_that_were("were_higher", _WERE_HIGHER, '"three were higher", of a count'),
    Style(
        "were_lower",
        '"three were lower", of a count',
        True,
        True,
        _that_were(_WERE_LOWER),
        _counts_lower,
        _read_that_were("were_lower", _WERE_LOWER),
    ),
    _count_that_were("had_more", _HAD_MORE, '"three had more", of a count of higher sums'),
    phrase("hours", '"nine hours", whole hours', plain(n.HOURS, digits=n.HOURS_DIGITS), ("hours",)),
    Style("half_hours", '"five and a half hours"', True, True, _half_hours, _is_hours, _read_half_hours),
    Style("minutes", '"two minutes", of less than an hour', True, True, _minutes, _is_hours, _read_minutes),
    phrase(
        "sigma",
        '"1.3 times a typical day\'s move"',
        _RATIO,
        ("sigma",),
        "{} times a typical day's move",
    ),
    Style("superlative", '"largest" or "second-largest", for a rank', False, True, _superlative, _is_rank),
    Style("most", '"the most", for rank 1', False, True, _most, _is_rank),
    Style("ordinal", '"second", for a rank', False, True, _ordinal, _is_rank),
)

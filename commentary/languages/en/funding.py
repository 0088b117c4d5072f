"""Styles of funding and of the basis: what turned, how much of a history lies lower, which future."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from commentary.languages.base import Style, UnfitError
from commentary.languages.en import numbers as n
from commentary.languages.en.grammar import reader
from commentary.languages.en.phrase import phrase, plain
from commentary.languages.en.words import STYLES as WORDS
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.spelled import Reading

_TURNED = "turned "
_HUNDRED = Decimal(100)
_HALF = Decimal(50)
_TWO = plain(n.Notation(lambda _: n.CENT, lambda number: f"{n.trimmed(number)}%"))
_read_percent = reader(n.PERCENT_WHOLE)


def _is_turn(fact: Fact) -> bool:
    return fact.subject.metric.endswith("_state") and isinstance(fact.value, str)


def _turns(fact: Fact, _: Edition) -> str:
    if not fact.text.startswith(_TURNED):
        raise UnfitError("it is no turn")
    return fact.text.replace(_TURNED, "turns ")


def _is_signed(fact: Fact) -> bool:
    return fact.quantity in ("rate", "delta") and isinstance(fact.value, Decimal)


def _by_sign(plus: str, minus: str) -> Callable[[Fact, Edition], str]:
    def write(fact: Fact, _: Edition) -> str:
        if not fact.number:
            raise UnfitError("it is neither over nothing nor under it")
        return plus if fact.number > 0 else minus

    return write


def _is_share(fact: Fact) -> bool:
    return fact.unit == "percent" and fact.quantity == "share" and isinstance(fact.value, Decimal)


def _were(word: str) -> Callable[[Fact, Edition], str]:
    def write(fact: Fact, _: Edition) -> str:
        if not 0 <= fact.number <= _HUNDRED:
            raise UnfitError("it is no part of a whole")
        if not fact.number:
            return f"none was {word}"
        if fact.number == _HUNDRED:
            return f"all were {word}"
        return f"{n.PERCENT_WHOLE.write(fact.number)} were {word}"

    return write


def _read_were(name: str, word: str) -> Callable[[str], Iterable[Reading]]:
    def read(text: str) -> Iterable[Reading]:
        if text in (f"none was {word}", f"all were {word}"):
            end = Decimal(0) if text.startswith("none") else _HUNDRED
            yield Reading(name, "percent", end, end)
        elif text.endswith(f" were {word}"):
            interval = _read_percent(text.removesuffix(f" were {word}"))
            if interval is not None:
                yield Reading(name, "percent", *interval)

    return read


def _share(name: str, word: str, doc: str) -> Style:
    return Style(name, doc, True, True, _were(word), _is_share, _read_were(name, word))


def _than(word: str) -> Callable[[Fact, Edition], str]:
    def write(fact: Fact, _: Edition) -> str:
        if not _HALF <= fact.number <= _HUNDRED:
            raise UnfitError("most were not under it")
        return f"{word} than {'all' if fact.number == _HUNDRED else n.PERCENT_WHOLE.write(fact.number)} of"

    return write


def _read_than(name: str, word: str) -> Callable[[str], Iterable[Reading]]:
    def read(text: str) -> Iterable[Reading]:
        if not (text.startswith(f"{word} than ") and text.endswith(" of")):
            return
        part = text.removeprefix(f"{word} than ").removesuffix(" of")
        if part == "all":
            yield Reading(name, "percent", _HUNDRED, _HUNDRED)
        elif (interval := _read_percent(part)) is not None:
            yield Reading(name, "percent", *interval)

    return read


def _most(name: str, word: str, doc: str) -> Style:
    return Style(name, doc, True, True, _than(word), _is_share, _read_than(name, word))


def _furthest(fact: Fact, _: Edition) -> str:
    if fact.number not in (0, _HUNDRED):
        raise UnfitError("others lie beyond it")
    return "highest" if fact.number else "lowest"


def _is_count(fact: Fact) -> bool:
    return fact.unit == "count" and isinstance(fact.value, Decimal)


def _none(fact: Fact, _: Edition) -> str:
    if fact.number:
        raise UnfitError("there is something")
    return "none"


def _counts_as_low(fact: Fact) -> bool:
    return _is_count(fact) and fact.subject.metric.endswith("_as_low")


def _less_than_any(fact: Fact, _: Edition) -> str:
    if fact.number:
        raise UnfitError("one was as low")
    return "less than in any of"


def _is_future(fact: Fact) -> bool:
    return fact.subject.metric.startswith("basis")


def _tenor(fact: Fact) -> str:
    """Return which future it is, with a space behind; one without a tenor is told by its days to expiry."""
    tenor = (fact.subject.at or "").partition(";")[0].strip()
    return f"{tenor} " if tenor and not tenor[0].isdigit() else ""


def _future(fact: Fact, _: Edition) -> str:
    return f"{_tenor(fact)}future"


def _asset_future(fact: Fact, edition: Edition) -> str:
    return f"{_tenor(fact)}{WORDS['asset_lower'].write(fact, edition)} future"


def _is_over(fact: Fact) -> bool:
    return fact.subject.metric == "basis_test_over"


def _is_under(fact: Fact) -> bool:
    return fact.subject.metric == "basis_test_under"


def _is_bound(fact: Fact) -> bool:
    return fact.quantity == "rate" and isinstance(fact.value, Decimal)


def _is_zero(fact: Fact) -> bool:
    return fact.quantity == "rate" and fact.value == 0 and fact.subject.side is not None


def _past_zero(fact: Fact, _: Edition) -> str:
    return "above zero" if fact.side == "short" else "below zero"


FUNDING: tuple[Style, ...] = (
    Style("turns", '"turns negative", for what turned its sign', False, False, _turns, _is_turn),
    Style(
        "sign", '"negative" or "positive", the word alone', False, False, _by_sign("positive", "negative"), _is_signed
    ),
    Style(
        "other_sign",
        '"positive" or "negative", of the other sign',
        False,
        False,
        _by_sign("negative", "positive"),
        _is_signed,
    ),
    _share("none_lower", "lower", '"none was lower" or "16% were lower", for a share'),
    _share("none_narrower", "narrower", '"none was narrower" or "98% were narrower", for a share'),
    _most("higher_than", "higher", '"higher than 99% of" or "higher than all of", for a share of lower ones'),
    Style("furthest", '"highest" or "lowest", for a share of lower ones', False, False, _furthest, _is_share),
    _most("wider_than", "wider", '"wider than 98% of" or "wider than all of", for a share of narrower ones'),
    Style("none_count", '"none", of a count of nothing', False, False, _none, _is_count),
    Style(
        "less_than_any",
        '"less than in any of", of a count of weeks as low that is nothing',
        False,
        False,
        _less_than_any,
        _counts_as_low,
    ),
    Style("asset_future", '"front bitcoin future" or "bitcoin future"', False, True, _asset_future, _is_future),
    Style("future", '"front future", or "future" alone', False, True, _future, _is_future),
    Style(
        "past_zero",
        '"above zero" or "below zero", where the side that pays would be another',
        False,
        True,
        _past_zero,
        _is_zero,
    ),
    phrase(
        "eased_rate",
        '"under 0.0026%" or "above minus 0.0026%", a bound nearer to nothing',
        plain(n.RATE),
        ("percent",),
        "under {}",
        "above minus {}",
        zero=False,
        where=_is_bound,
    ),
    phrase(
        "over_year",
        '"above 0.91% a year" or "above minus 1.18% a year", a bound',
        _TWO,
        ("percent",),
        "above {} a year",
        "above minus {} a year",
        where=_is_over,
    ),
    phrase(
        "under_year",
        '"under 10.54% a year" or "under minus 1.18% a year", a bound',
        _TWO,
        ("percent",),
        "under {} a year",
        "under minus {} a year",
        where=_is_under,
    ),
    phrase("percent_two", '"0.49%", of a basis, two decimals and no sign', _TWO, ("percent",), where=_is_future),
    phrase(
        "rate_two",
        '"2.35%" or "minus 2.35%", of a basis, to two decimals',
        _TWO,
        ("percent",),
        "{}",
        "minus {}",
        quantity="rate",
        where=_is_future,
    ),
    phrase(
        "year_two",
        '"2.35% a year" or "minus 2.35% a year", to two decimals',
        _TWO,
        ("percent",),
        "{} a year",
        "minus {} a year",
        quantity="rate",
        where=_is_future,
    ),
    phrase(
        "gap_two",
        '"0.14% below" or "1.07% above", to two decimals, for a change in percent',
        _TWO,
        ("percent",),
        "{} above",
        "{} below",
        quantity="delta",
        zero=False,
        where=_is_future,
    ),
    Style(
        "term",
        '"contango" or "backwardation", by the side of spot',
        False,
        False,
        _by_sign("contango", "backwardation"),
        _is_signed,
    ),
)

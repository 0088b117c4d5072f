"""The values that stand in a snapshot's rows: exact numbers, UTC times, names; strict, with plain errors."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

LARGEST = Decimal("1e18")
SMALLEST_EXPONENT = -18
DIGITS = 28
"""More digits than any venue gives, and the most that decimal arithmetic keeps by default."""
FIRST_YEAR, LAST_YEAR = 2009, 2199
"""No coin is older than 2009; a later year than 2199 is a slip (milliseconds read as seconds)."""
LONGEST_LINE = 2000
LONGEST_NAME = 80

_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TICKER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,19}")
_CONTRACT = re.compile(r"[A-Z0-9]{2,24}(?:[-_][A-Z0-9]{2,12}){0,3}")
_QUOTE = re.compile(r"[A-Z0-9]{2,10}")
_LETTER = re.compile(r"[A-Za-z]")
"""Without one, what is printed beside a figure is a figure."""
_CONTROL = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff"
    # What turns a line round, or is not seen at all, makes a page say other than its source does.
    "\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]"
)
_AMOUNT = re.compile("[%\u2030$\u20ac\u00a3\u00a5]")
_OF_NO_NAME = re.compile(r"[^\w\s.&'’/()+-]")
_SENTENCE = re.compile(r"[^\W\d_]{4,}\.(?:\s|$)|\.\.")
"""A full stop behind a whole word; J. Doe and Acme Inc. have theirs."""
_WRITE_A_TIME = "write a time with its zone, such as 2026-05-22T09:00:00Z"
_WIDE = Context(prec=64)
_ONE = Decimal(1)
_PLAIN_DIGITS = 16
_PLAIN_EXPONENTS = frozenset(range(-_PLAIN_DIGITS, 1))
"""Of numbers that need no look at their size: neither above 1e18 nor under 1e-18."""


def refusal(remedy: str, field: str = "") -> PydanticCustomError:
    """Return the error of a value that cannot be used, with what to write instead."""
    return PydanticCustomError("refused", "{remedy}", {"remedy": remedy, "field": field})


def number(value: object) -> Decimal:
    """Return an exact decimal without trailing zeros or exponent.

    Raises:
        PydanticCustomError: it is no number, not finite, or has an absurd size.
    """
    if isinstance(value, float):
        raise refusal("give it as a Decimal; a float is not exact")
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refusal("write a JSON number, without quotes")
    exact = Decimal(value)
    # Numbers come by the hundred thousand, and nearly all of them are plain already.
    _, digits, exponent = exact.as_tuple()
    if exponent in _PLAIN_EXPONENTS and len(digits) <= _PLAIN_DIGITS and (digits[-1] or not exponent):
        return exact if any(digits) else Decimal(0)
    return _checked(exact)


def _checked(exact: Decimal) -> Decimal:
    if not exact.is_finite():
        raise refusal("write a finite number, or leave the field out")
    if not exact:
        return Decimal(0)
    if exact.adjusted() > LARGEST.adjusted() or abs(exact) > LARGEST:
        raise refusal("write a number of at most 1e18; check the unit")
    if exact.adjusted() < SMALLEST_EXPONENT:
        raise refusal("write 0, or a number of at least 1e-18; check the unit")
    if len(exact.as_tuple().digits) > _WIDE.prec:
        raise refusal(f"write at most {DIGITS} digits")
    plain = exact.normalize(_WIDE)
    if len(plain.as_tuple().digits) > DIGITS:
        raise refusal(f"write at most {DIGITS} digits")
    return plain.quantize(_ONE) if int(plain.as_tuple().exponent) > 0 else plain


def _held(holds: Callable[[Decimal], bool], remedy: str) -> Callable[[object], Decimal]:
    def check(value: object) -> Decimal:
        exact = number(value)
        if not holds(exact):
            raise refusal(remedy)
        return exact

    return check


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


_AS_NUMBER = PlainSerializer(_plain_number, when_used="json")

Number = Annotated[Decimal, PlainValidator(number), _AS_NUMBER, WithJsonSchema({"type": "number"})]
Size = Annotated[
    Decimal,
    PlainValidator(_held(lambda n: n >= 0, "a size is not negative; write 0 or more")),
    _AS_NUMBER,
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Positive = Annotated[
    Decimal,
    PlainValidator(_held(lambda n: n > 0, "write a number above 0, or leave the row out")),
    _AS_NUMBER,
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
_LEAST_HOURS, _MOST_HOURS = Decimal("0.01"), Decimal(87_600)
"""From 36 seconds to ten years: what is shorter or longer is a slip of unit."""
Hours = Annotated[
    Decimal,
    PlainValidator(
        _held(lambda n: _LEAST_HOURS <= n <= _MOST_HOURS, "write hours from 0.01 to 87,600, or leave the row out")
    ),
    _AS_NUMBER,
    WithJsonSchema({"type": "number", "minimum": float(_LEAST_HOURS), "maximum": float(_MOST_HOURS)}),
]
Minutes = Annotated[
    Decimal,
    PlainValidator(
        _held(lambda n: 1 <= n <= 60 * _MOST_HOURS, "write minutes from 1 to 5,256,000, or leave the row out")
    ),
    _AS_NUMBER,
    WithJsonSchema({"type": "number", "minimum": 1, "maximum": float(60 * _MOST_HOURS)}),
]
Count = Annotated[
    Decimal,
    PlainValidator(_held(lambda n: n >= 0 and n == n.to_integral_value(), "write a whole number, 0 or more")),
    _AS_NUMBER,
    WithJsonSchema({"type": "integer", "minimum": 0}),
]
Share = Annotated[
    Decimal,
    PlainValidator(_held(lambda n: 0 <= n <= 1, "write a fraction from 0 to 1, such as 0.53 for 53%")),
    _AS_NUMBER,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
Rate = Annotated[
    Decimal,
    PlainValidator(_held(lambda n: abs(n) <= 1, "it looks like percent; write a fraction, such as 0.0001 for 0.01%")),
    _AS_NUMBER,
    WithJsonSchema({"type": "number", "minimum": -1, "maximum": 1}),
]
YearlyRate = Annotated[
    Decimal,
    PlainValidator(_held(lambda n: abs(n) <= 10, "it looks like percent; write a fraction, such as 0.05 for 5%")),
    _AS_NUMBER,
    WithJsonSchema({"type": "number", "minimum": -10, "maximum": 10}),
]
"""A fraction a year of either sign, which may pass 1 in a wild market."""
Volatility = Annotated[
    Decimal,
    PlainValidator(
        _held(lambda n: 0 < n <= 10, "a volatility is above 0 and no percent; write a fraction, such as 0.45 for 45%")
    ),
    _AS_NUMBER,
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 10}),
]
"""A fraction a year, which may pass 1 in a wild market."""
Change = Annotated[
    Decimal,
    PlainValidator(_held(lambda n: n >= -100, "nothing falls by more than 100 percent; check the sign and the unit")),
    _AS_NUMBER,
    WithJsonSchema({"type": "number", "minimum": -100}),
]
"""A change in percent."""


def utc(value: object) -> datetime:
    """Return a UTC time from RFC 3339 text or an aware datetime.

    Raises:
        PydanticCustomError: it is neither.
    """
    if isinstance(value, str):
        value = _moment(value)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise refusal(_WRITE_A_TIME)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise refusal(f"write a time of the years {FIRST_YEAR} to {LAST_YEAR}")
    return value.astimezone(UTC)


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime:
    """Return what RFC 3339 text says; a snapshot says the same time of many rows."""
    if not _RFC3339.fullmatch(text):
        raise refusal(_WRITE_A_TIME)
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        raise refusal(f"there is no such time; {_WRITE_A_TIME}") from None


def day(value: object) -> date:
    """Return a date from text such as 2025-10-31.

    Raises:
        PydanticCustomError: it is no date.
    """
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise refusal("there is no such date; write one such as 2025-10-31") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise refusal("write a date without a time, such as 2025-10-31")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise refusal(f"write a date of the years {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _text(value: date) -> str:
    return value.isoformat().replace("+00:00", "Z")


_AS_TEXT = PlainSerializer(_text, when_used="json")

Time = Annotated[datetime, PlainValidator(utc), _AS_TEXT, WithJsonSchema({"type": "string", "format": "date-time"})]
Day = Annotated[date, PlainValidator(day), _AS_TEXT, WithJsonSchema({"type": "string", "format": "date"})]


def _line(value: str) -> str:
    if not value or value != value.strip():
        raise refusal("write a text without white space at its ends, or leave the field out")
    if _CONTROL.search(value):
        raise refusal("write it in one line, without control characters")
    if len(value) > LONGEST_LINE:
        raise refusal(f"write at most {LONGEST_LINE} characters")
    return value


@lru_cache(maxsize=4096)
def plain_name(value: str) -> str:
    """Return what names a source, an exchange or a coin: it is printed as it stands, so it may carry no claim."""
    if len(_line(value)) > LONGEST_NAME:
        raise refusal(f"write a name of at most {LONGEST_NAME} characters")
    if _AMOUNT.search(value):
        raise refusal("write a name without amounts; it is printed as it stands")
    if odd := _OF_NO_NAME.search(value):
        raise refusal(f"write a name without {odd[0]!r}; it is printed as it stands")
    if not any(letter.isalpha() for letter in value):
        raise refusal("write a name, which has letters; it is printed as it stands")
    if _SENTENCE.search(value):
        raise refusal("write a name, not a sentence; it is printed as it stands")
    return value


def _ticker(value: str) -> str:
    if value == "market":
        return value
    if not _TICKER.fullmatch(value) or value.islower() or value.lower() == "market" or not _LETTER.search(value):
        raise refusal('write a ticker in capitals, such as "BTC", or "market"')
    return value


def _quote(value: str) -> str:
    if not _QUOTE.fullmatch(value) or not _LETTER.search(value):
        raise refusal('write a currency in capitals, such as "USD"')
    return value


def _contract(value: str) -> str:
    if not _CONTRACT.fullmatch(value):
        raise refusal('write the exchange\'s name of a contract, such as "BTCUSDT" or "BTC-USDT-SWAP"')
    return value


Line = Annotated[str, AfterValidator(_line)]
Name = Annotated[str, AfterValidator(plain_name)]
Ticker = Annotated[str, AfterValidator(_ticker)]
Quote = Annotated[str, AfterValidator(_quote)]
Contract = Annotated[str, AfterValidator(_contract)]


def _assumption(value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return _line(value)
    if isinstance(value, list | tuple):
        return tuple(_assumption(item) for item in value)
    if isinstance(value, dict):
        return {plain_name(key): _assumption(item) for key, item in value.items()}
    return number(value)


def _assumptions(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise refusal("write an object in { }")
    return {plain_name(key): _assumption(item) for key, item in value.items()}


def _assumption_as_json(value: object) -> object:
    if isinstance(value, tuple):
        return [_assumption_as_json(item) for item in value]
    if isinstance(value, dict):
        return {key: _assumption_as_json(item) for key, item in value.items()}
    return _plain_number(value) if isinstance(value, Decimal) else value


Assumptions = Annotated[
    dict[str, object],
    PlainValidator(_assumptions),
    PlainSerializer(_assumption_as_json, when_used="json"),
    WithJsonSchema({"type": "object"}),
]
"""A model's settings by name; shown, never computed with."""

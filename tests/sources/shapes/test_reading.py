"""Values of replies are read exactly or refused with their place; nothing is made up for what is missing."""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.records.snapshot import Bar
from commentary.sources.json_text import load
from commentary.sources.live.base import ReplyError
from commentary.sources.shapes.reading import Part

MOMENT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def read(text: str) -> Part:
    """Return a reply as the collector reads it: every number a Decimal."""
    return Part(load(text.encode(), "reply"))


@pytest.mark.parametrize("text", ["0.00038246", '"0.00038246"', '"3.8246e-4"', '"+0.00038246"'])
def test_a_number_is_read_exactly_whether_or_not_it_stands_in_quotes(text: str) -> None:
    assert read(text).number() == Decimal("0.00038246")


@pytest.mark.parametrize(
    "text",
    ['""', '" 1"', '"1,000"', '"NaN"', "NaN", "Infinity", '"-inf"', "true", "null", "[1]", '"1_000"', '"٣"', '"."'],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ReplyError, match=r"not a (finite )?number"):
        read(text).number()


@pytest.mark.parametrize("text", ["1e999999999", '"1e999"', "1e19", "-1e19", "1e-19", '"1e-999"'])
def test_a_number_of_no_size_that_there_is_is_refused(text: str) -> None:
    with pytest.raises(ReplyError, match="1e18"):
        read(text).number()


def test_a_number_of_more_digits_than_a_row_keeps_is_refused_and_never_rounded() -> None:
    assert read('"1.234567890123456789012345678"').number() == Decimal("1.234567890123456789012345678")  # 28 digits
    with pytest.raises(ReplyError, match="28 digits"):
        read('"1.2345678901234567890123456789"').number()
    assert read('"0.00010000000000000000000000000000000000"').number() == Decimal("0.0001")


@pytest.mark.parametrize("text", ["1795334400", "1795334400000", '"1795334400000"', "1795334400.000"])
def test_a_time_in_seconds_and_one_in_milliseconds_are_the_same_time(text: str) -> None:
    # 2026-11-22 08:00 UTC is 20779 days and 8 hours after 1970: 20779 * 86400 + 28800 = 1795334400.
    assert read(text).time() == MOMENT


@pytest.mark.parametrize("text", ["0", "-1795334400", "1795334400000000", "2644845344000e9", "1200000000", '"soon"'])
def test_a_time_outside_the_years_of_a_row_is_refused(text: str) -> None:
    # Microseconds would be the year 58,862; 1,200,000,000 s is a day of 2008.
    with pytest.raises(ReplyError):
        read(text).time()


def test_a_missing_name_is_an_error_that_tells_its_place() -> None:
    reply = read('{"list": [{"rate": "0.1"}, {"rates": "0.1"}]}')
    with pytest.raises(ReplyError) as caught:
        reply["list"][1]["rate"]
    assert str(caught.value) == "/list/1/rate holds nothing, not a value"


@pytest.mark.parametrize(
    ("text", "take"),
    [
        ("[]", lambda part: part["name"]),
        ("{}", lambda part: part[0]),
        ("[]", lambda part: part[0]),
        ("[]", lambda part: part[-1]),
        ('"text"', lambda part: part.items()),
        ("null", lambda part: part.entries()),
        ("7", lambda part: part.text()),
        ('""', lambda part: part.text()),
        ("-1", lambda part: part.size()),
        ("0", lambda part: part.positive()),
        ('"up"', lambda part: part.choice({"Buy": "long", "Sell": "short"})),
    ],
)
def test_a_wrong_type_is_an_error(text: str, take: object) -> None:
    with pytest.raises(ReplyError):
        take(read(text))  # type: ignore[operator]


def test_what_is_optional_may_be_missing_null_or_empty_but_not_of_a_wrong_type() -> None:
    reply = read('{"null": null, "empty": "", "zero": "0", "row": [1]}')
    assert reply.maybe("absent") is None
    assert reply.maybe("null") is None
    assert reply.maybe("empty") is None
    assert (zero := reply.maybe("zero")) is not None
    assert zero.number() == 0
    assert reply["row"].maybe(1) is None
    with pytest.raises(ReplyError):
        reply["row"].maybe("name")


def test_what_a_row_type_refuses_is_an_error_with_the_place_of_the_row() -> None:
    part = read("[[5, 4]]")[0]
    prices = {"open": Decimal(5), "high": Decimal(4), "low": Decimal(4), "close": Decimal(4)}
    with pytest.raises(ReplyError, match=r"^/0 holds .* a Bar \(.*the high is below another price"):
        part.row(Bar, time=MOMENT, **prices)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**15), max_value=10**15))
def test_text_and_number_read_alike(value: Decimal) -> None:
    assert Part(f"{value:f}").number() == Part(value).number() == value


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_an_error(text: str) -> None:
    with suppress(ReplyError):
        assert Part(text).number().is_finite()

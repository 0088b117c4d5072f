"""The canonical form of JSON, as its rules say it."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.records.canonical import canonical, dump, sha256_of

numbers = st.decimals(allow_nan=False, allow_infinity=False) | st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e-05, "0.00001"),
        (Decimal("1E-5"), "0.00001"),
        (Decimal("1.50"), "1.5"),
        (2.0, "2"),
        (Decimal("-0.0"), "0"),
        (-0.0, "0"),
        (Decimal("1E+3"), "1000"),
        (Decimal(100), "100"),
        (Decimal("-2.89"), "-2.89"),
        (1e16, "10000000000000000"),
        (7, "7"),
        (True, "true"),
        (None, "null"),
        ({"b": [1, ()], "a": {}, "B": 0}, '{"B":0,"a":{},"b":[1,[]]}'),
        ('"\\\n\x01\u00e9\U0001f600', '"\\"\\\\\\n\\u0001\u00e9\U0001f600"'),
        (datetime(2026, 5, 22, 11, tzinfo=timezone(timedelta(hours=2))), '"2026-05-22T09:00:00Z"'),
        (datetime(2026, 5, 22, 9, 0, 0, 500000, tzinfo=UTC), '"2026-05-22T09:00:00.500000Z"'),
        (date(2026, 5, 22), '"2026-05-22"'),
    ],
)
def test_every_kind_of_value_has_one_spelling(value, text):
    assert dump(value) == text
    assert canonical(value) == text.encode()
    assert sha256_of(value) == hashlib.sha256(text.encode()).hexdigest()


@given(numbers)
def test_a_number_keeps_its_value_and_has_no_exponent(number):
    text = dump(number)
    assert "e" not in text.lower()
    assert Decimal(text) == Decimal(repr(number) if isinstance(number, float) else number)
    assert text == dump(json.loads(text, parse_float=Decimal, parse_int=Decimal))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_number_has_no_spelling(value):
    with pytest.raises(ValueError, match="not a finite number"):
        dump(value)

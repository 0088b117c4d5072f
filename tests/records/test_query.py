"""Questions put to a sheet: each form of a condition, and what cannot be read."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.errors import ConfigError
from commentary.records.fact import Fact, Subject
from commentary.records.query import Scope, find, judge
from commentary.records.sheet import FactSheet

NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
SCOPE = Scope({"side": "long", "other": "short", "own": "BTC"}, {"bound": Decimal(5)})


def fact(metric, value, side=None, window=None, unit="percent"):
    number = Decimal(value) if unit == "percent" else value
    hours = Decimal(window) if window else None
    return Fact(Subject("BTC", metric, side, None, hours), number, unit, "delta", "reported", (), NOW)


SHEET = FactSheet(
    "BTC",
    NOW,
    (
        fact("move", "-6", window=24),
        fact("size", "3", "long"),
        fact("size", "4", "short"),
        fact("limit", "7"),
        fact("state", "long flush", unit="name"),
    ),
    flags=("stale_data",),
)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("has move window=24", True),
        ("has move window=8", False),
        ("no move window=8", True),
        ("has size side=$side", True),
        ("move window=24 < 0", True),
        ("move window=24 <= $bound", True),
        ("|move window=24| > $bound", True),
        ("|move window=24| > @limit", False),
        ("missing >= 0", False),
        ("move window=24 != -6", False),
        ("state is long flush", True),
        ("state is not long flush", False),
        ("missing is not none", False),
        ("asset is BTC", True),
        ("asset is not market", True),
        ("flag stale_data", True),
        ("unflagged stale_data", False),
        ("has missing or flag stale_data", True),
    ],
)
def test_a_condition_holds(condition, holds):
    assert judge(SHEET, condition, SCOPE).holds is holds


def test_sides_are_those_of_the_story():
    assert find(SHEET, "size side=$side", SCOPE).value == 3
    assert find(SHEET, "size side=$other", SCOPE).value == 4


@pytest.mark.parametrize("condition", ["", "move ~ 3", "move >= many", "move >= $unknown", "has size colour=red"])
def test_what_cannot_be_read_is_refused(condition):
    with pytest.raises(ConfigError):
        judge(SHEET, condition, SCOPE)


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("move window=24 >= $bound", "move over 24 hours is -6%, must be at least 5%"),
        ("|move window=24| < 1", "move over 24 hours is -6%, must be below 1% in size"),
        ("|move window=24| > 1", "move over 24 hours is -6%, above 1% in size"),
        ("state is calm", "state is long flush, must be calm"),
        ("state is not long flush", "state is long flush, must not be long flush"),
        ("limit <= $bound or no limit", "limit is 7%, must be at most 5%"),
        ("missing >= 1 or limit <= $bound or gone >= 2", "limit is 7%, must be at most 5%"),
        ("no limit", "limit is 7%, must be none"),
        ("unflagged stale_data", "the data is flagged stale data, must not be"),
        ("missing >= 1 or has gone", "missing is not known; and gone is not known"),
    ],
)
def test_a_reason_says_what_failed_and_its_bound(condition, why):
    assert judge(SHEET, condition, SCOPE).why == why

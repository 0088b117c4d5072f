"""When a question that failed is asked again."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.net.again import BAN_SECONDS, backoff, fault_of, retry_after
from commentary.net.exchange import Answer
from commentary.net.http_date import http_date

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def answer(status, content=b"", **headers):
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


@pytest.mark.parametrize(("tries", "most"), [(1, 0.5), (2, 1.0), (3, 2.0), (4, 4.0), (5, 8.0), (6, 8.0), (30, 8.0)])
def test_waits_are_drawn_evenly_from_nothing_to_twice_as_much_each_time(tries, most):
    draw = random.Random(7)
    waits = [backoff(tries, draw) for _ in range(2000)]
    assert all(0 <= wait <= most for wait in waits)
    # The mean of 2,000 even draws is within 0.04 of the half: six times their deviation, 0.29 / 45.
    assert sum(waits) / 2000 == pytest.approx(most / 2, rel=0.08)


@given(st.integers(0, 10**9), st.floats(0, 10**6))
def test_a_date_is_as_far_ahead_as_it_is_of_their_clock(seconds, skew):
    theirs = (NOON + timedelta(seconds=skew)).replace(microsecond=0)
    until = theirs + timedelta(seconds=seconds)
    told = answer(429, retry_after=format_datetime(until, usegmt=True), date=format_datetime(theirs, usegmt=True))
    assert retry_after(told, NOON) == seconds


def test_a_date_that_is_past_asks_for_no_pause():
    assert retry_after(answer(503, retry_after="Mon, 30 Nov 2026 11:00:00 GMT"), NOON) == 0.0


@given(st.text(max_size=30))
def test_any_header_is_a_pause_or_none(text):
    wait = retry_after(answer(429, retry_after=text, date=text), NOON)
    assert wait is None or wait >= 0


@pytest.mark.parametrize(
    "text",
    ["Mon, 30 Nov 2026 12:00:00 GMT", "Mon, 30 Nov 2026 12:00:00 -0000", "Monday, 30-Nov-26 12:00:00 GMT",
     "Mon Nov 30 12:00:00 2026", "Mon, 30 Nov 2026 14:00:00 +0200"],
)  # fmt: skip
def test_all_forms_of_a_date_are_read_in_utc(text):
    assert http_date(text) == NOON


@pytest.mark.parametrize("text", ["", "now", "Mon, 31 Nov 2026 12:00:00 GMT", "Mon, 30 Nov 99999 12:00:00 GMT"])
def test_what_is_no_date_is_none(text):
    assert http_date(text) is None


@pytest.mark.parametrize(
    ("told", "kind", "again", "banned", "wait"),
    [
        (answer(429), "limit", True, False, None),
        (answer(429, retry_after="3"), "limit", True, False, 3.0),
        (answer(418), "limit", False, True, BAN_SECONDS),
        (answer(418, retry_after="3"), "limit", True, True, 3.0),
        (answer(403, b"access too frequent, please try again later"), "limit", False, True, BAN_SECONDS),
        (answer(403, b"Rate limit"), "limit", False, True, BAN_SECONDS),
        (answer(403, b"blocked in your country"), "status", False, False, None),
        (answer(404, b"too many", retry_after="3"), "status", False, False, None),
        (answer(500), "status", True, False, None),
        (answer(503, retry_after="3"), "status", True, False, 3.0),
        (answer(304), "status", False, False, None),
        (answer(999), "status", True, False, None),
    ],
)
def test_what_a_status_means(told, kind, again, banned, wait):
    fault = fault_of(told, NOON)
    assert (fault.kind, fault.again, fault.banned, fault.wait_seconds) == (kind, again, banned, wait)
    assert fault.status == told.status
    assert str(told.status) in fault.reason


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 30 Nov 2026 25:00:00 GMT",
        "now",
        "",
    ],
)
def test_a_date_that_cannot_be_is_none(date):
    assert http_date(date) is None

"""Where a day's change of open interest stands among those of earlier days."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.history import changes, rank
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price

D = Decimal
ALL = {"venue": "all", "source": "CoinGlass"}
NOW = datetime(2026, 5, 22, 9, tzinfo=UTC)


def ago(hours):
    return (NOW - timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


@pytest.fixture
def held(facts):
    """Return a function: open-interest rows and other sections in, the facts of open interest out."""

    def run(*rows, **fields):
        return facts(price, open_interest, open_interest=list(rows), **fields)

    return run


def near(value, about, within):
    return abs(value - D(about)) <= D(within)


def days(*levels):
    """One row a day, the newest first."""
    return [{**ALL, "value_coin": level, "time": ago(24 * day)} for day, level in enumerate(levels)]


def test_the_largest_fall_of_its_history_is_first_and_the_next_is_named(held):
    # 30 days at 100, a fall of 6.1% to 93.9, a day of none, now 85.2612 = 93.9 * 0.908: -9.2%
    sheet = held(*days(85.2612, 93.9, 93.9, *[100] * 30))
    # earlier windows: 93.9 to 93.9, 100 to 93.9, and 29 of 100 to 100: 31
    assert sheet.get("oi_change_rank", window=24).value == D(1)
    assert near(sheet.get("oi_change_next").number, "-6.1", "0.000001")
    held_days = sheet.get("history_days", at="open interest")
    assert (held_days.value, held_days.unit, held_days.subject.venue) == (D(31), "days", "all")


def test_only_changes_of_the_same_sign_are_ranked(held):
    # now -2%; earlier one fall of 5% and one rise of 20%: second
    sheet = held(*days(98, 100, 83.333, 87.719, *[73.1] * 31))
    # earlier: 83.333 to 100 +20%; 87.719 to 83.333 -5%; 73.1 to 87.719 +20%; then 30 of none
    assert sheet.get("oi_change_rank").value == D(2)
    assert sheet.get("oi_change_further").value == D(1)
    assert near(sheet.get("oi_change_next").number, "-5", "0.001")


def test_twenty_nine_earlier_days_are_too_few(held):
    sheet = held(*days(95, *[100] * 30))
    # 31 rows are 30 windows, of which one is today's
    assert sheet.get("oi_change_rank") is None
    assert sheet.get("history_days") is None
    reason = "a rank of a change in open interest needs 30 earlier days, the snapshot holds 29"
    assert sheet.why_missing("oi_change_rank") == reason


def test_a_day_without_a_row_is_left_out_of_the_count(held):
    rows = days(95, *[100] * 33)
    del rows[10]
    # 34 rows make 32 earlier windows; without one row two of them are unknown
    assert held(*rows).get("history_days").value == D(30)


def test_earlier_days_lie_on_the_ends_that_the_history_has(held):
    # The newest reading and the one a day before it are of 09:00; what is older is of 07:00. A window that ends by the
    # start of the one told is an earlier one: the newest of them ends 26 hours ago, at 100.
    past = [
        {**ALL, "value_coin": level, "time": ago(26 + 24 * day)} for day, level in enumerate([100, 98, *[100] * 29])
    ]
    sheet = held({**ALL, "value_coin": 90, "time": ago(0)}, {**ALL, "value_coin": 100, "time": ago(24)}, *past)
    # 90 after 100 is -10%. 31 readings at 07:00 make 30 windows: +2.04% (98 to 100), -2% (100 to 98), 28 of none
    assert sheet.get("oi_change_rank", window=24).value == D(1)
    assert near(sheet.get("oi_change_next").number, "-2", "0.000001")
    assert sheet.get("history_days", at="open interest").value == D(30)


def test_the_next_is_the_largest_between_any_two_rows_a_day_apart(held):
    # Readings at 09:00 are 100 throughout, and 88 now. At 15:00 it was 100 too, but for 98 of ten days before: a fall
    # of 2% to that hour, which no window to 09:00 holds.
    morning = days(88, *[100] * 33)
    evening = [{**ALL, "value_coin": 98 if day == 10 else 100, "time": ago(24 * day - 6)} for day in range(1, 33)]
    sheet = held(*morning, *evening)
    found = sheet.get("oi_change_next")
    assert near(found.number, "-2", "0.000001")
    # 15:00 of ten days before is 10 * 24 - 6 = 234 hours ago.
    assert found.as_of == NOW - timedelta(hours=234)
    # To 09:00 alone there was no fall at all.
    assert (sheet.get("oi_change_rank").value, sheet.get("oi_change_further").value) == (D(1), D(0))


def test_one_fall_is_one_though_it_is_in_several_windows(held):
    # 50 days ago it fell from 100 to 90 and stayed there, with a row every four hours: six windows hold that fall.
    past = [{**ALL, "value_coin": 90 if hours <= 1200 else 100, "time": ago(hours)}
            for hours in range(4, 24 * 80, 4)]  # fmt: skip
    rows = [{**ALL, "value_coin": 85.5, "time": ago(0)}, *past]
    # now 85.5 after 90: -5%; the fall of 10% is the only larger one
    sheet = held(*rows)
    assert sheet.get("oi_change_rank").value == D(2)
    assert near(sheet.get("oi_change_next").number, "-10", "0.000001")


def test_a_fall_within_the_hours_told_is_none_before_it(held):
    # 20 hours ago it stood at 80: a fall of 20% that shares four hours and more with the window told.
    sheet = held(*days(90, *[100] * 33), {**ALL, "value_coin": 80, "time": ago(20)},
                 {**ALL, "value_coin": 100, "time": ago(44)})  # fmt: skip
    assert sheet.get("oi_change_rank").value == D(1)
    assert sheet.get("oi_change_next") is None


def test_a_reading_inside_the_window_told_ends_no_earlier_day(held):
    # Of the readings at 10:00 the newest is 23 hours old: a window to it would share an hour with the one told.
    past = [{**ALL, "value_coin": level, "time": ago(23 + 24 * day)} for day, level in enumerate([91, *[100] * 30])]
    sheet = held({**ALL, "value_coin": 90, "time": ago(0)}, {**ALL, "value_coin": 100, "time": ago(24)}, *past)
    # 31 readings at 10:00 make 30 windows, less the one that ends inside: 29, of which 100 to 91 is not one
    assert sheet.why_missing("oi_change_rank").endswith("the snapshot holds 29")


def test_a_change_of_another_source_is_not_ranked_among_these(held):
    said = {"venue": "all", "source": "Coinalyze", "window_hours": 24, "percent": -9, "of": "coin"}
    sheet = held(*days(95, *[100] * 33), open_interest_changes=[said])
    assert sheet.get("oi_change_rank") is None
    assert "different sources" in sheet.why_missing("oi_change_rank")


def test_rank_and_changes():
    # 110 after 100 is +10%, 99 after 110 is -10%; an unknown day breaks both its pairs
    assert changes([D(99), D(110), D(100)]) == [D(-10), D(10)]
    assert changes([D(99), None, D(100)]) == []
    assert (rank(D(5), [D(4), D(6), D(5)]), rank(D(5), [])) == (2, 1)

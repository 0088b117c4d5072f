"""A settlement's interval is the time since the one before it, also where an exchange changes how often it settles."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.sources.live.base import ReplyError
from commentary.sources.shapes.reading import Part
from commentary.sources.shapes.settlements import interval_hours, settled

MIDNIGHT = 1795996800
"""30 Nov 2026, 00:00 UTC, in seconds."""


def intervals(*hours: float) -> list[tuple[str, Decimal | None]]:
    """Return time and interval of the settlements at some hours of the day."""
    rows = Part([{"time": Decimal(MIDNIGHT + round(hour * 3600)), "rate": "0.0001"} for hour in hours]).items()
    found = settled(rows, "time", "rate", venue="Binance", source="Binance")
    return [(f"{row.at:%H:%M}", row.interval_hours) for row in found]


def test_an_interval_that_is_shortened_is_short_from_the_first_shorter_one_on() -> None:
    # Every eight hours, then every four, then every hour, as an exchange does when a rate is at its cap.
    assert intervals(0, 8, 12, 16, 17, 18) == [
        ("08:00", 8),
        ("12:00", 4),
        ("16:00", 4),
        ("17:00", 1),
        ("18:00", 1),
    ]


def test_the_order_of_the_list_does_not_matter() -> None:
    assert intervals(16, 0, 8) == intervals(0, 8, 16)


def test_one_settlement_alone_tells_no_interval_and_is_no_row() -> None:
    assert intervals(8) == []


def test_a_hole_in_the_list_leaves_the_interval_unknown() -> None:
    assert intervals(0, 16) == [("16:00", None)]


@pytest.mark.parametrize(
    ("apart", "hours"),
    [
        (timedelta(hours=8, milliseconds=-3), 8),
        (timedelta(hours=4, seconds=12), 4),
        (timedelta(hours=1), 1),
        (timedelta(minutes=90), None),
        (timedelta(hours=9), None),
        (timedelta(0), None),
        (-timedelta(hours=8), None),
    ],
)
def test_an_interval_is_a_whole_number_of_hours_up_to_eight(apart: timedelta, hours: int | None) -> None:
    assert interval_hours(apart) == hours


def test_times_are_told_to_the_second_so_that_a_week_holds_21_settlements() -> None:
    # Seven days apart, 5 ms and 3 ms after the hour: to the millisecond the older one would lie within the week.
    times = (Decimal(MIDNIGHT * 1000 + 5), Decimal((MIDNIGHT + 8 * 3600) * 1000 + 3))
    rows = Part([{"time": time, "rate": "0.0001"} for time in times]).items()
    (row,) = settled(rows, "time", "rate", venue="Binance", source="Binance")
    assert row.at == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_a_settlement_that_stands_twice_is_one_and_two_rates_of_one_time_are_refused() -> None:
    twice = [{"time": Decimal(MIDNIGHT), "rate": "0.0001"}, {"time": Decimal(MIDNIGHT), "rate": "0.00010"}]
    later = {"time": Decimal(MIDNIGHT + 8 * 3600), "rate": "0.0002"}
    (row,) = settled(Part([*twice, later]).items(), "time", "rate", venue="Bybit", source="Bybit")
    assert row.rate == Decimal("0.0002")
    twice[1]["rate"] = "0.0003"
    with pytest.raises(ReplyError, match=r"/1/rate holds '0\.0003'"):
        list(settled(Part([*twice, later]).items(), "time", "rate", venue="Bybit", source="Bybit"))

"""Styles of windows and times. All times are UTC and say so."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from commentary.languages.base import Style
from commentary.languages.en.numbers import counted, trimmed
from commentary.records.edition import Edition
from commentary.records.fact import Fact

MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
"""AP's short forms; it spells out the five short names."""
FULL_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY = Decimal(24)
_TWO_DAYS = Decimal(48)
_MINUTES = Decimal(60)

# Lengths ----------------------------------------------------------------------------------------------


def _has_window(fact: Fact) -> bool:
    return fact.subject.window_hours is not None and fact.subject.window_hours > 0


def _length(fact: Fact, edition: Edition) -> str:
    """Return a window's length: whole days from two days on, else hours, else minutes."""
    hours = fact.subject.window_hours or Decimal(0)
    digits = edition.house.counts == "9"
    if hours >= _TWO_DAYS and not hours % _DAY:
        return counted(hours / _DAY, "day", digits=digits)
    if hours == hours.to_integral_value():
        return counted(hours, "hour", digits=digits)
    if hours * _MINUTES == (hours * _MINUTES).to_integral_value():
        return counted(hours * _MINUTES, "minute", digits=digits)
    return f"{trimmed(hours)} hours"


def _length_about(fact: Fact, edition: Edition) -> str:
    """Return a window's length in days, said to be about so many where hours are left over."""
    hours = fact.subject.window_hours or Decimal(0)
    if hours < _TWO_DAYS or not hours % _DAY:
        return _length(fact, edition)
    days = (hours / _DAY).quantize(Decimal(1))
    return f"about {counted(days, 'day', digits=edition.house.counts == '9')}"


def interval(fact: Fact, edition: Edition) -> str:
    """Return the interval of a rate as it stands behind "per" and "the": eight hours, hour."""
    return _length(fact, edition).removeprefix("one ").removeprefix("1 ")


def _adjective(fact: Fact, edition: Edition) -> str:
    number, noun = _length(fact, edition).split(" ")
    return f"{number}-{noun.removesuffix('s')}"


def _window_model(fact: Fact, edition: Edition) -> str:
    return f"{_adjective(fact, edition)} model" if _has_window(fact) else "model"


# Times ------------------------------------------------------------------------------------------------


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%H:%M} UTC"


def _date(moment: datetime, edition: Edition) -> str:
    """Return a day in the house's form, with its year where it is not the document's."""
    day = moment.astimezone(UTC)
    form = edition.house.dates
    if form == "2026-11-22":
        return f"{day:%Y-%m-%d}"
    short, full = MONTHS[day.month - 1], FULL_MONTHS[day.month - 1]
    month = full if "November" in form else short if "." in form else short.rstrip(".")
    year = form.endswith("2026") or day.year != edition.as_of.astimezone(UTC).year
    if form.startswith("22"):
        return f"{day.day} {month}{f' {day.year}' if year else ''}"
    return f"{month} {day.day}{f', {day.year}' if year else ''}"


def _month(moment: datetime, _: Edition) -> str:
    day = moment.astimezone(UTC)
    return f"{FULL_MONTHS[day.month - 1]} {day.year}"


def _when(moment: datetime, edition: Edition) -> str:
    return f"{_clock(moment)} on {_date(moment, edition)}"


def _clock_or_when(moment: datetime, edition: Edition) -> str:
    same_day = moment.astimezone(UTC).date() == edition.as_of.astimezone(UTC).date()
    return _clock(moment) if same_day else _when(moment, edition)


def _to(end: Callable[[datetime, Edition], str]) -> Callable[[Fact, Edition], str]:
    return lambda fact, edition: f"in the {interval(fact, edition)} to {end(fact.as_of, edition)}"


def _of(write: Callable[[datetime, Edition], str]) -> Callable[[Fact, Edition], str]:
    return lambda fact, edition: write(fact.as_of, edition)


def _is_time(fact: Fact) -> bool:
    return isinstance(fact.value, datetime)


def _value(write: Callable[[datetime, Edition], str]) -> Callable[[Fact, Edition], str]:
    return lambda fact, edition: write(fact.value, edition) if isinstance(fact.value, datetime) else ""


def _any(_: Fact) -> bool:
    return True


def _begins(fact: Fact) -> bool:
    """Say whether a fact is a value of before, told with the end of its window."""
    return fact.subject.metric.startswith("oi_from") and _has_window(fact)


def _began(write: Callable[[datetime, Edition], str]) -> Callable[[Fact, Edition], str]:
    return lambda fact, edition: write(begun(fact), edition)


def begun(fact: Fact) -> datetime:
    """Return when a fact's window began."""
    return fact.as_of - timedelta(hours=float(fact.subject.window_hours or 0))


TIMES: tuple[Style, ...] = (
    Style("window", '"24 hours" or "seven days"', False, True, _length, _has_window),
    Style("window_about", '"30 days", or "about 30 days"', False, True, _length_about, _has_window),
    Style("window_adj", '"seven-day" or "24-hour"', False, True, _adjective, _has_window),
    Style("window_model", '"seven-day model", or "model" alone', False, True, _window_model, _any),
    Style("interval", '"eight hours" or "hour"', False, True, interval, _has_window),
    Style("to_when", '"in the 24 hours to 14:00 UTC on Nov. 25"', False, True, _to(_when), _has_window),
    Style(
        "to_clock",
        '"in the 24 hours to 14:00 UTC", with the date of another day',
        False,
        True,
        _to(_clock_or_when),
        _has_window,
    ),
    Style("clock", '"08:55 UTC", with the date of another day', False, True, _of(_clock_or_when), _any),
    Style("when", '"08:55 UTC on Nov. 22"', False, True, _of(_when), _any),
    Style("began", '"14:00 UTC on Nov. 24", of a value of before', False, True, _began(_when), _begins),
    Style("day", '"Nov. 22"', False, True, _of(_date), _any),
    Style("moment", '"14:00 UTC on Nov. 28", for a time', False, True, _value(_when), _is_time),
    Style("moment_month", '"November 2026", for a time', False, True, _value(_month), _is_time),
    Style("moment_day", '"Nov. 20", for a time', False, True, _value(_date), _is_time),
)

"""Styles of percents that are no change: shares, rates per interval and per year, percentage points.

A rate says over which time it runs. Which time that is depends on its metric: a funding rate runs over
its window, a yearly rate over a year whatever its window.
"""

from collections.abc import Iterable
from decimal import Decimal

from commentary.languages.base import Style, UnfitError
from commentary.languages.en import numbers as n
from commentary.languages.en.phrase import phrase, plain
from commentary.languages.en.times import interval
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.spelled import Reading

_YEARLY_ENDINGS = ("_apr", "_annual", "_volatility")
_PERCENT = plain(n.PERCENT)
_WHOLE = plain(n.PERCENT_WHOLE)


def _is_yearly(fact: Fact) -> bool:
    return fact.subject.metric.endswith(_YEARLY_ENDINGS) or fact.subject.metric.partition("_")[0] == "basis"


_RATE = phrase(
    "rate",
    '"0.0024%" or "minus 0.0012%", to five decimals',
    plain(n.RATE),
    ("percent",),
    "{}",
    "minus {}",
    quantity="rate",
)


def _is_signed(fact: Fact) -> bool:
    return fact.quantity in ("rate", "delta")


def _is_rate(fact: Fact) -> bool:
    return fact.quantity == "rate"


def _has_interval(fact: Fact) -> bool:
    return _RATE.accepts(fact) and fact.subject.window_hours is not None and not _is_yearly(fact)


def _write_per(fact: Fact, edition: Edition) -> str:
    return f"{_RATE.write(fact, edition)} per {interval(fact, edition)}"


def _read_per(text: str) -> Iterable[Reading]:
    figure, per, _ = text.partition(" per ")
    if per and _RATE.read is not None:
        for reading in _RATE.read(figure):
            yield reading._replace(style="rate_per")


BELOW_ONE = ("less than 1%", "less than one percent", "under 1%", "under one percent")
"""As whole percents hide too much below one, this bound may be further off than others."""


def _below_one(text: str) -> Style:
    def write(fact: Fact, _: Edition) -> str:
        if not 0 < abs(fact.number) < 1:
            raise UnfitError("it is nothing, or one percent and more")
        return text

    def read(written: str) -> Iterable[Reading]:
        if written == text:
            yield Reading(text, "percent", Decimal(-1), Decimal(1))

    return Style(text, f'"{text}", of a change or a share', True, True, write, _is_small, read)


def _is_small(fact: Fact) -> bool:
    moved = fact.quantity == "delta" and "_change" in fact.subject.metric
    return fact.unit == "percent" and (moved or fact.quantity == "share") and isinstance(fact.value, Decimal)


RATES: tuple[Style, ...] = (
    *map(_below_one, BELOW_ONE),
    phrase("percent", '"2.5%", without a sign', _PERCENT, ("percent",)),
    phrase("percent_whole", '"89%", without a sign', _WHOLE, ("percent",)),
    _RATE,
    Style(
        "rate_per",
        '"0.0024% per eight hours", for a rate whose interval is known',
        True,
        True,
        _write_per,
        _has_interval,
        _read_per,
    ),
    phrase(
        "annual",
        '"2.6% a year" or "minus 2.6% a year", for a yearly rate',
        _PERCENT,
        ("percent",),
        "{} a year",
        "minus {} a year",
        quantity="rate",
        where=_is_yearly,
    ),
    phrase("percent_tenth", '"7.0%", one decimal', plain(n.PERCENT_TENTH), ("percent",)),
    phrase(
        "rate_four",
        '"0.0064%" or "minus 0.0064%", to four decimals',
        plain(n.RATE_FOUR),
        ("percent",),
        "{}",
        "minus {}",
        where=_is_rate,
    ),
    phrase(
        "rate_kept",
        '"0.0100%" or "minus 0.0050%", always four decimals',
        plain(n.RATE_KEPT),
        ("percent",),
        "{}",
        "minus {}",
        where=_is_rate,
    ),
    phrase(
        "rate_kept_signed",
        '"-0.0050%" or "+0.0100%", always four decimals',
        plain(n.RATE_KEPT),
        ("percent",),
        "+{}",
        "-{}",
        where=_is_rate,
        zero=False,
    ),
    phrase("signed", '"-5.4%" or "+5.4%"', _PERCENT, ("percent",), "+{}", "-{}", where=_is_signed, zero=False),
    phrase(
        "plus",
        '"minus 5.4%" or "plus 5.4%"',
        _PERCENT,
        ("percent",),
        "plus {}",
        "minus {}",
        where=_is_signed,
        zero=False,
    ),
    phrase(
        "rate_signed", '"-0.0012%" or "+0.0024%"', plain(n.RATE), ("percent",), "+{}", "-{}", where=_is_rate, zero=False
    ),
    phrase(
        "basis",
        '"0.24 basis points" or "minus 0.12 basis points", for a rate',
        plain(n.BASIS),
        ("percent",),
        "{}",
        "minus {}",
        where=_is_rate,
    ),
    phrase(
        "basis_two",
        '"0.64 basis points", as a rate to four decimals',
        plain(n.BASIS_TWO),
        ("percent",),
        "{}",
        "minus {}",
        where=_is_rate,
    ),
    phrase(
        "basis_signed",
        '"-0.12 basis points" or "+0.24 basis points"',
        plain(n.BASIS),
        ("percent",),
        "+{}",
        "-{}",
        where=_is_rate,
        zero=False,
    ),
    phrase("points", '"0.4 percentage points", without a sign', plain(n.POINTS), ("points",)),
)

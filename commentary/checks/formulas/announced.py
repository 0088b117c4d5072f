"""Formulas of what exchanges announce: outages, changes of contracts, and what they touch."""

from collections.abc import Mapping
from decimal import Decimal

from commentary.checks.formulas.base import Form, itself, percent_change, share, words

_EVENT = ("outage", "notice")
_GIVEN = ("", "_time", "_text")
_HELD = ("oi_coin", "oi_venue_before")


def _less(coins: Decimal, percent: Decimal) -> Decimal:
    """Return so many percent less."""
    return coins * (1 - percent / 100)


def _more(coins: Decimal, percent: Decimal) -> Decimal:
    """Return so many percent more."""
    return coins * (1 + percent / 100)


FORMS: Mapping[str, tuple[Form, ...]] = {
    **{f"{event}{name}": (Form(),) for event in _EVENT for name in _GIVEN},
    **{f"{event}_sources": words("the sources that are named") for event in _EVENT},
    **{f"{event}_relay": words("the sources that are named, none of them the exchange itself") for event in _EVENT},
    **{f"{event}_age": words("hours from the notice to the time of reading") for event in _EVENT},
    "notice_in_force": (Form(),),
    "notice_check": words("24 hours after the date in force"),
    "notice_oi": (Form("{0}", "oi_usd", itself),),
    "notice_oi_coin": (Form("{0}", "oi_coin", itself),),
    "notice_hours_left": words("hours from the time of reading to the date in force"),
    "funding_interval": (Form(),),
    "funding_interval_before": (Form(),),
    "funding_previous_interval": (Form(),),
    "funding_previous_8h": (
        Form("{0} * 8 / {hours}", "funding_previous_interval", lambda rate, hours: rate * 8 / hours, ("hours",)),
    ),
    "oi_venue_share": (Form("{0} / {1} * 100", "oi_usd oi_usd", share),),
    **{
        f"{event}_earlier{name}": words(says)
        for event in _EVENT
        for name, says in (
            ("", "the earlier notices that are held, more than a day apart"),
            ("_first", "the first of them"),
            ("_last", "the last of them"),
        )
    },
    "oi_venue_before": (Form(),),
    "oi_venue_since": (Form("(oi_coin / oi_venue_before - 1) * 100", "oi_coin oi_venue_before", percent_change),),
    "oi_venue_test": tuple(Form(f"{of} * (1 - # / 100)", of, _less) for of in _HELD),
    "oi_venue_test_up": tuple(Form(f"{of} * (1 + # / 100)", of, _more) for of in _HELD),
    "notice_listing_test": (Form("oi_usd * # / 100", "oi_usd", lambda usd, percent: usd * percent / 100),),
    "meanwhile_rank": words(
        "1 + the earlier days with a larger change of the same sign in those hours", of="price_change_meanwhile"
    ),
    "meanwhile_next": words("the largest change of the same sign in those hours of an earlier day"),
    "outage_gap": (Form("({0} / {1} - 1) * 100", "price price", percent_change),),
    "outage_into_count": words("hours from the first notice to the end of the count"),
    "price_low_meanwhile": words("lowest low of # candles since #-#-# #:# UTC"),
    "price_high_meanwhile": words("highest high of # candles since #-#-# #:# UTC"),
    "price_from_meanwhile": words("the open of the candle at #-#-# #:# UTC"),
    "price_to_meanwhile": words("the newest close"),
    "price_change_meanwhile": (
        Form(
            "(price_to_meanwhile / price_from_meanwhile - 1) * 100",
            "price_to_meanwhile price_from_meanwhile",
            percent_change,
        ),
    ),
}

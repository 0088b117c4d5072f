"""Formulas of dates ahead."""

from collections.abc import Mapping

from commentary.checks.formulas.base import HUNDRED, Form, words

FORMS: Mapping[str, tuple[Form, ...]] = {
    **dict.fromkeys(("event_name", "event_time"), (Form(),)),
    "event_check": words("24 hours after it", of="event_time"),
    "oi_change_past": words("the largest change over 24 hours on # earlier dates"),
    "event_past": words("the earlier dates with a known change"),
    "price_change_past": words("the largest change over 24 hours on # earlier dates"),
    "event_hours": words("hours from the snapshot to it", of="event_time"),
    "oi_event_high": (Form("oi_coin * (1 + # / 100)", "oi_coin", lambda held, part: held * (1 + part / HUNDRED)),),
    "oi_event_low": (Form("oi_coin * (1 - # / 100)", "oi_coin", lambda held, part: held * (1 - part / HUNDRED)),),
    "event_settlement": words("the first settlement after it, every # hours", of="event_time funding_rate"),
}

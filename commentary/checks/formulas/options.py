"""Formulas of options and their expiry."""

from collections.abc import Mapping
from decimal import Decimal

from commentary.checks.formulas.base import (
    DAYS_A_YEAR,
    HUNDRED,
    Form,
    difference,
    itself,
    percent_change,
    product,
    ratio,
    share,
    total,
    words,
)

_GIVEN = """
options_notional options_all_notional options_all_calls options_all_puts
options_calls options_puts options_volume_calls options_volume_puts
options_max_pain options_volatility options_skew options_expiry options_settlement options_worthless options_removed
"""


def _sides(name: str) -> dict[str, tuple[Form, ...]]:
    """Return what calls and puts make together."""
    calls, puts = f"{name}_calls", f"{name}_puts"
    return {
        f"{name}_total": (Form(f"{calls} + {puts}", f"{calls} {puts}", total),),
        f"{name}_put_call": (Form(f"{puts} / {calls}", f"{puts} {calls}", ratio),),
    }


FORMS: Mapping[str, tuple[Form, ...]] = {
    **dict.fromkeys(_GIVEN.split(), (Form(),)),
    **_sides("options"),
    **_sides("options_all"),
    **_sides("options_volume"),
    "options_each_usd": (Form("options_notional / options_total", "options_notional options_total", ratio),),
    "options_daily_move": (
        Form(
            "options_volatility / square root of 365",
            "options_volatility",
            lambda yearly: yearly / Decimal(DAYS_A_YEAR).sqrt(),
        ),
    ),
    "options_days_left": words("days from the snapshot to the expiry, by the calendar", of="options_expiry"),
    "options_expires": words("the exchange's hour on the day of expiry", of="options_expiry"),
    "options_expiries_held": words("the earlier expiries with a known size"),
    "options_hours_left": words("hours from the count to the expiry", of="options_expires"),
    "options_max_pain_distance": (
        Form("(options_max_pain / price - 1) * 100", "options_max_pain price", percent_change),
    ),
    "options_next": words("the largest of the earlier expiries"),
    "oi_expiry_high": (Form("oi_coin * (1 + # / 100)", "oi_coin", lambda held, part: held * (1 + part / HUNDRED)),),
    "oi_expiry_test": (Form("oi_coin * (1 - # / 100)", "oi_coin", lambda held, part: held * (1 - part / HUNDRED)),),
    "options_pain_high": (
        Form("options_max_pain * (1 + # / 100)", "options_max_pain", lambda pain, part: pain * (1 + part / HUNDRED)),
    ),
    "options_pain_low": (
        Form("options_max_pain * (1 - # / 100)", "options_max_pain", lambda pain, part: pain * (1 - part / HUNDRED)),
    ),
    "options_rest": (Form("options_all_total - options_total", "options_all_total options_total", difference),),
    "options_rest_high": (
        Form("options_rest + options_total / 2", "options_rest options_total", lambda rest, due: rest + due / 2),
    ),
    "options_rest_low": (
        Form("options_rest - options_total / 2", "options_rest options_total", lambda rest, due: rest - due / 2),
    ),
    "options_phase": words("whether a row tells what the settlement left"),
    "options_rank": words("1 + the earlier expiries with more open", of="options_notional"),
    "options_removed_usd": (
        Form("options_removed, which is in dollars", "options_removed", itself),
        Form("options_removed * options_settlement", "options_removed options_settlement", product),
    ),
    "options_settlement_distance": (
        Form(
            "(options_settlement / options_max_pain - 1) * 100", "options_settlement options_max_pain", percent_change
        ),
    ),
    "options_share": (
        Form("options_notional / options_all_notional * 100", "options_notional options_all_notional", share),
    ),
    "options_worthless_held": words("the earlier expiries with a known share"),
    "options_worthless_median": words("the median of the earlier expiries"),
    "options_worthless_rank": words("1 + the earlier expiries with a larger share", of="options_worthless"),
}

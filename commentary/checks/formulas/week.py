"""Formulas of what seven days brought, and of where that stands among the weeks before."""

from collections.abc import Mapping

from commentary.checks.formulas.base import HUNDRED, Form, percent_change, share, words

_LARGER = "the earlier weeks with a larger change of the same sign"
_HIGHER = "the earlier weeks in which it was higher"
_AS_LOW = "the earlier weeks in which it was as low"
_HELD = words("seven days for each earlier week")

FORMS: Mapping[str, tuple[Form, ...]] = {
    "funding_week_as_low": words(_AS_LOW, of="funding_week_average"),
    "funding_week_average": words("the average of # settlements in seven days"),
    "funding_week_high": words("the high of # settlements in seven days"),
    "funding_week_higher": words(_HIGHER, of="funding_week_average"),
    "funding_week_money": (
        Form(
            "|{0}| / 100 * {1}",
            "funding_week_average example_notional",
            lambda rate, notional: abs(rate) / HUNDRED * notional,
        ),
    ),
    "funding_week_low": words("the low of # settlements in seven days"),
    "funding_week_paid": words(
        "the settlements in seven days at which longs paid", "the settlements in seven days at which shorts paid"
    ),
    "funding_week_prints": words("settlements in seven days"),
    "funding_weeks": _HELD,
    "liq_week_as_low": words(_AS_LOW, of="liq_week_total"),
    "liq_week_days": words("the days of the seven that are held"),
    "liq_week_higher": words(_HIGHER, of="liq_week_total"),
    "liq_week_largest": words("the largest of # daily totals"),
    "liq_week_largest_share": words("of that day's total the part of the side, * 100"),
    "liq_week_share": (Form("liq_week_size / liq_week_total * 100", "liq_week_size liq_week_total", share),),
    "liq_week_size": words("the sum of # days"),
    "liq_week_total": words("the sum of # daily totals"),
    "liq_weeks": _HELD,
    "oi_week_further": words(_LARGER, of="oi_change_coin"),
    "oi_weeks": _HELD,
    "price_week_further": words(_LARGER, of="price_change"),
    "price_weeks": _HELD,
    "volatility_week_as_low": words(_AS_LOW, of="week_volatility"),
    "volatility_week_higher": words(_HIGHER, of="week_volatility"),
    "volatility_weeks": _HELD,
    "week_close": (Form(),),
    "week_event": (Form(),),
    "week_event_time": (Form(),),
    "week_expiry": (Form(),),
    "week_expiry_size": (Form(),),
    "week_gap": words(
        "hours of which no candle is used",
        "settlements of the seven days that are not held",
        "days of the seven that are not held",
    ),
    "week_gap_day": words("the end of the day that is not held"),
    "week_high_day": words("when the candle with the highest high began", of="price_high"),
    "week_low_day": words("when the candle with the lowest low began", of="price_low"),
    "week_off_high": (Form("(week_close / price_high - 1) * 100", "week_close price_high", percent_change),),
    "week_off_low": (Form("(week_close / price_low - 1) * 100", "week_close price_low", percent_change),),
    "week_series": words("of candles, open interest, funding and liquidations, those that hold seven days"),
    "week_since_sunday": words("hours from the start of Sunday, UTC, to the time of the snapshot"),
    "week_volatility": words("standard deviation of # logarithmic returns of closes, for a year, * 100"),
}

"""Formulas of one exchange against others, of a day's change beside the price, and of what is back after a fall."""

from collections.abc import Mapping
from decimal import Decimal
from statistics import median

from commentary.checks.formulas.base import (
    HUNDRED,
    Form,
    difference,
    itself,
    payer,
    percent_change,
    share,
    words,
)


def _lowered(gap: Decimal) -> str:
    return "short" if gap > 0 else "long"


def _middle(*values: Decimal) -> Decimal:
    return median(values)


def _spread(*values: Decimal) -> Decimal:
    return (max(values) - min(values)) / median(values) * HUNDRED


def _in_dollars(gap: Decimal, notional: Decimal) -> Decimal:
    return abs(gap) / HUNDRED * notional


def _lowest(*values: Decimal) -> Decimal:
    return min(values)


def _highest(*values: Decimal) -> Decimal:
    return max(values)


_COMPARED = "# earlier comparisons with the other exchanges in 90 days"
_STRETCHES = "# earlier stretches of eight hours in 90 days"

FORMS: Mapping[str, tuple[Form, ...]] = {
    # A day's change beside the price
    "oi_state": words("oi_change_coin beside price_change and the earlier days, against thresholds", of="..."),
    "oi_added_test": (
        Form(
            "oi_coin - (oi_coin - oi_from_coin) / 2",
            "oi_coin oi_from_coin",
            lambda now, then: now - (now - then) / 2,
        ),
    ),
    "oi_half_further": (
        Form(
            "oi_coin + (oi_coin - oi_from_coin) / 2",
            "oi_coin oi_from_coin",
            lambda now, then: now + (now - then) / 2,
        ),
    ),
    "oi_delta_share": (
        Form("oi_delta_coin / oi_delta_coin of all exchanges * 100", "oi_delta_coin oi_delta_coin", share),
    ),
    "oi_share": (Form("oi_coin / oi_coin of all exchanges * 100", "oi_coin oi_coin", share),),
    "oi_inverse_share": (Form("oi_coin of inverse contracts / oi_coin * 100", "oi_coin oi_coin", share),),
    "oi_margin_effect": (
        Form(
            "-price_change * oi_coin of inverse contracts / oi_coin",
            "price_change oi_coin oi_coin",
            lambda move, inverse, total: -move * inverse / total,
        ),
    ),
    "oi_change_fixed": (
        Form(
            "((oi_coin + oi_coin of inverse contracts * price_change / 100) / oi_from_coin - 1) * 100",
            "oi_coin oi_coin price_change oi_from_coin",
            lambda now, inverse, move, then: ((now + inverse * move / 100) / then - 1) * 100,
        ),
    ),
    # When a day's change happened
    **dict.fromkeys(("oi_path_from", "oi_path_to"), (Form("the level at #-#-# #:# UTC"),)),
    "oi_path_share": (
        Form(
            "(oi_path_to - oi_path_from) / oi_delta_coin * 100",
            "oi_path_to oi_path_from oi_delta_coin",
            lambda end, start, net: (end - start) / net * 100,
        ),
    ),
    "oi_path_change": (Form("(oi_path_to / oi_path_from - 1) * 100", "oi_path_to oi_path_from", percent_change),),
    "oi_path_since": (Form("(oi_coin / oi_path_to - 1) * 100", "oi_coin oi_path_to", percent_change),),
    **dict.fromkeys(("price_path_from", "price_path_to"), words("the close nearest to that time")),
    "price_path_change": (Form("({0} / {1} - 1) * 100", "price_path_to price_path_from", percent_change),),
    # Earlier moves of price
    "price_change_next": words("the largest earlier change over # hours of the same sign, to any hour"),
    "price_change_further": words(
        "the earlier changes over # hours, apart from each other, that are larger and of the same sign",
        of="price_change",
    ),
    # One exchange against others
    "venue_median": (Form("the median of the other exchanges", "...", _middle),),
    "venue_rate_lowest": (Form("the lowest of the other exchanges", "...", _lowest),),
    "venue_rate_highest": (Form("the highest of the other exchanges", "...", _highest),),
    "venue_rate_median": (Form("the median of the other exchanges", "...", _middle),),
    **dict.fromkeys(
        ("venue_gap", "venue_other_gap"), (Form("({0} - {1}) / {1} * 100", "price venue_median", percent_change),)
    ),
    "venue_rate_gap": (Form("{0} - {1}", "funding_8h venue_rate_median", difference),),
    "venue_gap_against": (Form("the side whose margin it lowers: the sign of {0}", "venue_gap", _lowered),),
    "venue_spread": (Form("(the highest - the lowest) / the median * 100", "...", _spread),),
    "venue_rate_payer": (Form("the side that pays: the sign of {0}", "venue_rate_median", payer),),
    "venue_before": (Form(),),
    "venue_gap_before": words("the same against the other exchanges at that time"),
    **{
        f"{gap}_money": (Form("|{0}| / 100 * {1}", f"{gap} example_notional", _in_dollars),)
        for gap in (
            "venue_gap",
            "venue_rate_gap",
            "venue_rate_most",
            "venue_rate_median",
            "venue_rate_sum_gap",
            "venue_rate_sum_most",
        )
    },
    "venue_gap_most": words(f"the largest of {_COMPARED}", of="venue_gap"),
    "venue_gap_readings": words(_COMPARED, of="venue_gap"),
    "venue_rate_most": words(f"the largest of {_COMPARED}", of="venue_rate_gap"),
    "venue_rate_readings": words(_COMPARED, of="venue_rate_gap"),
    "venue_rate_alone": words(
        f"of {_COMPARED}, those at which it was as alone on that side of zero", of="venue_rate_gap"
    ),
    # What each settled over the same eight hours, added up
    "venue_rate_sum": words("the settlements of every # hours in the eight hours to #-#-# #:# UTC, added up"),
    "venue_rate_sum_prints": words("settlements that {0} adds up", of="venue_rate_sum"),
    "venue_rate_sum_median": (Form("the median of the other exchanges", "...", _middle),),
    "venue_rate_sum_gap": (Form("{0} - {1}", "venue_rate_sum venue_rate_sum_median", difference),),
    "venue_rate_sum_most": words(f"the largest of {_STRETCHES}", of="venue_rate_sum_gap"),
    "venue_rate_sum_days": words(f"whole days that {_STRETCHES} cover", of="venue_rate_sum_gap"),
    "venue_gap_days": words(f"whole days that {_COMPARED} cover", of="venue_gap"),
    "venue_rate_days": words(f"whole days that {_COMPARED} cover", of="venue_rate_gap"),
    "venue_state": words("one exchange against the median of the others, and thresholds", of="..."),
    "venue_rate_interval": words("the interval of the rate, where it is not eight hours", of="funding_rate"),
    **dict.fromkeys(
        ("venue_others", "venue_count", "venue_rate_others", "venue_rate_count"),
        words("the exchanges it is compared with", of="..."),
    ),
    **dict.fromkeys(
        ("venue_apart", "venue_rate_apart"), words("from the earliest to the latest of the figures compared", of="...")
    ),
    # What is back after a fall
    **dict.fromkeys(("reset_from", "reset_to", "reset_low"), (Form(),)),
    "reset_fall": (Form("(reset_to / reset_from - 1) * 100", "reset_to reset_from", percent_change),),
    "reset_depth": (Form("(reset_low / reset_from - 1) * 100", "reset_low reset_from", percent_change),),
    "reset_rank": words("1 + the larger falls over # hours before it, apart from each other"),
    "reset_lost": (Form("reset_low - reset_from", "reset_low reset_from", difference),),
    "reset_half_regain": (
        Form(
            "reset_low + (reset_from - reset_low) / 2",
            "reset_low reset_from",
            lambda low, start: low + (start - low) / 2,
        ),
    ),
    "reset_half_kept": (
        Form("reset_low + (oi_coin - reset_low) / 2", "reset_low oi_coin", lambda low, now: low + (now - low) / 2),
    ),
    "reset_missing": (Form("reset_from - oi_coin", "reset_from oi_coin", difference),),
    "reset_short": (Form("(oi_coin / reset_from - 1) * 100", "oi_coin reset_from", percent_change),),
    "reset_full_regain": (Form("reset_from", "reset_from", itself),),
    "reset_half_share": (
        Form(
            "(reset_half_regain - reset_low) / -reset_lost",
            "reset_half_regain reset_low reset_lost",
            lambda half, low, lost: (half - low) / -lost,
        ),
    ),
    "reset_back": (Form("oi_coin - reset_low", "oi_coin reset_low", difference),),
    "reset_share": (
        Form("reset_back / -reset_lost * 100", "reset_back reset_lost", lambda back, lost: -back / lost * HUNDRED),
    ),
    "reset_hours": words("from reset_low to the first row with reset_half_regain"),
    "reset_age": words("from the first row with reset_half_regain to the newest"),
    **dict.fromkeys(
        ("reset_price_then", "reset_price_now", "reset_price_before"), words("the last close of a candle by then")
    ),
    "reset_price_change": (Form("({0} / {1} - 1) * 100", "reset_price_now reset_price_then", percent_change),),
    "reset_price_gap": (Form("({0} / {1} - 1) * 100", "reset_price_now reset_price_before", percent_change),),
}

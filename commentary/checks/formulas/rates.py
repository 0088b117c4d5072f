"""Formulas of runs of funding, of spreads between exchanges, and of the basis."""

from collections.abc import Mapping
from decimal import Decimal

from commentary.checks.formulas.base import (
    DAYS_A_YEAR,
    HUNDRED,
    Form,
    difference,
    half,
    payer,
    ratio,
    words,
)

_EARLIER = "# earlier settlements held"
_READINGS = "# earlier readings in 90 days"
_STRETCHES = "# earlier stretches of eight hours in 90 days"


def _told(name: str) -> str:
    """Return the metrics of an earlier settlement: one of the last two days is told by its own."""
    return f"funding_{name}|funding_before|funding_previous|funding_past"


def _money(of: str) -> tuple[Form, ...]:
    """Return how a rate, or a gap between two, becomes dollars."""
    return (
        Form(
            "|{0}| / 100 * {1}",
            f"{of} example_notional",
            lambda rate, notional: abs(rate) / HUNDRED * notional,
        ),
    )


def _stretch(name: str) -> dict[str, tuple[Form, ...]]:
    """Return how what an exchange settled over a stretch of eight hours is made and told."""
    rate = f"funding_spread_{name}"
    return {
        rate: words("the settlements of every # hours in the eight hours to #-#-# #:# UTC, added up"),
        f"{rate}_prints": words("settlements that {0} adds up", of=rate),
        f"{rate}_relay": words("the source of {0}", of=rate),
        f"{rate}_payer": (Form("the side that pays: the sign of {0}", rate, payer),),
        f"{rate}_money": _money(rate),
    }


def _least(*spreads: Decimal) -> Decimal:
    return min(spreads)


def _most(*spreads: Decimal) -> Decimal:
    return max(spreads)


def _others(_: Decimal, *others: Decimal) -> Decimal:
    return Decimal(len(others))


def _alike(rate: Decimal, *others: Decimal) -> Decimal:
    return Decimal(sum(one * rate > 0 for one in others))


FORMS: Mapping[str, tuple[Form, ...]] = {
    "funding_run": (
        *words("settlements in a row at which the side of {0} paid", of="funding_rate"),
        *words("settlements in a row at which the side of {0} paid", of=f"funding_rate {_told('run_start')}"),
    ),
    "funding_run_start": (Form(),),
    "funding_run_before": words(
        "settlements in a row, before the run of {0}, at which the other side paid",
        of=f"funding_rate {_told('turned_from')}",
    ),
    "funding_quiet": words(
        "hours since the side of {0} last paid before its run", of=f"funding_rate {_told('same_last')}"
    ),
    "funding_turned_from": (Form(),),
    "funding_same_last": (Form(),),
    "funding_same_side": words(f"of {_EARLIER}, those at which the side of {{0}} paid", of="funding_rate"),
    "funding_few": words("earlier settlements held than {0}", of="funding_rate"),
    "funding_exchanges": words("exchanges with a settled rate, {0} among them", of="funding_rate"),
    "funding_others": (Form("other exchanges with a rate settled beside {0}", "funding_rate ...", _others),),
    "funding_alike": (Form("of the others, those on which the side of {0} paid", "funding_rate ...", _alike),),
    "funding_beyond_end": (Form("{0} / {1}", "funding_rate funding_low|funding_high", ratio),),
    "funding_half": (Form("{0} / 2", "funding_rate", half),),
    "funding_zero": (Form("where the sign of {0} changes", "funding_rate", lambda _: Decimal(0)),),
    "funding_low": words(f"the lowest of {_EARLIER}"),
    "funding_high": words(f"the highest of {_EARLIER}"),
    "funding_relay": words("the source of {0}", of="funding_rate"),
    "funding_state": words("{0} and the settlements before it against thresholds", of="funding_rate"),
    "funding_interval_was": words("the interval of the settlements before"),
    "funding_interval_from": words("the first settlement by the present interval"),
    "funding_next": words("the time of {0} and # hours", of="funding_rate"),
    **_stretch("high"),
    **_stretch("low"),
    "funding_spread": (Form("{0} - {1}", "funding_spread_high funding_spread_low", difference),),
    "funding_spread_money": _money("funding_spread"),
    "funding_spread_least": (
        Form("the least of three stretches", "funding_spread funding_spread funding_spread", _least),
    ),
    "funding_spread_least_money": _money("funding_spread_least"),
    "funding_spread_most": (
        Form("the most of three stretches", "funding_spread funding_spread funding_spread", _most),
    ),
    "funding_spread_most_money": _money("funding_spread_most"),
    "funding_spread_before": words(f"the widest of {_STRETCHES}, before the run of wide ones", of="funding_spread"),
    "funding_spread_before_money": _money("funding_spread_before"),
    "funding_spread_run": words("stretches in a row with a spread of {0} at the bound or over it", of="funding_spread"),
    "funding_spread_venues": words(
        "the exchanges that settled three stretches of eight hours together with another", of="funding_spread"
    ),
    "funding_spread_below_share": words(f"of {_STRETCHES}, those with less than {{0}}, * 100", of="funding_spread"),
    "funding_spread_prints": words(_STRETCHES, of="funding_spread"),
    "funding_spread_days": words(f"whole days that {_STRETCHES} cover", of="funding_spread"),
    "basis": (Form(),),
    "basis_relay": words("the source of {0}", of="basis"),
    "basis_days": (Form(),),
    "basis_premium": (Form("{0} * # / 365, not compounded", "basis", lambda rate, days: rate * days / DAYS_A_YEAR),),
    "basis_money": _money("basis_premium"),
    **dict.fromkeys(
        ("basis_test_over", "basis_test_under"),
        (
            Form("({0} + {1}) / 2", "basis basis_median", lambda one, other: (one + other) / 2),
            Form("{0} / 2", "basis", half),
        ),
    ),
    "basis_tenors": words("futures whose basis is held, that of {0} among them", of="basis"),
    "basis_apart": (Form("{1} - {0}", "basis basis", lambda other, own: own - other),),
    "basis_few": words("earlier readings in 90 days than {0}", of="basis"),
    "basis_week": (Form(),),
    "basis_change": (Form("{0} - {1}", "basis basis_week", difference),),
    "basis_turned_from": (Form(),),
    "basis_same_last": (Form(),),
    "basis_run_before": words("readings in a row of the other sign than {0}", of="basis"),
    "basis_readings": words(_READINGS),
    "basis_below_share": words(f"of {_READINGS}, those below {{0}}, * 100", of="basis"),
    "basis_equal_share": words(f"of {_READINGS}, those equal to {{0}}, * 100", of="basis"),
    "basis_same_sign": words(f"of {_READINGS}, those of the sign of {{0}}", of="basis"),
    "basis_low": words(f"the lowest of {_READINGS}"),
    "basis_high": words(f"the highest of {_READINGS}"),
    "basis_median": words(f"the median of {_READINGS}"),
    "basis_days_held": words(f"whole days that {_READINGS} cover"),
    "basis_state": words("{0} and the readings before it against thresholds", of="basis"),
}

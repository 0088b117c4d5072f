"""Formulas of single large positions."""

from collections.abc import Mapping
from decimal import Decimal

from commentary.checks.formulas.base import (
    HUNDRED,
    Form,
    difference,
    half,
    percent_change,
    product,
    ratio,
    share,
    words,
)

_IN_USD = "(price * {rate} USD per {quote})"
_GIVEN = "count entry leverage liquidation margin margin_mode other_liquidation previous result"


def _received(rate: Decimal, size: Decimal, side: str) -> Decimal:
    """Return what a position receives at a funding rate; it pays what is negative."""
    return rate / HUNDRED * size * (1 if side == "short" else -1)


FORMS: Mapping[str, tuple[Form, ...]] = {
    **{f"position_{name}": (Form(),) for name in _GIVEN.split()},
    "position_size": (
        Form(),
        Form("position_coin * price", "position_coin price", product),
        Form(
            f"position_coin * {_IN_USD}",
            "position_coin price",
            lambda coins, price, rate: coins * price * rate,
            ("rate",),
        ),
    ),
    "position_coin": (
        Form(),
        Form("position_size / price", "position_size price", ratio),
        Form(
            f"position_size / {_IN_USD}",
            "position_size price",
            lambda usd, price, rate: usd / (price * rate),
            ("rate",),
        ),
    ),
    "position_share": (Form("position_size / oi_usd * 100", "position_size oi_usd", share),),
    "position_mean": (Form("position_size / position_count", "position_size position_count", ratio),),
    "position_test": (Form("position_size / 2", "position_size", half),),
    "position_entry_move": (Form("(price / position_entry - 1) * 100", "price position_entry", percent_change),),
    "position_distance": (
        Form("(position_liquidation / price - 1) * 100", "position_liquidation price", percent_change),
    ),
    "position_other_distance": (
        Form("(position_other_liquidation / price - 1) * 100", "position_other_liquidation price", percent_change),
    ),
    "position_rank": words("1 + the earlier days with a larger position", of="position_coin"),
    "position_test_coin": (Form("position_coin / 2", "position_coin", half),),
    "position_test_up": (Form("position_coin * 1.5", "position_coin", lambda coins: coins * Decimal("1.5")),),
    "position_next": words("the largest position of an earlier day"),
    "position_reach_most": words("the furthest of # days, from the close before"),
    "position_reach_days": words("of # days, those that went as far as {0}", of="position_distance"),
    "position_change": (Form("position_size - position_previous", "position_size position_previous", difference),),
    "position_funding": (
        Form(
            "{0} / 100 * position_size, received by shorts where it is positive",
            "funding_rate position_size",
            _received,
            ("side",),
        ),
    ),
}

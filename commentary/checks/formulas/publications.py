"""Formulas of what a feed has told before: figures of then, how they changed, what became of its tests."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from commentary.checks.formulas.base import Form, difference, percent_change, words
from commentary.records.history import is_remembered

_TOLD = words("as we told it at #-#-# #:# UTC")
_PER_PERCENT = Form(
    "told_reach_size / |told_reach_distance|",
    "told_reach_size told_reach_distance",
    lambda size, far: size / abs(far),
)
_SCORE = words("of the # level stories of the feed that were settled")
_PAST = "past settled_level; oi_delta_coin against settled_bound"


def _stood(level: Decimal, bound: Decimal, beyond: Decimal, delta: Decimal, side: str) -> str:
    """Return whether a model stood its test; the price has to have got there."""
    if beyond > level if side == "long" else beyond < level:
        raise ValueError("price has not got to the level")
    return "hit" if -delta >= bound else "miss"


FORMS: Mapping[str, tuple[Form, ...]] = {
    **dict.fromkeys(
        ("told_at", "told_key", "told_slug", "told_story", "told_label", "told_stage", "told_source"), _TOLD
    ),
    "since_change": words("the first change of the story's file that holds", of="told_at"),
    "since_label": words("sentiment_label against told_label", of="sentiment_label told_label"),
    "since_most": words("the largest change of a figure of the headline, as a part of it", of="..."),
    **dict.fromkeys(
        ("settled_bound", "settled_kind", "settled_level", "settled_metric", "settled_told", "settled_until"), _TOLD
    ),
    "settled_close": words("the first close beyond the bound since the test was set"),
    "settled_gap": (
        Form("(settled_highest / settled_level - 1) * 100", "settled_highest settled_level", percent_change),
        Form("(settled_lowest / settled_level - 1) * 100", "settled_lowest settled_level", percent_change),
    ),
    "settled_highest": words("highest high of # candles since the test was set"),
    "settled_highest_bar": words("the highest high, of the candle that ends then"),
    "settled_lowest": words("lowest low of # candles since the test was set"),
    "settled_lowest_bar": words("the lowest low, of the candle that ends then"),
    "settled_result": (
        Form(f"price {_PAST}", "settled_level settled_bound price oi_delta_coin", _stood, ("side",)),
        Form(
            f"settled_close {_PAST}",
            "settled_level settled_bound oi_delta_coin settled_close",
            lambda level, bound, delta, close, side: _stood(level, bound, close, delta, side),
            ("side",),
        ),
        *words("what the data since then shows against the bounds that were set", of="..."),
    ),
    "settled_why": words("what the data does not show"),
    **dict.fromkeys(
        (
            "score_stories",
            "score_reached",
            "score_stood",
            "score_lapsed",
            "score_failed",
            "score_unknown",
            "score_since",
        ),
        _SCORE,
    ),
}


def remembered(metrics: Iterable[str]) -> Mapping[str, tuple[Form, ...]]:
    """Return the forms of every metric as it was told before, and of how it has changed since."""
    made: dict[str, tuple[Form, ...]] = {}
    for name in (one for one in metrics if not is_remembered(one)):
        then = f"told_{name}"
        made[then] = (*_TOLD, _PER_PERCENT) if name == "reach_per_percent" else _TOLD
        made[f"since_{name}"] = (
            Form("({0} / {1} - 1) * 100", f"{name} {then}", percent_change),
            Form("{0} - {1}", f"{name} {then}", difference),
        )
    return made

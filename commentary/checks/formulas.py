"""How each fact of a sheet is made: by metric, what its formula says, of which inputs, and the sum itself.

A formula is a text for the reader; what is computed stands here once more, so that the value of a fact can be held
to its inputs, and its formula to what we compute. In a formula "{0}" is the id of the first input, "{hours}" its
interval, "{rate}" and "{quote}" the rate of another currency, "#" a number, and "~" words.
"""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from commentary.records.fact import before_change, three_digits

HUNDRED = Decimal(100)
DAYS_A_YEAR = 365

Sum = Callable[..., Decimal | float | str]


class Form(NamedTuple):
    """One way in which a metric's facts come to be."""

    says: str = ""
    """The formula; empty where a row gives the value itself."""
    of: str = ""
    """The metrics of its inputs, in order; "a|b" is either, "*" any, and "..." any number of any."""
    value: Sum | None = None
    """Of the numbers of the inputs, then of those in `says`, then of `more`; None where rows that are gone decide."""
    more: tuple[str, ...] = ()
    """What else the value is made of: hours, rate, side, or at, the number that the subject stands at."""


def _change(now: Decimal, then: Decimal) -> Decimal:
    return (now / then - 1) * HUNDRED


def _difference(one: Decimal, other: Decimal) -> Decimal:
    return one - other


def _product(one: Decimal, other: Decimal) -> Decimal:
    return one * other


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole * HUNDRED


def _total(*parts: Decimal) -> Decimal:
    return sum(parts, Decimal(0))


def _half(whole: Decimal) -> Decimal:
    return whole / 2


def _half_as_told(whole: Decimal) -> Decimal:
    return three_digits(whole) / 2


def _itself(value: Decimal) -> Decimal:
    return value


def _end(total: Decimal, end: Decimal) -> Decimal:
    return end


def _up_to(whole: Decimal, beyond: Decimal, end: Decimal, at: Decimal) -> Decimal:
    if end != at:
        raise ValueError("the sum ends at another price than it says")
    return whole - beyond


def _sigmas(level: Decimal, price: Decimal, daily: Decimal) -> float:
    return abs(math.log(level / price)) / float(daily / HUNDRED)


def _upon(one: Decimal, other: Decimal) -> Decimal:
    return ((1 + one / HUNDRED) * (1 + other / HUNDRED) - 1) * HUNDRED


def _without(one: Decimal, other: Decimal) -> Decimal:
    return ((1 + one / HUNDRED) / (1 + other / HUNDRED) - 1) * HUNDRED


def _payer(rate: Decimal) -> str:
    return "long" if rate > 0 else "short" if rate < 0 else "nobody"


def _beyond(level: Decimal, price: Decimal, side: str) -> str:
    return "passed" if (price < level if side == "long" else price > level) else "not passed"


_GIVEN = """
band_high band_low band_marked contract_multiplier depth depth_within funding_before funding_past
funding_previous funding_rate liq_largest liq_previous_size liq_size liq_traders map_venue map_window
order_price order_size price price_to reach_size usd_rate
"""
_IN_USD = "(price * {rate} USD per {quote})"


def _words(*says: str, of: str = "") -> tuple[Form, ...]:
    return tuple(Form(one, of) for one in says)


def _amount(unit: str, other: str, convert: str, make: Sum, make_by_rate: Sum) -> tuple[Form, ...]:
    """Return the ways to a level of open interest."""
    halved = " / 2: the source counts both sides of each contract"
    return (
        Form(),
        Form(f"value_{unit}{halved}"),
        Form(f"oi_{other} {convert} price", f"oi_{other} price", make),
        Form(f"oi_{other} {convert} {_IN_USD}", f"oi_{other} price", make_by_rate, ("rate",)),
        Form(f"oi_{unit} of ~ contracts", "...", _total),
    )


def _changes(unit: str) -> dict[str, tuple[Form, ...]]:
    """Return how the changes of open interest in a unit are made."""
    now, then, change, delta = f"oi_{unit}", f"oi_from_{unit}", f"oi_change_{unit}", f"oi_delta_{unit}"
    return {
        change: (Form(), Form(f"({now} / {then} - 1) * 100", f"{now} {then}", _change)),
        delta: (Form(), Form(f"{now} - {then}", f"{now} {then}", _difference)),
        then: (
            Form("the level at #-#-# #:# UTC"),
            Form(f"{now} - {delta}", f"{now} {delta}", _difference),
            Form(f"{now} / (1 + {change} / 100)", f"{now} {change}", lambda now, change: now / (1 + change / HUNDRED)),
        ),
    }


def _measures(name: str, level: str) -> dict[str, tuple[Form, ...]]:
    """Return how a sum of a map is measured: how far, how many coins."""
    size, coins = f"{name}_size", f"{name}_coin"
    return {
        f"{name}_distance": (Form(f"({level} / price - 1) * 100", f"{level} price", _change),),
        f"{name}_sigma": (Form(f"|ln({level} / price)| / (daily_sigma / 100)", f"{level} price daily_sigma", _sigmas),),
        coins: tuple(
            Form(f"{size} / {price}", f"{size} {price}", _ratio) for price in ("price", "price_usd", "price_then")
        ),
        f"{name}_test": (Form(f"{coins} in three digits, as it is told / 2", coins, _half_as_told),),
    }


FORMS: Mapping[str, tuple[Form, ...]] = {
    **dict.fromkeys(_GIVEN.split(), (Form(),)),
    **dict.fromkeys(
        ("band_lowest_close", "band_highest_close"),
        _words("of # four-hour closes since the band was marked", of="band_marked"),
    ),
    "band_state": _words("price against the band, and the four-hour closes since it was marked", of="..."),
    "band_to_foot": (Form("{0} - {1}", "price band_low", _difference),),
    "band_to_top": (Form("{0} - {1}", "band_high price", _difference),),
    **_measures("cluster", "cluster_near"),
    "cluster_far": _words("the level of a dense run farthest from the price", of="price"),
    "cluster_far_distance": (Form("(cluster_far / price - 1) * 100", "cluster_far price", _change),),
    "cluster_level": (
        Form("side_total - # of the other levels: the largest of its cluster", "side_total", _difference),
    ),
    "cluster_level_largest": (
        Form("side_total - # of the other levels: the largest of its side", "side_total", _difference),
    ),
    "cluster_level_price": (
        Form("where the largest level of its side stands", "cluster_level_largest", _end, ("at",)),
        Form("where the largest level of its cluster stands", "cluster_level", _end, ("at",)),
    ),
    "cluster_near": _words("the level of a dense run nearest to the price", of="price"),
    "cluster_nearest": _words("the place by size of the cluster nearest to the price", of="price"),
    "cluster_oi_share": (Form("cluster_size / oi_usd * 100", "cluster_size oi_usd", _share),),
    "cluster_peak": _words("the level of a dense run with the largest sum", of="price"),
    "cluster_share": (Form("cluster_size / side_total * 100", "cluster_size side_total", _share),),
    "cluster_size": _words("the sum of the levels of a dense run", of="price"),
    "cluster_void": (
        Form(
            "(near edge of the next cluster, #, / cluster_far - 1) * 100",
            "cluster_far",
            lambda far, edge: _change(edge, far),
        ),
    ),
    "conflict_gap": (Form("({1} - {0}) / |{0}| * 100", "* *", lambda one, other: (other - one) / abs(one) * HUNDRED),),
    "contract_price": (Form("{0} * {1}", "price contract_multiplier", _product),),
    "daily_sigma": _words("standard deviation of # logarithmic returns of closes, for a day, * 100"),
    "daily_sigma_twice": (Form("2 * daily_sigma", "daily_sigma", lambda daily: daily * 2),),
    "depth_ratio": (Form("{0} / {1}", "cluster_size|reach_size depth", _ratio),),
    "example_notional": _words("the size of position for which payments are told"),
    "flush_state": _words(
        "price_change, oi_change_coin and (longs - shorts) / (longs + shorts) against thresholds", of="..."
    ),
    "funding_8h": (Form("{0} * 8 / {hours}", "funding_rate", lambda rate, hours: rate * 8 / hours, ("hours",)),),
    "funding_apr": (
        Form(
            "{0} * 8760 / {hours}, not compounded",
            "funding_rate",
            lambda rate, hours: rate * 24 * DAYS_A_YEAR / hours,
            ("hours",),
        ),
    ),
    "funding_baseline": (
        Form("#% per # hours, scaled to # hours", "", lambda rate, hours, interval: rate * interval / hours),
    ),
    "funding_below_share": _words("of # earlier settlements in 90 days, those below {0}, * 100", of="funding_rate"),
    "funding_equal_share": _words("of # earlier settlements in 90 days, those equal to {0}, * 100", of="funding_rate"),
    "funding_money": (
        Form(
            "|{0}| / 100 * {1}",
            "funding_rate example_notional",
            lambda rate, notional: abs(rate) / HUNDRED * notional,
        ),
    ),
    "funding_payer": (Form("the side that pays: the sign of {0}", "funding_rate", _payer),),
    "funding_prints": (Form("# earlier settlements in 90 days", "", _itself),),
    "funding_to_baseline": (Form("{0} / {1}", "funding_rate funding_baseline", _ratio),),
    "history_days": _words(
        "whole days that # earlier settlements in 90 days cover",
        "whole days of finished candles",
        "the earlier days with a known change",
        "the earlier days with a known total",
    ),
    "level_passed": (Form("price is beyond reach_price", "reach_price price", _beyond, ("side",)),),
    "liq_coin": (
        Form("liq_size / price", "liq_size price", _ratio),
        Form(f"liq_size / {_IN_USD}", "liq_size price", lambda size, price, rate: size / (price * rate), ("rate",)),
    ),
    "liq_median": _words("the median total of the earlier days"),
    "liq_next": _words("the largest total of an earlier day"),
    "liq_previous_total": (
        Form(),
        Form("liq_previous_size of longs + liq_previous_size of shorts", "liq_previous_size liq_previous_size", _total),
    ),
    "liq_rank": _words("1 + the earlier days with a larger total", of="liq_total"),
    "liq_share": (
        Form("liq_size / liq_total * 100", "liq_size liq_total", _share),
        Form(
            "(liq_total - liq_size of the other side) / liq_total * 100",
            "liq_size liq_total",
            lambda other, total: max(total - other, Decimal(0)) / total * HUNDRED,
        ),
    ),
    "liq_test": (Form("liq_total / 2", "liq_total", _half),),
    "liq_to_median": (Form("liq_total / liq_median", "liq_total liq_median", _ratio),),
    "liq_to_oi": (Form("liq_total / oi_usd * 100", "liq_total oi_usd", _share),),
    "liq_total": (Form(), Form("liq_size of longs + liq_size of shorts", "liq_size liq_size", _total)),
    **_changes("coin"),
    **_changes("usd"),
    "oi_change_further": (Form("oi_change_rank - 1", "oi_change_rank", lambda rank: rank - 1),),
    "oi_change_next": _words("the largest change of the same sign on an earlier day"),
    "oi_change_rank": _words("1 + the earlier days with a larger change of the same sign", of="oi_change_coin"),
    "oi_change_usd": (
        *_changes("usd")["oi_change_usd"],
        Form("((1 + oi_change_coin / 100) * (1 + price_change / 100) - 1) * 100", "oi_change_coin price_change", _upon),
    ),
    "oi_coin": _amount("coin", "usd", "/", _ratio, lambda usd, price, rate: usd / (price * rate)),
    "oi_half_regain": (
        Form(
            "oi_coin + (oi_from_coin - oi_coin) / 2",
            "oi_coin oi_from_coin",
            lambda now, then: now + (then - now) / 2,
        ),
    ),
    "oi_price_effect": (
        Form(
            "((1 + oi_change_usd / 100) / (1 + oi_change_coin / 100) - 1) * 100",
            "oi_change_usd oi_change_coin",
            _without,
        ),
    ),
    "oi_usd": (
        *_amount("usd", "coin", "*", _product, lambda coin, price, rate: coin * price * rate),
        *_words(
            "contracts * contract_usd", "contracts * contract_usd / 2: the source counts both sides of each contract"
        ),
    ),
    "passed_extreme": _words(
        "lowest low of ~ candles since #-#-# #:# UTC", "highest high of ~ candles since #-#-# #:# UTC"
    ),
    "price_change": (Form(), Form("({1} / {0} - 1) * 100", "price_from price|price_to", lambda a, b: _change(b, a))),
    "price_from": (
        Form(),
        Form(
            "price / (1 + price_change / 100), rounded to what the percent can tell",
            "price price_change",
            before_change,
        ),
        Form("the open of the candle at #-#-# #:# UTC"),
    ),
    "price_high": _words("highest high of # candles"),
    "price_low": _words("lowest low of # candles"),
    "price_sigma": (
        Form(
            "|ln(1 + {0} / 100)| / ({1} / 100)",
            "price_change daily_sigma",
            lambda change, daily: _sigmas(1 + change / HUNDRED, Decimal(1), daily),
        ),
    ),
    "price_then": _words("the last close before the map's time"),
    "price_usd": (Form("price * usd_rate", "price usd_rate", _product),),
    **_measures("reach", "reach_price"),
    "reach_per_percent": (
        Form("reach_size / |reach_distance|", "reach_size reach_distance", lambda size, far: size / abs(far)),
    ),
    "reach_price": (Form("", "", _itself, ("at",)),),
    "reach_ratio": (
        Form("reach_per_percent / reach_per_percent of the other side", "reach_per_percent reach_per_percent", _ratio),
    ),
    "reach_share": (Form("reach_size / oi_usd * 100", "reach_size oi_usd", _share),),
    "reach_sum": (Form("side_total - # of the levels beyond #", "side_total", _up_to, ("at",)),),
    "reach_sum_depth": (Form("{0} / {1}", "reach_sum depth", _ratio),),
    "reach_sum_price": (Form("where the sum ends", "reach_sum", _end, ("at",)),),
    "reach_total": (Form("reach_size of longs + reach_size of shorts", "reach_size reach_size", _total),),
    "realised_volatility": (
        Form("{0} * square root of 365", "daily_sigma", lambda daily: daily * Decimal(DAYS_A_YEAR).sqrt()),
    ),
    "side_total": _words("the sum of the levels on this side of the price", of="price"),
    "stale_age": _words("hours from the newest observation to the time of reading"),
    "within_percent": (Form("stated distance", "", _itself, ("at",)),),
    "within_ratio": (Form("within_size / within_size of the other side", "within_size within_size", _ratio),),
    "within_size": _words("the sum of the levels within #% of the price", of="price"),
}
"""Every metric of commentary/metrics; what is not here is no fact that we compute."""

"""Formulas of prices, open interest, funding, liquidations and maps."""

from collections.abc import Mapping
from decimal import Decimal

from commentary.checks.formulas.base import (
    DAYS_A_YEAR,
    HUNDRED,
    Form,
    Sum,
    beyond,
    difference,
    half,
    half_as_told,
    itself,
    last,
    payer,
    percent_change,
    product,
    ratio,
    share,
    sigmas,
    total,
    up_to,
    upon,
    without,
    words,
)
from commentary.records.fact import before_change

_GIVEN = """
band_high band_low band_marked contract_multiplier depth depth_within funding_before funding_past
funding_previous funding_rate liq_largest liq_previous_size liq_size liq_traders map_venue map_window
order_price order_size price price_to reach_size usd_rate gap_reason gap_of map_model map_tiers map_mixes
map_leverage_least map_leverage_most gap_untold_reason gap_untold_of
"""
_IN_USD = "(price * {rate} USD per {quote})"


def _amount(unit: str, other: str, convert: str, make: Sum, make_by_rate: Sum) -> tuple[Form, ...]:
    """Return the ways to a level of open interest."""
    halved = " / 2: the source counts both sides of each contract"
    return (
        Form(),
        Form(f"value_{unit}{halved}"),
        Form(f"oi_{other} {convert} price", f"oi_{other} price", make),
        Form(f"oi_{other} {convert} {_IN_USD}", f"oi_{other} price", make_by_rate, ("rate",)),
        Form(f"oi_{unit} of ~ contracts", "...", total),
    )


def _changes(unit: str) -> dict[str, tuple[Form, ...]]:
    """Return how the changes of open interest in a unit are made."""
    now, then, change, delta = f"oi_{unit}", f"oi_from_{unit}", f"oi_change_{unit}", f"oi_delta_{unit}"
    return {
        change: (Form(), Form(f"({now} / {then} - 1) * 100", f"{now} {then}", percent_change)),
        delta: (Form(), Form(f"{now} - {then}", f"{now} {then}", difference)),
        then: (
            Form("the level at #-#-# #:# UTC"),
            Form(f"{now} - {delta}", f"{now} {delta}", difference),
            Form(f"{now} / (1 + {change} / 100)", f"{now} {change}", lambda now, change: now / (1 + change / HUNDRED)),
        ),
    }


def _measures(name: str, level: str) -> dict[str, tuple[Form, ...]]:
    """Return how a sum of a map is measured: how far, how many coins."""
    size, coins = f"{name}_size", f"{name}_coin"
    return {
        f"{name}_distance": (Form(f"({level} / price - 1) * 100", f"{level} price", percent_change),),
        f"{name}_sigma": (Form(f"|ln({level} / price)| / (daily_sigma / 100)", f"{level} price daily_sigma", sigmas),),
        coins: tuple(
            Form(f"{size} / {price}", f"{size} {price}", ratio) for price in ("price", "price_usd", "price_then")
        ),
    }


FORMS: Mapping[str, tuple[Form, ...]] = {
    **dict.fromkeys(_GIVEN.split(), (Form(),)),
    **dict.fromkeys(
        ("band_lowest_close", "band_highest_close"),
        words("of # four-hour closes since the band was marked", of="band_marked"),
    ),
    "band_state": words("price against the band, and the four-hour closes since it was marked", of="..."),
    "band_to_foot": (Form("{0} - {1}", "price band_low", difference),),
    "band_to_top": (Form("{0} - {1}", "band_high price", difference),),
    **_measures("cluster", "cluster_near"),
    "reach_test": (Form("reach_coin in three digits, as it is told / 2", "reach_coin", half_as_told),),
    "cluster_far": words("the level of a dense run farthest from the price", of="price"),
    "cluster_far_distance": (Form("(cluster_far / price - 1) * 100", "cluster_far price", percent_change),),
    "cluster_level": (
        Form("side_total - # of the other levels: the largest of its cluster", "side_total", difference),
    ),
    "cluster_level_largest": (
        Form("side_total - # of the other levels: the largest of its side", "side_total", difference),
    ),
    "cluster_level_price": (
        Form("where the largest level of its side stands", "cluster_level_largest", last, ("at",)),
        Form("where the largest level of its cluster stands", "cluster_level", last, ("at",)),
    ),
    "cluster_near": words("the level of a dense run nearest to the price", of="price"),
    "cluster_nearest": words("the place by size of the cluster nearest to the price", of="price"),
    "cluster_oi_share": (Form("cluster_size / oi_usd * 100", "cluster_size oi_usd", share),),
    "cluster_peak": words("the level of a dense run with the largest sum", of="price"),
    "cluster_share": (Form("cluster_size / side_total * 100", "cluster_size side_total", share),),
    "cluster_size": words("the sum of the levels of a dense run", of="price"),
    "cluster_void": (
        Form(
            "(near edge of the next cluster, #, / cluster_far - 1) * 100",
            "cluster_far",
            lambda far, edge: percent_change(edge, far),
        ),
    ),
    "conflict_gap": (Form("({1} - {0}) / |{0}| * 100", "* *", lambda one, other: (other - one) / abs(one) * HUNDRED),),
    "contract_price": (Form("{0} * {1}", "price contract_multiplier", product),),
    "daily_sigma": words("standard deviation of # logarithmic returns of closes, for a day, * 100"),
    "daily_sigma_twice": (Form("2 * daily_sigma", "daily_sigma", lambda daily: daily * 2),),
    "depth_ratio": (Form("{0} / {1}", "cluster_size|reach_size depth", ratio),),
    "example_notional": words("the size of position for which payments are told"),
    "flush_state": words(
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
    "funding_below_share": words("of # earlier settlements held, those below {0}, * 100", of="funding_rate"),
    "funding_equal_share": words("of # earlier settlements held, those equal to {0}, * 100", of="funding_rate"),
    "funding_lower": words("of # earlier settlements held, those below {0}", of="funding_rate"),
    "funding_money": (
        Form(
            "|{0}| / 100 * {1}",
            "funding_rate example_notional",
            lambda rate, notional: abs(rate) / HUNDRED * notional,
        ),
    ),
    "funding_payer": (Form("the side that pays: the sign of {0}", "funding_rate", payer),),
    "funding_prints": (Form("# earlier settlements held", "", itself),),
    "funding_to_baseline": (Form("{0} / {1}", "funding_rate funding_baseline", ratio),),
    "history_days": words(
        "whole days that # earlier settlements held cover",
        "whole days of finished candles",
        "the earlier days with a known change",
        "the earlier days with a known total",
        "the earlier days with a known position",
        "the days with candles without a gap",
        "the earlier days with the same hours",
        "whole days from the first close held to the last",
    ),
    "level_passed": (Form("price is beyond reach_price", "reach_price price", beyond, ("side",)),),
    "liq_coin": (
        Form("liq_size / price", "liq_size price", ratio),
        Form(f"liq_size / {_IN_USD}", "liq_size price", lambda size, price, rate: size / (price * rate), ("rate",)),
    ),
    "liq_median": words("the median total of the earlier days"),
    "liq_next": words("the largest earlier total of # hours, to any hour"),
    "liq_previous_total": (
        Form(),
        Form("liq_previous_size of longs + liq_previous_size of shorts", "liq_previous_size liq_previous_size", total),
    ),
    "liq_rank": words("1 + the earlier totals of # hours, apart from each other, that are larger", of="liq_total"),
    "liq_share": (
        Form("liq_size / liq_total * 100", "liq_size liq_total", share),
        Form(
            "(liq_total - liq_size of the other side) / liq_total * 100",
            "liq_size liq_total",
            lambda other, total: max(total - other, Decimal(0)) / total * HUNDRED,
        ),
    ),
    "liq_test": (Form("liq_total / 2", "liq_total", half),),
    "liq_to_median": (Form("liq_total / liq_median", "liq_total liq_median", ratio),),
    "liq_to_oi": tuple(
        Form(f"liq_total / {oi} * 100", f"liq_total {oi}", share) for oi in ("oi_from_worth", "oi_from_usd", "oi_usd")
    ),
    "liq_total": (Form(), Form("liq_size of longs + liq_size of shorts", "liq_size liq_size", total)),
    **_changes("coin"),
    **_changes("usd"),
    "map_past_days": words("the earlier days with a map of the same model"),
    "map_past_larger": words(
        "of # earlier maps, those with more within #% of the price of their time", of="within_size"
    ),
    "map_past_median": words("the median within #% of the price of their time in # earlier maps"),
    "oi_change_further": words(
        "the earlier days, measured once a day, with a larger change of the same sign", of="oi_change_coin"
    ),
    "oi_change_next": words("the largest earlier change over # hours of the same sign, to any hour"),
    "oi_change_rank": words(
        "1 + the earlier changes over # hours, apart from each other, that are larger and of the same sign",
        of="oi_change_coin",
    ),
    "oi_change_usd": (
        *_changes("usd")["oi_change_usd"],
        Form("((1 + oi_change_coin / 100) * (1 + price_change / 100) - 1) * 100", "oi_change_coin price_change", upon),
    ),
    "oi_coin": _amount("coin", "usd", "/", ratio, lambda usd, price, rate: usd / (price * rate)),
    "oi_from_worth": (
        Form("oi_from_coin * price_from", "oi_from_coin price_from", product),
        Form(
            "oi_from_coin * (price_from * {rate} USD per {quote})",
            "oi_from_coin price_from",
            lambda coins, price, rate: coins * price * rate,
            ("rate",),
        ),
    ),
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
            without,
        ),
    ),
    "oi_usd": (
        *_amount("usd", "coin", "*", product, lambda coin, price, rate: coin * price * rate),
        *words(
            "contracts * contract_usd", "contracts * contract_usd / 2: the source counts both sides of each contract"
        ),
    ),
    "map_end_distance": (Form("(reach_price / price_then - 1) * 100", "reach_price price_then", percent_change),),
    "passed_close": words("the first close beyond the level since the map's time"),
    "passed_extreme": words(
        "lowest low of ~ candles since #-#-# #:# UTC", "highest high of ~ candles since #-#-# #:# UTC"
    ),
    "price_change": (
        Form(),
        Form("({1} / {0} - 1) * 100", "price_from price|price_to", lambda a, b: percent_change(b, a)),
    ),
    "price_from": (
        Form(),
        Form(
            "price / (1 + price_change / 100), rounded to what the percent can tell",
            "price price_change",
            before_change,
        ),
        Form("the open of the candle at #-#-# #:# UTC"),
    ),
    "price_high": words("highest high of # candles"),
    "price_low": words("lowest low of # candles"),
    "price_sigma": (
        Form(
            "|ln(1 + {0} / 100)| / ({1} / 100)",
            "price_change daily_sigma",
            lambda change, daily: sigmas(1 + change / HUNDRED, Decimal(1), daily),
        ),
    ),
    "price_then": words("the last close before the map's time"),
    "price_usd": (Form("price * usd_rate", "price usd_rate", product),),
    **_measures("reach", "reach_price"),
    "range_days": words("the earlier days of finished candles"),
    "range_percent": (Form("(price_high / price_low - 1) * 100", "price_high price_low", percent_change),),
    "range_wider": words("the earlier days with a wider range", of="range_percent range_days"),
    "reach_per_percent": (
        Form("reach_size / |reach_distance|", "reach_size reach_distance", lambda size, far: size / abs(far)),
        Form("reach_size / |map_end_distance|", "reach_size map_end_distance", lambda size, far: size / abs(far)),
    ),
    "reach_price": (Form("", "", itself, ("at",)),),
    "reach_ratio": (
        Form("reach_per_percent / reach_per_percent of the other side", "reach_per_percent reach_per_percent", ratio),
    ),
    "reach_share": (Form("reach_size / oi_usd * 100", "reach_size oi_usd", share),),
    "reach_sum": (Form("side_total - # of the levels beyond #", "side_total", up_to, ("at",)),),
    "reach_sum_depth": (Form("{0} / {1}", "reach_sum depth", ratio),),
    "reach_sum_price": (Form("where the sum ends", "reach_sum", last, ("at",)),),
    "reach_total": (Form("reach_size of longs + reach_size of shorts", "reach_size reach_size", total),),
    "realised_volatility": (
        Form("{0} * square root of 365", "daily_sigma", lambda daily: daily * Decimal(DAYS_A_YEAR).sqrt()),
    ),
    "side_total": words("the sum of the levels on this side of the price", of="price"),
    "stale_age": words("hours from the newest observation to the time of reading"),
    "within_percent": (Form("stated distance", "", itself, ("at",)),),
    "within_ratio": (Form("within_size / within_size of the other side", "within_size within_size", ratio),),
    "within_size": words("the sum of the levels within #% of the price", of="price"),
}

"""Formulas of what a modelled sum is set against: a day's volume, resting orders, past days, what lies beyond it."""

from collections.abc import Mapping

from commentary.checks.formulas.base import Form, difference, itself, last, share, words

FORMS: Mapping[str, tuple[Form, ...]] = {
    "cluster_next_near": words("the level of a dense run beyond the largest, nearest to the price", of="price"),
    "cluster_next_size": words("the sum of the levels of the dense run beyond the largest", of="price"),
    "cluster_void_size": words("the sum of the levels between the largest dense run and the one beyond it", of="price"),
    "cluster_volume_share": (Form("cluster_size / day_volume * 100", "cluster_size day_volume", share),),
    "day_volume": words("the volume of # candles"),
    "depth_price": (Form("where the orders were counted to", "depth", last, ("at",)),),
    "price_base": words(
        "of # UTC days, those whose low was as far below the open as {0}, or further",
        "of # UTC days, those whose high was as far above the open as {0}, or further",
        of="reach_distance|cluster_distance price_base_days",
    ),
    "price_base_days": words("UTC days of finished candles, the last one so far"),
    "reach_beyond_price": (Form("{0}, where the further sum ends", "reach_price", itself),),
    "reach_beyond_size": (Form("{0} - {1}", "reach_size reach_size", difference),),
    "reach_volume_share": (Form("reach_size / day_volume * 100", "reach_size day_volume", share),),
}

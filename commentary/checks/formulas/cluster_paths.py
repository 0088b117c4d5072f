"""Formulas of the way through a cluster, of the test it sets, and of what leads a map."""

from collections.abc import Mapping
from decimal import Decimal

from commentary.checks.formulas.base import Form, share, words
from commentary.records.fact import three_digits


def half_in_coin(path: str) -> tuple[Form, ...]:
    """Return how a test comes from the sum on the way to a cluster's end."""

    def half(size: Decimal, price: Decimal) -> Decimal:
        return three_digits(size / price / 2)

    return tuple(
        Form(f"{path} / {price} / 2, in three digits", f"{path} {price}", half) for price in ("price", "price_usd")
    )


FORMS: Mapping[str, tuple[Form, ...]] = {
    "cluster_path": words("the sum of the levels from the price to cluster_far", of="price cluster_far"),
    "cluster_test": half_in_coin("cluster_path"),
    "cluster_path_oi_share": (Form("cluster_path / oi_usd * 100", "cluster_path oi_usd", share),),
    "cluster_within_share": (Form("cluster_size / within_size * 100", "cluster_size within_size", share),),
    "cluster_mixes": words(
        "of # leverage priors, those whose largest cluster overlaps this one", of="cluster_near cluster_far"
    ),
    "cluster_stretch": words(
        "the sum of the levels from # to #, the edges of the first map's largest cluster", of="price"
    ),
    "within_lead": words(
        "the nearest stated distance, short of the largest cluster, within which the map has more than that cluster",
        "the nearest stated distance, short of the largest clusters, within which a side has # times the other, as none"
        " has within #%",
        of="price",
    ),
    "price_base_last": words(
        "the newest of # UTC days whose low was under {0}",
        "the newest of # UTC days whose high was above {0}",
        of="cluster_near|reach_price price_base_days",
    ),
}

"""Formulas of the ranges in which our own map gives its sums: the least and the most by three leverage priors."""

from collections.abc import Mapping

from commentary.checks.formulas.base import Form, half_as_told, ratio, share, words
from commentary.records.fact import HIGH, LOW

_RANGED = "side_total within_size within_ratio reach_sum cluster_size cluster_share"
_ENDS = ((LOW, "least"), (HIGH, "most"))


def _ranged(name: str, end: str, word: str) -> dict[str, tuple[Form, ...]]:
    """Return how one end is made; the rows of the other priors decide it."""
    return {f"{name}{end}": words(f"the {word} of {name} over the same prices by # leverage priors", of=name)}


def _of_cluster(end: str) -> dict[str, tuple[Form, ...]]:
    size, coins = f"cluster_size{end}", f"cluster_coin{end}"
    return {
        coins: tuple(Form(f"{size} / {price}", f"{size} {price}", ratio) for price in ("price", "price_usd")),
        f"cluster_test{end}": (Form(f"{coins} in three digits, as it is told / 2", coins, half_as_told),),
        f"cluster_oi_share{end}": (Form(f"{size} / oi_usd * 100", f"{size} oi_usd", share),),
    }


FORMS: Mapping[str, tuple[Form, ...]] = {
    name: forms
    for end, word in _ENDS
    for made in (*(_ranged(name, end, word) for name in _RANGED.split()), _of_cluster(end))
    for name, forms in made.items()
}

"""Formulas of the ranges in which our own map gives its sums: the least and the most by three leverage priors."""

from collections.abc import Mapping

from commentary.checks.formulas.base import Form, ratio, share, words
from commentary.checks.formulas.cluster_paths import half_in_coin
from commentary.records.fact import HIGH, LOW

_RANGED = (
    "side_total within_size within_ratio reach_sum cluster_size cluster_share cluster_path cluster_within_share"
    " cluster_stretch"
)
_ENDS = ((LOW, "least"), (HIGH, "most"))


def _ranged(name: str, end: str, word: str) -> dict[str, tuple[Form, ...]]:
    """Return how one end is made; the rows of the other priors decide it."""
    return {f"{name}{end}": words(f"the {word} of {name} over the same prices by # leverage priors", of=name)}


def _of_cluster(end: str) -> dict[str, tuple[Form, ...]]:
    size, path, coins = f"cluster_size{end}", f"cluster_path{end}", f"cluster_coin{end}"
    return {
        coins: tuple(Form(f"{size} / {price}", f"{size} {price}", ratio) for price in ("price", "price_usd")),
        f"cluster_test{end}": half_in_coin(path),
        f"cluster_oi_share{end}": (Form(f"{size} / oi_usd * 100", f"{size} oi_usd", share),),
        f"cluster_path_oi_share{end}": (Form(f"{path} / oi_usd * 100", f"{path} oi_usd", share),),
    }


FORMS: Mapping[str, tuple[Form, ...]] = {
    name: forms
    for end, word in _ENDS
    for made in (*(_ranged(name, end, word) for name in _RANGED.split()), _of_cluster(end))
    for name, forms in made.items()
}

"""The way to a cluster's end: all that price passes on it is tested, not the cluster alone."""

from decimal import Decimal

import pytest

from commentary.checks.formulas import FORMS
from commentary.metrics.cluster_paths import cluster_paths
from commentary.metrics.clusters import clusters
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price

D = Decimal
PRICE = [{"value": 100, "kind": "mark", "venue": "Binance", "source": "Binance"}]
HUMP = (20, 40, 30)
"""Millions at 96.5, 96.0 and 95.5: the cluster of these levels (worked out in test_clusters.py)."""


def side(name, hump=HUMP):
    """24 levels every half a dollar from 100: `hump` at the seventh to ninth, a million at all others."""
    sign = -1 if name == "long" else 1
    sizes = [D(1)] * 24
    sizes[6:9] = [D(str(size)) for size in hump]
    return [
        {"price": float(100 + sign * D("0.5") * (place + 1)), "side": name, "notional_usd": float(size * 1_000_000)}
        for place, size in enumerate(sizes)
    ]


@pytest.fixture
def found(facts):
    """Return a function: levels in, the facts out."""

    def run(levels, prices=PRICE, **rows):
        given = {"source": "CoinGlass", "window_hours": 168, "levels": levels}
        return facts(price, open_interest, clusters, cluster_paths, liquidation_maps=[given], prices=prices, **rows)

    return run


def test_the_way_to_the_end_of_a_cluster_holds_every_level_before_it_too(found):
    oi = [{"venue": "all", "source": "CoinGlass", "value_usd": 1_920_000_000}]
    sheet = found(side("long"), open_interest=oi)
    # 99.5 to 97.0 are 6 levels of 1 million, and the cluster is 90: 96 million of 1,920, which is 5%.
    assert sheet.get("cluster_path", side="long", at="1").number == 96_000_000
    assert sheet.get("cluster_path_oi_share", side="long", at="1").number == 5


def test_the_test_is_half_of_that_way_in_coin(found):
    sheet = found(side("long"))
    # 96,000,000 / 100 = 960,000 coins, of which half
    test = sheet.get("cluster_test", side="long", at="1")
    assert (test.number, test.unit) == (480_000, "coin")
    assert test.formula == "cluster_path / price / 2, in three digits"


def test_the_bound_is_the_number_that_is_told_rounded_to_the_nearest(found):
    # 96.72 million are 967,200 coins and half of them 483,600: in three digits 484,000.
    assert found(side("long", (20.72, 40, 30))).get("cluster_test", side="long").number == 484_000
    # 96.66 million: 483,300 is told as 483,000.
    assert found(side("long", (20.66, 40, 30))).get("cluster_test", side="long").number == 483_000


def test_shorts_are_passed_upward(found):
    sheet = found(side("short"))
    assert sheet.get("cluster_path", side="short", at="1").number == 96_000_000
    assert sheet.get("cluster_far", side="short", at="1").number == D("104.5")


def test_the_share_of_a_cluster_in_what_lies_near_is_told_where_all_of_it_lies_there(found):
    # to 95.0: 90 of 97 million
    assert abs(found(side("long")).get("cluster_within_share", at="1").number - D("92.7835")) < D("0.0001")
    # From 101 the far edge, 95.5, is 5.45% away: no share within 5%.
    dearer = [{**PRICE[0], "value": 101}]
    assert found(side("long"), prices=dearer).get("cluster_within_share", at="1") is None


def test_a_formula_of_each_is_known(found):
    sheet = found(side("long") + side("short"))
    made = {fact.subject.metric for fact in sheet}
    assert {"cluster_path", "cluster_test", "cluster_within_share"} <= made <= FORMS.keys()

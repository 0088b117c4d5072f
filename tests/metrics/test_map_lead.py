"""What leads a map: the nearer sum where it is larger than the cluster, else the cluster."""

from decimal import Decimal

import pytest

from commentary.metrics.cluster_paths import cluster_paths
from commentary.metrics.clusters import clusters
from commentary.metrics.map_lead import map_lead
from commentary.metrics.map_ranges import map_ranges
from commentary.metrics.map_sums import map_sums
from commentary.metrics.open_interest import open_interest
from commentary.metrics.order_book import order_book
from commentary.metrics.price import price

D = Decimal
PRICE = [{"value": 100, "kind": "mark", "venue": "Binance", "source": "Binance"}]
METRICS = (price, open_interest, clusters, cluster_paths, order_book, map_sums, map_ranges, map_lead)


def side(name, near="1", to_five="1", hump=(4, 8, 4), at=29):
    """120 levels of 0.1 from 100: `near` millions each within 2%, `to_five` to 5%, a million beyond, and a hump."""
    sign = -1 if name == "long" else 1
    sizes = [D(near)] * 20 + [D(to_five)] * 30 + [D(1)] * 70
    sizes[at : at + 3] = [D(size) for size in hump]
    return [
        {"price": float(100 + sign * D("0.1") * (place + 1)), "side": name, "notional_usd": float(size * 1_000_000)}
        for place, size in enumerate(sizes)
    ]


@pytest.fixture
def leads(facts):
    """Return a function: the sides' levels in, what leads each side out."""

    def run(*levels, maps=None):
        given = {"source": "CoinGlass", "window_hours": 168, "levels": [row for rows in levels for row in rows]}
        sheet = facts(*METRICS, liquidation_maps=maps or [given], prices=PRICE)
        return {fact.side: (fact.number, fact.subject.at) for fact in sheet.all("within_lead")}

    return run


def test_a_nearer_and_larger_sum_leads(leads):
    # Means of three about 4, 8 and 4 at 97.0 to 96.8: 2, 4.3, 5.3, 4.3, 2; a quarter of 5.3 is 1.3, so that the run is
    # 97.1 to 96.7 and 1 + 4 + 8 + 4 + 1 = 18 million. Within 2% lie 20 levels of 1: 20 million, and all of them nearer.
    assert leads(side("long")) == {"long": (2, "2%")}


def test_a_smaller_one_or_one_that_holds_the_cluster_does_not(leads):
    # 20 levels of 0.8 are 16 million, less than 18; the 5% reach past the cluster, which begins 2.9% below.
    assert leads(side("long", near="0.8")) == {}


def test_the_wider_distance_leads_where_only_it_has_more(leads):
    # The hump lies 9% below: 20, 40, 20 and two ones, 82 million. Within 2% 20 levels of 2.5, 50; within 5% 30 more of
    # 1.2 make 86.
    longs = side("long", near="2.5", to_five="1.2", hump=(20, 40, 20), at=89)
    assert leads(longs) == {"long": (5, "5%")}


FAR = {"hump": (20, 40, 20), "at": 89}
"""A cluster of 82 million, 9% off."""


def test_sides_that_are_even_within_five_percent_and_apart_nearer_by_are_told_by_the_nearer(leads):
    # Within 2%: 50 of longs, 20 of shorts, 2.5 times. Within 5%: 50 + 30 and 20 + 60, even. 50 is over half of 82.
    longs, shorts = side("long", near="2.5", **FAR), side("short", to_five="2", **FAR)
    assert leads(longs, shorts) == {"long": (2, "2%"), "short": (2, "2%")}


def test_a_small_sum_is_no_news_for_being_lopsided(leads):
    # 40 of longs within 2% are less than half of 82, if twice the 20 of shorts; within 5% 70 and 80.
    assert leads(side("long", near="2", **FAR), side("short", to_five="2", **FAR)) == {}


def test_sides_that_are_apart_within_five_percent_are_told_there(leads):
    # 50 + 30 against 20 + 30: 1.6 times within 5%, so the cluster leads.
    assert leads(side("long", near="2.5", **FAR), side("short", **FAR)) == {}


def test_of_our_own_map_every_mix_has_to_have_more(leads):
    def ours(prior, near):
        head = {"source": "commentary", "venue": "Binance", "model": "commentary map v1", "window_hours": 168}
        return {**head, "prior": prior, "levels": side("long", near=near)}

    # 20, 22 and 24 million within 2%, each more than the 18 of the cluster
    alike = [ours("low", "1"), ours("base", "1.1"), ours("high", "1.2")]
    assert leads(maps=alike) == {"long": (2, "2%")}
    # by the low prior 16
    assert leads(maps=[ours("low", "0.8"), *alike[1:]]) == {}

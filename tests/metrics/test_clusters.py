"""Clusters: dense runs of a map's levels, and both sides within the same distance."""

from decimal import Decimal

import pytest

from commentary.liquidation_map.clusters import dense_runs
from commentary.metrics.clusters import clusters
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price
from commentary.metrics.volatility import volatility

D = Decimal
PRICE = [{"value": 100, "kind": "mark", "venue": "Binance", "source": "Binance"}]


def side_levels(side, sizes, step="0.5"):
    """Levels every half a dollar from a price of 100, the nearest first; sizes in millions."""
    sign = -1 if side == "long" else 1
    return [
        {"price": float(100 + sign * D(step) * (place + 1)), "side": side, "notional_usd": size * 1_000_000}
        for place, size in enumerate(sizes)
    ]


def one_hump(count=24, at=6):
    """Ones, but for 20, 40 and 30 at three neighbouring places."""
    sizes = [1] * count
    sizes[at : at + 3] = [20, 40, 30]
    return sizes


@pytest.fixture
def clustered(facts):
    """Return a function: levels in, the facts of clusters and what it needs out."""

    def run(levels, prices=PRICE, **fields):
        given = {"source": "CoinGlass", "window_hours": 168, "levels": levels}
        metrics = (price, volatility, open_interest, clusters)
        return facts(*metrics, liquidation_maps=[given], prices=prices, **fields)

    return run


def near(value, about, within):
    return abs(value - D(about)) <= D(within)


def test_a_hump_is_one_cluster_with_its_edges_and_peak(clustered):
    # 24 longs at 99.5, 99.0, ... 88.0; 20, 40, 30 million stand at 96.5, 96.0, 95.5, all others hold 1.
    # Means of three: ... 1, (1+1+20)/3 = 7.3, (1+20+40)/3 = 20.3, 30, (40+30+1)/3 = 23.7, (30+1+1)/3 = 10.7,
    # 1 ...
    # A quarter of the maximum of 30 is 7.5. The 90th percentile stands at place 0.9 * 23 = 20.7 of the sorted
    # 24, which end 7.3, 10.7, 20.3, 23.7, 30: between 10.7 (20th) and 20.3 (21st), 10.7 + 0.7 * 9.7 = 17.4.
    # So 20.3, 30 and 23.7 pass: 96.5 to 95.5, 90 million in sum.
    sheet = clustered(side_levels("long", one_hump()))
    assert sheet.get("cluster_size", side="long", at="1").value == D(90_000_000)
    assert sheet.get("cluster_near").value == D("96.5")
    assert sheet.get("cluster_far").value == D("95.5")
    assert sheet.get("cluster_peak").value == D(96)
    # the side holds 90 + 21 = 111 million; 90 / 111 = 81.08%
    assert sheet.get("side_total", side="long").value == D(111_000_000)
    assert near(sheet.get("cluster_share").number, "81.081", "0.001")


def test_distance_and_coins_count_from_the_near_edge_and_the_price(clustered):
    oi = [{"venue": "all", "source": "CoinGlass", "value_usd": 1_800_000_000}]
    sheet = clustered(side_levels("long", one_hump()), open_interest=oi)
    assert sheet.get("cluster_distance").number == D("-3.5")
    # the far edge, 95.5, is 4.5% below the price of 100
    assert sheet.get("cluster_far_distance").number == D("-4.5")
    # 90,000,000 / 100 = 900,000 coins; 90 / 1,800 = 5%
    assert sheet.get("cluster_coin").number == D(900_000)
    assert sheet.get("cluster_oi_share").number == D(5)
    assert sheet.why_missing("cluster_sigma")


def test_shorts_run_upward(clustered):
    sheet = clustered(side_levels("short", one_hump()))
    assert sheet.get("cluster_near", side="short").value == D("103.5")
    assert sheet.get("cluster_far", side="short").value == D("104.5")
    assert sheet.get("cluster_distance", side="short").number == D("3.5")


def test_clusters_are_numbered_by_size_and_the_nearest_is_named(clustered):
    # 25 longs; the near one holds 10 + 20 + 10 = 40, the far one 20 + 40 + 20 = 80 million
    sizes = [1] * 25
    sizes[3:6] = [10, 20, 10]
    sizes[15:18] = [20, 40, 20]
    sheet = clustered(side_levels("long", sizes))
    # Sorted means end 10.3, 10.3, 13.3 (the near hump), 20.3, 20.3, 26.7 (the far one). Place
    # 0.9 * 24 = 21.6, counted from 0, lies between 13.3 and 20.3: only the far run passes the percentile.
    assert [fact.subject.at for fact in sheet.all("cluster_size")] == ["1"]
    assert sheet.get("cluster_size").value == D(80_000_000)
    assert sheet.get("cluster_nearest").text == "1"
    assert "beyond the largest" in sheet.why_missing("cluster_void")


def test_the_void_runs_from_the_largest_cluster_to_the_next_beyond_it(clustered):
    # 60 longs of 0.1 apart from 99.9 down; the largest at places 9 to 11 (99.0 to 98.8), the next at places
    # 29 to 31 (97.0 to 96.8): of 60, the percentile stands at place 53.1, so six or more pass.
    sizes = [1] * 60
    sizes[9:12] = [30, 60, 30]
    sizes[29:32] = [20, 40, 20]
    sheet = clustered(side_levels("long", sizes, step="0.1"))
    first, second = sheet.all("cluster_size")
    assert (first.value, second.value) == (D(120_000_000), D(80_000_000))
    # far edge 98.8, next near edge 97.0: 97.0 / 98.8 - 1 = -1.8219%
    assert near(sheet.get("cluster_void", at="1").number, "-1.8219", "0.0001")


def test_the_nearest_is_told_by_its_place_though_it_is_smaller(clustered):
    sizes = [1] * 60
    sizes[9:12] = [20, 40, 20]
    sizes[29:32] = [30, 60, 30]
    sheet = clustered(side_levels("long", sizes, step="0.1"))
    assert sheet.get("cluster_nearest").text == "2"
    assert sheet.get("cluster_near", at="2").value == D(99)


def test_runs_two_levels_apart_are_one_cluster_and_three_apart_are_two():
    prices = [D(100 - place) for place in range(1, 41)]

    def humps(second):
        sizes = [D(1)] * 40
        for start in (5, second):
            sizes[start : start + 3] = [D(50)] * 3
        return dense_runs(prices, sizes)

    # Means of three about a hump of three fifties at 5, 6, 7: 17.3, 33.7, 50, 33.7, 17.3 at 4 to 8.
    # 0.9 * 39 = 35.1: of the sorted 40 the 36th and 37th from the bottom are 33.7, so 33.7 is the threshold,
    # and the runs are 5 to 7 and second to second + 2; two levels stand between 7 and 10, three to 11.
    assert [(one.near, one.far) for one in humps(10)] == [(D(94), D(87))]
    assert [(one.near, one.far) for one in humps(11)] == [(D(94), D(92)), (D(88), D(86))]


def test_the_sum_of_a_merged_cluster_holds_the_levels_of_its_gap():
    prices = [D(100 - place) for place in range(1, 41)]
    sizes = [D(1)] * 40
    sizes[5:8] = sizes[10:13] = [D(50)] * 3
    # six fifties and two ones between them
    assert dense_runs(prices, sizes)[0].size == D(302)


def test_levels_that_are_all_alike_hold_no_cluster(clustered):
    sheet = clustered(side_levels("long", [5] * 24))
    assert sheet.get("cluster_size") is None
    assert sheet.why_missing("cluster_size") == "the 24 levels of longs that the map of CoinGlass holds are all alike"


def test_a_level_that_holds_nothing_is_no_edge():
    prices = [D(100 - place) for place in range(1, 31)]
    sizes = [D(0)] * 30
    sizes[10] = D(90)
    (one,) = dense_runs(prices, sizes)
    assert (one.near, one.far, one.peak, one.size) == (D(89), D(89), D(89), D(90))


def test_fewer_than_twenty_levels_of_a_side_make_no_cluster(clustered):
    sheet = clustered(side_levels("long", one_hump(count=19)))
    assert sheet.get("cluster_size") is None
    reasons = [gap.reason for gap in sheet.missing if gap.subject.metric == "cluster_size"]
    assert "the map of CoinGlass holds 19 separate levels of longs; 20 are needed" in reasons
    assert "the map of CoinGlass holds 0 separate levels of shorts; 20 are needed" in reasons


def test_levels_of_one_price_are_added_over_leverage(clustered):
    rows = side_levels("long", one_hump())
    tens = [{**row, "notional_usd": row["notional_usd"] * 0.25, "leverage": 10} for row in rows]
    twenties = [{**row, "notional_usd": row["notional_usd"] * 0.75, "leverage": 25} for row in rows]
    sheet = clustered(tens + twenties)
    assert sheet.get("cluster_size").value == D(90_000_000)
    assert sheet.get("side_total").value == D(111_000_000)


def test_levels_on_the_far_side_of_the_price_are_left_out(clustered):
    gone = {"price": 100.5, "side": "long", "notional_usd": 900_000_000}
    sheet = clustered([*side_levels("long", one_hump()), gone])
    assert sheet.get("side_total", side="long").value == D(111_000_000)


def test_the_side_with_the_larger_cluster_comes_first(clustered):
    shorts = [2 * size for size in one_hump()]
    sheet = clustered(side_levels("long", one_hump()) + side_levels("short", shorts))
    assert [fact.side for fact in sheet.all("cluster_size")] == ["short", "long"]


class TestWithin:
    def test_both_sides_are_added_up_within_the_same_distance(self, clustered):
        sheet = clustered(side_levels("long", one_hump()) + side_levels("short", [2] * 24))
        # to 5%: longs at 99.5 to 95.0 are ten levels, 20 + 40 + 30 + 7 ones = 97; shorts 10 * 2 = 20 million
        assert sheet.get("within_size", side="long", at="5%").value == D(97_000_000)
        assert sheet.get("within_size", side="short", at="5%").value == D(20_000_000)
        ratio = sheet.get("within_ratio", at="5%")
        assert (ratio.side, ratio.number) == ("long", D("4.85"))
        assert sheet.get("within_percent", at="5%").value == D(5)
        # to 1%: 99.5 and 99.0 hold 1 + 1, the shorts 2 + 2: shorts are twice as much
        assert sheet.get("within_ratio", at="1%").side == "short"
        assert sheet.get("within_ratio", at="1%").number == D(2)

    def test_a_distance_that_a_side_does_not_reach_is_not_summed(self, clustered):
        # 20 shorts end at 110.0, exactly 10%; 24 longs end at 88.0; with 19 the shorts end at 109.5
        longs = side_levels("long", one_hump())
        reaching = clustered(longs + side_levels("short", [2] * 20))
        assert reaching.get("within_size", side="short", at="10%").value == D(40_000_000)
        short_of = clustered(longs + side_levels("short", [2] * 19))
        assert short_of.get("within_size", side="short", at="10%") is None
        assert short_of.get("within_size", side="long", at="10%") is not None
        assert short_of.get("within_ratio", at="10%") is None

    def test_a_side_that_holds_nothing_within_a_distance_has_no_ratio(self, clustered):
        sheet = clustered(side_levels("long", [0] * 4 + [1] * 20) + side_levels("short", [2] * 24))
        assert sheet.get("within_size", side="long", at="1%").value == D(0)
        assert sheet.get("within_ratio", at="1%") is None
        assert sheet.why_missing("within_ratio") == "the map holds no longs within 1%"


def test_without_levels_or_price_there_is_a_reason(facts, clustered):
    none = facts(clusters, prices=PRICE)
    assert none.why_missing("cluster_size") == "the snapshot holds no liquidation map with separate levels"
    blind = clustered(side_levels("long", one_hump()), prices=[])
    assert "no price" in blind.why_missing("cluster_size")


def test_scaling_all_sums_scales_the_cluster_and_keeps_its_place():
    prices = [D(100 - place) for place in range(1, 25)]
    sizes = [D(size) for size in one_hump()]
    (one,), (thousand,) = dense_runs(prices, sizes), dense_runs(prices, [1000 * size for size in sizes])
    assert thousand == one._replace(size=1000 * one.size)

"""Ranges of our own map: each sum by the least and by the most of three priors, over the same prices."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.checks.formulas import FORMS
from commentary.metrics.cluster_paths import cluster_paths
from commentary.metrics.clusters import clusters
from commentary.metrics.map_ranges import map_ranges
from commentary.metrics.map_sums import map_sums
from commentary.metrics.open_interest import open_interest
from commentary.metrics.order_book import order_book
from commentary.metrics.price import price

D = Decimal
PRICE = [{"value": 100, "kind": "mark", "venue": "Binance", "source": "Binance"}]
METRICS = (price, open_interest, clusters, cluster_paths, order_book, map_sums, map_ranges)
HUMP = (20, 40, 30)
"""Millions at 96.5, 96.0 and 95.5 by the base prior: its cluster (worked out in test_clusters.py)."""


def levels(side, hump, rest=1):
    """24 levels every half dollar from 100: `hump` millions at the seventh to ninth, `rest` at all others."""
    sign = -1 if side == "long" else 1
    sizes = [rest] * 24
    sizes[6:9] = hump
    return [
        {"price": float(100 + sign * D("0.5") * (place + 1)), "side": side, "notional_usd": float(size * 1_000_000)}
        for place, size in enumerate(sizes)
    ]


def drawn(prior, *rows, source="commentary", **row):
    given = {"source": source, "venue": "Binance", "model": "commentary map v1", "prior": prior, "window_hours": 168}
    return {**given, "levels": [one for side in rows for one in side], **row}


def three(low=(10, 30, 20), base=HUMP, high=(25, 45, 30), **row):
    """Longs by three priors; the edges are those of the base, wherever the others are dense."""
    named = {"low": low, "base": base, "high": high}
    return [drawn(prior, levels("long", hump), **row) for prior, hump in named.items()]


def ends(sheet, name, **where):
    return [sheet.get(f"{name}_{end}", **where).number for end in ("low", "high")]


def test_a_cluster_is_summed_by_each_prior_between_the_edges_of_the_base(facts):
    sheet = facts(*METRICS, liquidation_maps=three(), prices=PRICE)
    assert sheet.get("cluster_size", side="long", at="1").number == 90_000_000
    # low 10 + 30 + 20 = 60, base 90, high 25 + 45 + 30 = 100 million
    assert ends(sheet, "cluster_size", side="long", at="1") == [60_000_000, 100_000_000]


def test_the_least_need_not_be_that_of_the_low_prior(facts):
    # By the prior of high leverage positions are closed nearer to the price, and less is left here: 12 million.
    sheet = facts(*METRICS, liquidation_maps=three(low=(22, 44, 34), high=(3, 5, 4)), prices=PRICE)
    assert ends(sheet, "cluster_size", side="long", at="1") == [12_000_000, 100_000_000]


def test_sums_of_a_side_within_a_percent_and_up_to_a_price_have_their_ends(facts):
    sheet = facts(*METRICS, liquidation_maps=three(), prices=PRICE)
    # 21 levels of 1 million beside the hump
    assert ends(sheet, "side_total", side="long") == [81_000_000, 121_000_000]
    # within 5%, down to 95: the hump and 7 more levels (99.5 to 97.0 and 95.0)
    assert ends(sheet, "within_size", side="long", at="5%") == [67_000_000, 107_000_000]
    # down to 96: 6 levels of 1 million, then 96.5 and 96.0, which are 40 million by the low prior and 70 by the high
    assert ends(sheet, "reach_sum", side="long", at="96") == [46_000_000, 76_000_000]
    assert sheet.get("within_size_low", side="long", at="5%").subject.venue == "Binance"


def test_coins_the_test_and_the_share_of_the_exchanges_own_open_interest(facts):
    held = [{"venue": "Binance", "value_coin": 8_000_000, "value_usd": 800_000_000, "source": "Binance"}]
    sheet = facts(*METRICS, liquidation_maps=three(), prices=PRICE, open_interest=held)
    # 60 and 100 million dollars at 100 are 600,000 and 1,000,000 coins
    assert ends(sheet, "cluster_coin", side="long", at="1") == [600_000, 1_000_000]
    # 6 levels of 1 million come before the cluster: 66 and 106 million to its end, half of 660,000 and 1,060,000 coins
    assert ends(sheet, "cluster_path", side="long", at="1") == [66_000_000, 106_000_000]
    assert ends(sheet, "cluster_test", side="long", at="1") == [330_000, 530_000]
    # of 800 million: 7.5% and 12.5%, and 8.25% and 13.25% with what comes before
    assert ends(sheet, "cluster_oi_share", side="long", at="1") == [D("7.5"), D("12.5")]
    assert ends(sheet, "cluster_path_oi_share", side="long", at="1") == [D("8.25"), D("13.25")]
    # of all longs: 60 / 81 = 74.07%, 90 / 111 = 81.08%, 100 / 121 = 82.64%
    low, high = ends(sheet, "cluster_share", side="long", at="1")
    assert abs(low - D("74.07")) < D("0.01")
    assert abs(high - D("82.64")) < D("0.01")


def test_what_share_of_the_near_sum_a_cluster_is_by_each_prior(facts):
    sheet = facts(*METRICS, liquidation_maps=three(), prices=PRICE)
    # within 5%: 60 of 67, 90 of 97 and 100 of 107 million
    low, high = ends(sheet, "cluster_within_share", side="long", at="1")
    assert abs(low - D("89.552")) < D("0.001")
    assert abs(high - D("93.458")) < D("0.001")


def test_a_share_that_is_the_same_in_whole_percents_has_no_range(facts):
    # 89 of 96, 90 of 97 and 91 of 98 million are 92.7%, 92.8% and 92.9%.
    sheet = facts(*METRICS, liquidation_maps=three(low=(19, 40, 30), high=(21, 40, 30)), prices=PRICE)
    assert sheet.get("cluster_within_share_low") is None
    why = sheet.why_missing("cluster_within_share_low")
    assert why == "the three leverage assumptions give the same in whole percents"


def test_a_cluster_is_the_largest_in_as_many_mixes_as_have_theirs_there(facts):
    sheet = facts(*METRICS, liquidation_maps=three(), prices=PRICE)
    assert sheet.get("cluster_mixes", side="long", at="1").number == 3
    # By the prior of high leverage the dense run is nearer: 25, 45 and 30 million at 98.5, 98.0 and 97.5.
    nearer = levels("long", (1, 1, 1))
    for place, size in zip((2, 3, 4), (25, 45, 30), strict=True):
        nearer[place]["notional_usd"] = size * 1_000_000.0
    low, base, _ = three()
    sheet = facts(*METRICS, liquidation_maps=[low, base, drawn("high", nearer)], prices=PRICE)
    assert sheet.get("cluster_mixes", side="long", at="1").number == 2


def test_how_much_more_one_side_has_is_told_by_each_prior_for_the_same_side(facts):
    shorts = {"low": (20, 40, 30), "base": (5, 5, 5), "high": (10, 10, 10)}
    maps = [
        drawn(prior, levels("long", hump), levels("short", shorts[prior]))
        for prior, hump in (("low", (10, 30, 20)), ("base", HUMP), ("high", (25, 45, 30)))
    ]
    sheet = facts(*METRICS, liquidation_maps=maps, prices=PRICE)
    # within 5%, 7 levels beside the hump: longs 67, 97, 107, shorts 97, 22, 37; 0.69, 4.4 and 2.9 times
    assert sheet.get("within_ratio", side="long", at="5%") is not None
    low, high = ends(sheet, "within_ratio", side="long", at="5%")
    assert abs(low - D(67) / 97) < D("0.0001")
    assert abs(high - D(97) / 22) < D("0.0001")


def test_a_range_of_nothing_is_missing_and_says_why(facts):
    alike = facts(*METRICS, liquidation_maps=three(low=HUMP, high=HUMP), prices=PRICE)
    assert alike.get("cluster_size_low") is None
    assert alike.why_missing("cluster_size_low") == "the three leverage assumptions give the same in three digits"
    empty = facts(*METRICS, liquidation_maps=three(low=(0, 0, 0)), prices=PRICE)
    assert empty.get("cluster_size_high", at="1") is None
    assert empty.why_missing("cluster_size_low") == "one of the three leverage assumptions puts nothing there"


@pytest.mark.parametrize("source", ["CoinGlass", None])
def test_a_vendors_map_has_no_range(facts, source):
    sheet = facts(*METRICS, liquidation_maps=three(source=source), prices=PRICE)
    assert sheet.get("cluster_size") is not None
    assert [fact for fact in sheet if fact.subject.metric.endswith(("_low", "_high"))] == []


def test_a_map_of_ours_without_one_of_its_priors_is_not_used(facts):
    sheet = facts(*METRICS, liquidation_maps=three()[:2], prices=PRICE)
    assert sheet.get("cluster_size") is None


def test_a_map_of_ours_stands_in_only_where_no_vendors_is_at_hand(facts):
    vendor = {"source": "CoinGlass", "window_hours": 168, "levels": levels("long", (5, 9, 7))}
    sheet = facts(*METRICS, liquidation_maps=[*three(), vendor], prices=PRICE)
    assert {fact.source for fact in sheet.all("cluster_size")} == {("CoinGlass",)}
    # A vendor's of another day is none of now.
    old = {**vendor, "time": "2026-05-20T09:00:00Z"}
    sheet = facts(*METRICS, liquidation_maps=[*three(), old], prices=PRICE)
    assert sheet.all("cluster_size")[0].source == ("commentary",)


def test_each_exchange_has_ranges_of_its_own(facts):
    maps = [*three(), *three(low=(1, 2, 1), base=(2, 4, 3), high=(3, 5, 4), venue="Bybit")]
    sheet = facts(*METRICS, liquidation_maps=maps, prices=PRICE)
    assert ends(sheet, "side_total", side="long", venue="Binance") == [81_000_000, 121_000_000]
    # 21 levels of 1 million and 4, 9 or 12 more
    assert ends(sheet, "side_total", side="long", venue="Bybit") == [25_000_000, 33_000_000]


_humps = st.tuples(*[st.integers(1, 90)] * 3)


@settings(max_examples=25, deadline=None)
@given(low=_humps, base=_humps, high=_humps)
def test_a_figure_of_the_base_lies_between_its_ends(low, base, high):
    from commentary.metrics import compute
    from commentary.records.laid_out import laid_out
    from commentary.sources.snapshot_file import read_snapshot

    head = {"format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "as_of": "2026-05-22T09:00:00Z"}
    maps = [
        {
            key: value
            if key != "levels"
            else [{**one, "price": D(str(one["price"])), "notional_usd": D(one["notional_usd"])} for one in value]
            for key, value in row.items()
        }
        for row in three(low, base, high)
    ]
    rows = {"prices": PRICE, "liquidation_maps": maps}
    read = read_snapshot(laid_out({**head, **rows}))
    sheet = compute(read, now=read.snapshot.as_of)
    ended = [fact for fact in sheet if fact.subject.metric.endswith("_low") and fact.is_range_end]
    for fact in ended:
        name = fact.subject.metric.removesuffix("_low")
        most = sheet[fact.subject._replace(metric=f"{name}_high").id]
        assert fact.number <= most.number
        if (point := fact.subject._replace(metric=name).id) in sheet:
            assert fact.number <= sheet[point].number <= most.number
        assert {fact.subject.metric, most.subject.metric} <= FORMS.keys()

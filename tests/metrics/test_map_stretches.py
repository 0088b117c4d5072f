"""What other maps of a model have where the first one has its largest cluster."""

from decimal import Decimal

from commentary.metrics.cluster_paths import cluster_paths
from commentary.metrics.clusters import clusters
from commentary.metrics.map_ranges import map_ranges
from commentary.metrics.map_stretches import map_stretches
from commentary.metrics.map_sums import map_sums
from commentary.metrics.open_interest import open_interest
from commentary.metrics.order_book import order_book
from commentary.metrics.price import price

D = Decimal
PRICE = [{"value": 100, "kind": "mark", "venue": "Binance", "source": "Binance"}]
METRICS = (price, open_interest, clusters, cluster_paths, order_book, map_sums, map_ranges, map_stretches)


def levels(hump, rest=1):
    """24 longs every half a dollar from 99.5: `hump` millions at 96.5, 96.0 and 95.5, `rest` at all others."""
    sizes = [rest] * 24
    sizes[6:9] = hump
    return [
        {"price": float(100 - D("0.5") * (place + 1)), "side": "long", "notional_usd": size * 1_000_000}
        for place, size in enumerate(sizes)
    ]


MONTH = {"source": "CoinGlass", "window_hours": 720, "levels": levels((20, 40, 30))}


def test_a_shorter_window_is_summed_between_the_edges_of_the_longer_ones_cluster(facts):
    # between 96.5 and 95.5 it has 10 + 20 + 15 million
    day = {"source": "CoinGlass", "window_hours": 24, "levels": levels((10, 20, 15))}
    sheet = facts(*METRICS, liquidation_maps=[day, MONTH], prices=PRICE)
    (stretch,) = sheet.all("cluster_stretch")
    assert (stretch.number, stretch.subject.window_hours, stretch.subject.at) == (45_000_000, 24, "1")
    assert stretch.formula.startswith("the sum of the levels from 96.5 to 95.5,")


def test_a_map_of_another_time_or_vendor_says_nothing_of_it(facts):
    day = {"source": "CoinGlass", "window_hours": 24, "levels": levels((10, 20, 15))}
    old, other = {**day, "time": "2026-05-22T06:00:00Z"}, {**day, "source": "Hyblock"}
    sheet = facts(*METRICS, liquidation_maps=[old, other, MONTH], prices=PRICE)
    assert sheet.all("cluster_stretch") == []


def test_our_own_map_of_another_exchange_is_a_range(facts):
    def ours(venue, prior, hump):
        head = {"source": "commentary", "venue": venue, "model": "commentary map v1", "window_hours": 168}
        return {**head, "prior": prior, "levels": levels(hump)}

    large = [ours("Binance", prior, (20, 40, 30)) for prior in ("low", "base")] + [
        ours("Binance", "high", (25, 45, 30))
    ]
    small = [ours("OKX", *row) for row in (("low", (1, 2, 1)), ("base", (2, 4, 3)), ("high", (3, 5, 4)))]
    sheet = facts(*METRICS, liquidation_maps=[*large, *small], prices=PRICE)
    found = {end: sheet.get(f"cluster_stretch_{end}", side="long") for end in ("low", "high")}
    # 1 + 2 + 1 and 3 + 5 + 4 million
    assert {end: (fact.number, fact.subject.venue) for end, fact in found.items()} == {
        "low": (4_000_000, "OKX"),
        "high": (12_000_000, "OKX"),
    }

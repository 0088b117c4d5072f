"""The oracle of the benchmark: worked cases of what stays true, on a snapshot of a few rows."""

import json
from decimal import Decimal

import pytest

from commentary.config import Settings
from commentary.pipeline import facts_of
from commentary.records.fact_file import FactRecord
from commentary.runs.check_bench.claims import Amount, Never, Order, Other, Recorded, Sign
from commentary.runs.check_bench.mutant import Mutant
from commentary.runs.check_bench.oracle import Oracle
from commentary.runs.check_bench.recomputed import observations
from commentary.runs.check_bench.written import figure_in
from commentary.runs.random_snapshots import Maker
from commentary.sources.snapshot_file import read_snapshot

SNAPSHOT = {
    "format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "as_of": "2026-11-22T09:00:00Z",
    "prices": [{"value": 62140, "kind": "mark", "venue": "Binance", "source": "Binance",
                "time": "2026-11-22T08:55:00Z"}],
    "funding": [
        {"venue": "Binance", "source": "Binance", "rate": 0.000024, "interval_hours": 8, "kind": "settled",
         "time": "2026-11-22T08:00:00Z"},
        {"venue": "Bybit", "source": "Bybit", "rate": 0.000024, "interval_hours": 8, "kind": "settled",
         "time": "2026-11-22T08:00:00Z"},
        {"venue": "OKX", "source": "OKX", "rate": -0.000012, "interval_hours": 8, "kind": "settled",
         "time": "2026-11-22T08:00:00Z"},
    ],
    "liquidations": [{"venue": "all", "source": "CoinGlass", "window_hours": 24, "long_usd": 512000000,
                      "short_usd": 61000000, "total_usd": 573000000, "time": "2026-11-22T08:50:00Z"}],
    "liquidation_maps": [{"source": "CoinGlass", "window_hours": 168, "time": "2026-11-22T08:55:00Z",
                          "cumulative": [{"price": 60593, "side": "long", "notional_usd": 1070000000},
                                         {"price": 64900, "side": "short", "notional_usd": 412000000}]}],
}  # fmt: skip
BINANCE = "BTC/funding_rate/venue=Binance/window=8h/at=settled"
OKX = "BTC/funding_rate/venue=OKX/window=8h/at=settled"
LONGS = "BTC/liq_size/side=long/venue=all/window=24h"
SHORTS = "BTC/liq_size/side=short/venue=all/window=24h"
MAPPED = "BTC/reach_size/side=long/window=168h/at=60593"


def facts(snapshot):
    sheet = facts_of(read_snapshot(json.dumps(snapshot).encode()), settings=Settings())
    return [FactRecord.of(fact).model_dump(mode="json") for fact in sheet]


def mutant(*claims, text="It reads otherwise."):
    return Mutant("number", "made up", "/headline", 0, 2, "It", text, "It reads so.", (0, len(text)), claims)


def between(low, high, fact=LONGS):
    return Amount(fact, Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("claims", "true"),
    [
        # $512 million to the million is 511.5 up to 512.5.
        ([between(511500000, 512500000)], True),
        ([between(521500000, 522500000)], False),
        # The ends: a half is rounded up, so that it belongs to the higher figure.
        ([between(512000000, 513000000)], True),
        ([between(511000000, 512000000)], False),
        ([Sign(BINANCE, 1)], True),
        ([Sign(BINANCE, -1)], False),
        ([Sign(OKX, -1)], True),
        # Bybit settled at the same rate, OKX at another, and Kraken has no row.
        ([Other(BINANCE, "venue", "Bybit")], True),
        ([Other(BINANCE, "venue", "OKX")], False),
        ([Other(BINANCE, "venue", "Kraken")], False),
        ([Other(LONGS, "side", "short")], False),
        ([Other(LONGS, "window", "24")], True),
        ([Other(LONGS, "window", "48")], False),
        ([Other(LONGS, "clock", "08:50")], True),
        ([Other(LONGS, "clock", "09:50")], False),
        ([Order(LONGS, SHORTS)], True),
        ([Order(SHORTS, LONGS)], False),
        # The map does not say that it was recorded, so it is an estimate.
        ([Recorded(MAPPED)], False),
        ([Never("said of no fact")], False),
        # All of it has to hold.
        ([Order(LONGS, SHORTS), Sign(BINANCE, -1)], False),
        ([], False),
    ],
)
def test_what_stays_true_is_spared(claims, true):
    assert Oracle(SNAPSHOT, facts(SNAPSHOT)).stays_true(mutant(*claims)) is true


def test_an_edit_that_changes_nothing_is_true():
    made = mutant(Never("said of no fact"))
    assert Oracle(SNAPSHOT, facts(SNAPSHOT)).stays_true(made._replace(text=made.before))


def test_another_row_is_meant_only_where_the_text_does_not_say_which():
    # OKX's rate is 0.0012% in size; a text that names Binance cannot mean it.
    oracle = Oracle(SNAPSHOT, facts(SNAPSHOT))
    claim = between("0.00115", "0.00125", BINANCE)
    assert oracle.stays_true(mutant(claim, text="The rate is 0.0012% in size."))
    assert not oracle.stays_true(mutant(claim, text="The rate on Binance is 0.0012% in size."))


def test_a_map_that_says_it_was_reported_is_no_estimate():
    drawn = {**SNAPSHOT["liquidation_maps"][0], "evidence": "reported"}
    snapshot = {**SNAPSHOT, "liquidation_maps": [drawn]}
    assert Oracle(snapshot, facts(snapshot)).stays_true(mutant(Recorded(MAPPED)))


def test_the_arithmetic():
    seen = {(each.metric, each.side, each.venue): each.value for each in observations(SNAPSHOT)}
    # 0.000024 of the notional is 0.0024%, $2.40 on $100,000.
    assert seen["funding_rate", None, "Binance"] == Decimal("0.0024")
    assert seen["funding_money", None, "Binance"] == Decimal("2.4")
    # 512 of 573 million is 89.354...%.
    assert round(seen["liq_share", "long", "all"], 3) == Decimal("89.354")
    # 60,593 / 62,140 - 1 is -2.4895...%; 1,070 million over 2.4895 is 429.8 million.
    assert round(seen["reach_distance", "long", None], 4) == Decimal("-2.4895")
    assert round(seen["reach_per_percent", "long", None] / 10**6, 1) == Decimal("429.8")


def test_it_agrees_with_the_facts_of_the_program():
    metrics = ("price", "price_change", "funding_rate", "funding_money", "liq_size", "liq_share", "reach_size")
    apart, compared = [], 0
    for seed in range(60):
        snapshot = Maker(seed).snapshot()
        seen = [(each.metric, each.asset, each.side, each.value) for each in observations(snapshot)]
        for fact in facts(snapshot):
            subject, value = fact["subject"], fact["value"]
            if subject["metric"] not in metrics or value is None or (fact["formula"] and subject["metric"] == "price"):
                continue
            compared += 1
            like = [each for *of, each in seen if of == [subject["metric"], subject["asset"], subject["side"]]]
            if not any(abs(float(each) - float(value)) <= 1e-9 * abs(float(value)) for each in like):
                apart.append((seed, fact["id"], value))
    assert compared > 400
    # A change of price and the latest close can be worked out of candles, which takes more than a line.
    assert [entry for entry in apart if "/price_change/" not in entry[1] and "at=close" not in entry[1]] == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        # To the last digit written, half a step either way.
        ("$1.07 billion", 1065000000, 1075000000),
        ("$412M", 411500000, 412500000),
        ("fell 1.1%", "1.05", "1.15"),
        ("minus 0.0012% per eight hours", "0.00115", "0.00125"),
        ("about 270,300 BTC", "270299.5", "270300.5"),
        ("$0.00001234", "0.000012335", "0.000012345"),
    ],
)
def test_a_written_figure_stands_for_an_interval(text, low, high):
    assert figure_in(text).interval == (Decimal(low), Decimal(high))


def test_words_without_digits_are_no_figure():
    assert figure_in("half of that") is None

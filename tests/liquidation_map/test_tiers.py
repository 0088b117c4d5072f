"""Leverage tiers and priors: what the files hold, and that they fit together."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.liquidation_map.offsets import Contract, capped, offsets_of, unit_price
from commentary.liquidation_map.priors import leverages, priors
from commentary.liquidation_map.tiers import _tables, continuous, tier_table

D = Decimal
FORMULAS = {"bybit": "linear", "hyperliquid": "perpetual", "okx": "linear"}


def is_continuous(tiers):
    """Whether a position at each floor owes the same by the tier below it and by the tier above."""
    return all(
        upper.floor * lower.rate - lower.cum == upper.floor * upper.rate - upper.cum for lower, upper in pairwise(tiers)
    )


def test_deductions_follow_from_floors_and_rates_as_binance_prints_them():
    # 50,000 * 0.1% = 50; + 600,000 * 0.15% = 950; + 3,000,000 * 0.35% = 11,450; + 12,000,000 * 1% = 131,450;
    # + 70,000,000 * 0.5% = 481,450; + 100,000,000 * 2.5% = 2,981,450; + 230,000,000 * 5% = 14,481,450
    cums = [tier.cum for tier in tier_table("Binance", "BTC").tiers]
    assert cums == [0, 50, 950, 11_450, 131_450, 481_450, 2_981_450, 14_481_450]


@pytest.mark.parametrize("key", _tables())
def test_tiers_are_continuous_dated_and_have_a_source(key):
    table = _tables()[key]
    assert is_continuous(table.tiers)
    assert table.read[:4].isdigit()
    assert table.source


def test_a_coin_that_is_not_listed_has_the_default():
    assert tier_table("Binance", "NEW").most == 25
    assert tier_table(None, "BTC") == tier_table("Elsewhere", "BTC") == tier_table("Binance", "NEW")


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(D(1), D("0.01"), D(50))],  # begins above 0
        [(D(0), D("0.02"), D(50))],  # 50 times is 2% of margin, which is no more than must be kept
        [(D(0), D("0.01"), D(50)), (D(0), D("0.02"), D(25))],  # floors do not rise
        [(D(0), D("0.01"), D(50)), (D(9), D("0.01"), D(25))],  # rates do not rise
        [(D(0), D("0.01"), D(50)), (D(9), D("0.011"), D(60))],  # leverage rises
    ],
)
def test_tiers_out_of_order_are_refused(rows):
    with pytest.raises(ValueError, match="tier"):
        continuous(rows)


def test_a_prior_spreads_all_coins_and_more_leverage_is_more():
    means = []
    for prior in priors():
        assert sum(prior.shares.values()) == 1
        assert prior.why
        means.append(sum(leverage * share for leverage, share in prior.shares.items()))
    # 1 + 3.5 + 7.5 + 7.5 = 19.5; 0.75 + 3 + 6.25 + 10 + 10 = 30; 0.5 + 2 + 7.5 + 12.5 + 15 = 37.5
    assert means == [D("19.5"), D(30), D("37.5")]
    assert [prior.name for prior in priors()] == ["low", "base", "high"]
    assert leverages() == (5, 10, 25, 50, 100)


def test_levels_stand_where_the_exchange_would_close():
    # Binance, first tier 0.4%: a long of 10 times at 0.9 / 0.996 = 0.903614, ln = -0.101353 / ln 1.001 = -101.4 bins;
    # a short at 1.1 / 1.004 = 1.095618, ln = 0.091318, 91.4 bins
    long, short = offsets_of([Contract("Binance", tier_table("Binance", "BTC"))], (10,))
    assert (long.tolist(), short.tolist()) == ([[-101]], [[91]])


def test_a_fee_in_the_margin_brings_a_level_nearer():
    # OKX, 0.4% and 0.05%: 0.9 / (1 - 0.0045)
    price = unit_price("OKX", "long", D(10), tier_table("OKX", "BTC"))
    assert price == D("0.9") / D("0.9955")


# Ten times at the first tier of each: a long at 0.9 / (1 - rate), a short at 1.1 / (1 + rate).
# Bybit 0.5%; Hyperliquid at 40 times at most 1 / 80 = 1.25%; an exchange without tiers has the default's 2%.
@pytest.mark.parametrize(
    ("venue", "kept"),
    [("Bybit", "0.005"), ("Hyperliquid", "0.0125"), ("Elsewhere", "0.02"), (None, "0.02")],
)
def test_an_exchange_s_levels_stand_by_its_own_formula_and_tiers(venue, kept):
    table = tier_table(venue, "BTC")
    assert unit_price(venue, "long", D(10), table) == D("0.9") / (1 - D(kept))
    assert unit_price(venue, "short", D(10), table) == D("1.1") / (1 + D(kept))


@pytest.mark.parametrize(("venue", "file"), [("Bybit", "bybit"), ("Hyperliquid", "hyperliquid"), ("OKX", "okx")])
def test_the_formula_is_that_of_the_exchange_s_file(venue, file, monkeypatch):
    # A formula that closes nothing: whose map still has levels does not ask it.
    monkeypatch.setattr(f"commentary.liquidation_map.prices.{file}.{FORMULAS[file]}", lambda *_: None)
    with pytest.raises(ValueError, match="is never closed"):
        unit_price(venue, "long", D(10), tier_table(venue, "BTC"))
    assert unit_price("Binance", "long", D(10), tier_table("Binance", "BTC")) == D("0.9") / D("0.996")


def test_leverage_beyond_the_highest_stands_at_the_highest():
    table = tier_table("Hyperliquid", "BTC")
    assert [capped(each, table) for each in leverages()] == [5, 10, 25, 40, 40]
    long, _ = offsets_of([Contract("Hyperliquid", table)], leverages())
    assert long[0, 3] == long[0, 4]


@given(st.sampled_from(sorted(_tables(), key=str)), st.integers(2, 200))
def test_every_level_is_at_least_a_bin_from_its_entry(key, leverage):
    long, short = offsets_of([Contract(key[0], _tables()[key])], (leverage,))
    assert long[0, 0] <= -1
    assert short[0, 0] >= 1

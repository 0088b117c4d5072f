"""Twice the positions are twice the dollars; a coin cut in four has a quarter of the price; nothing else changes."""

import re
from decimal import Decimal

import pytest

from commentary.metrics.funding import NOTIONAL

ONE, TWO, FOUR = Decimal(1), Decimal(2), Decimal(4)
PRICES = {
    "price",
    "to_price",
    "low",
    "high",
    "open",
    "close",
    "max_pain",
    "settlement",
    "entry_price",
    "liquidation_price",
}
"""Fields in the quote for one coin, besides the value of a row of prices."""
COUNTED = {"calls", "puts", "open_interest_removed"}
"""Fields in the unit that their row names."""
ALIKE = Decimal("1e-7")
"""Derived facts have twelve digits, and the difference of two near levels keeps fewer of them."""
ROUNDED = {
    "price_from": Decimal("0.06"),
    "oi_from_worth": Decimal("0.06"),
    "liq_to_before": Decimal("0.06"),
    "reach_test": Decimal("0.01"),
    "cluster_test": Decimal("0.01"),
}
"""A test is half of three digits: half a step is up to 0.5 percent, on each scale. A price reckoned back from a percent
has a step of up to ten times what the percent leaves open, 0.5 percent where it is whole: half a step is up to 2.5
percent, on each scale. Where the last digit falls depends on the scale; so it does of what coins were worth at it."""


def scaled(value, factor, section="", name=""):
    """The same JSON with every number multiplied by what `factor` says of its section and name."""
    if isinstance(value, list):
        return [scaled(item, factor, section, name) for item in value]
    if isinstance(value, dict):
        names = {key: f"{key}_{value.get('unit')}" if key in COUNTED else key for key in value}
        return {key: scaled(item, factor, section or key, names[key]) for key, item in value.items()}
    return float(Decimal(repr(value)) * factor(section, name)) if isinstance(value, int | float) else value


def positions_doubled(section, name):
    return TWO if name.endswith(("_usd", "_coin")) else ONE


def coin_cut_in_four(section, name):
    if name.endswith("_coin"):
        return FOUR
    return 1 / FOUR if name in PRICES or (section, name) == ("prices", "value") else ONE


def parts(subject):
    """What a fact is about, apart from the price that may stand in it."""
    return subject.metric, subject.asset, subject.side, subject.venue, subject.window_hours


def test_twice_the_positions_double_dollars_and_coins_and_leave_the_rest(seeds, make_snapshot, sheets, sheet_of):
    factors = {"usd": TWO, "coin": TWO}
    broken = []
    for seed in seeds:
        snapshot = make_snapshot(seed)
        before, after = sheets(seed), sheet_of(scaled(snapshot, positions_doubled))
        broken += [(seed, *each) for each in differences(before, after, factors)]
    assert broken == []


def test_a_coin_cut_in_four_has_a_quarter_of_the_price_and_keeps_dollars_and_distances(
    seeds, make_snapshot, sheets, sheet_of
):
    factors = {"price": 1 / FOUR, "coin": FOUR}
    broken = []
    for seed in seeds:
        snapshot = make_snapshot(seed)
        before, after = sheets(seed), sheet_of(scaled(snapshot, coin_cut_in_four))
        broken += [(seed, *each) for each in differences(before, after, factors)]
    assert broken == []


OF_AN_EXAMPLE = re.compile("_money$|^example_notional$")
"""Dollars of a position of a stated size."""
ROUND = "reach_sum"
"""Sums that run to round prices, of which a coin of another price has others."""


def differences(before, after, factors):
    """Yield the facts that are not what the factors of their units make of them."""
    facts, others = ([fact for fact in sheet if not fact.subject.metric.startswith(ROUND)] for sheet in (before, after))
    if [parts(fact.subject) for fact in facts] != [parts(fact.subject) for fact in others]:
        one, other = ({fact.id for fact in sheet} for sheet in (facts, others))
        yield "other facts", sorted(one - other)[:5], sorted(other - one)[:5]
        return
    # A floor is in dollars, so that a market of twice the size can pass it.
    if (set(before.flags) ^ set(after.flags)) - {"below_size_floor"}:
        yield "other flags", before.flags, after.flags
    for old, new in zip(facts, others, strict=True):
        expected = old.value
        # The payment on a position of a stated size is the same whatever the market holds.
        if isinstance(expected, Decimal) and not OF_AN_EXAMPLE.search(old.subject.metric):
            expected *= factors.get(old.unit, ONE)
        if not alike(expected, new.value, ROUNDED.get(old.subject.metric, ALIKE)):
            yield old.id, old.value, new.value


def alike(expected, value, within):
    if isinstance(expected, Decimal) and isinstance(value, Decimal):
        return abs(expected - value) <= within * max(abs(expected), abs(value))
    return expected == value


@pytest.mark.parametrize("metric", ["funding_money", "example_notional"])
def test_the_only_dollars_that_do_not_grow_with_the_market_are_those_of_the_example(metric, make_snapshot, sheet_of):
    for seed in range(20):
        for fact in sheet_of(make_snapshot(seed)).all(metric):
            assert fact.number <= NOTIONAL

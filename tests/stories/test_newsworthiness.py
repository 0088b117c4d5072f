"""Scores against a kind's own history; every figure worked out by hand from data/newsworthiness.toml."""

from decimal import Decimal

import pytest

from commentary.records.sheet import FactSheet
from commentary.stories.newsworthiness import scores_of, surprise
from tests.stories.conftest import NOW, fact


def scored(*rows):
    facts = tuple(fact(*row[:-1], **row[-1]) if isinstance(row[-1], dict) else fact(*row) for row in rows)
    return {score.kind: (score.value, score.why) for score in scores_of(FactSheet("BTC", NOW, facts))}


def test_the_largest_change_of_the_days_held_has_the_whole_tail():
    rows = [("oi_change_further", 0, "count", None, {"window": 24}),
            ("history_days", 90, "days", None, {"at": "open interest"})]  # fmt: skip
    assert scored(*rows)["open_interest"][0] == 1


def test_a_change_that_half_the_days_exceed_has_half_of_it():
    rows = [("oi_change_further", 45, "count", None, {"window": 24}),
            ("history_days", 90, "days", None, {"at": "open interest"})]  # fmt: skip
    assert scored(*rows)["open_interest"] == (
        Decimal("0.5"),
        "open interest changed more, the same way, on 45 of 90 days",
    )


def test_a_move_of_two_usual_days_is_half_of_the_four_that_give_all():
    assert scored(("price_sigma", "2", "ratio", None, {"window": 24}))["price"][0] == Decimal("0.5")
    assert scored(("price_sigma", "9", "ratio", None, {"window": 24}))["price"][0] == 1


@pytest.mark.parametrize(
    ("below", "equal", "value"),
    [
        ("100", "0", "1"),  # |2 * 1 - 1|
        ("0", "0", "1"),
        ("50", "0", "0"),
        ("30", "41", "0.01"),  # |2 * (0.30 + 0.205) - 1| = 0.01: among ties at the baseline nothing is extreme
    ],
)
def test_funding_is_as_extreme_as_its_place(below, equal, value):
    found = scored(("funding_below_share", below, "percent", None, {"at": "settled"}),
                   ("funding_equal_share", equal, "percent", None, {"at": "settled"}))  # fmt: skip
    assert found["funding"][0] == Decimal(value)


def test_parts_are_weighed_together():
    # liquidations: number 3 of 90 days is 1 - 2/90 = 0.97778, weight 0.35; 0.25% of open interest is half of 0.5%,
    # weight 0.10: (0.35 * 0.97778 + 0.10 * 0.5) / 0.45 = 0.87160
    rows = [("liq_rank", 3, "count"), ("history_days", 90, "days", None, {"at": "liquidations"}),
            ("liq_to_oi", "0.25", "percent")]  # fmt: skip
    assert scored(*rows)["liquidations"][0] == Decimal("0.872")


def test_a_map_is_as_near_as_its_nearest_level():
    # 2.5% of 10% leaves 0.75, weight 0.20; a share of 5% is half of 10%, weight 0.10: (0.15 + 0.05) / 0.3 = 0.667
    rows = [("reach_distance", "-2.5", "percent", "long"), ("reach_distance", "4.4", "percent", "short"),
            ("reach_share", "5", "percent", "long")]  # fmt: skip
    assert scored(*rows)["liquidation_map"][0] == Decimal("0.667")


def test_without_a_history_a_kind_has_no_score():
    assert scored(("oi_change_coin", "-9", "percent", None, {"window": 24}), ("liq_total", 5)) == {}


def test_the_highest_score_comes_first():
    facts = (fact("price_sigma", "1", "ratio", window=24), fact("liq_rank", 1, "count"),
             fact("history_days", 90, "days", at="liquidations"))  # fmt: skip
    assert [score.kind for score in scores_of(FactSheet("BTC", NOW, facts))] == ["liquidations", "price"]


def test_a_quiet_day_at_the_end_of_a_loud_week_surprises():
    # A usual day of 2.5% makes a usual week of 2.5% times the root of seven, 6.6%; two of those are the whole.
    usual = fact("daily_sigma", "2.5", "percent", None, at="price")
    week = fact("price_change", "-6.6144", "percent", None, window=168)
    assert surprise(FactSheet("BTC", NOW, (usual, week)), "BTC") == Decimal("0.5")
    assert surprise(FactSheet("BTC", NOW, (usual,)), "BTC") == 0
    assert surprise(FactSheet("BTC", NOW, (week,)), "BTC") == 0

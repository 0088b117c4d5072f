"""The liquidation map: a large current sum within reach, told from the side that leads."""

from datetime import UTC, datetime
from decimal import Decimal

from commentary.config.storybook import storybook
from commentary.records.fact import OURS, Fact, Subject
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory
from commentary.stories import stories

PRICE = ("price", 62140, "price", None, {"at": "mark"})
LONGS = ("reach_size", 1_070_000_000, "usd", "long", {"at": "60593"})
SHORTS = ("reach_size", 412_000_000, "usd", "short", {"at": "64900"})
NEAR = ("reach_distance", "-2.5", "percent", "long", {"at": "60593"})


def test_a_large_sum_near_the_price_is_a_story_of_its_side(told):
    story = told("liquidation_map", PRICE, LONGS, NEAR)
    assert (story.name, story.emphasis) == ("liquidation_map", "long")
    assert story.why


def test_shorts_alone_are_told_from_the_short_side(told):
    story = told("liquidation_map", PRICE, SHORTS, ("reach_distance", "4.4", "percent", "short", {"at": "64900"}))
    assert story.emphasis == "short"


def test_two_sides_within_the_lopsided_bound_are_told_from_both(told):
    story = told("liquidation_map", PRICE, LONGS, SHORTS, NEAR, ("reach_ratio", "1.49", "ratio", "long"))
    assert story.emphasis == "two-sided"


def test_the_larger_side_at_equal_distance_leads(told):
    story = told("liquidation_map", PRICE, LONGS, SHORTS, NEAR, ("within_ratio", "1.5", "ratio", "short", {"at": "5%"}))
    assert story.emphasis == "short"


def test_a_small_sum_is_none_unless_it_is_a_large_share_of_open_interest(told):
    small = ("reach_size", 5_000_000, "usd", "long", {"at": "60593"})
    assert isinstance(told("liquidation_map", PRICE, small, NEAR), NoStory)
    share = ("reach_share", "2.1", "percent", "long", {"at": "60593"})
    assert told("liquidation_map", PRICE, small, NEAR, share).emphasis == "long"


def test_a_sum_far_away_is_none(told, reasons):
    story = told("liquidation_map", PRICE, LONGS, ("reach_distance", "-13", "percent", "long", {"at": "60593"}))
    assert isinstance(story, NoStory)
    assert "distance to the end of the sum" in reasons(story)


def test_a_map_without_a_price_is_a_story_since_its_distance_is_not_known(told):
    assert told("liquidation_map", LONGS).emphasis == "long"


def test_a_passed_level_or_an_old_map_is_another_story(told):
    assert isinstance(told("liquidation_map", PRICE, LONGS, NEAR, flags=["trigger_already_passed"]), NoStory)
    assert isinstance(told("liquidation_map", PRICE, SHORTS, flags=["level_at_price"]), NoStory)
    old = ("stale_age", 12, "hours", None, {"at": "liquidation map"})
    assert isinstance(told("liquidation_map", PRICE, LONGS, NEAR, old), NoStory)


def test_without_a_map_the_reasons_say_so(told, reasons):
    story = told("liquidation_map", PRICE)
    assert "sum up to a price" in reasons(story)
    assert "cluster size" in reasons(story)


def test_an_estimate_of_ours_ranks_below_any_story_of_a_measured_change():
    when = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)

    def score(source):
        subject = Subject("BTC", "cluster_size", "long", "Binance", Decimal(168), "1")
        size = Fact(subject, Decimal(300_000_000), "usd", "level", "estimated", (source,), when)
        sheet = FactSheet("BTC", when, (size,))
        return stories["liquidation_map"](sheet, storybook("liquidation_map")).score

    assert score("CoinGlass") == 0.5
    assert score(OURS) < float(storybook("open_interest").score)


def test_a_balanced_map_ranks_below_every_other_story(told):
    # Sides within a tenth of each other within five percent of price: 1.09 times is one, 1.1 is not.
    def score(ratio):
        even = ("within_ratio", ratio, "ratio", "long", {"at": "5%"})
        return told("liquidation_map", PRICE, LONGS, SHORTS, NEAR, even).score

    assert score("1.1") == 0.5
    others = [float(storybook(name).score) for name in stories if name != "liquidation_map"]
    assert score("1.09") < min(others)


def test_our_own_map_is_balanced_where_every_mix_says_so():
    when = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)

    def score(low, high):
        def fact(metric, value, unit, at):
            subject = Subject("BTC", metric, "long", "Binance", Decimal(168), at)
            return Fact(subject, Decimal(value), unit, "level", "estimated", (OURS,), when)

        ratios = {"within_ratio": "1", "within_ratio_low": low, "within_ratio_high": high}
        facts = [fact("cluster_size", 300_000_000, "usd", "1")]
        facts += [fact(metric, value, "ratio", "5%") for metric, value in ratios.items()]
        return stories["liquidation_map"](FactSheet("BTC", when, tuple(facts)), storybook("liquidation_map")).score

    book = storybook("liquidation_map").thresholds
    # 1 / 1.1 = 0.909: by one mix shorts may not be over 1.1 times the longs either
    assert score("0.92", "1.09") == float(book["balanced_score"])
    assert score("0.9", "1.09") == score("0.95", "1.11") == float(book["own_score"])

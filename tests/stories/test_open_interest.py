"""Open interest: the metrics' rule held, told from the side that the price moved against."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.config.storybook import storybook
from commentary.records.fact import Fact, Subject
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory
from commentary.stories import stories

COIN = ("oi_change_coin", "4.8", "percent", None, {"window": 24})
FELL = ("price_change", "-3.5", "percent", None, {"window": 24})
STATE = ("oi_state", "added as price fell", "name", None, {"window": 24})
NO_STATE = ("oi_state", "none", "name", None, {"window": 24})


@pytest.mark.parametrize(("percent", "emphasis"), [("-3.5", "long"), ("3.5", "short"), ("0", "none")])
def test_it_is_told_from_the_side_that_price_moved_against(percent, emphasis):
    when = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)

    def made(metric, value, unit, quantity, inputs=()):
        subject = Subject("BTC", metric, window_hours=Decimal(24))
        return Fact(subject, value, unit, quantity, "reported", ("CoinGlass",), when, inputs=inputs)

    move = made("price_change", Decimal(percent), "percent", "delta")
    change = made("oi_change_coin", Decimal("4.8"), "percent", "delta")
    state = made("oi_state", "surge", "name", "entity", (change.id, move.id))
    book = storybook("open_interest")
    story = stories["open_interest"](FactSheet("BTC", when, (move, change, state)), book)
    assert (story.name, story.emphasis) == ("open_interest", emphasis)
    # A price of other hours, which the state is not made of, gives no side.
    apart = made("oi_state", "surge", "name", "entity", (change.id,))
    assert stories["open_interest"](FactSheet("BTC", when, (move, change, apart)), book).emphasis == "none"


def test_without_a_price_it_is_told_from_no_side(told):
    assert told("open_interest", ("oi_state", "surge", "name", None, {"window": 24}), COIN).emphasis == "none"


def test_a_day_within_the_bounds_is_none(told, reasons):
    story = told("open_interest", NO_STATE, COIN, FELL)
    assert "must be at most -5%" in reasons(story)


def test_a_large_fall_with_the_price_is_one_where_no_liquidations_are_known(told):
    large = ("oi_change_coin", "-11.8", "percent", None, {"window": 24})
    assert told("open_interest", NO_STATE, large, FELL).name == "open_interest"
    small = ("oi_change_coin", "-4.9", "percent", None, {"window": 24})
    assert isinstance(told("open_interest", NO_STATE, small, FELL), NoStory)
    # The flush rule, which asks for liquidations, tells it first.
    flush = ("flush_state", "long flush", "name", None, {"window": 24})
    assert isinstance(told("open_interest", NO_STATE, large, FELL, flush), NoStory)


def test_a_flush_or_squeeze_is_told_instead(told):
    flush = ("flush_state", "short squeeze", "name", None, {"window": 24})
    assert isinstance(told("open_interest", STATE, COIN, FELL, flush), NoStory)
    quiet = ("flush_state", "none", "name", None, {"window": 24})
    assert told("open_interest", STATE, COIN, FELL, quiet).name == "open_interest"


def test_an_old_change_or_a_suspect_unit_is_none(told):
    old = ("stale_age", 9, "hours", None, {"at": "open interest change"})
    assert isinstance(told("open_interest", STATE, COIN, FELL, old), NoStory)
    assert isinstance(told("open_interest", STATE, COIN, FELL, flags=["unit_scale_suspect"]), NoStory)


def test_a_high_rank_makes_it_unusual_and_scores_more_than_a_map(told):
    plain = told("open_interest", STATE, COIN, FELL)
    ranked = told("open_interest", STATE, COIN, FELL, ("oi_change_rank", 2, "count", None, {"window": 24}))
    assert (plain.ranked, ranked.ranked) == (False, True)
    assert ranked.score > plain.score

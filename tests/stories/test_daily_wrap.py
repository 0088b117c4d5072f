"""A wrap is of several assets, and of no single one."""

from datetime import UTC, datetime

from commentary.config.storybook import storybook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from tests.stories.conftest import fact

NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
PRICES = (fact("price", 62_000, "price"), fact("price", 2_400, "price", asset="ETH"))


def judged(name, facts, assets):
    return stories[name](FactSheet("BTC", NOW, facts, assets=assets), storybook(name))


def test_two_assets_with_a_price_make_a_wrap():
    story = judged("daily_wrap", (*PRICES, fact("wrap_assets", 2, "count")), ("BTC", "ETH"))
    assert isinstance(story, Story)
    assert story.emphasis == "none"


def test_one_asset_makes_none():
    story = judged("daily_wrap", PRICES[:1], ())
    assert isinstance(story, NoStory)
    assert story.reasons == ("one asset is given, and it is of several",)


def test_the_second_asset_needs_a_price():
    # The near miss: two assets, and of the second nothing that could be told.
    story = judged("daily_wrap", (PRICES[0], fact("wrap_assets", 2, "count")), ("BTC", "ETH"))
    assert isinstance(story, NoStory)
    assert "price of ETH" in story.reasons[0]


def test_no_other_story_is_told_of_several():
    for name in stories:
        if name != "daily_wrap":
            assert isinstance(judged(name, (*PRICES, fact("wrap_assets", 2, "count")), ("BTC", "ETH")), NoStory)

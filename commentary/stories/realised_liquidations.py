"""Liquidations that exchanges recorded in a window: size, sides, scope, and what is not counted."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("realised_liquidations")
def realised_liquidations(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on a total above the floor, or one that is large against its own history."""
    larger = sheet.get("liq_share", asset=sheet.asset) or sheet.get("liq_share")
    return fire(book, sheet, larger.side if larger is not None else "none")

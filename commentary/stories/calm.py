"""Little moved: price, coin open interest, funding and liquidations are all quiet on their own histories."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("calm")
def calm(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when every quiet condition holds."""
    return fire(book, sheet, "none")

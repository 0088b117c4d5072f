"""An exchange announced a listing, a delisting, other margin tiers or another funding interval: by its notice."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("notice")
def notice(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on a notice of the last day, if enough is held under the terms it changes."""
    return fire(book, sheet, "none")

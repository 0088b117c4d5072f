"""An exchange is out of order: an outage, auto-deleveraging or a draw on its insurance fund, by named sources."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("outage")
def outage(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on a notice of the last day that somebody is named for."""
    return fire(book, sheet, "none")

"""Several assets at one time, ranked by how unlike its own past each one's day is: one lead, a line for each other."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("daily_wrap")
def daily_wrap(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on the facts of several assets; their order is that of the sheet."""
    return fire(book, sheet, "none")

"""After a flush: half of what it took out of open interest, in coin, is back. A follow-up, and no new flush."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("rebuild")
def rebuild(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on the day on which half of a large fall is first back."""
    return fire(book, sheet, "none")

"""A single position that is large in dollars and as a part of open interest, told with what it does not show."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("whale")
def whale(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on the position that sources tell of first, from its own side."""
    size = sheet.get("position_size")
    return fire(book, sheet, size.side if size is not None else "none")

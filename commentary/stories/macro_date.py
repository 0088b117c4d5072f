"""A date is near on which something is published: what is open before it, without a direction or a guess."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("macro_date")
def macro_date(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on a date within three days, where positions are known."""
    return fire(book, sheet, "none")

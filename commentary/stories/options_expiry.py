"""Options of a day expire, or have just expired: what is open or was settled, and that an expiry is no flush."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("options_expiry")
def options_expiry(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on a large expiry the day before it, on its day, or just after its settlement."""
    return fire(book, sheet, "none")

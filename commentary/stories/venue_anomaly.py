"""One exchange's price, or its settled funding, is off the others': which, by how much, and not why."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("venue_anomaly")
def venue_anomaly(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when the rule of the metrics finds one exchange apart, by its price or by its funding."""
    return fire(book, sheet, "none")

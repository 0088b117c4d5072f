"""Money moved into or out of exchange-traded funds, and futures have an echo of it over the same days."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("etf_flow")
def etf_flow(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on a large flow, a long run of one sign or a high rank, where futures were observed meanwhile."""
    return fire(book, sheet, "none")

"""Funding spread: two exchanges' settled funding stayed apart for three stretches of eight hours in a row."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("funding_spread")
def funding_spread(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when the least of three spreads is past the bound."""
    return fire(book, sheet, "none")

"""Funding: a settled rate turned its sign within a day, or left its own history; told from the side that pays.

A rate near its exchange's baseline is no story, whatever its percentile.
"""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import Emphasis, NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("funding")
def funding(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when the metrics name something new in the rate that is told first."""
    state = sheet.get("funding_state")
    side: Emphasis = "none"
    if state is not None and state.text != "none":
        side = "short" if state.text in ("turned negative", "low") else "long"
    return fire(book, sheet, side)

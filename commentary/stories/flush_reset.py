"""Open interest fell hard in coin while one side was liquidated: positions closed, some by force."""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import Emphasis, NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("flush_reset")
def flush_reset(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when the flush rule of the metrics holds in either direction."""
    state = sheet.get("flush_state")
    side: Emphasis = "none"
    if state is not None and state.text != "none":
        side = "short" if state.text.startswith("short") else "long"
    return fire(book, sheet, side)

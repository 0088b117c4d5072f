"""Open interest in coin moved against the price, or grew by much: how many positions, and not whose.

It is told from the side that the price moved against, since that side could be liquidated by the move.
"""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import Emphasis, NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("open_interest")
def open_interest(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when the rule of the metrics finds a divergence or a surge."""
    move = sheet.get("price_change", asset=sheet.asset, window=24)
    side: Emphasis = "none"
    if move is not None and move.number:
        side = "long" if move.number < 0 else "short"
    return fire(book, sheet, side)

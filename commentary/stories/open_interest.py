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
    state, move = sheet.get("oi_state"), sheet.get("price_change", asset=sheet.asset, window=24)
    side: Emphasis = "none"
    # A change of price over other hours is none that positions moved with or against.
    if state is not None and move is not None and move.id in state.inputs and move.number:
        side = "long" if move.number < 0 else "short"
    return fire(book, sheet, side)

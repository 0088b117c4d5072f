"""The week in one asset: what price, positions, funding and recorded liquidations did in seven days.

It is scheduled: due from Sunday to Monday noon, UTC, and at any time where it is asked for by name.
"""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("weekly_review")
def weekly_review(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when a week of price and of another series is held."""
    return fire(book, sheet, "none")

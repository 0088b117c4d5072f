"""What became of a test that an earlier story set: hit, miss, lapsed, or not to be settled; with the feed's score.

It fires only where a feed's history is given, and settles the test that was published, on its own terms.
"""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("follow_up")
def follow_up(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when a test of the feed has come due; without a verdict it goes behind every other story."""
    result = sheet.get("settled_result")
    side = result.subject.side if result is not None else None
    found = fire(book, sheet, side or "none")
    if isinstance(found, Story) and result is not None and result.value == "unsettled":
        return found._replace(score=float(book.thresholds["unsettled_score"]))
    return found

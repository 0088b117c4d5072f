"""Price has gone through a level that a map named: what the model held up to there was tested.

It settles an earlier story and never says that the modelled sum was liquidated.
"""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire


@stories.add("level_passed")
def level_passed(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire when a reach of the map lies on the far side of price."""
    passed = sheet.get("level_passed")
    return fire(book, sheet, passed.side if passed is not None else "none")

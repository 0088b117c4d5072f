"""A modelled map puts a large sum of positions within reach of the price.

The long side, the short side or both lead, by their sizes per percent of price; one side alone
leads where the data holds no other. A level that price has passed is another story.
"""

from commentary.config.storybook import StoryBook
from commentary.records.sheet import FactSheet
from commentary.records.story import Emphasis, NoStory, Story
from commentary.stories import stories
from commentary.stories.base import fire

SIDES = ("long", "short")


@stories.add("liquidation_map")
def liquidation_map(sheet: FactSheet, book: StoryBook) -> Story | NoStory:
    """Fire on a current map of sufficient size; on one of our own, or a balanced one, below what was measured."""
    found = fire(book, sheet, emphasis(sheet, book))
    if not isinstance(found, Story):
        return found
    if _is_balanced(sheet, book):
        return found._replace(score=min(found.score, float(book.thresholds["balanced_score"])))
    if any(fact.is_ours for fact in sheet.all("cluster_size", at="1")[:1]):
        return found._replace(score=min(found.score, float(book.thresholds["own_score"])))
    return found


def _is_balanced(sheet: FactSheet, book: StoryBook) -> bool:
    """Say whether a map's two sides are close to each other near the price; of our own map by every assumption."""
    ratio, bound = sheet.get("within_ratio", at="5%"), book.thresholds["balanced"]
    if ratio is None:
        return False
    if not ratio.is_ours:
        return ratio.number < bound
    ends = [sheet.get(f"within_ratio_{end}", at="5%") for end in ("low", "high")]
    return all(end is not None and 1 / bound < end.number < bound for end in ends)


def emphasis(sheet: FactSheet, book: StoryBook) -> Emphasis:
    """Return the side that leads: the larger at like distance, or both where they are close."""
    sums = [fact for fact in sheet.all("cluster_size", at="1") or sheet.all("reach_size")]
    ratio = sheet.get("within_ratio", at="5%") or sheet.get("reach_ratio")
    sides = {fact.side for fact in sums}
    if ratio is not None and len(sides) == len(SIDES):
        # Of a map of our own every assumption on leverage has to say the same.
        least = sheet.get("within_ratio_low", at="5%") if ratio.is_ours else None
        return "two-sided" if (least or ratio).number < book.thresholds["lopsided"] else ratio.side
    return max(sums, key=lambda fact: fact.number).side if sums else "none"

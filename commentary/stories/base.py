"""What every story does the same: judge its conditions, say why, score."""

from collections.abc import Mapping

from commentary.config.storybook import StoryBook
from commentary.records.query import Scope, Verdict, judge, names_of
from commentary.records.sheet import FactSheet
from commentary.records.story import Emphasis, NoStory, Story
from commentary.stories.newsworthiness import scores_of

_ABSENT = ("unflagged ", "no ")
RANKED_BONUS = 0.1
"""What a story gains that history shows to be unusual."""


def fire(book: StoryBook, sheet: FactSheet, emphasis: Emphasis) -> Story | NoStory:
    """Return the story if every condition of its file holds, otherwise what failed and only that.

    That a story was due is no reason why it is told: it reads alike when it is asked for.
    """
    if bool(sheet.assets) != book.several:
        given, wanted = ("several assets are", "one") if sheet.assets else ("one asset is", "several")
        return NoStory(book.name, (f"{given} given, and it is of {wanted}",), 0)
    scope = Scope(names_of(sheet, emphasis), book.thresholds)
    fires = {condition: judge(sheet, condition, scope) for condition in book.fires}
    scheduled = (judge(sheet, condition, scope) for condition in book.scheduled)
    why = [verdict.why for verdict in fires.values() if verdict.holds]
    failed = [verdict.why for verdict in (*fires.values(), *scheduled) if not verdict.holds]
    if failed:
        return NoStory(book.name, tuple(failed), _near(fires))
    unusual = [judge(sheet, condition, scope) for condition in book.unusual]
    ranked = any(verdict.holds for verdict in unusual)
    why.extend(verdict.why for verdict in unusual if verdict.holds)
    score = min(1.0, float(book.score) + (RANKED_BONUS if ranked else 0.0))
    return Story(book.name, emphasis, round(score, 3), tuple(why), ranked, scores_of(sheet))


def _near(fires: Mapping[str, Verdict]) -> float:
    """Return the share of conditions on a figure whose figure is known; what must not be there is none."""
    asked = [verdict.is_known for condition, verdict in fires.items() if not condition.startswith(_ABSENT)]
    return sum(asked) / max(1, len(asked))

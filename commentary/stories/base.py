"""What every story does the same: judge its conditions, say why, score."""

from commentary.config.storybook import StoryBook
from commentary.records.query import Scope, judge, names_of
from commentary.records.sheet import FactSheet
from commentary.records.story import Emphasis, NoStory, Story
from commentary.stories.newsworthiness import scores_of

RANKED_BONUS = 0.1
"""What a story gains that history shows to be unusual."""


def fire(book: StoryBook, sheet: FactSheet, emphasis: Emphasis) -> Story | NoStory:
    """Return the story if every condition of its file holds, otherwise what failed and only that.

    That a story was due is no reason why it is told: it reads alike when it is asked for.
    """
    if bool(sheet.assets) != book.several:
        given, wanted = ("several assets are", "one") if sheet.assets else ("one asset is", "several")
        return NoStory(book.name, (f"{given} given, and it is of {wanted}",))
    scope = Scope(names_of(sheet, emphasis), book.thresholds)
    why: list[str] = []
    failed: list[str] = []
    for condition in book.fires:
        verdict = judge(sheet, condition, scope)
        (why if verdict.holds else failed).append(verdict.why)
    for condition in book.scheduled:
        verdict = judge(sheet, condition, scope)
        if not verdict.holds:
            failed.append(verdict.why)
    if failed:
        return NoStory(book.name, tuple(failed))
    unusual = [judge(sheet, condition, scope) for condition in book.unusual]
    ranked = any(verdict.holds for verdict in unusual)
    why.extend(verdict.why for verdict in unusual if verdict.holds)
    score = min(1.0, float(book.score) + (RANKED_BONUS if ranked else 0.0))
    return Story(book.name, emphasis, round(score, 3), tuple(why), ranked, scores_of(sheet))

"""From a snapshot to a checked draft, stage by stage."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from commentary.config import Settings
from commentary.config.storybook import house_facts
from commentary.errors import BadInputError
from commentary.languages import language as load_language
from commentary.metrics import compute
from commentary.pipeline.materials import book_of, claims, edition_of, sayings
from commentary.pipeline.sealing import Order, seal
from commentary.planning.document import Planner
from commentary.records.draft import Draft
from commentary.records.plan import Claim, Length, Plan
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.records.story import NoStory, Story
from commentary.sentiment import read_sentiment, wording
from commentary.stories import stories
from commentary.writing.assemble import write
from commentary.writing.realise import Realiser


class NoStoryResult(NamedTuple):
    """Nothing crossed the bar; that is an answer, not a failure."""

    reasons: tuple[NoStory, ...]


def facts_of(read: ReadSnapshot, *, settings: Settings, now: datetime | None = None) -> FactSheet:
    """Return every fact of a snapshot, and the missing ones with their reasons."""
    return compute(read, now=now or read.snapshot.as_of, thresholds=settings.thresholds)


def stories_of(sheet: FactSheet, *, settings: Settings) -> tuple[Story | NoStory, ...]:
    """Return every story, the ones that fire first, best first."""
    found = [find(sheet, book_of(name, settings)) for name, find in stories.items()]
    fired = sorted((story for story in found if isinstance(story, Story)), key=lambda story: (-story.score, story.name))
    return (*fired, *(story for story in found if isinstance(story, NoStory)))


def draft_snapshots(
    reads: Iterable[ReadSnapshot],
    *,
    settings: Settings,
    story: str = "auto",
    length: Length | None = None,
    seed: int | None = None,
    now: datetime | None = None,
    language: str = "en",
) -> Draft | NoStoryResult:
    """Return a checked draft, or why there is no story.

    Raises:
        BadInputError: more than one snapshot, or a story that does not exist.
    """
    snapshots = tuple(reads)
    if len(snapshots) != 1:
        raise BadInputError("SNAPSHOT", len(snapshots), "give one snapshot; wraps of several are not written yet")
    read = snapshots[0]
    now = now or read.snapshot.as_of
    sheet = facts_of(read, settings=settings, now=now)
    fired, reasons = _candidates(stories_of(sheet, settings=settings), story)
    reading = read_sentiment(sheet)
    sheet = sheet.with_facts(reading.facts(sheet))
    edition = edition_of(read.snapshot, sheet, settings)
    order = Order(read, settings, now, int(read.sha256[:16], 16) if seed is None else seed, language, edition)
    realiser = Realiser(sayings(language, settings.template_folder), load_language(language), edition, order.seed)
    for candidate in fired:
        book = book_of(candidate.name, settings)
        ruled = sheet.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))
        planner = Planner(ruled, candidate, book, claims(), realiser.can_say)
        plan = planner.plan(length, wording()["rationale"], wording()["flips"])
        if isinstance(plan, Plan):
            written = write(plan, realiser, [Claim("frame.disclaimer", (), "definition")])
            return seal(order, ruled, plan, written, reading)
        reasons.append(plan)
    return NoStoryResult(tuple(reasons))


def _candidates(found: tuple[Story | NoStory, ...], wanted: str) -> tuple[list[Story], list[NoStory]]:
    """Return the stories to try, best first, and why the others do not fire."""
    if wanted != "auto":
        if wanted not in stories:
            raise BadInputError("--story", wanted, f"write auto or one of {', '.join(stories)}")
        found = tuple(story for story in found if story.name == wanted)
    fired = [story for story in found if isinstance(story, Story)]
    return fired, [story for story in found if isinstance(story, NoStory)]

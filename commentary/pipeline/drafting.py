"""From a snapshot to a checked draft, stage by stage."""

from collections.abc import Container, Iterable
from datetime import datetime
from typing import NamedTuple

from commentary.config import Settings
from commentary.config.storybook import house_facts
from commentary.errors import BadInputError
from commentary.metrics import compute
from commentary.pipeline.composing import Order, compose
from commentary.pipeline.materials import book_of, edition_of
from commentary.pipeline.sealing import seal
from commentary.records.draft import Draft, Input
from commentary.records.plan import Length
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.records.story import NoStory, Story
from commentary.sentiment import read_sentiment
from commentary.stories import stories


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
    asked: Container[str] = (),
) -> Draft | NoStoryResult:
    """Return a checked draft, or why there is no story.

    Args:
        reads: the snapshot.
        settings: the newsroom's.
        story: the story to tell; "auto" for the best that fires.
        length: by default as the facts carry it.
        seed: chooses between wordings; by default taken from the snapshot.
        now: the time of reading; by default that of the snapshot.
        language: the language to write in.
        asked: questions that the feed asked of late, as `sentences[].claim` of its drafts names them, so that others
            are asked where there are any.

    Raises:
        BadInputError: more than one snapshot, or a story that does not exist.
    """
    snapshots = tuple(reads)
    if len(snapshots) != 1:
        remedy = f"{len(snapshots)} snapshots are given; give one, as wraps of several are not written yet"
        raise BadInputError("SNAPSHOT", None, remedy)
    read = snapshots[0]
    now = now or read.snapshot.as_of
    sheet = facts_of(read, settings=settings, now=now)
    fired, reasons = _candidates(stories_of(sheet, settings=settings), story)
    reading = read_sentiment(sheet)
    sheet = sheet.with_facts(reading.facts(sheet))
    edition = edition_of(read.snapshot, sheet, settings)
    order = Order(
        Input(sha256=read.sha256, as_of=read.snapshot.as_of),
        read.notes,
        settings,
        now,
        int(read.sha256[:16], 16) if seed is None else seed,
        language,
        edition,
        length,
        asked,
    )
    for candidate in fired:
        book = book_of(candidate.name, settings)
        ruled = sheet.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))
        composed = compose(order, candidate, ruled, reading)
        if isinstance(composed, Draft):
            return seal(composed)
        reasons.append(composed)
    return NoStoryResult(tuple(reasons))


def _candidates(found: tuple[Story | NoStory, ...], wanted: str) -> tuple[list[Story], list[NoStory]]:
    """Return the stories to try, best first, and why the others do not fire."""
    if wanted != "auto":
        if wanted not in stories:
            raise BadInputError("--story", wanted, f"write auto or one of {', '.join(stories)}")
        found = tuple(story for story in found if story.name == wanted)
    fired = [story for story in found if isinstance(story, Story)]
    return fired, [story for story in found if isinstance(story, NoStory)]

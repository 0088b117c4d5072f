"""From a snapshot to a checked draft, stage by stage."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from commentary.config import Settings
from commentary.config.imprint import imprint_facts, imprint_of
from commentary.config.storybook import asked_for, house_facts
from commentary.errors import BadInputError
from commentary.metrics import compute
from commentary.metrics.together import together
from commentary.pipeline.composing import Order, compose, seed_of
from commentary.pipeline.events import past_of
from commentary.pipeline.materials import book_of, edition_of
from commentary.pipeline.sealing import seal
from commentary.records.draft import Draft, Input
from commentary.records.history import History
from commentary.records.plan import Length
from commentary.records.query import MOST_ASSETS
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.records.story import NoStory, Story
from commentary.sentiment import read_sentiment
from commentary.stories import stories
from commentary.stories.newsworthiness import surprise

_LATELY = 7
"""A question that so many articles asked is asked again only where there is no other."""
_WHOLE = "completeness."
APART = timedelta(hours=1)
"""The snapshots of a wrap lie no further apart in time."""


class NoStoryResult(NamedTuple):
    """Nothing crossed the bar; that is an answer, not a failure."""

    reasons: tuple[NoStory, ...]


def facts_of(
    read: ReadSnapshot, *, settings: Settings, now: datetime | None = None, history: History | None = None
) -> FactSheet:
    """Return every fact of a snapshot, and the missing ones with their reasons."""
    return compute(read, now=now or read.snapshot.as_of, thresholds=settings.thresholds, history=history)


def stories_of(sheet: FactSheet, *, settings: Settings, asked: str = "") -> tuple[Story | NoStory, ...]:
    """Return every story, the ones that fire first, best first; the one asked for by name need not be due."""
    books = {name: book_of(name, settings) for name in stories}
    found = [find(sheet, asked_for(books[name]) if name == asked else books[name]) for name, find in stories.items()]
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
    history: History | None = None,
) -> Draft | NoStoryResult:
    """Return a checked draft, or why there is no story.

    With a feed's `history` the draft is worded apart from its articles, tells an event again only after a material
    change, and settles the tests that come due.

    Raises:
        BadInputError: no snapshot, several that make no wrap, or a story that does not exist.
    """
    given = tuple(reads)
    now = now or max((read.snapshot.as_of for read in given), default=None)
    if now is None:
        raise BadInputError(
            "SNAPSHOT", None, "no snapshot is given; give one, or several of different assets for a wrap"
        )
    past = history.before(now, [read.sha256 for read in given]) if history is not None else None
    sheet, ordered = _sheet(given, settings, now, past)
    fired, reasons = _candidates(stories_of(sheet, settings=settings, asked=story), story)
    reading = read_sentiment(sheet)
    sheet = sheet.with_facts(reading.facts(sheet))
    inputs = tuple(Input(sha256=read.sha256, as_of=read.snapshot.as_of) for read in ordered)
    order = Order(
        inputs,
        tuple(note for read in ordered for note in read.notes),
        settings,
        now,
        seed_of(inputs) if seed is None else seed,
        language,
        edition_of((read.snapshot for read in ordered), sheet, settings),
        length,
        past,
        past.sha256 if past is not None else None,
        asked=_asked(past),
    )
    sheet = sheet.with_facts(imprint_facts(imprint_of(settings, now, sheet.as_of), sheet.asset, sheet.as_of))
    for candidate in fired:
        book = book_of(candidate.name, settings)
        ruled = sheet.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))
        if past is not None:
            known = past_of(candidate, ruled, book, past)
            if isinstance(known, NoStory):
                reasons.append(known)
                continue
            ruled = ruled.with_results(known)
        composed = compose(order, candidate, ruled, reading)
        if isinstance(composed, Draft):
            sealed = seal(composed, settings)
            lacks = _lacks(sealed)
            if not lacks:
                return sealed
            composed = NoStory(candidate.name, lacks)
        reasons.append(composed)
    return NoStoryResult(tuple(reasons))


def _lacks(draft: Draft) -> tuple[str, ...]:
    """Return what a text cannot tell of what every article has to, as the facts at hand do not hold it."""
    found = draft.checks.findings if draft.checks is not None else ()
    lacking = (one for one in found if one.code.startswith(_WHOLE) and one.severity == "error")
    return tuple(dict.fromkeys(f"it cannot be told whole: {one.message.partition(';')[0]}" for one in lacking))


def _asked(past: History | None) -> tuple[str, ...]:
    """Return the questions that a feed asked of late, so that others are asked where there are any."""
    items = past.items[-_LATELY:] if past is not None else ()
    return tuple(dict.fromkeys(question for item in items for question in item.questions))


def _sheet(
    reads: Sequence[ReadSnapshot], settings: Settings, now: datetime, past: History | None
) -> tuple[FactSheet, tuple[ReadSnapshot, ...]]:
    """Return the facts of one snapshot, or of several as one sheet, and the snapshots in its order.

    What became of a feed's tests is told in a story of its own, and in no wrap.
    """
    if len(reads) == 1:
        return facts_of(reads[0], settings=settings, now=now, history=past), tuple(reads)
    _refuse_unlike(reads)
    sheets = {read.snapshot.asset: facts_of(read, settings=settings, now=now) for read in reads}
    ordered = sorted(reads, key=lambda read: (-surprise(sheets[read.snapshot.asset], read.snapshot.asset),
                                              read.snapshot.asset))  # fmt: skip
    return together([sheets[read.snapshot.asset] for read in ordered]), tuple(ordered)


def _refuse_unlike(reads: Sequence[ReadSnapshot]) -> None:
    """Refuse snapshots that make no wrap: too many, two of one asset, or of times too far apart.

    Raises:
        BadInputError: they are such.
    """
    assets = [read.snapshot.asset for read in reads]
    if len(reads) > MOST_ASSETS:
        raise BadInputError("SNAPSHOT", None, f"{len(reads)} snapshots are given; a wrap names {MOST_ASSETS} at most")
    if twice := next((asset for asset in assets if assets.count(asset) > 1), None):
        raise BadInputError("SNAPSHOT", twice, "two snapshots are of this asset; a wrap takes one of each")
    if "market" in assets:
        raise BadInputError("SNAPSHOT", "market", "a snapshot of all coins is no asset of a wrap; leave it out")
    times = [read.snapshot.as_of for read in reads]
    if max(times) - min(times) > APART:
        told = f"the snapshots of a wrap lie {APART.seconds // 3600} hour apart at most; take them together"
        raise BadInputError("SNAPSHOT", f"{min(times):%Y-%m-%d %H:%M} to {max(times):%Y-%m-%d %H:%M} UTC", told)


def _candidates(found: tuple[Story | NoStory, ...], wanted: str) -> tuple[list[Story], list[NoStory]]:
    """Return the stories to try, best first, and why the others do not fire."""
    if wanted != "auto":
        if wanted not in stories:
            raise BadInputError("--story", wanted, f"write auto or one of {', '.join(stories)}")
        found = tuple(story for story in found if story.name == wanted)
    fired = [story for story in found if isinstance(story, Story)]
    return fired, [story for story in found if isinstance(story, NoStory)]

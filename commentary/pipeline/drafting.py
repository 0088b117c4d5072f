"""From a snapshot to a checked draft, stage by stage."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from commentary.config import Settings
from commentary.config.imprint import imprint_facts, imprint_of
from commentary.config.storybook import asked_for, house_facts
from commentary.errors import BadInputError
from commentary.pipeline.composing import Order, compose, seed_of
from commentary.pipeline.events import past_of
from commentary.pipeline.gathering import gathered
from commentary.pipeline.materials import book_of, edition_of
from commentary.pipeline.sealing import seal
from commentary.records.draft import Draft, Input, apart_of
from commentary.records.fact import MissingFact
from commentary.records.history import History
from commentary.records.plan import Length
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.records.story import NoStory, Story
from commentary.sentiment import read_sentiment
from commentary.stories import stories

_LATELY = 7
"""A question that so many articles asked is asked again only where there is no other."""
_WHOLE = "completeness."


class NoStoryResult(NamedTuple):
    """Nothing crossed the bar; that is an answer, not a failure."""

    reasons: tuple[NoStory, ...]


class News(NamedTuple):
    """A story that is news to a feed, with its draft."""

    draft: Draft
    story: Story
    sheet: FactSheet
    """What it is made of, with what the feed told of its event."""


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
    reasons: list[NoStory] = []
    ordered = _Ordered(given, settings, now, history, seed=seed, length=length, language=language)
    for one in _each(ordered, story):
        if isinstance(one, News):
            return one.draft
        reasons.append(one)
    return NoStoryResult(tuple(reasons))


def all_news(
    read: ReadSnapshot,
    *,
    settings: Settings,
    now: datetime,
    history: History,
    leave_out: Container[str] = (),
    length: Length | None = None,
    language: str = "en",
) -> Iterator[News | NoStory]:
    """Yield a checked draft of every story of a snapshot that is news to a feed, and why the others are none.

    Each event is told by the best of its stories. That another source counts it otherwise is no news, so that an
    event is not told again because a source did not answer. What costs time is done as it is asked for: a quiet
    snapshot costs its facts and its stories.

    Args:
        read: the snapshot.
        settings: the newsroom's.
        now: the time to judge ages by, and to date the drafts.
        history: what the feed has published.
        leave_out: stories that are not told.
        length: that of the drafts; else as the facts carry it.
        language: that of the drafts.
    """
    yield from _each(_Ordered((read,), settings, now, history, length=length, language=language), once=True,
                     leave_out=leave_out)  # fmt: skip


class _Ordered(NamedTuple):
    """What is asked for."""

    given: tuple[ReadSnapshot, ...]
    settings: Settings
    now: datetime
    history: History | None
    seed: int | None = None
    length: Length | None = None
    language: str = "en"


def _each(
    ordered: _Ordered, asked: str = "auto", *, once: bool = False, leave_out: Container[str] = ()
) -> Iterator[News | NoStory]:
    """Yield each story, tried as it is asked for: those that fire behind the others, the best of them first.

    Args:
        ordered: what is asked for.
        asked: the one story that is asked for, or auto.
        once: tell each event by one story, and none again because figures of it are others'.
        leave_out: stories that are not tried.
    """
    given, settings, now, history = ordered.given, ordered.settings, ordered.now, ordered.history
    past = history.before(now, [read.sha256 for read in given]) if history is not None else None
    sheet, reads = gathered(given, settings, now, past)
    fired, reasons = _candidates(stories_of(sheet, settings=settings, asked=asked), asked)
    yield from reasons
    fired = [story for story in fired if story.name not in leave_out]
    if not fired:
        return
    reading = read_sentiment(sheet)
    sheet = sheet.with_facts(reading.facts(sheet))
    order = _order(ordered, reads, sheet, past)
    sheet = sheet.with_facts(imprint_facts(imprint_of(settings, now, sheet.as_of), sheet.asset, sheet.as_of))
    families: dict[str, str] = {}
    for candidate in fired:
        book = book_of(candidate.name, settings)
        if once and book.update.family in families:
            yield NoStory(candidate.name, (f"{families[book.update.family]} tells its event",))
            continue
        ruled = sheet.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))
        if past is not None:
            known = past_of(candidate, ruled, book, past)
            if isinstance(known, NoStory):
                yield known
                continue
            ruled = ruled.with_results(known)
            if once and apart_of(ruled):
                yield NoStory(candidate.name, tuple(one.reason for one in known if isinstance(one, MissingFact)))
                continue
        composed = compose(order, candidate, ruled, reading)
        if isinstance(composed, Draft):
            sealed = seal(composed, settings)
            lacks = _lacks(sealed)
            if not lacks:
                families[book.update.family] = candidate.name
                yield News(sealed, candidate, ruled)
                continue
            composed = NoStory(candidate.name, lacks)
        yield composed


def _order(ordered: _Ordered, reads: Sequence[ReadSnapshot], sheet: FactSheet, past: History | None) -> Order:
    inputs = tuple(Input(sha256=read.sha256, as_of=read.snapshot.as_of) for read in reads)
    return Order(
        inputs,
        tuple(note for read in reads for note in read.notes),
        ordered.settings,
        ordered.now,
        seed_of(inputs) if ordered.seed is None else ordered.seed,
        ordered.language,
        edition_of((read.snapshot for read in reads), sheet, ordered.settings),
        ordered.length,
        past,
        past.sha256 if past is not None else None,
        asked=_asked(past),
    )


def _lacks(draft: Draft) -> tuple[str, ...]:
    """Return what a text cannot tell of what every article has to, as the facts at hand do not hold it."""
    found = draft.checks.findings if draft.checks is not None else ()
    lacking = (one for one in found if one.code.startswith(_WHOLE) and one.severity == "error")
    return tuple(dict.fromkeys(f"it cannot be told whole: {one.message.partition(';')[0]}" for one in lacking))


def _asked(past: History | None) -> tuple[str, ...]:
    """Return the questions that a feed asked of late, so that others are asked where there are any."""
    items = past.items[-_LATELY:] if past is not None else ()
    return tuple(dict.fromkeys(question for item in items for question in item.questions))


def _candidates(found: tuple[Story | NoStory, ...], wanted: str) -> tuple[list[Story], list[NoStory]]:
    """Return the stories to try, best first, and why the others do not fire."""
    if wanted != "auto":
        if wanted not in stories:
            raise BadInputError("--story", wanted, f"write auto or one of {', '.join(stories)}")
        found = tuple(story for story in found if story.name == wanted)
    fired = [story for story in found if isinstance(story, Story)]
    return fired, [story for story in found if isinstance(story, NoStory)]

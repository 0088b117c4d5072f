"""From a snapshot to a checked draft, stage by stage."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from commentary.config import Settings
from commentary.config.imprint import imprint_facts, imprint_of
from commentary.config.storybook import asked_for, house_facts
from commentary.errors import BadInputError
from commentary.pipeline.composing import Order, compose, seed_of
from commentary.pipeline.events import event_key, past_of
from commentary.pipeline.gathering import gathered
from commentary.pipeline.materials import book_of, edition_of
from commentary.pipeline.moving import NO_FIGURES, Moves, contradictions, moving_figures
from commentary.pipeline.sealing import seal
from commentary.records.draft import Draft, Input, apart_of
from commentary.records.fact import Fact, MissingFact
from commentary.records.history import DEVELOPING, History
from commentary.records.plan import Length
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.records.story import NoStory, Story
from commentary.sentiment import SentimentReading, read_sentiment
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
    past = history.before(now, [read.sha256 for read in given]) if history is not None else None
    sheet, reads_in_order = gathered(given, settings, now, past)
    for one in _each(ordered, past, sheet, reads_in_order, asked=story):
        if isinstance(one, News):
            return one.draft
        if isinstance(one, NoStory):
            reasons.append(one)
    return NoStoryResult(tuple(reasons))


class Wake(NamedTuple):
    """A story that is not drafted, since a person has to look first."""

    story: Story
    sheet: FactSheet
    key: str
    """Of its event."""
    why: tuple[str, ...]


class Seen(NamedTuple):
    """What a snapshot holds for a feed."""

    figures: Mapping[str, Decimal]
    """Those by which it is seen whether an event still moves, by question."""
    news: Iterator["News | Wake | NoStory"]
    """Each story, tried as it is asked for: what costs time is done when it is."""


def all_news(
    read: ReadSnapshot,
    *,
    settings: Settings,
    now: datetime,
    history: History,
    before: Mapping[str, Decimal] = NO_FIGURES,
    leave_out: Container[str] = (),
    length: Length | None = None,
    language: str = "en",
) -> Seen:
    """Return a checked draft of every story of a snapshot that is news to a feed, and why the others are none.

    Each event is told by the best of its stories. That another source counts it otherwise is no news, so that an
    event is not told again because a source did not answer. An event whose figures moved since the last look is told
    as one that develops; where sources disagree meanwhile, it is not drafted, and a person is to look.

    Args:
        read: the snapshot.
        settings: the newsroom's.
        now: the time to judge ages by, and to date the drafts.
        history: what the feed has published.
        before: the figures of the last look; without them nothing is known to move.
        leave_out: stories that are not told.
        length: that of the drafts; else as the facts carry it.
        language: that of the drafts.
    """
    ordered = _Ordered((read,), settings, now, history, length=length, language=language)
    past = history.before(now, [read.sha256])
    sheet, reads = gathered(ordered.given, settings, now, past)
    moves = Moves(before, moving_figures(sheet), past, contradictions(read))
    return Seen(moves.now, _each(ordered, past, sheet, reads, moves=moves, leave_out=leave_out))


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
    ordered: _Ordered,
    past: History | None,
    sheet: FactSheet,
    reads: Sequence[ReadSnapshot],
    *,
    asked: str = "auto",
    moves: Moves | None = None,
    leave_out: Container[str] = (),
) -> Iterator[News | Wake | NoStory]:
    """Yield each story, tried as it is asked for: those that fire behind the others, the best of them first.

    Args:
        ordered: what is asked for.
        past: what a draft may know of the feed.
        sheet: the facts.
        reads: the snapshots in the order of the sheet.
        asked: the one story that is asked for, or auto.
        moves: of a feed that is watched, what moved: each event is told by one story, and none again because figures
            of it are others'.
        leave_out: stories that are not tried.
    """
    settings = ordered.settings
    fired, reasons = _candidates(stories_of(sheet, settings=settings, asked=asked), asked)
    yield from reasons
    labelled: dict[Fact | None, tuple[FactSheet, SentimentReading]] = {}
    families: dict[str, str] = {}
    for candidate in fired:
        if candidate.name in leave_out:
            yield NoStory(candidate.name, ("it is left out",), fires=True)
            continue
        book = book_of(candidate.name, settings)
        if moves is not None and book.update.family in families:
            yield NoStory(candidate.name, (f"{families[book.update.family]} tells its event",), fires=True)
            continue
        stage = moves.stage(candidate, sheet, book) if moves is not None else None
        if stage not in labelled:
            labelled[stage] = _labelled(sheet if stage is None else sheet.with_facts([stage]), settings, ordered.now)
        ruled, reading = labelled[stage]
        ruled = ruled.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))
        if past is not None:
            known = past_of(candidate, ruled, book, past)
            if isinstance(known, NoStory):
                yield known._replace(fires=True)
                continue
            ruled = ruled.with_results(known)
            if moves is not None and apart_of(ruled):
                why = tuple(one.reason for one in known if isinstance(one, MissingFact))
                yield NoStory(candidate.name, why, fires=True)
                continue
        if moves is not None and moves.conflicts and stage is not None and stage.text == DEVELOPING:
            families[book.update.family] = candidate.name
            yield Wake(candidate, ruled, event_key(candidate, ruled, book.update), moves.conflicts)
            continue
        composed = compose(_order(ordered, reads, ruled, past), candidate, ruled, reading)
        if isinstance(composed, Draft):
            sealed = seal(composed, settings)
            lacks = _lacks(sealed)
            if not lacks:
                families[book.update.family] = candidate.name
                yield News(sealed, candidate, ruled)
                continue
            composed = NoStory(candidate.name, lacks)
        yield composed._replace(fires=True)


def _labelled(sheet: FactSheet, settings: Settings, now: datetime) -> tuple[FactSheet, SentimentReading]:
    """Return a sheet with its label and the imprint, and the label."""
    reading = read_sentiment(sheet)
    imprint = imprint_of(settings, now, sheet.as_of)
    read = sheet.with_facts(reading.facts(sheet))
    return read.with_facts(imprint_facts(imprint, sheet.asset, sheet.as_of)), reading


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

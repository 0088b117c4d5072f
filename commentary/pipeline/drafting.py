"""From a snapshot to a checked draft, stage by stage."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from commentary.config import Settings
from commentary.config.storybook import asked_for
from commentary.errors import BadInputError
from commentary.pipeline.events import event_key
from commentary.pipeline.gathering import gathered
from commentary.pipeline.materials import book_of
from commentary.pipeline.moving import NO_FIGURES, Moves, contradictions, moving_figures
from commentary.pipeline.rewording_draft import Model, reword_drafts
from commentary.pipeline.telling import News as News
from commentary.pipeline.telling import Ordered, Ruled, Telling
from commentary.records.draft import Draft, apart_of
from commentary.records.fact import MissingFact
from commentary.records.history import DEVELOPING, History
from commentary.records.plan import Length
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.records.story import NoStory, Story
from commentary.stories import stories


class NoStoryResult(NamedTuple):
    """Nothing crossed the bar; that is an answer, not a failure."""

    reasons: tuple[NoStory, ...]


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
    model: Model | None = None,
) -> Draft | NoStoryResult:
    """Return a checked draft, or why there is no story.

    With a feed's `history` the draft is worded apart from its articles, tells an event again only after a material
    change, and settles the tests that come due. A `model` rewords its open sentences, as far as they pass the check.

    Raises:
        BadInputError: no snapshot, several that make no wrap, or a story that does not exist.
    """
    found = first_news(reads, Asked(settings, story, length, seed, now, language), history)
    if isinstance(found, NoStoryResult):
        return found
    return found.draft if model is None else reword_drafts([found.made], model)[0]


def draft_each(
    each: Iterable[Iterable[ReadSnapshot]],
    *,
    settings: Settings,
    model: Model,
    length: Length | None = None,
    seed: int | None = None,
    language: str = "en",
) -> tuple[Draft | NoStoryResult, ...]:
    """Return a draft of each, as `draft_snapshots` does, all of them reworded together: a model takes them at once.

    Raises:
        BadInputError: one is of no snapshot, or of several that make no wrap.
    """
    asked = Asked(settings, length=length, seed=seed, language=language)
    found = [first_news(reads, asked, None) for reads in each]
    drafts = iter(reword_drafts([one.made for one in found if isinstance(one, News)], model))
    return tuple(next(drafts) if isinstance(one, News) else one for one in found)


class Asked(NamedTuple):
    """What is asked for of snapshots."""

    settings: Settings
    story: str = "auto"
    length: Length | None = None
    seed: int | None = None
    now: datetime | None = None
    language: str = "en"


def first_news(reads: Iterable[ReadSnapshot], asked: Asked, history: History | None) -> News | NoStoryResult:
    """Return the checked draft of the first story that can be told, or why there is none."""
    given = tuple(reads)
    now = asked.now or max((read.snapshot.as_of for read in given), default=None)
    if now is None:
        raise BadInputError(
            "SNAPSHOT", None, "no snapshot is given; give one, or several of different assets for a wrap"
        )
    past = history.before(now, [read.sha256 for read in given]) if history is not None else None
    sheet, in_order = gathered(given, asked.settings, now, past)
    order = Ordered(in_order, asked.settings, now, past, seed=asked.seed, length=asked.length, language=asked.language)
    fired, reasons = _candidates(stories_of(sheet, settings=asked.settings, asked=asked.story), asked.story)
    telling = Telling(order, sheet)
    for candidate in fired:
        ruled = telling.ruled(candidate)
        found = telling.told(candidate, ruled) if isinstance(ruled, Ruled) else ruled
        if isinstance(found, News):
            return found
        reasons.append(found)
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
    past = history.before(now, [read.sha256])
    sheet, reads = gathered((read,), settings, now, past)
    moves = Moves(before, moving_figures(sheet), past, contradictions(read))
    telling = Telling(Ordered(reads, settings, now, past, length=length, language=language), sheet)
    return Seen(moves.now, _watched(telling, moves, leave_out))


def _watched(telling: Telling, moves: Moves, leave_out: Container[str]) -> Iterator[News | Wake | NoStory]:
    """Yield each story of a feed that is watched: each event told by one, and none again since its figures are others'.

    Args:
        telling: of the snapshot.
        moves: what moved since the last look.
        leave_out: stories that are not tried.
    """
    settings, sheet = telling.ordered.settings, telling.sheet
    fired, reasons = _candidates(stories_of(sheet, settings=settings), "auto")
    yield from reasons
    families: dict[str, str] = {}
    for candidate in fired:
        book = book_of(candidate.name, settings)
        family = book.update.family
        if candidate.name in leave_out:
            yield NoStory(candidate.name, ("it is left out",), fires=True)
            continue
        if family in families:
            yield NoStory(candidate.name, (f"{families[family]} tells its event",), fires=True)
            continue
        stage = moves.stage(candidate, sheet, book)
        ruled = telling.ruled(candidate, stage)
        if isinstance(ruled, NoStory):
            yield ruled
        elif apart_of(ruled.sheet):
            why = tuple(one.reason for one in ruled.known if isinstance(one, MissingFact))
            yield NoStory(candidate.name, why, fires=True)
        elif moves.conflicts and stage is not None and stage.text == DEVELOPING:
            families[family] = candidate.name
            yield Wake(candidate, ruled.sheet, event_key(candidate, ruled.sheet, book.update), moves.conflicts)
        else:
            found = telling.told(candidate, ruled)
            if isinstance(found, News):
                families[family] = candidate.name
            yield found


def _candidates(found: tuple[Story | NoStory, ...], wanted: str) -> tuple[list[Story], list[NoStory]]:
    """Return the stories to try, best first, and why the others do not fire."""
    if wanted != "auto":
        if wanted not in stories:
            raise BadInputError("--story", wanted, f"write auto or one of {', '.join(stories)}")
        found = tuple(story for story in found if story.name == wanted)
    fired = [story for story in found if isinstance(story, Story)]
    return fired, [story for story in found if isinstance(story, NoStory)]

"""One story after the other is tried on the facts of what is asked for: labelled, held to what was told, drafted."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from commentary.config import Settings
from commentary.config.imprint import imprint_facts, imprint_of
from commentary.config.storybook import house_facts
from commentary.pipeline.composing import Order, compose, seed_of
from commentary.pipeline.events import past_of
from commentary.pipeline.materials import book_of, edition_of
from commentary.pipeline.reworded_article import Made
from commentary.pipeline.sealing import seal
from commentary.records.draft import Draft, Input
from commentary.records.fact import Fact, MissingFact
from commentary.records.history import History
from commentary.records.plan import Length
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.records.story import NoStory, Story
from commentary.sentiment import SentimentReading, read_sentiment

_LATELY = 7
"""A question that so many articles asked is asked again only where there is no other."""
_WHOLE = "completeness."


class News(NamedTuple):
    """A story that is news to a feed, with its draft."""

    draft: Draft
    story: Story
    sheet: FactSheet
    """What it is made of, with what the feed told of its event."""
    made: Made
    """The draft from templates, with all that it was made of."""


class Ordered(NamedTuple):
    """What is asked for."""

    reads: Sequence[ReadSnapshot]
    """The snapshots, in the order of the facts."""
    settings: Settings
    now: datetime
    past: History | None
    """What a draft may know of the feed."""
    seed: int | None = None
    length: Length | None = None
    language: str = "en"


class Ruled(NamedTuple):
    """The facts of a story, with the label, the house's own and what was told of its event."""

    sheet: FactSheet
    reading: SentimentReading
    known: tuple[Fact | MissingFact, ...]
    """What was told of its event."""


class Telling:
    """Tries stories on facts; what they share is worked out once.

    Args:
        ordered: what is asked for.
        sheet: the facts.
    """

    def __init__(self, ordered: Ordered, sheet: FactSheet) -> None:
        self.ordered = ordered
        self.sheet = sheet
        self._labelled: dict[Fact | None, tuple[FactSheet, SentimentReading]] = {}

    def ruled(self, story: Story, stage: Fact | None = None) -> Ruled | NoStory:
        """Return the facts of a story that fires, or why it is no news.

        Args:
            story: the story.
            stage: whether its event still develops; None: it is not asked.
        """
        settings, past = self.ordered.settings, self.ordered.past
        if stage not in self._labelled:
            sheet = self.sheet if stage is None else self.sheet.with_facts([stage])
            self._labelled[stage] = _labelled(sheet, settings, self.ordered.now)
        sheet, reading = self._labelled[stage]
        book = book_of(story.name, settings)
        sheet = sheet.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))
        known = past_of(story, sheet, book, past) if past is not None else ()
        if isinstance(known, NoStory):
            return known._replace(fires=True)
        return Ruled(sheet.with_results(known), reading, known)

    def told(self, story: Story, ruled: Ruled) -> News | NoStory:
        """Return the checked draft of a story, or what it cannot tell of what every article has to."""
        order = _order(self.ordered, ruled.sheet)
        composed = compose(order, story, ruled.sheet, ruled.reading)
        if isinstance(composed, NoStory):
            return composed._replace(fires=True)
        sealed = seal(composed, self.ordered.settings)
        if lacks := _lacks(sealed):
            return NoStory(story.name, lacks, fires=True)
        return News(sealed, story, ruled.sheet, Made(sealed, order, story, ruled.sheet, ruled.reading))


def _labelled(sheet: FactSheet, settings: Settings, now: datetime) -> tuple[FactSheet, SentimentReading]:
    """Return a sheet with its label and the imprint, and the label."""
    reading = read_sentiment(sheet)
    imprint = imprint_of(settings, now, sheet.as_of)
    read = sheet.with_facts(reading.facts(sheet))
    return read.with_facts(imprint_facts(imprint, sheet.asset, sheet.as_of)), reading


def _order(ordered: Ordered, sheet: FactSheet) -> Order:
    reads, past = ordered.reads, ordered.past
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

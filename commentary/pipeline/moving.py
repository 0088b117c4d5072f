"""Whether an event still moves: its figures against those of the last look, a quarter of an hour or so ago.

While they move it is told as one that develops; and where sources disagree meanwhile, a person has to look.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from commentary.config.storybook import Developing, StoryBook, family_of, storybook
from commentary.records.fact import Fact, Subject
from commentary.records.history import DEVELOPING, SETTLED, STAGE, History
from commentary.records.query import Scope, find, names_of
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot, Snapshot
from commentary.records.story import Story
from commentary.stories import stories

NO_FIGURES: Mapping[str, Decimal] = MappingProxyType({})
_DISPUTED = frozenset({"liquidations", "open_interest", "open_interest_change", "price"})
"""The kinds of data in which two sources have to agree while an event develops."""


class Moves(NamedTuple):
    """What moved since the last look."""

    before: Mapping[str, Decimal]
    """The figures of the last look, by question; empty: it is not known."""
    now: Mapping[str, Decimal]
    past: History
    """What the feed has published."""
    conflicts: tuple[str, ...] = ()
    """In what sources disagree, in words."""

    def stage(self, story: Story, sheet: FactSheet, book: StoryBook) -> Fact | None:
        """Return whether a story develops, as a fact; None of one that is told once it is whole."""
        told = book.developing
        if told is None:
            return None
        develops = self._moved(told) and self._is_fresh(story, sheet, book, told)
        value = DEVELOPING if develops else SETTLED
        about = Subject(sheet.asset, STAGE)
        return Fact(about, value, "name", "entity", "asserted", (), sheet.as_of, told.why)

    def _moved(self, told: Developing) -> bool:
        for question in told.figures:
            then, now = self.before.get(question), self.now.get(question)
            if then and now is not None and abs(now / then - 1) * 100 >= told.moved_percent:
                return True
        return False

    def _is_fresh(self, story: Story, sheet: FactSheet, book: StoryBook, told: Developing) -> bool:
        """Say whether the event is new, or was first told only hours ago."""
        family, life = family_of(story.name), timedelta(hours=float(book.update.life_hours))
        mine = [one for one in self.past.items if one.assets == (sheet.asset,) and family_of(one.story) == family]
        if not mine or sheet.as_of - mine[-1].as_of >= life:
            return True
        first = next(one for one in mine if one.event_key == mine[-1].event_key)
        return sheet.as_of - first.as_of < timedelta(hours=float(told.hours))


def moving_figures(sheet: FactSheet) -> Mapping[str, Decimal]:
    """Return the figures by which it is seen whether an event still moves, by question."""
    found: dict[str, Decimal] = {}
    scope = Scope(names_of(sheet, "none"), {})
    for name in stories:
        told = storybook(name).developing
        for question in told.figures if told is not None else ():
            fact = find(sheet, question, scope)
            if fact is not None and isinstance(fact.value, Decimal):
                found[question] = fact.value
    return found


def contradictions(read: ReadSnapshot) -> tuple[str, ...]:
    """Return in words in what sources of a snapshot disagree of the figures that tell an event."""
    found = []
    for one in read.conflicts:
        if one.metric in _DISPUTED:
            field = one.path_a.rpartition("/")[2].replace("_", " ")
            first, second = (_source_at(read.snapshot, path) for path in (one.path_a, one.path_b))
            told = f"{first} has {one.value_a:f}, {second} {one.value_b:f}"
            found.append(f"sources disagree on {one.metric.replace('_', ' ')} ({field}): {told}")
    return tuple(found)


def _source_at(snapshot: Snapshot, path: str) -> str:
    """Return who says what stands at a JSON Pointer, /section/row/field."""
    _, section, place, *_ = path.split("/")
    return getattr(snapshot, section)[int(place)].source or "a source that is not named"

"""The history of a feed: commentary.history/1, what was published in it, the oldest first.

A draft is made apart from it, updates what it told, and settles the tests that it set.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from commentary.records.canonical import sha256_of
from commentary.records.fact_file import FactRecord, Number, Record
from commentary.records.plan import Length
from commentary.records.story import Emphasis
from commentary.records.values import Name, refusal

FORMAT = "commentary.history/1"
OWN = "our archive"
"""The source of what the feed itself has said."""
FOLLOW_UP = "follow_up"
"""The story that settles a test; its event is that of the story which set the test."""
MODEL = "map_model"
"""The metric that says by which model a map was drawn: two sums are compared only where it is the same."""
_REMEMBERED = ("told_", "since_", "settled_", "score_")

Stage = Literal["settled", "developing"]
"""developing: told while its figures still moved, short and without a label; its article follows."""
SETTLED: Stage = "settled"
DEVELOPING: Stage = "developing"
STAGE = "event_stage"
"""The metric that says so."""

Result = Literal["hit", "miss", "lapsed", "unsettled"]
"""What became of a test.

hit: what the test was set for came about; of a test that counts against a model, the model stood it.
miss: it did not, though its time came.
lapsed: the price that it waited for was not reached in time, so it says nothing.
unsettled: its time came, and the data does not show what became of it.
"""


class Outcome(Record):
    """What became of a test, and which draft said so."""

    result: Result
    reached: bool | None = None
    """Whether price got to the level that the test waited for; None where it waits for none, or nobody knows."""
    as_of: AwareDatetime
    item: str
    """Id of the follow-up that settles it."""


class PublishedCondition(Record):
    """A test as it was published: what is measured, against which bound, until when. Only this is settled."""

    metric: str
    relation: Literal["below", "above"]
    threshold: FactRecord
    """Its subject is what the test is about."""
    window_hours: int
    deadline: AwareDatetime
    closes: int = 0
    """So many closes in a row have to lie beyond the bound; none where a value does."""
    bar_hours: Number | None = None
    """The length of a bar with such a close."""
    level: FactRecord | None = None
    """A price that has to be reached first."""
    measure: FactRecord | None = None
    """The figure whose series is measured: its exchange and source."""
    beside: FactRecord | None = None
    """A second bound that has to hold at the same time."""
    beside_relation: Literal["below", "above"] | None = None
    text: str
    outcome: Outcome | None = None


class PublishedItem(Record):
    """What a feed remembers of one draft."""

    id: str
    """The draft's."""
    feed: Name
    event_key: str
    """One through push, brief, article, update and follow-up."""
    story_key: str
    story: str
    emphasis: Emphasis
    length: Length
    assets: tuple[str, ...]
    slug: str
    as_of: AwareDatetime
    generated_at: AwareDatetime
    headline: str
    skeletons: tuple[str, ...]
    """Of its sentences, but for those that read alike each day."""
    wordings: tuple[str, ...]
    """The templates and alternatives that those sentences were made of."""
    questions: tuple[str, ...] = ()
    """The claims of its FAQ questions."""
    figures: dict[str, FactRecord] = Field(default_factory=dict)
    """The facts of its headline, standfirst and first paragraph, by id; told or not the models of maps, the places that
    its event is known again by, and what its changes are measured from.
    """
    headlined: tuple[str, ...] = ()
    """The ids of those in the headline."""
    label: str
    conditions: tuple[PublishedCondition, ...] = ()
    inputs: tuple[str, ...] = ()
    """The sha256 of each snapshot that it was made of."""
    stage: Stage = SETTLED


class History(Record):
    """The items of one feed, the oldest first, and their hash."""

    format: Literal["commentary.history/1"] = "commentary.history/1"
    feed: Name
    items: tuple[PublishedItem, ...] = ()
    sha256: str

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.sha256 != _hash(self.feed, self.items):
            raise refusal("it was changed after it was written; write it again with commentary store export", "sha256")
        known: set[str] = set()
        for one in self.items:
            if one.id in known:
                raise refusal(f"the item {one.id} stands in it twice; keep the first", "items")
            known.add(one.id)
        return self

    @classmethod
    def of(cls, feed: str, items: Iterable[PublishedItem] = ()) -> "History":
        """Return the history of a feed with the hash of its items."""
        kept = tuple(items)
        return cls(feed=feed, items=kept, sha256=_hash(feed, kept))

    def before(self, now: datetime, inputs: Iterable[str]) -> "History":
        """Return what a draft of some snapshots may know: what was published by `now`, before their own first item.

        So the same command gives the same draft when it is run again, and a brief and an article of one snapshot
        are not each other's past.
        """
        own = frozenset(inputs)
        kept: list[PublishedItem] = []
        for one in self.items:
            if not own.isdisjoint(one.inputs):
                break
            if one.generated_at <= now:
                kept.append(one)
        return self if len(kept) == len(self.items) else History.of(self.feed, kept)


def is_remembered(metric: str) -> bool:
    """Say whether a metric is one of the feed's past: no snapshot gives it."""
    return metric.startswith(_REMEMBERED)


def _hash(feed: str, items: tuple[PublishedItem, ...]) -> str:
    return sha256_of({"format": FORMAT, "feed": feed, "items": [_hashed(one) for one in items]})


def _hashed(item: PublishedItem) -> dict[str, object]:
    """Return what is hashed of an item; of an ordinary one the stage is not, as it was not before there were others."""
    fields = item.model_dump(mode="json")
    if item.stage == SETTLED:
        del fields["stage"]
    return fields

"""An alert: that something was drafted, or has to be looked at, why now, and how it ranks beside others."""

from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime

from commentary.records.fact_file import Number, Record
from commentary.records.values import Name

Kind = Literal["event", "update", "follow_up", "conflict"]
"""event: it is told for the first time. update: it is told again after a material change. follow_up: a test that was
set has come due. conflict: sources disagree about what is happening, and nothing is drafted until a person looks.
"""
State = Literal["new", "seen", "muted"]
"""muted: its asset, story or event was muted when it came, so that it was never offered."""
Muted = Literal["asset", "story", "event"]
"""What a person wants to hear no more of: the drafts go on."""


class Alert(Record):
    """One alert, as it was made; what became of it is kept beside it."""

    feed: Name
    asset: str
    event_key: str
    story: str
    kind: Kind
    headline: str
    why_now: tuple[str, ...]
    """In words, from the facts: what is new, and what makes it unusual."""
    score: Number
    """The story's own, 0 to 1."""
    surprise: Number
    """How newsworthy the asset is against its own history, 0 to 1."""
    as_of: AwareDatetime
    """The time of what it tells."""
    created: AwareDatetime
    item: str | None = None
    """Id of the draft; None where nothing was drafted."""

    @property
    def rank(self) -> Decimal:
        """Its place beside others: surprise times score, 0 to 1."""
        return self.surprise * self.score


class KeptAlert(Record):
    """An alert in the store."""

    number: int
    """By which a person names it."""
    alert: Alert
    state: State
    snoozed_until: AwareDatetime | None = None


class Mute(Record):
    """What is muted in a feed, and until when."""

    kind: Muted
    what: str
    """Ticker, name of a story, or key of an event."""
    until: AwareDatetime | None = None
    """None: until it is taken back."""

    def holds(self, alert: Alert) -> bool:
        """Say whether it mutes an alert."""
        own = {"asset": alert.asset, "story": alert.story, "event": alert.event_key}[self.kind]
        return own == self.what and (self.until is None or alert.created < self.until)

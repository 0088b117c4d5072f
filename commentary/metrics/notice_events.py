"""Events: the notices of one exchange and kind within data/tolerances.toml, told from the first on, by all its sources.

The value is the kind in words. A notice that names no exchange, or is too old, makes no event, and it is said why.
"""

from typing import NamedTuple

from commentary.metrics.base import Given
from commentary.metrics.rows import coin, is_stale, says_itself
from commentary.records.fact import Evidence, Subject
from commentary.records.snapshot import Notice

OUTAGES = ("outage", "adl")
CHANGES = ("delisting", "tiers", "interval", "listing")
"""Of one time the first is told before the others."""
WORDS = {
    "outage": "outage",
    "adl": "auto-deleveraging",
    "delisting": "delisting",
    "tiers": "margin tiers",
    "interval": "funding interval",
    "listing": "listing",
}
FUND = "insurance"
"""In the words of a notice on auto-deleveraging: it tells of a draw on the insurance fund."""
DRAW = "insurance fund draw"


class Event(NamedTuple):
    """The notices of one exchange and kind, the first one first."""

    metric: str
    """outage or notice."""
    rows: tuple[Notice, ...]

    @property
    def first(self) -> Notice:
        """The first notice; of one time the exchange's own."""
        return self.rows[0]

    def subject(self, name: str = "") -> Subject:
        """Return what a fact is about."""
        row = self.first
        return Subject(row.about, f"{self.metric}{name}", None, row.venue, None, row.kind)

    @property
    def sources(self) -> tuple[str, ...]:
        """Who is named as telling of it, the exchange itself before others."""
        named = sorted(self.rows, key=lambda row: not says_itself(row))
        return tuple(dict.fromkeys(row.source for row in named if row.source))

    @property
    def evidence(self) -> Evidence:
        """Observed where the exchange alone says it of itself."""
        return "observed" if self.sources == (self.first.venue,) else "reported"

    @property
    def words(self) -> str:
        """The kind in words."""
        draws = self.first.kind == "adl" and any(FUND in (row.text or "").casefold() for row in self.rows)
        return DRAW if draws else WORDS[self.first.kind]


def events_of(name: str, kinds: tuple[str, ...], given: Given) -> list[Event]:
    """Return the events of some kinds: the newest first, then by kind and exchange."""
    groups: dict[tuple[str, str | None], list[Notice]] = {}
    for row in notices_of(kinds, given):
        if row.venue not in (None, "all") and not is_stale(row, given.now):
            groups.setdefault((row.kind, row.venue), []).append(row)
    events = [Event(name, tuple(sorted(rows, key=_earliest))) for rows in groups.values()]
    return sorted(events, key=lambda one: (-one.first.at.timestamp(), kinds.index(one.first.kind), one.first.venue))


def notices_of(kinds: tuple[str, ...], given: Given) -> list[Notice]:
    """Return the notices of some kinds about the asset or its coin, new and old."""
    about = {given.snapshot.asset, coin(given.snapshot)}
    return [row for row in given.snapshot.notices if row.kind in kinds and row.about in about]


def _earliest(row: Notice) -> tuple[object, ...]:
    return (row.at, not says_itself(row), row.source or "", row.text or "")


def why_none(kinds: tuple[str, ...], given: Given) -> str:
    """Return the reason why no event of some kinds can be told."""
    own = notices_of(kinds, given)
    if not own:
        return "the snapshot holds no such notice"
    if all(row.venue in (None, "all") for row in own):
        return "the notice names no exchange"
    newest = max(row.at for row in own)
    return f"the newest notice is of {newest:%Y-%m-%d %H:%M} UTC, too old to be news"

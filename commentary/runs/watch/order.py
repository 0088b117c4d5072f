"""What a watch is asked to do, and what it says while it does it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from commentary.config import Settings
from commentary.records.alert import Alert
from commentary.records.plan import Length
from commentary.records.snapshot import ReadSnapshot

Data = ReadSnapshot | bytes
"""A snapshot; as bytes of commentary.snapshot/1 it is still to be read."""


class Silent(NamedTuple):
    """No source said anything of an asset."""

    why: str
    """In words, of each source."""


Collect = Callable[[Sequence[str], datetime], Mapping[str, Data | Silent]]
"""Asks sources for assets as of a time, and returns a snapshot by asset, of that time or of the end of asking; or why
there is none.

Raises:
    RemoteError: no source said anything of any; the message has why.
"""
QUIET = frozenset({"calm"})
"""Stories that are not told unless they are asked for: that nothing happened wakes nobody."""


class Order(NamedTuple):
    """What is watched, how often, and for which feed."""

    feed: str
    assets: tuple[str, ...]
    settings: Settings
    every: timedelta = timedelta(minutes=15)
    leave_out: frozenset[str] = QUIET
    """Stories that are not drafted."""
    length: Length | None = None
    """Of drafts; else as the facts carry it."""
    language: str = "en"


class Event(NamedTuple):
    """Something that was drafted, or that a person has to look at."""

    alert: Alert
    offered: bool
    """False where it is muted."""


class Told(NamedTuple):
    """Where a watch says what it does."""

    event: Callable[[Event], None]
    remark: Callable[[str], None]
    """In words, for the person at the terminal: what was not answered, held back or made up for."""

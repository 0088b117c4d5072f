"""What tells the time of day, so that tests can tell another; waiting goes by asyncio's own clock."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Anything that knows what time it is."""

    def now(self) -> datetime:
        """Return the time, UTC."""
        ...


class WallClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the time, UTC."""
        return datetime.now(UTC)

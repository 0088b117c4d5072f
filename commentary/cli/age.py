"""A word to the person at the terminal where a snapshot is old by the clock; a text never depends on the clock."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from commentary.cli.output import remark

if TYPE_CHECKING:
    from commentary.records.snapshot import ReadSnapshot

A_DAY = timedelta(days=1)


def remark_age(reads: "Iterable[ReadSnapshot]", now: datetime | None, *, quiet: bool) -> None:
    """Say how old the newest snapshot is if its age is judged by its own time and that is more than a day ago."""
    if now is not None:
        return
    age = datetime.now(UTC) - max(read.snapshot.as_of for read in reads)
    if age > A_DAY:
        days = "1 day" if age.days == 1 else f"{age.days} days"
        remark(f"this snapshot is {days} old; give --now to judge its age by the clock", quiet=quiet)

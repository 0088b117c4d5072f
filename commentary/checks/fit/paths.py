"""That a figure of a part of the day is told with the times of that part."""

import re
from collections.abc import Iterator

from commentary.checks.fit.reading import Objection, Reading

_PARTS = ("oi_path_", "price_path_")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")


def timed(reading: Reading) -> Iterator[Objection]:
    """A figure of a part of the day stands with a time of day; without one it would be that of the whole."""
    if not reading.metric.startswith(_PARTS):
        return
    if not _CLOCK.search(reading.scene.text, reading.scene.start, reading.scene.end):
        message = f"{reading.fact.id} is of a part of the day; write from when to when"
        yield Objection("roles.window", reading.span, message)

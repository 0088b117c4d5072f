"""Over which window a figure is told."""

from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.fit.reading import Objection, Reading

_WINDOWED = (
    "liq_",
    "oi_change",
    "oi_delta",
    "oi_price",
    "price_change",
    "price_low",
    "price_high",
    "price_from",
    "oi_from",
    "reset_fall",
    "reset_depth",
)

_OTHER_DAYS = ("liq_previous", "liq_median", "liq_next", "oi_change_next", "price_change_next")


def window(reading: Reading) -> Iterator[Objection]:
    """A figure of a window is told with that window, where the clause names one by a word."""
    hours = reading.fact.subject.window_hours
    if hours is None or not reading.metric.startswith(_WINDOWED) or reading.metric.startswith(_OTHER_DAYS):
        return
    marks = [mark for mark in reading.scene.said("window:", reading.clause)]
    named = {Decimal(mark.name.removeprefix("window:")) for mark in marks}
    if len(named) == 1 and hours not in named:
        mark = marks[0]
        message = f"{reading.fact.id} is of {hours.normalize():f} hours, not of {reading.scene.word(mark)!r}"
        yield Objection("roles.window", (mark.start, mark.end), message)

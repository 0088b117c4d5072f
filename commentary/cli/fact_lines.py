"""How a fact looks on a terminal: what it is about, its value, who says so and when, its formula."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commentary.cli.screen import Screen
    from commentary.records.fact_file import FactRecord


def entry(record: "FactRecord", screen: "Screen", asset: str | None = None, indent: str = "") -> Iterator[str]:
    """Yield a fact as a block of lines."""
    from commentary.records.labels import label, origin_of, value_of

    deeper = indent + "    "
    if record.value is None:
        yield from map(screen.bold, screen.wrapped(label(record.subject, asset), indent, indent + "  "))
        yield from screen.wrapped(f"not known: {record.reason}", deeper)
    else:
        yield from screen.sides(label(record.subject, asset), value_of(record), indent)
        yield from screen.wrapped(origin_of(record), deeper)
        if record.formula:
            yield from screen.wrapped(record.formula, f"{deeper}= ")
    yield screen.dim(f"{deeper}{record.id}")

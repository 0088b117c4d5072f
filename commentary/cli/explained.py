"""Where figures of a draft come from, in lines for a terminal: fact, formula, inputs down to their sources, places."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from commentary.cli.fact_lines import entry
from commentary.cli.places import excerpt, words_of
from commentary.cli.screen import Screen

if TYPE_CHECKING:
    from commentary.pipeline import Explanation
    from commentary.records.draft import Draft
    from commentary.records.fact_file import FactRecord


def by_fact(found: Sequence["Explanation"]) -> list[list["Explanation"]]:
    """Gather the places that state the same fact."""
    gathered: dict[str, list[Explanation]] = {}
    for one in found:
        gathered.setdefault(one.fact.id, []).append(one)
    return list(gathered.values())


def lines_of(entries: Sequence["Explanation"], draft: "Draft", screen: Screen) -> Iterator[str]:
    """Yield the lines of one fact: its spellings, where it comes from, and where it stands in the draft."""
    from commentary.records.draft import texts

    first = entries[0]
    spelled = dict.fromkeys(f"“{entry.text}”" for entry in entries)
    yield from map(screen.bold, screen.wrapped(" ".join(spelled)))
    records = {record.id: record for record in first.inputs}
    asset = draft.assets[0] if len(draft.assets) == 1 else None
    yield from entry(first.fact, screen, asset, "  ")
    yield from _inputs(first.fact, records, screen, asset, "      ", set())
    yield "  stands in"
    fields = dict(texts(draft))
    for place in entries:
        around = excerpt(fields[place.path], place.start, place.end)
        yield from screen.wrapped(f"{words_of(place.path)}: {around}", "    ", "      ")


def _inputs(
    fact: "FactRecord",
    records: Mapping[str, "FactRecord"],
    screen: Screen,
    asset: str | None,
    indent: str,
    told: set[str],
) -> Iterator[str]:
    """Yield what a fact was worked out from, each with what that was worked out from; a fact only once."""
    if fact.inputs:
        yield f"{indent}worked out from"
    for name in fact.inputs:
        if name in told:
            yield screen.dim(f"{indent}  {name}, as above")
        elif name in records:
            told.add(name)
            yield from entry(records[name], screen, asset, indent + "  ")
            yield from _inputs(records[name], records, screen, asset, indent + "      ", told)

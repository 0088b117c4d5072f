"""Say where a figure of a draft comes from."""

from typing import TYPE_CHECKING, Annotated

import typer

from commentary.cli.options import DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from commentary.cli.screen import Screen
    from commentary.pipeline import Explanation
    from commentary.records.draft import Draft
    from commentary.records.fact_file import FactRecord

app = command_app()
_PAGES = (".md", ".markdown", ".html", ".htm", ".txt")


@app.command(epilog=example("commentary draft --format json --output d.json", 'commentary explain d.json "2.5%"'))
def explain(
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="A draft made with --format json, or -.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The words as they stand in the draft; a $ within '…'.")],
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Say where a figure comes from: fact, formula, inputs down to their sources and times."""
    from commentary.cli.inputs import draft_at
    from commentary.cli.output import dumps, emit, remark
    from commentary.cli.screen import Screen
    from commentary.errors import BadInputError
    from commentary.pipeline import explain as explain_text

    if not text.strip():
        raise BadInputError("TEXT", text, "copy a figure from the draft, such as $1.07 billion")
    if draft.lower().endswith(_PAGES):
        raise BadInputError("DRAFT", draft, "a page does not hold its facts; give what draft --format json wrote")
    read = draft_at(draft)
    found = explain_text(read, text)
    if format == "json":
        emit(dumps({"text": text, "explanations": [_plain(entry) for entry in found]}))
        return
    gathered = _by_fact(found)
    emit("\n\n".join("\n".join(_entry(entries, read, Screen.of_output())) for entries in gathered))
    if len(gathered) > 1:
        remark("", f"{len(gathered)} facts read so in this draft", quiet=quiet)


def _by_fact(found: "Sequence[Explanation]") -> "list[list[Explanation]]":
    """Gather the places that state the same fact."""
    gathered: dict[str, list[Explanation]] = {}
    for entry in found:
        gathered.setdefault(entry.fact.id, []).append(entry)
    return list(gathered.values())


def _entry(entries: "Sequence[Explanation]", draft: "Draft", screen: "Screen") -> "Iterator[str]":
    from commentary.cli.fact_lines import entry
    from commentary.cli.places import excerpt, words_of
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
    records: "Mapping[str, FactRecord]",
    screen: "Screen",
    asset: str | None,
    indent: str,
    told: set[str],
) -> "Iterator[str]":
    """Yield what a fact was worked out from, each with what that was worked out from; a fact only once."""
    from commentary.cli.fact_lines import entry

    if fact.inputs:
        yield f"{indent}worked out from"
    for name in fact.inputs:
        if name in told:
            yield screen.dim(f"{indent}  {name}, as above")
        elif name in records:
            told.add(name)
            yield from entry(records[name], screen, asset, indent + "  ")
            yield from _inputs(records[name], records, screen, asset, indent + "      ", told)


def _plain(entry: "Explanation") -> dict[str, object]:
    return {
        "path": entry.path,
        "span": [entry.start, entry.end],
        "text": entry.text,
        "style": entry.style,
        "fact": entry.fact.model_dump(mode="json"),
        "inputs": [fact.model_dump(mode="json") for fact in entry.inputs],
    }

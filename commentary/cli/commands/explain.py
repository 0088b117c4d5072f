"""Say where a figure of a draft comes from."""

from typing import TYPE_CHECKING, Annotated

import typer

from commentary.cli.options import DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commentary.pipeline import Explanation
    from commentary.records.draft import FactRecord

app = command_app()


@app.command(epilog=example('commentary explain draft.json "$1.07 billion"'))
def explain(
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="A draft made with --format json, or -.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The words as they stand in the draft.")],
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Say where a figure comes from: fact, formula, inputs, source and time."""
    from commentary.cli.inputs import draft_at
    from commentary.cli.output import dumps, emit
    from commentary.pipeline import explain as explain_text

    found = explain_text(draft_at(draft), text)
    if format == "json":
        emit(dumps({"text": text, "explanations": [_plain(entry) for entry in found]}))
        return
    emit("\n\n".join("\n".join(_entry(entries)) for entries in _by_fact(found)))


def _by_fact(found: "Sequence[Explanation]") -> "list[list[Explanation]]":
    """Gather the places that say the same of the same fact."""
    gathered: dict[tuple[str, str], list[Explanation]] = {}
    for entry in found:
        gathered.setdefault((entry.text, entry.fact.id), []).append(entry)
    return list(gathered.values())


def _entry(entries: "Sequence[Explanation]") -> "Iterator[str]":
    first = entries[0]
    yield f"“{first.text}”"
    yield from _lines(first.fact, "    ")
    if first.inputs:
        yield "    worked out from"
        for fact in first.inputs:
            yield from _lines(fact, "        ")
    places = ", ".join(dict.fromkeys(entry.path for entry in entries))
    yield f"    stands in {places}"


def _lines(fact: "FactRecord", indent: str) -> "Iterator[str]":
    from commentary.cli.commands.facts import shown

    if fact.value is None or fact.as_of is None:
        yield f"{indent}{fact.id}: not known, {fact.reason}"
        return
    source = ", ".join(fact.source) or "source not known"
    yield f"{indent}{fact.id} = {shown(fact.value)} {fact.unit}"
    yield f"{indent}    {fact.evidence}, {source}, {shown(fact.as_of)}"
    if fact.formula:
        yield f"{indent}    = {fact.formula}"


def _plain(entry: "Explanation") -> dict[str, object]:
    return {
        "path": entry.path,
        "span": [entry.start, entry.end],
        "text": entry.text,
        "style": entry.style,
        "fact": entry.fact.model_dump(mode="json"),
        "inputs": [fact.model_dump(mode="json") for fact in entry.inputs],
    }

"""Say where a figure of a draft comes from."""

from typing import TYPE_CHECKING, Annotated

import typer

from commentary.cli.options import DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from commentary.pipeline import Explanation

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
    from commentary.cli.explained import by_fact, lines_of
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
    gathered = by_fact(found)
    emit("\n\n".join("\n".join(lines_of(entries, read, Screen.of_output())) for entries in gathered))
    if len(gathered) > 1:
        remark("", f"{len(gathered)} facts read so in this draft", quiet=quiet)


def _plain(entry: "Explanation") -> dict[str, object]:
    return {
        "path": entry.path,
        "span": [entry.start, entry.end],
        "text": entry.text,
        "style": entry.style,
        "fact": entry.fact.model_dump(mode="json"),
        "inputs": [fact.model_dump(mode="json") for fact in entry.inputs],
    }

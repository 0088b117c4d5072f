"""Print the JSON Schema of a file format."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commentary.cli.options import Quiet, command_app, example

if TYPE_CHECKING:
    from pydantic import BaseModel

app = command_app()
Name = Literal["snapshot", "facts", "draft", "findings"]


@app.command(epilog=example("commentary schema snapshot > snapshot.schema.json"))
def schema(
    name: Annotated[Name, typer.Argument(help="The format.")],
    quiet: Quiet = False,
) -> None:
    """Print the JSON Schema of a file format."""
    from commentary.cli.output import dumps, emit

    described = _model(name).model_json_schema()
    emit(
        dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": f"urn:commentary:{name}:1",
                **described,
                "title": f"commentary.{name}/1",
            }
        )
    )


def _model(name: Name) -> "type[BaseModel]":
    if name == "snapshot":
        from commentary.records.snapshot import Snapshot

        return Snapshot
    if name == "findings":
        from commentary.records.finding import Findings

        return Findings
    from commentary.records.draft import Draft, FactsFile

    return FactsFile if name == "facts" else Draft

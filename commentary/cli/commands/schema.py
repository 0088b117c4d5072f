"""Print the JSON Schema of a file format."""

from typing import Annotated, Literal

import typer

from commentary.cli.options import Quiet, command_app, example

app = command_app()
Name = Literal[
    "snapshot", "facts", "draft", "findings", "editor_facts", "history", "overrides", "replies", "model_eval"
]
"""The names of commentary.records.formats, which is too heavy for --help."""


@app.command(epilog=example("commentary schema snapshot > snapshot.schema.json"))
def schema(
    name: Annotated[Name, typer.Argument(help="The format.")],
    quiet: Quiet = False,
) -> None:
    """Print the JSON Schema of a file format."""
    from commentary.cli.output import dumps, emit
    from commentary.records import formats

    emit(dumps(formats.schema(name)))

"""The program: finds its commands by their files, and turns errors into a sentence and an exit code."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer
from typer.core import TyperGroup
from typer.main import get_command

from commentary.errors import CommentaryError

Click: TypeAlias = Any
"""A type of the copy of click that typer keeps to itself."""
_PACKAGE = "commentary.cli.commands"
_FOLDER = Path(__file__).parent / "commands"


class Commands(TyperGroup):
    """A group whose commands are the files of commands/, imported when they are asked for."""

    def list_commands(self, ctx: Click) -> list[str]:
        """Return the names of all commands."""
        return [name for name, _ in command_summaries()]

    def get_command(self, ctx: Click, cmd_name: str) -> Click:
        """Return one command, made from its file's `app`."""
        known = self.list_commands(ctx)
        if cmd_name not in known:
            if not cmd_name.startswith("-"):
                from difflib import get_close_matches

                near = get_close_matches(cmd_name, known, n=1)
                ctx.fail(f"there is no command {cmd_name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
            return None
        return get_command(import_module(f"{_PACKAGE}.{cmd_name.replace('-', '_')}").app)

    def invoke(self, ctx: Click) -> Click:
        """Run a command; of a refused option the library's own words for the kind of error are left out."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise

    def format_commands(self, ctx: Click, formatter: Click) -> None:
        """Write each command with the first line of its file, without building its options."""
        with formatter.section("Commands"):
            formatter.write_dl(list(command_summaries()))

    def main(self, *args: Click, **kwargs: Click) -> Click:
        """Run; an error that a person can mend is one sentence, without a traceback."""
        try:
            return super().main(*args, **kwargs)
        except CommentaryError as error:
            sys.stderr.write(f"commentary: {error}\n")
            sys.exit(error.exit_code)


def command_summaries() -> Iterator[tuple[str, str]]:
    """Yield each command and the first line of its file; nothing is imported for it."""
    for path in sorted(_FOLDER.glob("[!_]*.py")):
        with path.open(encoding="utf-8") as file:
            yield path.stem.replace("_", "-"), file.readline().strip().strip('"')


app = typer.Typer(
    cls=Commands,
    name="commentary",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExample:\n  commentary draft snapshot.json --format markdown",
)


def _print_version(asked: bool) -> None:
    if asked:
        from commentary import __version__

        sys.stdout.write(f"commentary {__version__}\n")
        raise typer.Exit


@app.callback()
def commentary(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Write crypto-derivatives news in which every figure traces to a fact."""

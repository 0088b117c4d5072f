"""The command line: one file per command in commands/, each of which imports what it needs when it runs."""

import sys


def main() -> None:
    """Run the command line; the console entry point."""
    from commentary.cli.app import app
    from commentary.cli.output import close_quietly, open_all

    open_all()
    try:
        app(prog_name="commentary")
    finally:
        close_quietly(sys.stdout)


def command_table() -> str:
    """Return the commands and what each does, as a table in Markdown."""
    from commentary.cli.app import command_summaries

    rows = [f"| `commentary {name}` | {summary} |" for name, summary in command_summaries()]
    return "\n".join(["| command | what it does |", "|---|---|", *rows]) + "\n"

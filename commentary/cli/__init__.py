"""The command line: one file per command in commands/, each of which imports what it needs when it runs."""

import sys


def main() -> None:
    """Run the command line; the console entry point."""
    from commentary.cli.app import app
    from commentary.cli.output import close_quietly

    try:
        app(prog_name="commentary")
    finally:
        close_quietly(sys.stdout)

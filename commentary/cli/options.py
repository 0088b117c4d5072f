"""Options that several commands share, and the form of their values."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer

from commentary.errors import BadInputError

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print the result and nothing else.")]
Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Settings, in place of commentary.toml.")]
Now = Annotated[
    str | None,
    typer.Option("--now", metavar="TIME", help="The time to judge age by; RFC 3339. Default: the newest as_of."),
]
FeedName = Annotated[str | None, typer.Option("--feed", metavar="NAME", help="The feed that it is written for.")]
StorePlace = Annotated[
    str | None,
    typer.Option("--store", metavar="FILE", help="The store of feeds, in place of COMMENTARY_STORE or the user's own."),
]
DataFormat = Annotated[Literal["text", "json"], typer.Option("--format", help="How to print the data.")]
Snapshot = Annotated[
    str | None,
    typer.Argument(metavar="SNAPSHOT", help="A snapshot file, or - for standard input. Default: a bundled one."),
]


def command_app() -> typer.Typer:
    """Return the app a command file hangs its command on."""
    return typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def example(*lines: str) -> str:
    """Return the end of a command's help, with its lines kept as they are."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


def moment(written: str | None, option: str = "--now") -> datetime | None:
    """Return a time with its zone, in UTC.

    Raises:
        BadInputError: it is no RFC 3339 time, or has no zone.
    """
    if written is None:
        return None
    try:
        time = datetime.fromisoformat(written)
        if time.tzinfo is not None:
            return time.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise BadInputError(option, written, "write a time with its zone, such as 2026-05-22T09:00:00Z")


_LENGTH = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}


def length_of_time(written: str, option: str) -> timedelta:
    """Return a length of time: 90s, 15m, 2h or 7d.

    Raises:
        BadInputError: it is none, or of no length.
    """
    found = _LENGTH.fullmatch(written.strip())
    length = int(found[1]) * _UNITS[found[2]] if found else timedelta(0)
    if length <= timedelta(0):
        raise BadInputError(option, written, "write a length of time, such as 15m, 2h or 7d")
    return length

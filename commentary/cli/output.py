"""Where a command's result and remarks go: standard output, a file, standard error."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EISDIR, ENXIO
from pathlib import Path
from shutil import get_terminal_size
from typing import TextIO

from commentary.errors import BadInputError

_DATABASE = b"SQLite format 3\0"
_BESIDE_DATABASE = re.compile(r"(?<=.)-(wal|shm|journal)$")


def emit(text: str, output: Path | None = None) -> None:
    """Write a result to `output`, else to standard output; a reader who has left is no error."""
    with delivered(text, output):
        pass


@contextmanager
def delivered(text: str, output: Path | None = None) -> Iterator[None]:
    """Write a result as `emit` does, after the block, which is begun only if the file can be written.

    Raises:
        BadInputError: the place cannot be written to.
    """
    if output is not None:
        with _in_place(output, text):
            yield
        return
    yield
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _to_nowhere(sys.stdout)
    except OSError as error:
        _to_nowhere(sys.stdout)
        raise BadInputError("standard output", None, f"it cannot be written to ({error.strerror})") from error


def remark(*lines: str, quiet: bool = False) -> None:
    """Write lines for the person at the terminal, beside the result."""
    if not quiet:
        with suppress(BrokenPipeError):
            sys.stderr.write("\n".join(lines) + "\n")
            sys.stderr.flush()


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        BadInputError: the place cannot be written to, or a database stands there.
    """
    with _in_place(path, text):
        pass


@contextmanager
def _in_place(path: Path, text: str) -> Iterator[None]:
    """Write a file beside its place before the block, and put it there behind it; leave nothing if that fails.

    A device or a pipe is written to as it is, and stays one.
    """
    _refuse_database(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part") if path.name else path
    try:
        with _writable(path):
            if path.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
            direct = path.exists() and not path.is_file()
            if direct and not os.access(path, os.W_OK):
                raise PermissionError(EACCES, os.strerror(EACCES))
            if not direct:
                part.write_text(text, encoding="utf-8", newline="\n")
        yield
        with _writable(path):
            if direct:
                _write_through(path, text)
            else:
                part.replace(path)
    finally:
        if part != path:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _write_through(path: Path, text: str) -> None:
    """Write into a device or a pipe; a pipe that nobody reads from is an error and not waited for.

    Raises:
        OSError: it cannot be written to.
    """
    try:
        number = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno == ENXIO:
            raise OSError(ENXIO, "nobody reads from it") from error
        raise
    os.set_blocking(number, True)
    with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    """Turn why a file cannot be written into a sentence."""
    try:
        yield
    except OSError as error:
        remedy = f"'{path}' cannot be written ({error.strerror}); name a file that can"
        raise BadInputError("--output", None, remedy) from error


def _refuse_database(path: Path) -> None:
    """Refuse to write over a database or what SQLite keeps beside one: by whatever name, it may be our store.

    Raises:
        BadInputError: one stands there.
    """
    main = path.with_name(_BESIDE_DATABASE.sub("", path.name)) if path.name else path
    for one in (path, main):
        if _is_database(one):
            what = "a database" if one == path else f"a part of the database {one}"
            raise BadInputError("--output", path, f"it is {what}, such as a store of feeds; name another file")


def _is_database(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


def refuse_input(output: Path | None, **inputs: object) -> None:
    """Refuse to write over a file that the command reads, by whichever name or link it is called.

    Args:
        output: where a result goes.
        inputs: the files that are read, by their option: editor_facts for --editor-facts.

    Raises:
        BadInputError: the output is one of them.
    """
    if output is None:
        return
    for option, place in inputs.items():
        if not isinstance(place, str | Path) or str(place) == "-":
            continue
        if is_same(output, place):
            named = option if option.isupper() else f"--{option.replace('_', '-')}"
            raise BadInputError("--output", output, f"it is the file of {named}, which is read; name another")
    _refuse_database(output)


def is_same(path: Path, place: str | Path) -> bool:
    """Say whether two names are of one file, by whichever link, and also of one that is still to be made."""
    try:
        return path.samefile(place)
    except (OSError, ValueError):
        pass
    try:
        return os.path.realpath(path) == os.path.realpath(place)
    except (OSError, ValueError):
        return False


def dumps(value: object) -> str:
    """Return JSON, indented by two spaces: decimals as numbers digit by digit, times in UTC."""
    import json
    from datetime import datetime
    from decimal import Decimal

    numbers: list[str] = []

    def plain(item: object) -> object:
        if isinstance(item, Decimal):
            numbers.append(format(item, "f"))
            return f"\0{len(numbers) - 1}\0"
        if isinstance(item, datetime):
            return item.isoformat().replace("+00:00", "Z")
        if isinstance(item, Path):
            return str(item)
        if isinstance(item, dict):
            return {key: plain(inner) for key, inner in item.items()}
        if isinstance(item, list | tuple):
            return [plain(inner) for inner in item]
        return item

    written = json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)
    for i, number in enumerate(numbers):
        written = written.replace(f'"\\u0000{i}\\u0000"', number, 1)
    return written + "\n"


def columns(rows: Iterable[tuple[str, ...]], gap: str = "  ") -> Iterable[str]:
    """Yield rows as lines with their columns in line; the last column runs free."""
    table = list(rows)
    if not table:
        return
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
        yield gap.join((*cells, row[-1])).rstrip()


def shows_colour(stream: TextIO) -> bool:
    """Say whether a stream is a terminal whose owner has not asked for plain text (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO) -> int:
    """Return the columns of a terminal, else 78."""
    return get_terminal_size((78, 24)).columns if stream.isatty() else 78


def close_quietly(stream: TextIO) -> None:
    """Flush what is left; a reader who has left is no error."""
    try:
        stream.flush()
    except BrokenPipeError:
        _to_nowhere(stream)


def open_all() -> None:
    """Give each standard stream that was closed by the caller a place to read from or write to."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for the whole run


def _to_nowhere(stream: TextIO) -> None:
    """Send the rest of a stream nowhere, so that the interpreter can flush it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)

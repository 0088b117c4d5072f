"""JSON without loss: exact decimals, and no reading that two programs could differ on.

records.canonical writes it again.
"""

import json
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from commentary.errors import BadInputError
from commentary.plain_files import LargeFileError, read_plain

LARGEST_BYTES = 64 * 1024 * 1024
"""A snapshot with 400 000 levels has half of that."""
DEEPEST = 32
"""The format itself is 4 deep; an assumption may hold lists."""


class _Repeated(dict[str, object]):
    """An object in which a name stands twice."""

    name: str


def load(content: bytes, name: str) -> object:
    """Return what JSON text says, every number a Decimal (NaN and infinities too: let types refuse them).

    Raises:
        BadInputError: it is not JSON, too large, too deep, or an object holds a name twice.
    """
    if len(content) > LARGEST_BYTES:
        raise BadInputError(name, None, f"it has {len(content):,} bytes; give a file of at most {LARGEST_BYTES:,}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(name, None, f"byte {error.start} is no UTF-8 text; save the file as UTF-8") from None
    try:
        document: object = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_decimal,
            parse_constant=_decimal,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        remedy = f"it is not JSON at line {error.lineno}, column {error.colno} ({error.msg.lower()}); correct it there"
        raise BadInputError(name, None, remedy) from None
    except RecursionError:
        raise _too_deep(name) from None
    _inspect(document, name)
    return document


def read_bytes(place: str | Path, name: str) -> bytes:
    """Return the bytes of a file, unless it is too large to be a snapshot.

    Raises:
        BadInputError: it cannot be read, is no file, or is too large.
    """
    try:
        return read_plain(Path(place), LARGEST_BYTES)
    except LargeFileError as error:
        raise BadInputError(name, None, f"{error.strerror}; give a smaller one") from error
    except (OSError, ValueError) as error:
        why = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
        raise BadInputError(name, None, f"{str(place)!a} cannot be read{why}; name a file that can") from error


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    repeated = _Repeated(made)
    counted = Counter(key for key, _ in pairs)
    repeated.name = next(key for key, times in counted.items() if times > 1)
    return repeated


def _inspect(document: object, name: str) -> None:
    """Refuse what JSON allows and a snapshot does not: names given twice, depth, broken Unicode."""
    if _is_plain(document):
        return
    waiting: list[tuple[object, tuple[str | int, ...]]] = [(document, ())]
    while waiting:
        value, path = waiting.pop()
        if len(path) > DEEPEST:
            raise _too_deep(name)
        if isinstance(value, _Repeated):
            where = name + pointer((*path, value.name))
            raise BadInputError(where, value.name, "the name stands twice in one object; keep one")
        if isinstance(value, str):
            if not _is_text(value):
                raise _broken(value, name + pointer(path))
            continue
        if isinstance(value, dict):
            if broken := [key for key in value if not _is_text(key)]:
                raise _broken(broken[0], name + pointer(path))
            items: Iterable[tuple[str | int, object]] = value.items()
        else:
            items = enumerate(value) if isinstance(value, list) else ()
        waiting.extend((item, (*path, part)) for part, item in items if isinstance(item, dict | list | str))


def _is_plain(document: object) -> bool:
    """Say at a glance whether there is nothing to refuse, as in nearly every file; where, is for a closer look."""
    level = [document]
    for _ in range(DEEPEST):
        below: list[object] = []
        for value in level:
            if isinstance(value, str):
                if not value.isascii():
                    return False
            elif isinstance(value, list):
                below += value
            elif isinstance(value, dict):
                if isinstance(value, _Repeated):
                    return False
                below += value.values()
                below += value
        # Most values are numbers, and by their exact type they are known at once.
        level = [value for value in below if type(value) is not Decimal]
    return not level


def _is_text(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _broken(text: str, where: str) -> BadInputError:
    return BadInputError(where, ascii(text), "it holds half a character (a lone surrogate); remove it")


def _too_deep(name: str) -> BadInputError:
    return BadInputError(name, None, f"it is nested too deeply, more than {DEEPEST} levels; check the file")


def pointer(path: tuple[str | int, ...]) -> str:
    """Return a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def shown(value: object) -> str:
    """Return a value as it stood in the file, short enough for a message."""
    if isinstance(value, dict):
        return "{...}"
    if isinstance(value, list | tuple):
        return "[...]"
    return json.dumps(value) if value is None or isinstance(value, bool) else str(value)

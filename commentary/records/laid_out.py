"""How a snapshot file is written: indented JSON with one row a line, so that people can read it."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from pydantic import BaseModel

from commentary.records.canonical import dump
from commentary.records.snapshot import Snapshot


def laid_out(document: Mapping[str, object]) -> bytes:
    """Return the file: a field a line, a row a line, and the inner rows of candles and maps a line each."""
    fields = [f"  {dump(name)}: {_value(value, 4)}" for name, value in document.items()]
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode()


def snapshot_file(snapshot: Snapshot) -> bytes:
    """Return the file of a snapshot: its fields in their order, without those that say nothing."""
    return laid_out(row_of(snapshot))


def row_of(record: BaseModel) -> dict[str, object]:
    """Return a record as the rows of a file have it: its fields in their order, without those that say nothing."""
    fields = {name: getattr(record, name) for name in type(record).model_fields}
    return {name: _json(value) for name, value in fields.items() if value is not None and value != ()}


def _json(value: object) -> object:
    if isinstance(value, BaseModel):
        return row_of(value)
    return [_json(item) for item in value] if isinstance(value, tuple) else value


def _value(value: object, indent: int) -> str:
    if _is_rows(value):
        rows = [" " * indent + _value(row, indent + 2) for row in value]
        return "[\n" + ",\n".join(rows) + "\n" + " " * (indent - 2) + "]"
    if not isinstance(value, Mapping):
        return dump(value)
    inner = any(_is_rows(part) for part in value.values())
    parts = [
        ("\n" + " " * indent if _is_rows(part) else " " if at else "") + f"{dump(name)}: {_value(part, indent + 2)}"
        for at, (name, part) in enumerate(value.items())
    ]
    return "{" + ",".join(parts) + ("\n" + " " * (indent - 2) if inner else "") + "}"


def _is_rows(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list) and any(isinstance(part, Mapping) for part in value)

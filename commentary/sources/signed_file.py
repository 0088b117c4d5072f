"""Reads what a person wrote and signed: editors' facts and overrides, as TOML or JSON.

Both are small files written by hand. TOML needs no commas and takes a date as it is; JSON is what another program
writes.
"""

import difflib
import tomllib
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError

from commentary.errors import BadInputError
from commentary.records.editor_fact import EditorFacts
from commentary.records.override import Overrides
from commentary.sources.json_text import load, pointer, shown

Signed = TypeVar("Signed", EditorFacts, Overrides)
_CLOCK_MARGIN = timedelta(minutes=2)
"""Clocks differ."""
_WRONG_TYPE = {
    "string_type": "write text in quotation marks",
    "tuple_type": "write a list",
    "model_type": "write an object, or a table",
    "dict_type": "write an object, or a table",
}


def read_editor_facts(content: bytes, name: str, now: datetime) -> EditorFacts:
    """Return an editor's facts.

    Args:
        content: the bytes of the file.
        name: what the file is called, for messages.
        now: the time at which it is read: nobody has signed later.

    Raises:
        BadInputError: it breaks the format, or a signature lies in the future.
    """
    file = _read(content, name, EditorFacts)
    for i, fact in enumerate(file.facts):
        _not_ahead(fact.signed_at, now, f"{name}/facts/{i}/signed_at")
    return file


def read_overrides(content: bytes, name: str, now: datetime) -> Overrides:
    """Return the signatures under soft findings; the arguments are those of `read_editor_facts`.

    Raises:
        BadInputError: it breaks the format, signs for a figure, or lies in the future.
    """
    file = _read(content, name, Overrides)
    for i, entry in enumerate(file.overrides):
        _not_ahead(entry.time, now, f"{name}/overrides/{i}/time")
    return file


def _not_ahead(moment: datetime, now: datetime, place: str) -> None:
    if moment > now + _CLOCK_MARGIN:
        remedy = f"it lies in the future (it is {now:%Y-%m-%d %H:%M} UTC); write when it was signed"
        raise BadInputError(place, f"{moment:%Y-%m-%dT%H:%M:%SZ}", remedy)


def _read(content: bytes, name: str, record: type[Signed]) -> Signed:
    is_json = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    document = load(content, name) if is_json else _toml(content, name)
    wanted = str(record.model_fields["format"].default)
    if not isinstance(document, dict):
        raise BadInputError(name, shown(document), f"write an object with format {wanted!r}")
    if document.get("format") != wanted:
        remedy = f"write format = {wanted!r} at its head; commentary schema {wanted[11:-2]} prints the format"
        raise BadInputError(f"{name}/format", document.get("format"), remedy)
    try:
        return record.model_validate(document)
    except ValidationError as error:
        raise _refused(error, name, record) from None


def _toml(content: bytes, name: str) -> object:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(name, None, f"byte {error.start} is no UTF-8 text; save the file as UTF-8") from None
    try:
        return _exact(tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        remedy = f"it is neither JSON nor TOML: {str(error).lower()}; correct that line"
        raise BadInputError(name, None, remedy) from None


def _exact(value: object) -> object:
    """Return a document with its whole numbers as decimals too."""
    if isinstance(value, dict):
        return {key: _exact(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_exact(inner) for inner in value]
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _refused(error: ValidationError, name: str, record: type[BaseModel]) -> BadInputError:
    """Return the first of pydantic's errors in our words."""
    found = error.errors(include_url=False)
    # A misspelt name is the likelier cause of a missing one.
    first = next((each for each in found if each["type"] == "extra_forbidden"), found[0])
    path, kind = tuple(first["loc"]), first["type"]
    value: object = first.get("input")
    if kind == "missing":
        value, remedy = None, f"{path[-1]!r} is missing, and nothing is signed without it; add it"
    elif kind == "extra_forbidden":
        value, remedy = path[-1], _unknown(path, record)
    elif kind == "literal_error":
        remedy = f"write {first['ctx']['expected']}"
    elif kind == "refused":
        remedy = first["ctx"]["remedy"]
        if field := first["ctx"]["field"]:
            value = getattr(value, field, None) if not isinstance(value, dict) else value.get(field)
            path = (*path, field)
    else:
        remedy = _WRONG_TYPE.get(kind, "write a value of the type the format asks for")
    return BadInputError(name + pointer(path), None if value is None else shown(value), remedy)


def _unknown(path: tuple[str | int, ...], record: type[BaseModel]) -> str:
    model = record
    for part in path[:-1]:
        if isinstance(part, str):
            model = get_args(model.model_fields[part].annotation)[0]
    known = sorted(model.model_fields)
    close = difflib.get_close_matches(str(path[-1])[:100], known, n=1)
    meant = f"write {close[0]!r} if you meant that, or " if close else ""
    return f"the format has no such name here; {meant}remove it (known: {', '.join(known)})"

"""What commands read: snapshots, drafts, and the facts that a text is checked against."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from commentary.cli.files import STANDARD_INPUT, read_bytes
from commentary.errors import BadInputError

if TYPE_CHECKING:
    from pydantic import ValidationError

    from commentary.config import Settings
    from commentary.records.draft import Draft
    from commentary.records.history import History
    from commentary.records.sheet import FactSheet
    from commentary.records.snapshot import ReadSnapshot

BUNDLED = "btc-long-side.json"
_MADE_BY = {
    "commentary.snapshot/1": "a snapshot (commentary snapshot new makes one)",
    "commentary.draft/1": "a draft (commentary draft --format json makes one)",
    "commentary.facts/1": "a facts file (commentary facts --format json makes one)",
    "commentary.history/1": "the history of a feed (commentary store export writes it)",
    "commentary.findings/1": "findings (commentary check --format json makes them)",
    "commentary.editor_facts/1": "editors' facts (they go beside --facts, with --editor-facts)",
    "commentary.overrides/1": "overrides (they go beside --facts, with --overrides)",
}


def snapshot_at(place: str | None, now: datetime | None) -> "ReadSnapshot":
    """Return the snapshot at `place`, else the bundled one.

    Raises:
        CommentaryError: it cannot be read or breaks the format.
    """
    from commentary.resources import folder
    from commentary.sources.snapshot_file import read_snapshot

    if place is None:
        place = str(folder("data") / "snapshots" / BUNDLED)
    content = read_bytes(place, "SNAPSHOT")
    try:
        return read_snapshot(content, now=now, name=_name(place))
    except BadInputError:
        _known_format(content, _name(place), "commentary.snapshot/1")
        raise


def draft_at(place: str, role: str = "DRAFT") -> "Draft":
    """Return the draft at `place`.

    Raises:
        BadInputError: it cannot be read or breaks the format.
    """
    return parse_draft(read_bytes(place, role), _name(place))


def parse_draft(content: bytes, name: str) -> "Draft":
    """Return a draft from its file's bytes.

    Raises:
        BadInputError: they break the format.
    """
    from pydantic import ValidationError

    from commentary.records.draft import Draft

    try:
        return Draft.model_validate_json(content)
    except ValidationError as error:
        _known_format(content, name, "commentary.draft/1")
        raise _refused(error, name, "commentary.draft/1") from error


def history_at(place: str, role: str = "--history") -> "History":
    """Return the history of a feed at `place`.

    Raises:
        BadInputError: it cannot be read, breaks the format, or was changed.
    """
    from pydantic import ValidationError

    from commentary.records.history import FORMAT, History

    content, name = read_bytes(place, role), _name(place)
    try:
        return History.model_validate_json(content)
    except ValidationError as error:
        _known_format(content, name, FORMAT)
        first = error.errors()[0]
        if first["type"] == "refused":
            raise BadInputError(f"{name}/{first['ctx']['field']}", None, first["ctx"]["remedy"]) from error
        raise _refused(error, name, FORMAT) from error


def format_of(content: bytes) -> str:
    """Return what a JSON file says it is, such as "commentary.draft/1"; empty where it says nothing."""
    return str((_object(content) or {}).get("format", ""))


def is_object(content: bytes) -> bool:
    """Say whether a file is one JSON object."""
    return _object(content) is not None


def _object(content: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _known_format(content: bytes, name: str, wanted: str) -> None:
    """Refuse a file that is not JSON, or that says it is something else.

    Raises:
        BadInputError: it is; the message says what it is and how to get what was wanted.
    """
    from commentary.sources.json_text import load

    load(content, name)
    kind = format_of(content)
    if kind != wanted and kind in _MADE_BY:
        raise BadInputError(name, None, f"{this_is(kind)}, and {_MADE_BY[wanted]} is asked for here")


def this_is(kind: str) -> str:
    """Return what a file of a format is: "this is a snapshot"."""
    return f"this is {_MADE_BY.get(kind, kind or 'JSON').partition(' (')[0]}"


class Held(NamedTuple):
    """What a text is held against."""

    sheet: "FactSheet"
    names: dict[str, str]
    """The names by ticker that a snapshot or a draft gives its own assets."""
    draft: "Draft | None" = None
    """The draft that carries them."""


def held_at(place: str, settings: "Settings", role: str = "--facts") -> Held:
    """Return the facts of a snapshot, of a facts file, or those that a draft carries, with their assets' names.

    Raises:
        BadInputError: the file is none of them.
    """
    return held_in(read_bytes(place, role), _name(place), settings)


def held_in(content: bytes, name: str, settings: "Settings") -> Held:
    """Return what the bytes of a snapshot, a facts file or a draft hold.

    Raises:
        BadInputError: they are none of them.
    """
    draft = parse_draft(content, name) if format_of(content).startswith("commentary.draft/") else None
    sheet = _facts_of(draft, name) if draft is not None else _facts_in(content, name, settings)
    return Held(sheet, _names_in(content), draft)


def _facts_of(draft: "Draft", name: str) -> "FactSheet":
    from commentary.pipeline import fact_findings, sheet_of

    for wrong in fact_findings(draft):
        raise BadInputError(f"{name}{wrong.path}", None, wrong.message)
    return sheet_of(draft)


def _facts_in(content: bytes, name: str, settings: "Settings") -> "FactSheet":
    kind = format_of(content)
    if kind.startswith("commentary.facts/"):
        return _facts_file(content, name)
    from commentary.pipeline import facts_of
    from commentary.sources.snapshot_file import read_snapshot

    read = read_snapshot(content, name=name)
    return facts_of(read, settings=settings, now=read.snapshot.as_of)


def _names_in(content: bytes) -> dict[str, str]:
    file = _object(content)
    if file is None:
        return {}
    names = file.get("names")
    if not isinstance(names, dict):
        names = {file.get("asset"): file.get("name")}
    return {ticker: name for ticker, name in names.items() if isinstance(ticker, str) and isinstance(name, str)}


def _facts_file(content: bytes, name: str) -> "FactSheet":
    from pydantic import ValidationError

    from commentary.records.fact import Fact, MissingFact
    from commentary.records.fact_file import FactsFile
    from commentary.records.sheet import FactSheet

    try:
        file = FactsFile.model_validate_json(content)
        facts = [record.fact() for record in file.facts]
    except ValidationError as error:
        raise _refused(error, name, "commentary.facts/1") from error
    except (ValueError, ArithmeticError) as error:
        raise BadInputError(f"{name}/facts", None, str(error) or "a value does not fit its unit") from error
    return FactSheet(
        file.asset,
        file.as_of,
        tuple(fact for fact in facts if isinstance(fact, Fact)),
        tuple(fact for fact in facts if isinstance(fact, MissingFact)),
    )


def _refused(error: "ValidationError", name: str, format: str) -> BadInputError:
    from commentary.sources.json_text import pointer, shown

    first = error.errors()[0]
    where = f"{name}{pointer(first['loc'])}"
    if first["type"] == "missing":
        return BadInputError(where, None, f"{first['loc'][-1]!r} is missing, which {format} requires; add it")
    said = first["msg"][:1].lower() + first["msg"][1:]
    return BadInputError(where, shown(first.get("input")), f"{format} asks otherwise: {said}")


def _name(place: str) -> str:
    return "standard input" if place == STANDARD_INPUT else Path(place).name

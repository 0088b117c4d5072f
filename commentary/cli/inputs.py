"""What commands read: snapshots, drafts, and the facts that a text is checked against."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commentary.errors import BadInputError

if TYPE_CHECKING:
    from pydantic import ValidationError

    from commentary.config import Settings
    from commentary.records.draft import Draft
    from commentary.records.sheet import FactSheet
    from commentary.records.snapshot import ReadSnapshot

STANDARD_INPUT = "-"
BUNDLED = "btc-long-side.json"
_MADE_BY = {
    "commentary.snapshot/1": "a snapshot (commentary snapshot new makes one)",
    "commentary.draft/1": "a draft (commentary draft --format json makes one)",
    "commentary.facts/1": "a facts file (commentary facts --format json makes one)",
    "commentary.findings/1": "findings (commentary check --format json makes them)",
    "commentary.editor_facts/1": "editors' facts (they go beside --facts, with --editor-facts)",
    "commentary.overrides/1": "overrides (they go beside --facts, with --overrides)",
}


def read_bytes(place: str, role: str) -> bytes:
    """Return the bytes of a file or of standard input.

    Raises:
        BadInputError: there is no such file.
    """
    if place == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(place).read_bytes()
    except OSError as error:
        raise BadInputError(role, place, f"name a file that can be read ({error.strerror})") from error


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


def format_of(content: bytes) -> str:
    """Return what a JSON file says it is, such as "commentary.draft/1"; empty where it says nothing."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    return str(found.get("format", "")) if isinstance(found, dict) else ""


def _known_format(content: bytes, name: str, wanted: str) -> None:
    """Refuse a file that is not JSON, or that says it is something else.

    Raises:
        BadInputError: it is; the message says what it is and how to get what was wanted.
    """
    from commentary.sources.json_text import load

    load(content, name)
    kind = format_of(content)
    if kind != wanted and kind in _MADE_BY:
        raise BadInputError(name, kind, f"{_MADE_BY[wanted]} is asked for here")


def facts_at(place: str, settings: "Settings") -> "FactSheet":
    """Return the facts of a snapshot, of a facts file, or those that a draft carries.

    Raises:
        BadInputError: the file is none of them.
    """
    content = read_bytes(place, "--facts")
    kind = format_of(content)
    if kind.startswith("commentary.draft/"):
        from commentary.pipeline import sheet_of

        return sheet_of(parse_draft(content, _name(place)))
    if kind.startswith("commentary.facts/"):
        return _facts_file(content, _name(place))
    from commentary.pipeline import facts_of
    from commentary.sources.snapshot_file import read_snapshot

    read = read_snapshot(content, name=_name(place))
    return facts_of(read, settings=settings, now=read.snapshot.as_of)


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
    except ValueError as error:
        raise BadInputError(name, "facts", str(error)) from error
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

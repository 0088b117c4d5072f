"""Checks many texts, a line of JSON each, and answers each with a line as soon as it is done.

A line that cannot be checked is answered with its error; the lines behind it are checked all the same.
"""

import json
import re
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from commentary.cli.files import LARGEST_TEXT, STANDARD_INPUT, opened_pipe, unreadable
from commentary.errors import BadInputError, CommentaryError

if TYPE_CHECKING:
    from commentary.cli.inputs import Held
    from commentary.config import Settings
    from commentary.pipeline.checking import TextChecker
    from commentary.records.finding import Findings

LARGEST_LINE = LARGEST_TEXT
_KEPT = 32
"""The facts of so many snapshots are kept, the last used ones."""
_KEYS = ("id", "text", "snapshot")
_SPACE = re.compile(r"[ \t\r\n]*")
_LONGEST_ID = 40

ANYWHERE = "--any-path"
Check = Callable[[str, "TextChecker", str], "Findings"]
"""Checks a text against facts; the last is what messages call the text."""


class Counted(NamedTuple):
    """What a run came to."""

    checked: int = 0
    wrong: int = 0
    """Texts with an error among their findings."""
    refused: int = 0
    """Lines that could not be checked."""

    @property
    def ok(self) -> bool:
        """True where every line was checked and none has an error."""
        return not self.wrong and not self.refused


class Facts:
    """The facts of the snapshots of a run, each computed once, and what checks texts against them.

    Args:
        given: those of --facts, for lines that name no snapshot.
        settings: what facts are computed by.
        within: folders that the snapshots of lines have to stand in; None: they may stand anywhere.
    """

    def __init__(self, given: "Held | None", settings: "Settings", within: tuple[Path, ...] | None) -> None:
        self._given = given
        self._settings = settings
        self._within = None if within is None else tuple(folder.resolve() for folder in within)
        self._known: OrderedDict[str, TextChecker] = OrderedDict()

    def of(self, line: dict[str, Any], written: str, where: str) -> "TextChecker":
        """Return what checks a line against the facts that it is to be checked against.

        Raises:
            CommentaryError: it names none, or they cannot be read, or not from there.
        """
        from commentary.cli.inputs import held_at, held_in

        snapshot = line.get("snapshot")
        if snapshot is None:
            given = self._given
            if given is None:
                raise BadInputError(f"{where}/snapshot", None, "name a snapshot in the line, or give --facts")
            return self._kept("--facts", lambda: given)
        if isinstance(snapshot, str):
            if snapshot == STANDARD_INPUT:
                raise BadInputError(f"{where}/snapshot", snapshot, "name a file")
            self._confine(snapshot, f"{where}/snapshot")
            return self._kept(f"file {snapshot}", lambda: held_at(snapshot, self._settings, f"{where}/snapshot"))
        if isinstance(snapshot, dict):
            return self._kept(written, lambda: held_in(written.encode(), f"{where}/snapshot", self._settings))
        raise BadInputError(f"{where}/snapshot", written, "write a path, or a snapshot in { }")

    def _confine(self, place: str, where: str) -> None:
        """Refuse a file elsewhere: who writes the lines may be somebody else than who runs them."""
        if self._within is None:
            return
        try:
            path = Path(place).resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise BadInputError(where, None, f"{place!a} cannot be read ({error}); name a file that can") from error
        if not any(path.is_relative_to(folder) for folder in self._within):
            folders = " or ".join(map(str, dict.fromkeys(self._within)))
            remedy = f"a line names a file in {folders} only; copy it there, or trust the lines by {ANYWHERE}"
            raise BadInputError(where, place, remedy)

    def _kept(self, key: str, compute: "Callable[[], Held]") -> "TextChecker":
        from commentary.cli.checked import checker_of

        if key not in self._known:
            self._known[key] = checker_of(compute(), self._settings)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]


def run(lines: IO[bytes], facts: Facts, check: Check, emit: Callable[[str], None]) -> Counted:
    """Check every line and emit an answer for each; empty lines have none."""
    counted = Counted()
    for number, content in enumerate(_lines(lines), 1):
        if content is not None and not content.strip():
            continue
        answer: dict[str, Any] = {"id": None}
        try:
            line, written = _parsed(content, f"line {number}", answer)
            found = check(line["text"], facts.of(line, written, f"line {number}"), f"line {number}/text")
        except CommentaryError as error:
            answer["error"] = str(error)
            counted = counted._replace(refused=counted.refused + 1)
        except RecursionError:
            answer["error"] = f"line {number}: it is nested too deeply to be read; write it flatter"
            counted = counted._replace(refused=counted.refused + 1)
        else:
            answer |= {"ok": found.ok, "findings": [one.model_dump(mode="json") for one in found.findings]}
            counted = counted._replace(checked=counted.checked + 1, wrong=counted.wrong + (not found.ok))
        emit(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))
    return counted


def opened(place: str) -> IO[bytes]:
    """Return the lines of a file, or of standard input.

    Raises:
        BadInputError: it cannot be read.
    """
    if place == STANDARD_INPUT:
        return sys.stdin.buffer
    try:
        if Path(place).is_dir():
            raise BadInputError("--batch", None, f"{place!r} is a folder; name a file of JSON lines")
        return opened_pipe(place, "--batch") if Path(place).is_fifo() else Path(place).open("rb")
    except (OSError, ValueError) as error:
        raise unreadable("--batch", place, error) from error


def _lines(lines: IO[bytes]) -> Iterator[bytes | None]:
    """Yield each line as it comes; None for one that is too long, the rest of which is passed over."""
    while content := lines.readline(LARGEST_LINE + 1):
        if len(content) <= LARGEST_LINE or content.endswith(b"\n"):
            yield content
            continue
        while content and not content.endswith(b"\n"):
            content = lines.readline(LARGEST_LINE)
        yield None


def _parsed(content: bytes | None, where: str, answer: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return a line's object, and its snapshot as it is written; its id goes into the answer once it is known.

    Raises:
        BadInputError: it is no object with an id and a text.
    """
    if content is None:
        raise BadInputError(where, None, f"it is longer than {LARGEST_LINE // 1024**2} MiB; give a shorter text")
    line: dict[str, Any] = {}
    snapshot = ""
    try:
        for key, value, written in _members(content.decode("utf-8-sig").rstrip()):
            if key not in _KEYS:
                raise BadInputError(f"{where}/{key}", key, f"a line has {', '.join(_KEYS)} and nothing else")
            if key in line:
                raise BadInputError(f"{where}/{key}", key, "the name stands twice in the line; keep one")
            line[key] = value
            snapshot = written if key == "snapshot" else snapshot
            if key == "id" and isinstance(value, str | int) and not isinstance(value, bool):
                answer["id"] = value
    except UnicodeDecodeError as error:
        raise BadInputError(where, None, f"byte {error.start} of the line is no UTF-8; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadInputError(f"{where}, column {error.colno}", None, f"it is not JSON: {error.msg.lower()}") from None
    if answer["id"] is None:
        raise BadInputError(f"{where}/id", None, "write an id, a text or a whole number, by which to know the answer")
    if not isinstance(line.get("text"), str):
        raise BadInputError(f"{where}/text", None, "write the text to check, in quotes")
    if any(0xD800 <= ord(character) < 0xE000 for character in line["text"]):
        raise BadInputError(f"{where}/text", None, "it holds half a character (a lone surrogate); remove it")
    return line, snapshot


def _members(written: str) -> Iterator[tuple[str, Any, str]]:
    """Yield the names and values of an object, each value also as it is written.

    Raises:
        json.JSONDecodeError: it is none.
    """
    decoder = json.JSONDecoder(parse_int=_whole, parse_float=str)
    at = _after_space(written, 0)
    if written[at : at + 1] != "{":
        raise json.JSONDecodeError('An object is asked for, {"id": …, "text": …}', written, at)
    at = _after_space(written, at + 1)
    last = written[at : at + 1] == "}"
    while not last:
        if written[at : at + 1] != '"':
            raise json.JSONDecodeError("A name in quotes is asked for", written, at)
        key, at = decoder.raw_decode(written, at)
        at = _after_space(written, at)
        if written[at : at + 1] != ":":
            raise json.JSONDecodeError("A colon is asked for", written, at)
        begun = _after_space(written, at + 1)
        value, end = decoder.raw_decode(written, begun)
        yield key, value, written[begun:end]
        at = _after_space(written, end)
        last = written[at : at + 1] == "}"
        if not last:
            if written[at : at + 1] != ",":
                raise json.JSONDecodeError("A comma or the end of the object is asked for", written, at)
            at = _after_space(written, at + 1)
    if rest := written[at + 1 :].strip():
        raise json.JSONDecodeError("The line goes on behind the object", written, written.index(rest, at + 1))


def _after_space(written: str, at: int) -> int:
    found = _SPACE.match(written, at)
    return found.end() if found else at


def _whole(written: str) -> int | str:
    return int(written) if len(written) <= _LONGEST_ID else written

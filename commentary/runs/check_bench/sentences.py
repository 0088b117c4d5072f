"""Sentences by other hands: true and false ones on bundled snapshots, each fed as a passage of its own.

A file holds tables [[sentence]]: `snapshot`, the name of a bundled one; `true`; `text`; and for the reader `verb`,
what the sentence turns on, and `why` it is true or false.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from commentary.config import Settings
from commentary.errors import BadInputError
from commentary.pipeline import check_text, draft_snapshots, facts_of, sheet_of
from commentary.plain_files import read_plain_text
from commentary.records.draft import Draft
from commentary.records.fact_file import Record
from commentary.records.sheet import FactSheet
from commentary.resources import folder
from commentary.sources.snapshot_file import read_snapshot

_KEYS = {"snapshot": str, "true": bool, "verb": str, "text": str, "why": str}
_NEEDED = ("snapshot", "true", "text")


class Judged(Record):
    """A sentence, and what the checker said to it."""

    snapshot: str
    true: bool
    verb: str
    text: str
    why: str
    errors: tuple[str, ...]
    """Each as code and the words it stands on."""

    @property
    def is_miss(self) -> bool:
        """False and let through, or true and refused."""
        return self.true == bool(self.errors)


class SentencesResult(Record):
    """A run over a file."""

    sentences: tuple[Judged, ...]

    def share(self, *, true: bool) -> tuple[int, int]:
        """Return how many of the true or false ones have an error, and how many there are."""
        of = [each for each in self.sentences if each.true is true]
        return sum(bool(each.errors) for each in of), len(of)


def judge_sentences(path: Path) -> SentencesResult:
    """Return what the checker says to the sentences of a file.

    Raises:
        BadInputError: the file cannot be read, or a sentence lacks a part.
    """
    return SentencesResult(sentences=tuple(map(_judged, _read(path))))


def _read(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        table = tomllib.loads(read_plain_text(path))
    except OSError as error:
        raise BadInputError(
            "FILE", None, f"'{path}' cannot be read ({error.strerror}); name a file that can"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInputError("FILE", path, f"write it as TOML ({error})") from error
    sentences = table.get("sentence")
    if not isinstance(sentences, list) or not sentences:
        raise BadInputError("FILE", path, "write at least one table [[sentence]] in it")
    for i, sentence in enumerate(sentences):
        for name in (*_NEEDED, *(name for name in sentence if name not in _NEEDED)):
            kind = _KEYS.get(name)
            if kind is None:
                raise BadInputError(f"/sentence/{i}/{name}", sentence[name], f"a sentence has {', '.join(_KEYS)}")
            if not isinstance(sentence.get(name), kind):
                raise BadInputError(f"/sentence/{i}/{name}", sentence.get(name), f"write a {kind.__name__}")
        if sentence["snapshot"] not in _bundled():
            known = ", ".join(_bundled())
            raise BadInputError(f"/sentence/{i}/snapshot", sentence["snapshot"], f"name one of {known}")
        yield sentence


def _judged(sentence: Mapping[str, object]) -> Judged:
    snapshot, text = str(sentence["snapshot"]), str(sentence["text"])
    sheet, names = _facts(snapshot)
    found = check_text(text, sheet, settings=Settings(), scope="passage", names=names).findings
    return Judged(
        snapshot=snapshot,
        true=bool(sentence["true"]),
        verb=str(sentence.get("verb", "")),
        text=text,
        why=str(sentence.get("why", "")),
        errors=tuple(f"{each.code} “{each.text}”" for each in found if each.severity == "error"),
    )


@cache
def _bundled() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (folder("data") / "snapshots").glob("*.json")))


@cache
def _facts(name: str) -> tuple[FactSheet, dict[str, str]]:
    """Return the facts of a bundled snapshot, with the desk's own where it makes a story, and its names."""
    read = read_snapshot(folder("data") / "snapshots" / f"{name}.json", name=name)
    draft = draft_snapshots([read], settings=Settings())
    if isinstance(draft, Draft):
        return sheet_of(draft), dict(draft.names)
    named = {read.snapshot.asset: read.snapshot.name} if read.snapshot.name else {}
    return facts_of(read, settings=Settings()), named

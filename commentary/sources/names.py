"""Names in a snapshot: a name is printed as it stands, so it may say nothing of anything.

Which characters a name has, its type says (commentary.records.values); here its words are looked at.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache

from pydantic_core import PydanticCustomError

from commentary.errors import BadInputError
from commentary.languages import language
from commentary.records.snapshot import SECTIONS, Snapshot
from commentary.records.values import plain_name
from commentary.resources import folder

MOST_WORDS = 6
"""The U.S. Securities and Exchange Commission has as many."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_PAST = re.compile(r"[a-z]{2,}ed")
_FIELDS = ("venue", "source")
_APOSTROPHES = ("'", "’")


def refuse_sayings(snapshot: Snapshot, name: str) -> None:
    """Refuse what stands in the place of a name and says something.

    Raises:
        BadInputError: a name is one; the message has its place, the name and what to write.
    """
    for path, given in _names(snapshot):
        if why := saying(given):
            raise BadInputError(f"{name}{path}", given, f"it is printed as a name, and {why}; write the name alone")


@lru_cache(maxsize=4096)
def saying(name: str) -> str:
    """Return why some words are no name; nothing where they can be one."""
    try:
        plain_name(name)
    except PydanticCustomError as error:
        return f"it is none: {(error.context or {})['remedy']}"
    if name[-1:] in _APOSTROPHES:
        return "it ends with an apostrophe, which says that something is theirs"
    words = _WORD.findall(name)
    if len(words) > MOST_WORDS:
        return f"it has {len(words)} words, more than {MOST_WORDS}"
    for word in words:
        if word.casefold() in _claiming() or _PAST.fullmatch(word):
            return f"“{word}” makes a statement of it"
    return "it holds an amount" if language("en").quantities(_counted(words)) else ""


def _counted(words: list[str]) -> str:
    """Return the words that are not written as a name's are, each with the number before it."""
    kept = []
    for before, word in zip(["", *words], words, strict=False):
        if word.isalpha() and word.islower():
            kept += [before, word] if before.isdigit() else [word]
    return " ".join(kept)


@cache
def _claiming() -> frozenset[str]:
    lists = tomllib.loads((folder("data") / "name_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in lists.values() for word in words.split())


def _names(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    if snapshot.name is not None:
        yield "/name", snapshot.name
    for section in SECTIONS:
        for i, row in enumerate(getattr(snapshot, section)):
            for field in _FIELDS:
                if given := getattr(row, field, None):
                    yield f"/{section}/{i}/{field}", given

"""Names in a snapshot: a name is printed as it stands, so it may say nothing of anything.

So are what a date of the calendar is called and what a notice is about: they name a thing, and say nothing of it.

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
MOST_WORDS_OF_A_SUBJECT = 12
"""As many as a release has with the month it is for; a sentence soon has more."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_PAST = re.compile(r"[a-z]{2,}ed")
_AMOUNT = re.compile(r"\d[\d,.]*(?:k|mn|bn|bps|pct)", re.IGNORECASE)
_SPAN = re.compile(r"\b\d+ (?:minute|hour|day|week|month|year)s?\b")
"""A subject may say how long: funding every 4 hours."""
_FIELDS = ("venue", "source", "tenor")
_SUBJECTS = {
    "calendar": ("event", "what is due and no more, such as US consumer prices for September"),
    "notices": ("text", "what the notice is about and no more, such as LINKUSD perpetual delisting"),
}
_APOSTROPHES = ("'", "’")


def refuse_sayings(snapshot: Snapshot, name: str) -> None:
    """Refuse what stands in the place of a name and says something.

    Raises:
        BadInputError: a name is one; the message has its place, the name and what to write.
    """
    for path, given in _names(snapshot):
        if why := saying(given):
            raise BadInputError(f"{name}{path}", given, f"it is printed as a name, and {why}; write the name alone")
    for section, (field, remedy) in _SUBJECTS.items():
        for i, row in enumerate(getattr(snapshot, section)):
            given = getattr(row, field)
            if given and (why := saying_of_a_subject(given)):
                path = f"{name}/{section}/{i}/{field}"
                raise BadInputError(path, given, f"it is printed as it stands, and {why}; write {remedy}")


@lru_cache(maxsize=4096)
def saying(name: str) -> str:
    """Return why some words are no name; nothing where they can be one."""
    try:
        plain_name(name)
    except PydanticCustomError as error:
        return f"it is none: {(error.context or {})['remedy']}"
    if name[-1:] in _APOSTROPHES:
        return "it ends with an apostrophe, which says that something is theirs"
    return _claim(_WORD.findall(name), MOST_WORDS, _lists("name"))


@lru_cache(maxsize=4096)
def saying_of_a_subject(subject: str) -> str:
    """Return why some words do not just name a date or what a notice is about; nothing where they do."""
    words = [word for word in _WORD.findall(_SPAN.sub("", subject)) if word.casefold() not in _lists("nouns")]
    if any(_AMOUNT.fullmatch(word) for word in words):
        return "it holds an amount"
    return _claim(words, MOST_WORDS_OF_A_SUBJECT, _lists("name") | _lists("subject"))


def _claim(words: list[str], at_most: int, claiming: frozenset[str]) -> str:
    if len(words) > at_most:
        return f"it has {len(words)} words, more than {at_most}"
    for word in words:
        if word.casefold() in claiming or _PAST.fullmatch(word):
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
def _lists(table: str) -> frozenset[str]:
    lists = tomllib.loads((folder("data") / "name_words.toml").read_text(encoding="utf-8"))[table]
    return frozenset(word for words in lists.values() for word in words.split())


def _names(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    if snapshot.name is not None:
        yield "/name", snapshot.name
    if snapshot.contract is not None:
        yield "/contract", snapshot.contract
    for section in SECTIONS:
        for i, row in enumerate(getattr(snapshot, section)):
            for field in _FIELDS:
                if given := getattr(row, field, None):
                    yield f"/{section}/{i}/{field}", given

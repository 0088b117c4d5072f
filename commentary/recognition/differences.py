"""Where two texts differ, word by word; a figure is one word, with its sign of currency and its unit."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_TOKEN = re.compile(r"(?:\b[A-Z]{1,3})?[$€£¥]?\d+(?:[.,]\d+)*(?:%|[A-Za-z]+\b)?|\w+|\W")


class Kept(NamedTuple):
    """A stretch of the old text that stands in the new one."""

    start: int
    end: int
    place: int
    """Where it begins now."""

    def moved(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a part of it stands now; None where it is no part."""
        if self.start <= start and end <= self.end:
            return self.place + start - self.start, self.place + end - self.start
        return None


class Changed(NamedTuple):
    """A stretch of the old text, and what stands in its place; either may be empty."""

    old: tuple[int, int]
    new: tuple[int, int]


class Differences(NamedTuple):
    """What was kept of a text, and what was changed, in order."""

    kept: tuple[Kept, ...]
    changed: tuple[Changed, ...]


def differences(old: str, new: str) -> Differences:
    """Return how a text was changed into another."""
    if old == new:
        return Differences((Kept(0, len(old), 0),) if old else (), ())
    before, starts = _tokens(old)
    after, places = _tokens(new)
    kept: list[Kept] = []
    changed: list[Changed] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            kept.append(Kept(starts[a], starts[b], places[c]))
        else:
            changed.append(Changed((starts[a], starts[b]), (places[c], places[d])))
    return Differences(tuple(kept), tuple(changed))


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return [match[0] for match in _TOKEN.finditer(text) if match[0][-1:].isalnum() or match[0][-1:] == "%"]


def _tokens(text: str) -> tuple[list[str], list[int]]:
    found = list(_TOKEN.finditer(text))
    return [match[0] for match in found], [*(match.start() for match in found), len(text)]

"""Slips of a text mended: a figure that can only be one wording, a look-alike digit, a hidden character.

Each change is tried and the whole text checked again; it stays only if the finding is gone and no error is new.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from commentary.records.finding import Finding, Findings

_FIGURES = ("numbers", "lookalikes", "roles", "direction", "agreement", "names")
"""Checkers whose suggestions are spellings of facts."""
_SLIP = 0.6
"""Less alike than this, a figure was meant to be another one, or came from elsewhere."""
_HIDDEN = frozenset({"Cf", "Mn", "Me"})
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "О": "0", "о": "0"})
"""Letters that a typist, or a scan, puts in place of digits; the last two are Cyrillic."""
_RUN = re.compile(r"[$€£]?[\w.,%]+")
_MOST = 200
"""More trials than any text of an editor needs."""

Check = Callable[[str], Findings]


class Change(NamedTuple):
    """What was written in place of what."""

    before: str
    after: str
    code: str
    line: int
    """Of the content, from one."""


class Left(NamedTuple):
    """A finding that was left as it is, and why."""

    finding: Finding
    why: str


class Fixed(NamedTuple):
    """A text with its slips mended."""

    content: str
    changes: tuple[Change, ...]
    left: tuple[Left, ...]
    findings: Findings
    """What the check says of the mended text."""


def fix(content: str, check: Check) -> Fixed:
    """Return a text whose slips are mended.

    Args:
        content: the text as it stands in its file.
        check: checks it; its findings count in the file.
    """
    found = check(content)
    changes: list[Change] = []
    refused: dict[tuple[str, str, int], str] = {}
    trials = 0
    while trials < _MOST:
        step = _step(content, found, check, refused)
        trials += 1
        if step is None:
            break
        content, found, change = step
        changes.append(change)
    left = tuple(
        Left(finding, refused.get(_key(finding, content), "no wording is the only one that fits"))
        for finding in found.findings
        if finding.severity == "error"
    )
    return Fixed(content, tuple(changes), left, found)


def _key(finding: Finding, content: str) -> tuple[str, str, int]:
    """Return what tells a finding from others of its words, whatever was mended before it."""
    return finding.code, finding.text, content.count(finding.text, 0, finding.span[0]) if finding.text else 0


def _step(
    content: str, found: Findings, check: Check, refused: dict[tuple[str, str, int], str]
) -> tuple[str, Findings, Change] | None:
    """Return the text with the first change that holds; None where none does."""
    for finding in found.findings:
        key = _key(finding, content)
        if finding.severity != "error" or key in refused:
            continue
        why = ""
        if content[slice(*finding.span)].split() != finding.text.split():
            why = "signs of the layout stand within it; mend it by hand"
        for (start, end), after in () if why else _wordings(finding, content):
            mended = content[:start] + after + content[end:]
            checked = check(mended)
            if _is_better(found, checked):
                line = content.count("\n", 0, start) + 1
                return mended, checked, Change(content[start:end], after, finding.code, line)
            why = why or f"“{after.strip()}” in its place brings another finding"
        refused[key] = why or _why_none(finding)
    return None


def _why_none(finding: Finding) -> str:
    if finding.code.partition(".")[0] not in _FIGURES:
        return "words are the writer's to mend"
    if len(finding.suggest) > 1:
        return f"{len(finding.suggest)} wordings are near; choose one"
    if finding.suggest and finding.code.partition(".")[0] in _FIGURES:
        return f"“{finding.suggest[0]}” is the only one near, and too unlike it for a slip"
    return "it is no slip of a known figure"


def _wordings(finding: Finding, text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield what may be written in place of a finding's words, or of the run of signs that they are part of."""
    start, end = finding.span
    written = text[start:end]
    if finding.code.partition(".")[0] not in _FIGURES or not written:
        return
    if finding.code.startswith(("numbers.", "lookalikes.")):
        yield from _seen(text, start, end)
    if len(finding.suggest) == 1:
        (wording,) = finding.suggest
        pieces, spaces = wording.split(" "), re.findall(r"\s+", written)
        # A line that breaks within a figure breaks there still.
        if len(pieces) == len(spaces) + 1:
            wording = "".join(piece + space for piece, space in zip(pieces, [*spaces, ""], strict=True))
        if SequenceMatcher(None, written, wording, autojunk=False).ratio() >= _SLIP:
            yield (start, end), wording


def _seen(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield a stretch without what is hidden in it, and with the digits that its look-alikes stand for."""
    low, high = start, end
    runs = [match.span() for match in _RUN.finditer(_visible(text, "_")) if match.start() < end and start < match.end()]
    if runs:
        low, high = min(start, runs[0][0]), max(end, runs[-1][1])
    written = text[low:high]
    shown = "".join(map(_plain, written))
    # An accent that was typed apart belongs to its letter.
    for wording in (unicodedata.normalize("NFC", written), _visible(shown, ""), _visible(shown, " ")):
        if wording != written:
            yield (low, high), wording
    # Letters count as digits only in a run that holds one.
    if any(character.isdigit() or character == "$" for character in written):
        lettered = re.sub(r"(?<![A-Za-z]{2})[0-9$.,lIOoОо]*[0-9$.,][0-9$.,lIOoОо]*", _digits, shown)
        if lettered != written:
            yield (low, high), _visible(lettered, "")


def _digits(found: re.Match[str]) -> str:
    return found[0].translate(_LETTERS)


def _plain(character: str) -> str:
    """Return the sign that a character looks like: a digit of another script, a full-width form."""
    if character.isascii():
        return character
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    simple = unicodedata.normalize("NFKC", character)
    return simple if len(simple) == 1 and simple.isascii() and simple != " " else character


def _visible(text: str, stand_in: str) -> str:
    """Return a text with another character, or none, for each that is not seen."""
    return "".join(stand_in if unicodedata.category(character) in _HIDDEN else character for character in text)


def _is_better(before: Findings, after: Findings) -> bool:
    """Say whether an error is gone, none is new, and no figure has become one of several."""
    old, new = _errors(before), _errors(after)
    if new - old or sum(new.values()) >= sum(old.values()):
        return False
    return not _of(after, "numbers.ambiguous") - _of(before, "numbers.ambiguous")


def _errors(found: Findings) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.text) for finding in found.findings if finding.severity == "error")


def _of(found: Findings, code: str) -> Counter[str]:
    return Counter(finding.text for finding in found.findings if finding.code == code)

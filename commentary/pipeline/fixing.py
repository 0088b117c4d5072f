"""Slips of a text mended: a figure that was meant to be one wording, a look-alike digit, a hidden character.

Each change is tried and the whole text checked again; it stays only if the finding is gone and no error is new.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from commentary.records.finding import Finding, Findings

_FIGURES = ("numbers", "lookalikes")
"""Checkers of what a figure is; what the others find, words have to mend."""
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
    """An error that was left as it is."""

    finding: Finding
    why: str
    """Why a figure was left for which there is a wording; or nothing."""


Step = tuple[str, Findings, list[Change]]
"""A text after a change, what the check says of it, and what was changed."""


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
    for _ in range(_MOST):
        refused.clear()
        step = _together(content, found, check) or _step(content, found, check, refused)
        if step is None:
            break
        content, found, made = step
        changes += made
    left = tuple(
        Left(finding, refused.get(_key(finding, content), ""))
        for finding in found.findings
        if finding.severity == "error"
    )
    return Fixed(content, tuple(changes), left, found)


def _key(finding: Finding, content: str) -> tuple[str, str, int]:
    """Return what tells a finding from others of its words, whatever was mended before it."""
    return finding.code, finding.text, content.count(finding.text, 0, finding.span[0]) if finding.text else 0


def _together(content: str, found: Findings, check: Check) -> Step | None:
    """Return the text with all its slips of figures mended at once; None where there are not several, or one fails."""
    slips = sorted(
        (finding.span, _laid_out(finding.mend, content[slice(*finding.span)]), finding.code)
        for finding in found.findings
        if finding.mend and _stands(finding, content)
    )
    if len(slips) < 2 or any(one[0][1] > other[0][0] for one, other in pairwise(slips)):
        return None
    mended = content
    for (start, end), after, _ in reversed(slips):
        mended = mended[:start] + after + mended[end:]
    checked = check(mended)
    if not _is_better(found, checked, by=len(slips)):
        return None
    return mended, checked, [_change(content, span, after, code) for span, after, code in slips]


def _step(content: str, found: Findings, check: Check, refused: dict[tuple[str, str, int], str]) -> Step | None:
    """Return the text with the first change that holds; None where none does."""
    for finding in found.findings:
        if finding.severity != "error" or finding.code.partition(".")[0] not in _FIGURES:
            continue
        why = "" if _stands(finding, content) else "signs of the layout stand within it; mend it by hand"
        for span, after in () if why else _wordings(finding, content):
            mended = content[: span[0]] + after + content[span[1] :]
            checked = check(mended)
            if _is_better(found, checked):
                return mended, checked, [_change(content, span, after, finding.code)]
            why = why or f"“{after.strip()}” in its place brings another finding"
        refused[_key(finding, content)] = why or _why_none(finding)
    return None


def _stands(finding: Finding, content: str) -> bool:
    """Say whether the words of a finding stand in the file as they are read."""
    return content[slice(*finding.span)].split() == finding.text.split()


def _change(content: str, span: tuple[int, int], after: str, code: str) -> Change:
    return Change(content[slice(*span)], after, code, content.count("\n", 0, span[0]) + 1)


def _why_none(finding: Finding) -> str:
    """Return why no wording was written in the place of a figure; nothing where none was offered."""
    if len(finding.suggest) > 1:
        return f"{len(finding.suggest)} wordings fit; choose one"
    return "one wording fits, and nothing else says that it was meant; choose it" if finding.suggest else ""


def _wordings(finding: Finding, text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield what may be written in place of a finding's words, or of the run of signs that they are part of."""
    start, end = finding.span
    if start < end and finding.code.startswith(("numbers.", "lookalikes.")):
        yield from _seen(text, start, end)
    if finding.mend:
        yield (start, end), _laid_out(finding.mend, text[start:end])


def _laid_out(wording: str, written: str) -> str:
    """Return a wording with the white space that stood there: a line that breaks within a figure breaks there still."""
    pieces, spaces = wording.split(" "), re.findall(r"\s+", written)
    if len(pieces) != len(spaces) + 1:
        return wording
    return "".join(piece + space for piece, space in zip(pieces, [*spaces, ""], strict=True))


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


def _is_better(before: Findings, after: Findings, by: int = 1) -> bool:
    """Say whether so many errors are gone, none is new, and no figure has become one of several."""
    old, new = _errors(before), _errors(after)
    if new - old or new.total() > old.total() - by:
        return False
    return not _of(after, "numbers.ambiguous") - _of(before, "numbers.ambiguous")


def _errors(found: Findings) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.text) for finding in found.findings if finding.severity == "error")


def _of(found: Findings, code: str) -> Counter[str]:
    return Counter(finding.text for finding in found.findings if finding.code == code)

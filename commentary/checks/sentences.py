"""Where a sentence ends, and where a clause does: what a word may say something about."""

import re
from collections.abc import Iterator

_SHORT_FORMS = ("Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "U.S", "vs", "a.m", "p.m", "approx", "No")
_MARK = re.compile(r"[.?!\n]")
_CLOSING = "\"')”’"
_INITIAL = re.compile(r"(?:^|[\s(·,:])[A-Z]\Z")
"""A letter of a name, as in "A. Editor"; it does not end what it stands in."""
_CLAUSE = re.compile(
    r"[;:] | [–—-] |, (?=(?:while|but|whereas|although|though|against|as|and|which|with|that|so)\b)"
    r"| (?:while|whereas|but) "
)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences: a stop, question or exclamation mark, then space and a capital or figure."""
    start = 0
    for match in _MARK.finditer(text):
        i = match.start()
        if match[0] == "\n":
            if text[start:i].strip():
                yield start, i
            start = i + 1
        elif i >= start and _ends(text, i):
            yield start, i + 1
            start = i + 1
            while start < len(text) and text[start].isspace():
                start += 1
    if text[start:].strip():
        yield start, len(text)


def _ends(text: str, i: int) -> bool:
    rest = text[i + 1 : i + 3]
    if rest and not rest[0].isspace() and rest[0] not in _CLOSING:
        return False
    before = text[:i]
    if rest[1:].isupper() and _INITIAL.search(before, max(0, i - 2)):
        return False
    if any(before.endswith(short) and not before[: -len(short)][-1:].isalpha() for short in _SHORT_FORMS):
        # A month's short form before a figure is a date, not an end.
        return not rest.strip()
    return True


def clause_span(text: str, at: int) -> tuple[int, int]:
    """Return the span of the clause of a sentence that holds the place `at`."""
    start, end = 0, len(text)
    for match in _CLAUSE.finditer(text):
        if match.end() <= at:
            start = match.end()
        elif match.start() > at:
            end = match.start()
            break
    return start, end

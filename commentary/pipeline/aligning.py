"""An edited text laid beside the draft that it was made from: which paragraph is which field, with what in it now.

A page lays a draft out in one order (publishing.base.blocks). A paragraph that reads as before is its field; between
two such, paragraphs are paired by how much they have in common, in their order. What pairs with nothing is put to the
field that is closest, and the findings say so.
"""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from itertools import pairwise
from typing import NamedTuple

from commentary.checks.blocks import blocks as blocks_of
from commentary.config import Settings
from commentary.errors import BadInputError
from commentary.pipeline.editing import check_edit
from commentary.publishing.base import blocks as laid_out
from commentary.records.draft import Draft, texts
from commentary.records.finding import Finding, Findings, Severity
from commentary.records.hashes import is_sealed
from commentary.records.override import UNVOUCHED

_ALIKE = 0.5
"""Paragraphs with less in common are not taken for each other, unless nothing else stands there."""
_CLOSE = 0.3
"""Less like every field than this, a paragraph belongs to the one before it."""
_STRANGE = 0.25
"""A text with fewer of the draft's paragraphs than this is no edit of it."""
_APART = ("/faq", "/digest")
"""Parts of a page that are also published alone: one that is left out whole is not edited."""
_DIGEST = ("/digest", "/sentiment")


class Alignment(NamedTuple):
    """What an edited text makes of a draft's fields."""

    edits: Mapping[str, str]
    """The new text of each field that was rewritten, by its path."""
    findings: tuple[Finding, ...]
    """What could not be taken for an edit of a field, and where it was put."""


def unaltered(draft: Draft, place: str) -> Draft:
    """Return a draft that is still the one that was made: what an edit is held against has to hold itself.

    Raises:
        BadInputError: it was changed, or never sealed.
    """
    if not is_sealed(draft):
        remedy = (
            "the draft was changed after it was made, and an edit is held against what was made; give the file that "
            "commentary draft --format json wrote, and the edit as its text"
        )
        raise BadInputError("--draft", place, remedy)
    return draft


def align_fields(draft: Draft, given: object, place: str) -> Alignment:
    """Return the edits that a JSON object of paths and texts gives.

    Raises:
        BadInputError: it is no such object, or the draft has no such field.
    """
    fields = dict(texts(draft))
    if not isinstance(given, dict) or not given:
        raise BadInputError(place, None, 'write an object of fields and their new texts, such as {"/standfirst": "…"}')
    for path, text in given.items():
        if path not in fields:
            near = get_close_matches(path, fields, n=1, cutoff=0.3)
            such = near[0] if near else "/headline"
            raise BadInputError(
                place, path, f"the draft has no field of this path; name one that it has, such as {such}"
            )
        if not isinstance(text, str):
            raise BadInputError(f"{place}: {path}", text, "write the new text in quotation marks")
    return Alignment({path: text for path, text in given.items() if text != fields[path]}, ())


def check_alignment(draft: Draft, aligned: Alignment) -> Findings:
    """Check a draft with the edits of a text; spans of the findings are those of the edited fields."""
    found = check_edit(draft, aligned.edits)
    gone = {path for path, text in aligned.edits.items() if not text}
    # Of a field that was left out one finding says so, with what stood there.
    kept = tuple(one for one in found.findings if one.code != UNVOUCHED or one.path not in gone)
    told = (*kept, *aligned.findings)
    return Findings(ok=not any(one.severity == "error" for one in told), findings=told)


def align(draft: Draft, text: str, settings: Settings, place: str) -> Alignment:
    """Return which fields an edited text rewrites.

    Args:
        draft: the draft that it was made from.
        text: what a reader sees of the edited text, with its headings marked as commentary.checks reads them.
        settings: those that the page was laid out with.
        place: what the text is called, for messages.

    Raises:
        BadInputError: it has next to nothing in common with the draft.
    """
    laid = tuple(_laid_out(draft, settings))
    written = tuple(block.text for block in blocks_of(text))
    pairs = dict(_paired([one.text for one in laid], list(written)))
    if sum(1 for i in pairs if laid[i].path) < _STRANGE * min(len(written), sum(1 for one in laid if one.path)):
        remedy = f"it has next to nothing in common with the draft {draft.id}; give the draft that it was made from"
        raise BadInputError(place, None, f"{remedy}, or check it with --facts")
    page = _Page(draft, laid, written, pairs)
    return Alignment(page.edits(), tuple(page.found))


class _Laid(NamedTuple):
    """A paragraph of the page as it was laid out."""

    kind: str
    path: str
    """Empty for words of the layout."""
    lead: str
    """Words of the layout before its own."""
    own: str

    @property
    def text(self) -> str:
        return f"{self.lead} {self.own}" if self.lead else self.own


def _laid_out(draft: Draft, settings: Settings) -> Iterator[_Laid]:
    for block in laid_out(draft, settings):
        own = _settled(block.text)
        if block.kind == "item" and block.lead:
            yield _Laid("lead", "", "", block.lead)
            yield _Laid(block.kind, block.path, "", own)
        else:
            yield _Laid(block.kind, block.path, block.lead, own)


def _settled(text: str) -> str:
    """Return a text in one line, as a page shows it; a space that does not break stays what it is."""
    return " ".join(part for part in text.replace("\t", " ").replace("\n", " ").split(" ") if part)


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield which paragraph of the page is which of the text, in their order."""
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from zip(range(a, b), range(c, d), strict=True)
        elif what == "replace":
            found = list(_likest(old[a:b], new[c:d]))
            yield from ((a + i, c + j) for i, j in found)
            # Between two that are paired, as many as there were are each other, however they were rewritten.
            ends = [(-1, -1), *found, (b - a, d - c)]
            for (i, j), (k, m) in pairwise(ends):
                if k - i == m - j:
                    yield from ((a + i + step, c + j + step) for step in range(1, k - i))


def _likest(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs, in their order, that have most in common."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_alike(one, other) for other in new] for one in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            joined = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], joined)
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= _ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _alike(one: str, other: str) -> float:
    """Return how much two paragraphs have in common, word by word, from 0 to 1."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


class _Page:
    """A draft's page beside the text that was made of it."""

    def __init__(
        self, draft: Draft, laid: tuple[_Laid, ...], written: tuple[str, ...], pairs: Mapping[int, int]
    ) -> None:
        self._laid = laid
        self._written = written
        self._pairs = pairs
        self._fields = dict(texts(draft))
        self.found: list[Finding] = []

    def edits(self) -> dict[str, str]:
        """Return the new texts of the fields that are not as they were."""
        new: dict[str, str] = {}
        for i, one in enumerate(self._laid):
            if i not in self._pairs:
                continue
            text = self._written[self._pairs[i]]
            if one.path:
                new[one.path] = self._own(one, text)
            elif text != one.text:
                self._layout(one, text)
        left = self._left_out(new)
        self._joined(new, left)
        self._unplaced(new, left)
        for i in left:
            self._gone(self._laid[i], new)
        return {path: text for path, text in new.items() if text != _settled(self._fields[path])}

    def _own(self, one: _Laid, text: str) -> str:
        """Return a paragraph without the words of the layout that it begins with."""
        if not one.lead:
            return text
        if text.startswith(f"{one.lead} "):
            return text[len(one.lead) + 1 :]
        self._add("draft.layout", "error", one.path, text, f"the words “{one.lead}” before it are gone; put them back")
        return text

    def _layout(self, one: _Laid, text: str) -> None:
        """Words that the page adds are made of the draft's data, and no field holds them."""
        if one.kind in ("byline", "notice"):
            self._add("draft.layout", "warning", "", text, f"the page had “{one.own}” here; see that both are so")
            return
        path = "/sentiment/label" if one.kind == "label" else ""
        message = f"no field holds this line, so nothing vouches for it; write “{one.own}” again, or change the draft"
        self._add("draft.layout", "error", path, text, message)

    def _left_out(self, new: Mapping[str, str]) -> list[int]:
        """Return the paragraphs of fields that the text lacks, but for parts that it lacks whole."""
        left = [i for i, one in enumerate(self._laid) if one.path and i not in self._pairs]
        for part in _APART:
            beginnings = _DIGEST if part == "/digest" else (part,)
            whole = [i for i, one in enumerate(self._laid) if one.path.startswith(beginnings)]
            if whole and set(whole) <= set(left):
                left = [i for i in left if i not in whole]
                self._add("draft.left_out", "note", part, "", "the text leaves this part out; it was not checked again")
        return left

    def _joined(self, new: dict[str, str], left: list[int]) -> None:
        """A paragraph that was joined to the one before it, or behind it, is still its own field."""
        for i in list(left):
            one = self._laid[i]
            for neighbour in (i - 1, i + 1):
                path = self._laid[neighbour].path if 0 <= neighbour < len(self._laid) else ""
                if path in new and one.own in new[path] and one.own not in _settled(self._fields[path]):
                    new[path] = _settled(new[path].replace(one.own, " ", 1))
                    new[one.path] = one.own
                    left.remove(i)
                    break

    def _unplaced(self, new: dict[str, str], left: list[int]) -> None:
        """Put each paragraph that is no field's to the field that it is closest to, and say so."""
        taken = set(self._pairs.values())
        layout = {one.text for one in self._laid if not one.path}
        for j, text in enumerate(self._written):
            if j in taken or text in layout:
                continue
            moved = max(left, key=lambda i: _alike(self._laid[i].own, text), default=None)
            if moved is not None and _alike(self._laid[moved].own, text) >= _ALIKE:
                path = self._laid[moved].path
                left.remove(moved)
                new[path] = text
                self._add("draft.placed", "note", path, text, "this paragraph was moved; it was read as this field")
                continue
            path = self._closest(text, j)
            before = new.get(path, _settled(self._fields[path]))
            new[path] = f"{before} {text}" if before else text
            message = "no field of the draft reads so; it was read as part of this one, which is the closest to it"
            start = len(new[path]) - len(text)
            self._add("draft.placed", "note", path, text, message, start)

    def _closest(self, text: str, j: int) -> str:
        fields = [one for one in self._laid if one.path]
        best = max(fields, key=lambda one: _alike(one.own, text))
        if _alike(best.own, text) >= _CLOSE:
            return best.path
        above = [i for i, other in self._pairs.items() if other < j and self._laid[i].path]
        return self._laid[max(above, key=self._pairs.__getitem__)].path if above else fields[0].path

    def _gone(self, one: _Laid, new: dict[str, str]) -> None:
        new[one.path] = ""
        message = f"this field was left out: “{_short(one.own)}”; sign for it with name and reason, or put it back"
        self._add(UNVOUCHED, "error", one.path, "", message)

    def _add(self, code: str, severity: Severity, path: str, text: str, message: str, start: int = 0) -> None:
        span = (start, start + len(text))
        self.found.append(Finding(code=code, severity=severity, path=path, span=span, text=text, message=message))


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"

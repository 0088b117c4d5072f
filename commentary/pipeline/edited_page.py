"""A draft's page beside the text that was made of it: which paragraph is which field, with what in it now.

What pairs with nothing is put to the field that is closest, and the findings say so. What stands where it says
something else, and what was taken from the layout, is told too.

draft.moved: a paragraph, or a part of one, stands elsewhere; somebody signs for it.
draft.layout: words that the page adds, which no field holds, are gone, changed or there twice.
draft.placed, draft.left_out: where something was put to, or that it was not checked.
"""

from collections.abc import Mapping, Sequence

from commentary.checks.blocks import Block
from commentary.checks.vocabulary import Vocabulary
from commentary.languages import language as load_language
from commentary.pipeline.checking import known_names
from commentary.pipeline.in_file import places_of
from commentary.pipeline.laid import ALIKE, Laid, alike, parted, settled
from commentary.pipeline.moved import Place, Pointing, head_of, moved, shown
from commentary.pipeline.opening import edition_of, sheet_of
from commentary.records.draft import Draft, texts
from commentary.records.finding import Finding, Severity
from commentary.records.override import MOVED, UNVOUCHED

_CLOSE = 0.3
"""Less like every field than this, a paragraph belongs to the one before it."""
_APART = ("/faq", "/digest")
"""Parts of a page that are also published alone: one that is left out whole is not edited."""
_LABEL = "/sentiment/label"
_DIGEST = ("/digest", "/sentiment")
_SIGN = "put it back, or sign for it with name and reason"


class EditedPage:
    """A draft's page with the text that was made of it.

    Args:
        draft: the draft.
        laid: its page, as it was laid out.
        written: the paragraphs of the text, as they stand in the file.
        pairs: which paragraph of the page is which of the text.
    """

    def __init__(self, draft: Draft, laid: Sequence[Laid], written: Sequence[Block], pairs: Mapping[int, int]) -> None:
        self._laid = laid
        self._blocks = written
        self._written = [block.text for block in written]
        self._pairs = dict(pairs)
        self._fields = {path: settled(text) for path, text in texts(draft)}
        self._parts = parted(laid, self._written, pairs)
        self._pairs.update((i, parts[0]) for i, parts in self._parts.items())
        self._taken = {*self._pairs.values(), *(j for parts in self._parts.values() for j in parts)}
        self._places: dict[int, Place] = {i: (j, 0) for i, j in self._pairs.items()}
        self._pointing = _pointing(draft)
        self._read: dict[str, tuple[int, ...]] = {}
        self.found: list[Finding] = []

    def places(self, edits: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
        """Return where in the file each character of a field stands; of one that is gone, where it would stand."""
        fields = {**self._fields, **edits}
        found: dict[str, tuple[int, ...]] = {}
        for i, one in enumerate(self._laid):
            path = self._path(one)
            blocks = [self._blocks[j] for j in self._read.get(path, ())]
            text = fields.get(path) or " ".join(block.text for block in blocks)
            found[path] = places_of(text, blocks) if blocks else (self._end_before(i),)
        return found

    def _path(self, one: Laid) -> str:
        return _LABEL if one.kind == "label" else one.path

    def _end_before(self, i: int) -> int:
        """Return where the paragraph ends that stood before one of the page."""
        before = [self._places[k][0] for k in range(i) if k in self._places]
        return self._blocks[before[-1]].places[-1] + 1 if before else 0

    def edits(self) -> dict[str, str]:
        """Return the new texts of the fields that are not as they were."""
        new: dict[str, str] = {}
        for i, j in sorted(self._pairs.items()):
            one = self._laid[i]
            parts = self._parts.get(i, (j,))
            text = " ".join(self._written[part] for part in parts)
            if one.path:
                self._read[one.path] = parts
                new[one.path] = self._own(one, text)
            elif text != one.text:
                self._layout(i, text, j)
        left = self._left_out()
        self._joined(new, left)
        self._moved(new, left)
        self._elsewhere(new)
        self._unplaced(new, left)
        for i in left:
            self._lacking(i, new)
        return {path: text for path, text in new.items() if text != self._fields[path]}

    def _own(self, one: Laid, text: str) -> str:
        """Return a paragraph without the words of the layout that it begins with."""
        if not one.lead:
            return text
        if text.startswith(f"{one.lead} "):
            return text[len(one.lead) + 1 :]
        self._add("draft.layout", "error", one.path, text, f"the words “{one.lead}” before it are gone; put them back")
        return text

    def _layout(self, i: int, text: str, j: int | None = None) -> None:
        """Words that the page adds are made of the draft's data, and no field holds them."""
        one = self._laid[i]
        severity: Severity = "error"
        if one.kind in ("byline", "notice"):
            severity, message = "warning", f"the page had “{one.own}” here; see that both are so"
        elif not text:
            message = f"the line “{one.own}” is gone; write it again where it stood"
        else:
            message = f"no field holds this line, so nothing vouches for it; write “{one.own}” again"
        self._of_layout(i, severity, message, j)

    def _of_layout(self, i: int, severity: Severity, message: str, j: int | None) -> None:
        """Say something of a line that no field holds; none but the label has a path, so it is told by its place."""
        text = self._written[j] if j is not None else ""
        if path := self._path(self._laid[i]):
            self._read[path] = (j,) if j is not None else ()
            self._add("draft.layout", severity, path, text, message)
            return
        start = self._blocks[j].places[0] if j is not None else self._end_before(i)
        end = self._blocks[j].places[-1] + 1 if j is not None else start
        self._add("draft.layout", severity, "/text", text, message, start, end)

    def _left_out(self) -> list[int]:
        """Return the paragraphs that the text lacks, but for parts that it lacks whole."""
        left = [i for i in range(len(self._laid)) if i not in self._pairs]
        for part in _APART:
            beginnings = _DIGEST if part == "/digest" else (part,)
            whole = {i for i in range(len(self._laid)) if self._part(i).startswith(beginnings)}
            if whole and {i for i in whole if self._laid[i].path} <= set(left):
                left = [i for i in left if i not in whole]
                self._add("draft.left_out", "note", part, "", "the text leaves this part out; it was not checked again")
        return left

    def _part(self, i: int) -> str:
        """Return the path of a paragraph; of words that head others, that of the first of these."""
        one = self._laid[i]
        if one.kind == "label":
            return "/sentiment"
        heads = one.kind in ("heading", "lead") and not one.path
        return next((each.path for each in self._laid[i:] if each.path), "") if heads else one.path

    def _joined(self, new: dict[str, str], left: list[int]) -> None:
        """A paragraph that was joined to the one before it, or behind it, is still its own field."""
        for i in list(left):
            one = self._laid[i]
            for neighbour in (i - 1, i + 1) if one.path else ():
                path = self._laid[neighbour].path if 0 <= neighbour < len(self._laid) else ""
                if path in new and one.own in new[path] and one.own not in self._fields[path]:
                    j, at = self._places[neighbour]
                    self._places[i] = (j, at + (1 if neighbour < i else -1))
                    new[path] = settled(new[path].replace(one.own, " ", 1))
                    new[one.path] = one.own
                    self._read[one.path] = self._read[path]
                    left.remove(i)
                    break

    def _moved(self, new: dict[str, str], left: list[int]) -> None:
        """A paragraph that was moved and rewritten is still its own field, if it is like one that is lacking."""
        for j, text in enumerate(self._written):
            lacking = [i for i in left if self._laid[i].path]
            i = max(lacking, key=lambda i: alike(self._laid[i].own, text), default=None)
            if j not in self._taken and i is not None and alike(self._laid[i].own, text) >= ALIKE:
                self._taken.add(j)
                self._places[i] = (j, 0)
                left.remove(i)
                new[self._laid[i].path] = text
                self._read[self._laid[i].path] = (j,)

    def _elsewhere(self, new: Mapping[str, str]) -> None:
        for i, why in moved(self._laid, self._places, self._pointing):
            one = self._laid[i]
            if one.path:
                self._add(MOVED, "error", one.path, new[one.path], f"{why}; {_SIGN}")
            else:
                self._of_layout(i, "error", f"{why}; put it back", self._places[i][0])

    def _unplaced(self, new: dict[str, str], left: list[int]) -> None:
        """Put each paragraph that is no field's to the field that it is closest to, and say so."""
        layout = {one.text: i for i, one in enumerate(self._laid) if not one.path}
        for j, text in enumerate(self._written):
            if j in self._taken:
                continue
            if text in layout:
                self._of_layout(layout[text], "error", "this line stands twice; take one out", j)
                continue
            i = self._closest(text, j)
            path = self._laid[i].path
            before = new.get(path, self._fields[path])
            if i in left:
                # It stands for what is lacking.
                left.remove(i)
                before, self._places[i] = "", (j, 0)
            self._read[path] = (*self._read.get(path, ()), j) if before else (j,)
            new[path] = f"{before} {text}" if before else text
            start = len(new[path]) - len(text)
            head, was = head_of(self._laid, self._places, (j, 0)), self._places.get(i, (j, 0))
            if text in self._fields[path] and head != head_of(self._laid, self._places, was):
                under = (
                    f"it stands under “{shown(self._laid[head].text)}” now" if head is not None else "it stands on top"
                )
                message = f"this was a part of another paragraph, and {under}; {_SIGN}"
                self._add(MOVED, "error", path, text, message, start)
                continue
            message = "no field of the draft reads so; it was read as part of this one, which is the closest to it"
            self._add("draft.placed", "note", path, text, message, start)

    def _closest(self, text: str, j: int) -> int:
        fields = [i for i, one in enumerate(self._laid) if one.path]
        best = max(fields, key=lambda i: alike(self._laid[i].own, text))
        if alike(self._laid[best].own, text) >= _CLOSE:
            return best
        above = [i for i, other in self._pairs.items() if other < j and self._laid[i].path]
        return max(above, key=self._pairs.__getitem__) if above else fields[0]

    def _lacking(self, i: int, new: dict[str, str]) -> None:
        one = self._laid[i]
        if not one.path:
            self._layout(i, "")
        else:
            new[one.path] = ""
            self.found.append(gone(one.path, one.own))

    def _add(
        self, code: str, severity: Severity, path: str, text: str, message: str, start: int = 0, end: int | None = None
    ) -> None:
        span = (start, start + len(text) if end is None else end)
        self.found.append(Finding(code=code, severity=severity, path=path, span=span, text=text, message=message))


def _pointing(draft: Draft) -> Pointing:
    edition, language = edition_of(draft), load_language(draft.language)
    return Pointing(Vocabulary(sheet_of(draft), language, edition, known_names(edition)), language)


def gone(path: str, stood: str) -> Finding:
    """Return the finding that a field was left out, which held the words that stood there."""
    message = f"this field was left out: “{shown(stood)}”; sign for it with name and reason, or put it back"
    return Finding(code=UNVOUCHED, severity="error", path=path, span=(0, 0), text="", message=message)

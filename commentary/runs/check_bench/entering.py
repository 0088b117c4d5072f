"""How a mutant comes before the checker: as an editor's edit of the draft, or as bare text that somebody pastes."""

from typing import Literal, NamedTuple

from commentary.config import Settings
from commentary.pipeline import TextChecker, check_edit, sheet_of
from commentary.pipeline.editing import edited
from commentary.publishing.base import View, blocks, render
from commentary.publishing.markdown import escape
from commentary.records.draft import Draft
from commentary.records.finding import Finding
from commentary.runs.check_bench.mutant import Mutant, widened

Way = Literal["aligned", "bare"]
WAYS: tuple[Way, ...] = ("aligned", "bare")

_HERE = "\ue000"
"""Stands for the change while a text is printed; no draft holds it."""


class Seen(NamedTuple):
    """What the checker found, and where the change is in the text that it saw."""

    findings: tuple[Finding, ...]
    path: str
    changed: tuple[int, int]
    sentence: tuple[int, int]


class Entrance:
    """Takes the mutants of one draft to the checker, both ways."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.settings = Settings()
        self.printed = render(draft, "markdown", View(self.settings))
        self.fields = {block.path for block in blocks(draft, View(self.settings)) if block.path}
        """Paths of the fields that are printed."""
        self._checker = TextChecker(sheet_of(draft), settings=self.settings, names=draft.names)
        self._around: dict[str, tuple[str, str]] = {}

    def clean(self, way: Way) -> tuple[Finding, ...]:
        """Return what is found in the draft as it is: all of it is false alarm, if the draft is true."""
        if way == "aligned":
            return _honest(check_edit(self.draft, {}).findings)
        return self._check(self.printed)

    def enter(self, mutant: Mutant, way: Way) -> Seen:
        """Return what the checker says to a mutant."""
        if way == "aligned":
            found = _honest(check_edit(self.draft, {mutant.path: mutant.text}).findings)
            return Seen(found, mutant.path, mutant.changed, mutant.sentence)
        text, start, end = self.print(mutant)
        before = mutant.text[mutant.sentence[0] : mutant.start]
        after = mutant.text[mutant.start + len(mutant.replacement) : mutant.sentence[1]]
        sentence = max(0, start - len(escape(before))), end + len(escape(after))
        changed = widened(text, start - mutant.left, end + mutant.right)
        return Seen(self._check(text), "/text", changed, sentence)

    def begun(self, path: str) -> int:
        """Return where a field begins in the printed text."""
        return len(self._frame(path)[0])

    def print(self, mutant: Mutant) -> tuple[str, int, int]:
        """Return the printed draft with the change in it, and where the change begins and ends there."""
        marked = mutant.text[: mutant.start] + _HERE + mutant.text[mutant.start + len(mutant.replacement) :]
        before, after = self._frame(mutant.path)
        field_before, _, field_after = escape(marked).partition(_HERE)
        # Escaped between two letters, so that no space at its ends is lost.
        words = mutant.replacement if mutant.markup else escape(f"x{mutant.replacement}x")[1:-1]
        start = len(before) + len(field_before)
        return f"{before}{field_before}{words}{field_after}{after}", start, start + len(words)

    def _frame(self, path: str) -> tuple[str, str]:
        """Return the printed text before and behind a field."""
        if path not in self._around:
            # With the verdict of before, so that no notice above the text says that it was not checked.
            marked = edited(self.draft, {path: _HERE}).model_copy(update={"checks": self.draft.checks})
            before, _, after = render(marked, "markdown", View(self.settings)).partition(_HERE)
            self._around[path] = before, after
        return self._around[path]

    def _check(self, text: str) -> tuple[Finding, ...]:
        return self._checker.check(text, "article").findings


def _honest(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Leave out that the draft is not the one that was sealed: every edit shows that, wrong or right."""
    return tuple(finding for finding in findings if not finding.code.startswith("draft."))

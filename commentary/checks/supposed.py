"""Whether a sentence supposes what it says: "once price falls" does, "once a court had ruled" tells what was."""

import re

from commentary.checks.scene import Scene, Span

_OPEN = frozenset({"once", "until", "by the time"})
_DONE = re.compile(
    r" [^,;:.]*\b(?:had|was|were|has|have|ended|began|cleared|came|went|opened|closed|[a-z]{3,}ed"
    r"|slid|fell|rose|broke|sank|hit|met|got|lost|slipped|swung|sold)\b"
)
_TO_FIGURE = re.compile(r" [$€£]?[0-9]")


def supposes(scene: Scene, span: Span | None = None) -> bool:
    """Say whether a word of condition stands there that is none of a time gone by."""
    for mark in scene.said("conditional", span):
        if scene.word(mark).casefold() not in _OPEN:
            return True
        clause = scene.text[mark.end : scene.clause(mark.start)[1]]
        if not _DONE.match(clause) and not _TO_FIGURE.match(clause):
            return True
    return False

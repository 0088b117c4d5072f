"""The parts of a sentence that each say something by themselves, so that a "no" in one says nothing of another."""

import re
from itertools import pairwise

from commentary.checks.scene import Scene, Span

_BREAK = re.compile(
    r"[;:] | [–—-] |—| \(|\)|, (?:and |but |so |while |whereas |though |although |because |as |yet |nor )?"
    r"| (?:but|so|while|whereas|though|although|because|yet|and|since) (?=(?:[\w'’]+ ){0,4}?(?:is|are|was|were"
    r"|has|have"
    r"|had|does|do|did|says?|gives?|holds?|shows?|tells?|comes?|puts?|it|they|we|there)\b)"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|cannot|could|would|will|may|might|must|shall|[a-z]+n't"
    r"|gives?|gave|holds?|contains?|includes?|carry|carries|provides?|supply|supplies|shows|says?|said|tells?|told"
    r"|lacks?|misses|omits?|leaves?|left|comes?|came|goes|went|draws?|stays?|remains?|knows?|covers|[a-z]{3,}ed)\b",
    re.I,
)
_AS_BEFORE = re.compile(r"(?:so|nor|neither) (?:is|are|was|were|has|have|had|does|do|did)\b", re.I)
"""What says again of something else what was said before."""
_HAVING = re.compile(r"(?:with|given|having) ", re.I)
"""What opens a part that has no verb and yet says that something is there."""


def parts(scene: Scene) -> list[Span]:
    """Return the parts of a sentence: a stretch without a verb belongs to the part that it stands by."""
    cuts = [scene.start, *(at for match in _BREAK.finditer(scene.text, scene.start, scene.end) for at in match.span())]
    pieces = [(low, high) for low, high in pairwise([*cuts, scene.end]) if scene.text[low:high].strip(" ,;:-–—()")]
    joined: list[Span] = []
    for low, high in pieces:
        words = scene.text[low:high]
        alone = _FINITE.search(words) or (not joined and _HAVING.match(words.lstrip()))
        opens = bool(joined) and not _own(scene.text[slice(*joined[0])]) and len(joined) == 1
        again = bool(joined) and _AS_BEFORE.match(words.lstrip(" ,"))
        if (joined and not alone) or opens or again:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined


def _own(words: str) -> bool:
    return bool(_FINITE.search(words) or _HAVING.match(words.lstrip()))


_LEFT = re.compile(r"\b(?:leav(?:e|es|ing)|left)\b[^,;:]*? (?:out|aside|off|unsaid|open|blank)\b", re.I)
_NOT_HELD = ("denial", "unknown", "absent", "lacks_data")


def is_missing(scene: Scene, at: int) -> bool:
    """Say whether the part of a sentence that holds a place tells of something that is not at hand."""
    low, high = part_of(scene, at)
    if scene.text[scene.start : low].endswith("nor "):
        return True
    return bool(scene.said(_NOT_HELD, (low, high))) or _LEFT.search(scene.text, low, high) is not None


def part_of(scene: Scene, at: int) -> Span:
    """Return the part of a sentence that holds a place."""
    found = [(low, high) for low, high in parts(scene) if low <= at]
    return found[-1] if found else (scene.start, scene.end)

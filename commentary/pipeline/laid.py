"""A draft's page as paragraphs, and which paragraph of an edited text is which of it.

A page lays a draft out in one order (publishing.base.blocks). A paragraph that reads as before is its own, wherever it
stands now; between two such, paragraphs are paired by how much they have in common, in their order.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from commentary.publishing.base import View, blocks
from commentary.records.draft import Draft

ALIKE = 0.5
"""Paragraphs with less in common are not taken for each other, unless nothing else stands there."""


class Laid(NamedTuple):
    """A paragraph of the page as it was laid out."""

    kind: str
    path: str
    """Empty for words of the layout."""
    lead: str
    """Words of the layout before its own."""
    own: str

    @property
    def text(self) -> str:
        """All of it, as a reader sees it."""
        return f"{self.lead} {self.own}" if self.lead else self.own


def laid_out(draft: Draft, view: View) -> Iterator[Laid]:
    """Yield the paragraphs of a draft's page; words that head a list are one of their own."""
    for block in blocks(draft, view):
        own = settled(block.text)
        if block.kind == "item" and block.lead:
            yield Laid("lead", "", "", block.lead)
            yield Laid(block.kind, block.path, "", own)
        else:
            yield Laid(block.kind, block.path, block.lead, own)


def settled(text: str) -> str:
    """Return a text in one line, as a page shows it; a space that does not break stays what it is."""
    return " ".join(part for part in text.replace("\t", " ").replace("\n", " ").split(" ") if part)


def alike(one: str, other: str) -> float:
    """Return how much two paragraphs have in common, word by word, from 0 to 1."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def paired(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return which paragraph of the page is which of the text."""
    moved = _moved(old, new)
    left = [i for i in range(len(old)) if i not in moved]
    here = [j for j in range(len(new)) if j not in moved.values()]
    return {
        **moved,
        **{left[a]: here[b] for a, b in _in_order([old[i] for i in left], [new[j] for j in here])},
    }


def rising(values: Sequence[int]) -> set[int]:
    """Return the places of the most values that can be left standing, each greater than those before it."""
    best: list[list[int]] = []
    for i, value in enumerate(values):
        before: list[int] = []
        for one in best:
            if values[one[-1]] < value and len(one) > len(before):
                before = one
        best.append([*before, i])
    longest: list[int] = []
    for one in best:
        longest = one if len(one) > len(longest) else longest
    return set(longest)


def _moved(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return the paragraphs that read as before and stand in another order."""
    once = {text for text, count in Counter(old).items() if count == 1}
    places = {text: j for j, text in enumerate(new) if text in once}
    again = {text for text, count in Counter(new).items() if count > 1}
    same = {i: places[text] for i, text in enumerate(old) if text in places and text not in again}
    kept = rising(list(same.values()))
    return {i: j for at, (i, j) in enumerate(same.items()) if at not in kept}


def _in_order(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
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
    shared = [[alike(one, other) for other in new] for one in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            joined = best[i + 1][j + 1] + shared[i][j] if shared[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], joined)
    i = j = 0
    while i < len(old) and j < len(new):
        if shared[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + shared[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def parted(laid: Sequence[Laid], written: Sequence[str], pairs: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """Return the paragraphs that were split, with the places of their parts, which stand together in their order."""
    taken = set(pairs.values())
    found: dict[int, tuple[int, ...]] = {}
    for i, one in enumerate(laid):
        if not one.path or one.kind in ("heading", "question"):
            continue
        for first in [pairs[i]] if i in pairs else [j for j in range(len(written)) if j not in taken]:
            low = high = first
            best = alike(one.text, written[first]) if i in pairs else ALIKE
            while True:
                wider = [(low - 1, high)] if low - 1 not in taken and low > 0 else []
                wider += [(low, high + 1)] if high + 1 not in taken and high + 1 < len(written) else []
                joined = [(alike(one.text, " ".join(written[a : b + 1])), a, b) for a, b in wider]
                if not joined or max(joined)[0] <= best:
                    break
                best, low, high = max(joined)
            if high > low:
                found[i] = tuple(range(low, high + 1))
                taken.update(found[i])
                break
    return found

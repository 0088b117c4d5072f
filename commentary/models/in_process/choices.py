"""Which tokens may come next: those from which each missing slot can still be written.

A state offers a token only where the tokenizer can go on from there to a closed bracket, so that no text ever comes to
a dead end.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from commentary.models.in_process.alphabet import CLOSES
from commentary.models.in_process.vocabulary import Vocabulary
from commentary.models.in_process.walk import State, advance


class Choice(NamedTuple):
    """The tokens that may come next."""

    plain: bool
    """Whether all plain tokens of the vocabulary may."""
    tokens: tuple[int, ...]
    """Which others may, ascending."""


class Choices:
    """Finds what may come next.

    Args:
        vocabulary: the tokens.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._lengths: dict[str, frozenset[int]] = {}

    @cached_property
    def end(self) -> Choice:
        """Nothing but the end."""
        return Choice(plain=False, tokens=tuple(sorted(self.vocabulary.ends)))

    def unwritable(self, names: Iterable[str]) -> list[str]:
        """Return the slots that the tokenizer has no tokens for."""
        return [name for name in names if not any(self._openings(State(frozenset([name])), spare=0))]

    def after(self, state: State, *, closing: bool) -> Choice:
        """Return what may come next.

        Args:
            state: where the text stands.
            closing: whether nothing but the missing slots and the end may come.
        """
        spare = 0 if closing else 1
        if state.inside is not None:
            return Choice(plain=False, tokens=_sorted(self._inside(state, spare)))
        if state.remaining:
            return Choice(not closing, _sorted(self._openings(state, spare)))
        if closing and not state.stopped:
            return Choice(plain=False, tokens=_sorted((*self.vocabulary.ends, *self.vocabulary.stops)))
        return Choice(not closing, self.end.tokens)

    def _openings(self, state: State, spare: int) -> Iterator[int]:
        """Yield the tokens that begin a slot, or write all of it."""
        for begun in {name[:length] for name in state.remaining for length in range(len(name) + 1)}:
            yield from self._leading(state, self.vocabulary.opening.get(begun, ()), spare)
        for name in state.remaining:
            yield from self._leading(state, self.vocabulary.whole.get(name, ()), spare)

    def _inside(self, state: State, spare: int) -> Iterator[int]:
        """Yield the tokens that go on with a slot, or close it."""
        begun = state.inside or ""
        for name in state.remaining:
            if name.startswith(begun):
                rest = name[len(begun) :]
                for length in range(1, len(rest) + 1):
                    yield from self._leading(state, self.vocabulary.spells.get(rest[:length], ()), spare)
                yield from self._leading(state, self.vocabulary.closing.get(rest, ()), spare)

    def _leading(self, state: State, tokens: Iterable[int], spare: int) -> Iterator[int]:
        """Yield those tokens that are possible, begin no more words than there are to spare, and lead somewhere."""
        for token in tokens:
            after = advance(state._replace(words=0, glued=False), self.vocabulary.texts[token] or "")
            if after is not None and after.words <= spare and self._leads(after):
                yield token

    def _leads(self, state: State) -> bool:
        begun = state.inside
        return begun is None or any(
            name.startswith(begun) and len(begun) in self._completed(name) for name in state.remaining
        )

    def _completed(self, name: str) -> frozenset[int]:
        """Return how much of a name may stand for the tokenizer to have tokens for the rest, without another word."""
        if name not in self._lengths:
            found: set[int] = set()
            for length in range(len(name), -1, -1):
                rest = name[length:]
                spelled = any(rest[: further - length] in self.vocabulary.spells for further in found)
                if spelled or any(self._closes(token, rest) for token in self.vocabulary.closing.get(rest, ())):
                    found.add(length)
            self._lengths[name] = frozenset(found)
        return self._lengths[name]

    def _closes(self, token: int, rest: str) -> bool:
        """Return whether a token closes a slot with nothing behind it that needs room or another slot."""
        behind = (self.vocabulary.texts[token] or "")[len(rest) + len(CLOSES) :]
        after = advance(State(frozenset(), glued=True), behind)
        return after is not None and after.words == 0


def _sorted(tokens: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(tokens)))

"""Where a text stands on its way to a sentence with each of its slots once.

A text is read character by character: outside brackets by the alphabet, inside them by the names of slots that do not
stand yet. How a tokenizer cuts it up makes no difference.
"""

from typing import NamedTuple

from commentary.models.in_process.alphabet import CLOSES, OPENS, SPACE, STOPS, allowed


class State(NamedTuple):
    """What is left to be written, and what may come next."""

    remaining: frozenset[str]
    """Slots that do not stand yet, among them the one that is being written."""
    inside: str | None = None
    """What stands behind an open bracket; None outside."""
    words: int = 0
    """Begun so far, slots apart: what is glued to a slot is none of its own."""
    glued: bool = False
    """Whether the next letter goes on with a word."""
    stopped: bool = False
    """Whether the last character ends a sentence."""

    @property
    def complete(self) -> bool:
        """Whether each slot stands."""
        return self.inside is None and not self.remaining

    @property
    def longest_way(self) -> int:
        """The most tokens that the missing slots can take, each token a character, a full stop and the end."""
        begun = 0 if self.inside is None else len(OPENS) + len(self.inside)
        return sum(len(OPENS) + len(name) + len(CLOSES) for name in self.remaining) - begun + 2


def advance(state: State, text: str) -> State | None:
    """Return the state after some more text; None where that text is impossible."""
    remaining, inside, words, glued, stopped = state
    for character in text:
        if inside is not None:
            if character == CLOSES:
                if inside not in remaining:
                    return None
                remaining -= {inside}
                inside, glued, stopped = None, True, False
                continue
            inside += character
            if not any(name.startswith(inside) for name in remaining):
                return None
        elif character == OPENS:
            if not remaining:
                return None
            inside = ""
        elif character == SPACE:
            glued = False
        elif allowed(character):
            words += not glued
            glued, stopped = True, character in STOPS
        else:
            return None
    return State(remaining, inside, words, glued, stopped)

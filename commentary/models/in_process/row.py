"""One text of a batch while it is written: how far it is, and what it draws its words with."""

from random import Random

from commentary.models.in_process.choices import Choices
from commentary.models.in_process.walk import State, advance
from commentary.records.writer import Task

_TOKENS_PER_WORD = 6
"""Room for a tokenizer that cuts words up: most take one or two, one of letters takes six for a word and its space."""


class Row:
    """One text of a batch.

    Args:
        task: what is asked for.
        choices: of the tokenizer.
        room: how many tokens the model can go on with; None where that is not known.
    """

    def __init__(self, task: Task, choices: Choices, room: int | None = None) -> None:
        self._choices = choices
        self._texts = choices.vocabulary.texts
        self._words = task.longest - len(task.slots)
        self._random = Random(task.seed)
        self.state = State(frozenset(task.slots))
        wanted = _TOKENS_PER_WORD * max(self._words, 0) + self.state.longest_way
        self.most = wanted if room is None else min(wanted, room)
        """The most tokens that it may take, the one that ends it included."""
        self.tokens: list[int] = []
        self.finished = False
        """Whether it was ended, with each slot in it."""
        self.broken = False
        """Whether the model chose what was impossible, as it does where its scores are no numbers."""

    @property
    def over(self) -> bool:
        """Whether nothing more is written."""
        return self.finished or self.broken

    @property
    def closing(self) -> bool:
        """Whether the missing slots take all the room that is left, in words or in tokens."""
        return self.state.words >= self._words or self.most - len(self.tokens) <= self.state.longest_way

    @property
    def text(self) -> str:
        """What was written so far, with single spaces."""
        return " ".join("".join(self._texts[token] or "" for token in self.tokens).split())

    def draw(self) -> float:
        """Return the next number of the row's own, from 0 to less than 1."""
        return self._random.random()

    def take(self, token: int) -> None:
        """Go on with a token."""
        if self.over:
            return
        self.tokens.append(token)
        if token in self._choices.vocabulary.ends:
            self.finished, self.broken = self.state.complete, not self.state.complete
            return
        text = self._texts[token] if token < len(self._texts) else None
        after = advance(self.state, text) if text else None
        if after is None:
            self.broken = True
        else:
            self.state = after

"""The drafts of one snapshot, and what became of each open sentence of them."""

from collections.abc import Iterable
from typing import NamedTuple

from commentary.records.draft import Draft
from commentary.rewording.ladder import Climbed
from commentary.rewording.slots import SLOT, OpenSentence
from commentary.runs.measures.tokens import tokens


class Worded(NamedTuple):
    """One open sentence and what became of it."""

    snapshot: str
    sentence: OpenSentence
    climbed: Climbed

    @property
    def published(self) -> str:
        """What stands in the draft, in slots."""
        return self.sentence.text if self.climbed.text is None else self.climbed.text

    @property
    def has_other_skeleton(self) -> bool:
        """Whether its text in slots is another than the template's."""
        return masked(self.published) != masked(self.sentence.text)

    @property
    def is_own(self) -> bool:
        """Whether it has other words than the template's, or another order of them."""
        return words(masked(self.published)) != words(masked(self.sentence.text))


class Drafts(NamedTuple):
    """The drafts of one snapshot."""

    snapshot: str
    template: Draft
    model: Draft
    worded: tuple[Worded, ...]
    """Their open sentences."""


def masked(text: str) -> tuple[str, ...]:
    """Return the tokens of a text in slots, in small letters, each slot as a mask: "<money>" of "[MONEY_A]"."""
    return tokens(SLOT.sub(lambda match: f"<{match[1].rpartition('_')[0].lower()}>", text))


def words(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return tokens without signs."""
    return tuple(one for one in tokens if any(each.isalnum() for each in one))

"""What each token of a tokenizer writes, and which of them can be a part of a slot.

A token's text is what it adds behind a word, as the tokenizer itself decodes it, so that byte-level, sentencepiece and
word-level tokenizers are read alike. A token that alone is no text, such as a part of a character, can never be chosen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from commentary.errors import CommentaryError
from commentary.models.in_process.alphabet import CLOSES, OPENS, STOPS, allowed

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_BROKEN = "\ufffd"
"""What bytes that are no character are decoded to."""


class Vocabulary:
    """The tokens of one tokenizer by what they can do.

    Args:
        texts: by token what it writes; None where it may not be chosen.
        ends: the tokens that end a text.
    """

    def __init__(self, texts: Sequence[str | None], ends: Iterable[int]) -> None:
        self.texts = tuple(texts)
        self.ends = frozenset(ends)
        self.plain: list[int] = []
        """Tokens that may stand anywhere outside brackets; each begins one word at most."""
        self.stops: list[int] = []
        """Tokens that are a sentence's last character."""
        self.spells: dict[str, list[int]] = defaultdict(list)
        """Tokens without brackets by their text."""
        self.opening: dict[str, list[int]] = defaultdict(list)
        """Tokens that leave a bracket open, by what they hold behind it."""
        self.whole: dict[str, list[int]] = defaultdict(list)
        """Tokens that open a bracket and close it, by what they hold between."""
        self.closing: dict[str, list[int]] = defaultdict(list)
        """Tokens that close a bracket which they did not open, by what they hold before its end."""
        for token, text in enumerate(self.texts):
            if text and token not in self.ends:
                self._sort(token, text)

    def _sort(self, token: int, text: str) -> None:
        before_end, end, _ = text.partition(CLOSES)
        before, start, behind = before_end.partition(OPENS)
        if start:
            (self.whole if end else self.opening)[behind].append(token)
        elif end:
            self.closing[before].append(token)
        else:
            self.spells[text].append(token)
            if all(map(allowed, text)) and len(text.split()) <= 1:
                self.plain.append(token)
            if text in STOPS:
                self.stops.append(token)


def vocabulary_of(tokenizer: "PreTrainedTokenizerBase", ends: Iterable[int]) -> Vocabulary:
    """Return the vocabulary of a tokenizer of transformers.

    Args:
        tokenizer: the tokenizer.
        ends: the tokens that end a text; special tokens, these among them, write nothing.
    """
    special = set(tokenizer.all_special_ids)
    special |= {token for token, added in tokenizer.added_tokens_decoder.items() if added.special}
    tokens = range(max(tokenizer.get_vocab().values()) + 1)
    probe, shown = _probe(tokenizer, special)
    decoded = _decoded(tokenizer, [[probe, token] for token in tokens])
    return Vocabulary(
        [
            text[len(shown) :] if token not in special and text.startswith(shown) and _BROKEN not in text else None
            for token, text in zip(tokens, decoded, strict=True)
        ],
        ends,
    )


def _probe(tokenizer: "PreTrainedTokenizerBase", special: set[int]) -> tuple[int, str]:
    """Return a token behind which every other is decoded as in the middle of a text, and its own text."""
    for _, token in sorted(tokenizer.get_vocab().items()):
        if token in special:
            continue
        alone, twice = _decoded(tokenizer, [[token], [token, token]])
        if alone.isalpha() and alone.isascii() and twice.startswith(alone):
            return token, alone
    raise CommentaryError("the model's tokenizer has no token that is a word or a letter; it cannot write a sentence")


def _decoded(tokenizer: "PreTrainedTokenizerBase", sequences: list[list[int]]) -> list[str]:
    if tokenizer.is_fast:
        decoded: list[str] = tokenizer.backend_tokenizer.decode_batch(sequences, skip_special_tokens=False)
        return decoded
    return [
        tokenizer.decode(sequence, skip_special_tokens=False, clean_up_tokenization_spaces=False)
        for sequence in sequences
    ]

"""The choices of rows as masks over a model's vocabulary, kept on the model's device for as long as there is room."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commentary.models.in_process.choices import Choice, Choices
from commentary.models.in_process.row import Row

if TYPE_CHECKING:
    import torch

_ROOM = 256 * 2**20
"""Bytes that masks may take; one takes a byte for each token."""

_Key = tuple[frozenset[str], str | None, bool, bool] | None


class Masks:
    """What may not be chosen.

    Args:
        choices: of the tokenizer.
        width: how many tokens the model scores; those that the tokenizer does not know are never chosen.
        device: where the scores are.
    """

    def __init__(self, choices: Choices, width: int, device: "torch.device") -> None:
        import torch

        self._choices = choices
        self._plain = torch.ones(width, dtype=torch.bool, device=device)
        self._plain[torch.tensor(choices.vocabulary.plain, dtype=torch.long, device=device)] = False
        self._kept = torch.empty((0, width), dtype=torch.bool, device=device)
        self._most = max(_ROOM // width, 1)
        self._by_key: dict[_Key, int] = {}
        self._by_choice: dict[Choice, int] = {}

    def of(self, rows: Sequence[Row]) -> "torch.Tensor":
        """Return by row, or once for all where they are alike, which tokens may not come next."""
        import torch

        if len(self._by_choice) + len(rows) > self._most:
            self._by_key.clear()
            self._by_choice.clear()
        places = [self._place(row) for row in rows]
        if len(set(places)) == 1:
            return self._kept[places[0]]
        return self._kept.index_select(0, torch.tensor(places, device=self._kept.device))

    def _place(self, row: Row) -> int:
        """Return which of the kept masks is a row's."""
        state, closing = row.state, row.closing
        key = None if row.over else (state.remaining, state.inside, closing, closing and state.stopped)
        place = self._by_key.get(key)
        if place is None:
            choice = self._choices.end if key is None else self._choices.after(state, closing=closing)
            place = self._by_choice.get(choice)
            if place is None:
                place = self._by_choice[choice] = self._keep(choice)
            self._by_key[key] = place
        return place

    def _keep(self, choice: Choice) -> int:
        import torch

        place = len(self._by_choice)
        if place == len(self._kept):
            more = torch.empty((max(place, 16), self._kept.shape[1]), dtype=torch.bool, device=self._kept.device)
            self._kept = torch.cat((self._kept, more))
        mask = self._kept[place]
        mask.copy_(self._plain) if choice.plain else mask.fill_(True)
        mask[torch.tensor(choice.tokens, dtype=torch.long, device=mask.device)] = False
        return place

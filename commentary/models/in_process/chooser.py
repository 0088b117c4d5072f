"""Chooses each next token, among those that are possible, with numbers of the row's own.

It stands among the logits processors of transformers' generate, as the last: it leaves one token to choose. A row's
numbers come from its seed alone, so that its text does not depend on what is written beside it or was read before it,
as far as the model's own scores do not: in 32-bit floats they agree to the last digits, in 16-bit ones other company
may round another way.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commentary.models.in_process.masks import Masks
from commentary.models.in_process.row import Row

if TYPE_CHECKING:
    import torch

_BELOW_ONE = 1 - 2**-24
"""The largest 32-bit float below 1."""


class Chooser:
    """Chooses the next tokens of a batch.

    Args:
        rows: the texts, in the batch's order; each is told what was chosen for it.
        masks: what may not be chosen.
        temperature: what scores are divided by; at 0 the most probable token is chosen.
    """

    def __init__(self, rows: Sequence[Row], masks: Masks, temperature: float) -> None:
        self._rows = rows
        self._masks = masks
        self._temperature = temperature

    def __call__(self, input_ids: "torch.Tensor", scores: "torch.Tensor") -> "torch.Tensor":
        """Return scores that leave one token of each row to choose.

        Args:
            input_ids: the batch so far; rows know it already.
            scores: by row and token, larger for what the model would rather write; overwritten.
        """
        scores.masked_fill_(self._masks.of(self._rows), float("-inf"))
        chosen = self._drawn(scores) if self._temperature > 0 else scores.argmax(dim=-1, keepdim=True)
        for row, (token,) in zip(self._rows, chosen.tolist(), strict=True):
            row.take(token)
        return scores.fill_(float("-inf")).scatter_(1, chosen, 0.0)

    def _drawn(self, scores: "torch.Tensor") -> "torch.Tensor":
        """Return by row the token at which the probabilities, added up, pass the row's number."""
        import torch

        numbers = [min(row.draw(), _BELOW_ONE) for row in self._rows]
        added = scores.div_(self._temperature).softmax(dim=-1).cumsum(dim=-1)
        whole = added[:, -1:]
        wanted = whole * torch.tensor(numbers, dtype=added.dtype, device=added.device).unsqueeze(1)
        # Less than the whole, so that it is always passed, and at a token whose probability is not 0.
        wanted = torch.minimum(wanted, torch.nextafter(whole, torch.zeros_like(whole)))
        return torch.searchsorted(added, wanted, right=True).clamp_(max=added.shape[1] - 1)

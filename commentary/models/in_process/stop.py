"""Ends a batch when its time is over, and a row when nothing more can be written."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from commentary.models.in_process.row import Row

if TYPE_CHECKING:
    import torch


class Stop:
    """A stopping criterion of transformers' generate; asked after every token.

    Args:
        rows: the texts, in the batch's order.
        at: when the time is over, as the clock counts.
        clock: seconds that only go up.
    """

    def __init__(self, rows: Sequence[Row], at: float, clock: Callable[[], float]) -> None:
        self._rows = rows
        self._at = at
        self._clock = clock

    def __call__(self, input_ids: "torch.Tensor", scores: object, **more: object) -> "torch.Tensor":
        """Return for each row of the batch whether to stop."""
        import torch

        late = self._clock() >= self._at
        return torch.tensor([late or row.over for row in self._rows], device=input_ids.device)

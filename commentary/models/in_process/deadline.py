"""Ends a batch when its time is over."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


class Deadline:
    """A stopping criterion of transformers' generate; asked after every token.

    Args:
        at: when the time is over, as the clock counts.
        clock: seconds that only go up.
    """

    def __init__(self, at: float, clock: Callable[[], float]) -> None:
        self._at = at
        self._clock = clock

    def __call__(self, input_ids: "torch.Tensor", scores: object, **more: object) -> "torch.Tensor":
        """Return for each row of the batch whether to stop."""
        import torch

        over = self._clock() >= self._at
        return torch.full((input_ids.shape[0],), over, dtype=torch.bool, device=input_ids.device)

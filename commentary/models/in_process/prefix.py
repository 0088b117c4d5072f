"""The beginning that prompts have in common, which a model reads once.

Rules and worked examples stand at the head of every prompt and take most of its tokens. What a model's layers keep of
them, keys and values, depends on nothing behind them, and so serves every sentence, its repairs and its resamples.
"""

from collections.abc import Sequence
from inspect import signature
from typing import TYPE_CHECKING, Any

from commentary.models.in_process.loading import Loaded

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, StaticCache

_LEAST = 32
"""Tokens that are worth keeping: copying what was kept has its price as well."""
_NAMES = ("cache", "past_key_values")
"""What models call what they kept: the first since transformers 5, the second before."""
_UNFIT = (AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError)
"""What models raise, each in its way, that keep something other than keys and values of all tokens."""


class Prefix:
    """Keeps the last common beginning that was read, and no more than one.

    Args:
        loaded: the model. Where it cannot go on from keys and values alone, nothing is ever kept: it attends to a
            window, is recurrent, or has an encoder.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._tokens: list[int] = []
        self._layers: list[tuple[torch.Tensor, torch.Tensor]] = []
        self._name = _name(loaded.model)
        if self._name and not self._tried(loaded):
            self._name = ""

    def begun(self, loaded: Loaded, prompts: Sequence[Sequence[int]], room: int) -> dict[str, Any]:
        """Return what the model's generate goes on from, by its parameter; empty where it begins at the beginning.

        Args:
            loaded: the model.
            prompts: the tokens of a batch, which generate gets in full, padded on the left.
            room: tokens that the longest row may have in the end.
        """
        wanted = _common(prompts)
        if not self._name or len(wanted) < _LEAST:
            return {}
        # A little less than what this batch has in common is likelier to fit the next one as well.
        if 2 * _alike(self._tokens, wanted) < len(wanted):
            self._read(loaded, wanted)
        return {self._name: self._cache(loaded, _alike(self._tokens, wanted), prompts, room)}

    def forget(self) -> None:
        """Let go of what was kept."""
        self._tokens, self._layers = [], []

    def _read(self, loaded: Loaded, tokens: list[int]) -> None:
        from transformers import StaticCache

        # Before it is replaced, so that there is never room needed for two.
        self.forget()
        cache = StaticCache(config=loaded.model.config, max_cache_len=len(tokens))
        self._go_on(loaded, tokens, 1, {self._name: cache})
        self._layers = [(layer.keys[0], layer.values[0]) for layer in cache.layers]
        self._tokens = tokens

    def _cache(self, loaded: Loaded, count: int, prompts: Sequence[Sequence[int]], room: int) -> "StaticCache":
        """Return a cache with room for whole texts, whose first places hold what the rows begin with.

        A row that is padded has the last tokens of the beginning, as many as it has padding, beyond these places: they
        are read again with the rest of it. Before its first token stand copies of that, which the mask hides.
        """
        import torch
        from transformers import StaticCache

        cache = StaticCache(config=loaded.model.config, max_cache_len=room)
        longest = max(map(len, prompts))
        padding = torch.tensor([[longest - len(prompt)] for prompt in prompts], device=loaded.device)
        places = (torch.arange(count, device=loaded.device) - padding).clamp(min=0)
        for number, (keys, values) in enumerate(self._layers):
            cache.update(keys[:, places].transpose(0, 1), values[:, places].transpose(0, 1), number)
        return cache

    def _tried(self, loaded: Loaded) -> bool:
        """Return whether the model can go on from what it kept of a first token."""
        token = loaded.ends[0]
        try:
            self._read(loaded, [token])
            cache = self._cache(loaded, 1, [[token, token]], room=4)
            self._go_on(loaded, [token, token], 2, {self._name: cache})
        except _UNFIT:
            return False
        finally:
            self.forget()
        return True

    @staticmethod
    def _go_on(loaded: Loaded, tokens: list[int], more: int, kept: dict[str, Any]) -> None:
        """Have the model read tokens beyond those that it kept, and some more of its own."""
        import torch
        from transformers import GenerationConfig

        ids = torch.tensor([tokens], device=loaded.device)
        config = GenerationConfig(max_new_tokens=more, do_sample=False, disable_compile=True, use_cache=True)
        loaded.model.generate(ids, attention_mask=torch.ones_like(ids), generation_config=config, **kept)


def _name(model: "PreTrainedModel") -> str:
    """Return what a model calls its cache; empty where it has none that keeps keys and values of all tokens alone."""
    from transformers import StaticCache
    from transformers.cache_utils import StaticLayer

    parameters = signature(model.forward).parameters
    names = [name for name in _NAMES if name in parameters]
    if not names or model.config.is_encoder_decoder:
        return ""
    try:
        layers = StaticCache(config=model.config, max_cache_len=1).layers
    except _UNFIT:
        return ""
    return names[0] if all(type(layer) is StaticLayer for layer in layers) else ""


def _common(prompts: Sequence[Sequence[int]]) -> list[int]:
    """Return what all prompts begin with, but never the whole of one: its last token says how it goes on."""
    shortest = min(map(list, prompts), key=len)[:-1]
    return shortest[: min(_alike(shortest, prompt) for prompt in prompts)]


def _alike(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many tokens two prompts have in common at their head."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))

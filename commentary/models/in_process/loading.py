"""Loads a model and its tokenizer from a folder, with no connection to anywhere and no code but transformers' own."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from commentary.errors import BadInputError, MissingExtraError

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedTokenizerBase

_NEEDED = ("torch", "transformers")
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
"""Read when transformers is imported: ask no hub for anything, tell none of anything."""


class Loaded(NamedTuple):
    """A model that is ready to write."""

    model: Any
    """A causal language model of transformers."""
    tokenizer: "PreTrainedTokenizerBase"
    ends: tuple[int, ...]
    """The tokens that end a text."""
    device: "torch.device"


def require_extra() -> None:
    """Check that what runs a model is installed, without loading it.

    Raises:
        MissingExtraError: it is not.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise MissingExtraError(
            f"--model with a folder needs {' and '.join(missing)}: pip install 'commentary[model]' (on a machine "
            "without a graphics card: pip install torch==2.13.0 first); with a URL it needs neither"
        )


def load(folder: Path, device: str) -> Loaded:
    """Return the model of a folder.

    Args:
        folder: with config.json, weights as safetensors, and the tokenizer's files.
        device: "cpu", "cuda", "cuda:1" and so on; empty for a graphics card where there is one, else the processor.

    Raises:
        BadInputError: the model cannot be loaded, or the device is not there.
    """
    os.environ.update(dict.fromkeys(_OFFLINE, "1"))
    import torch
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig
    from transformers.utils import logging

    # Which messages of the library reach an editor's screen is ours to say.
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    where = _device(device)
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        model = AutoModelForCausalLM.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False, use_safetensors=True, dtype="auto"
        )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as error:
        said = " ".join(str(error).split())
        raise BadInputError(
            "--model", folder, f"transformers cannot load it ({said}); fetch it again, or use another model"
        ) from None
    ends = _ends(model.generation_config.eos_token_id, tokenizer.eos_token_id)
    if not ends:
        raise BadInputError(
            "--model", folder, "it names no token that ends a text; set eos_token_id in generation_config.json"
        )
    # What the publisher recommends (sampling, penalties, forbidden words) would change what we choose from.
    model.generation_config = GenerationConfig()
    if where.type == "cpu" and model.dtype == torch.float16:
        # Processors add up half floats slowly, and some layers not at all.
        model = model.float()
    return Loaded(model.eval().to(where), tokenizer, ends, where)


def _device(name: str) -> "torch.device":
    import torch

    try:
        device = torch.device(name or ("cuda" if torch.cuda.is_available() else "cpu"))
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError):
        raise BadInputError("model.device", name, 'write "cpu", or the name of a device that torch has here') from None
    return device


def _ends(*named: int | list[int] | None) -> tuple[int, ...]:
    """Return the tokens that end a text, as the model's generation config and the tokenizer name them."""
    lists = [named_here if isinstance(named_here, list) else [named_here] for named_here in named]
    return tuple(sorted({token for tokens in lists for token in tokens if token is not None}))

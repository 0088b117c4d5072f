"""Opens the model that a person names: a server's URL, or a folder with weights."""

from collections.abc import Sequence
from typing import Protocol

from commentary.records.writer import Writer

_SCHEMES = ("http://", "https://")


class ModelOptions(Protocol):
    """What is set of a model; a path or URL apart, every setting has a default."""

    @property
    def name(self) -> str:
        """What the model is called: to a server, which may have several, and in a draft's record."""

    @property
    def temperature(self) -> float:
        """What scores are divided by before a token is drawn; at 0 the most probable one is taken."""

    @property
    def batch(self) -> int:
        """How many sentences are written at once in this process."""

    @property
    def device(self) -> str:
        """Where the model runs in this process; empty for a graphics card where there is one."""

    @property
    def concurrency(self) -> int:
        """How many questions a server is asked at once."""

    @property
    def allowed_hosts(self) -> Sequence[str]:
        """Servers beside this machine that may be asked."""


def open_writer(where: str, settings: ModelOptions) -> Writer:
    """Return the writer of a model.

    Args:
        where: the URL of a server, or the absolute path of a folder with config.json, weights as safetensors and a
            tokenizer.
        settings: how to write.

    Raises:
        MissingExtraError: torch or transformers is not installed, which a folder needs.
        BadInputError: the path or a setting cannot be used.
    """
    if where.lower().startswith(_SCHEMES):
        from commentary.models.server import open_server

        return open_server(
            where,
            name=settings.name,
            temperature=settings.temperature,
            concurrency=settings.concurrency,
            allowed_hosts=settings.allowed_hosts,
        )
    from commentary.models.in_process.opening import open_folder

    return open_folder(
        where, name=settings.name, temperature=settings.temperature, batch=settings.batch, device=settings.device
    )

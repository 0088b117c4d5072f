"""What a model is asked to write, what comes back, and what a writer is.

A writer knows nothing of facts: it is handed messages and the names of slots, and hands text back. Whether that text
may be published is judged elsewhere, by what no model can change.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol

Role = Literal["system", "user", "assistant"]


class Message(NamedTuple):
    """One turn of a conversation with a model."""

    role: Role
    content: str


class Task(NamedTuple):
    """One sentence to be written."""

    messages: tuple[Message, ...]
    """In their order; the last is a user's."""
    slots: tuple[str, ...]
    """Names of the slots, such as "MONEY_A"; each has to stand in the answer once, in brackets: "[MONEY_A]"."""
    seed: int
    """Of this call: the same task and seed give the same text in process, and as far as a server keeps to it."""
    longest: int
    """The most words, a slot counted as one, that the answer may have."""


class Returned(NamedTuple):
    """What a model wrote."""

    text: str
    """With its slots in brackets."""
    tokens: int
    """As the model counts them; 0 where a server does not say."""


Kind = Literal["timeout", "transport", "refusal", "empty", "malformed", "budget"]


class Failed(NamedTuple):
    """Why nothing came back that could be judged."""

    kind: Kind
    """timeout: not within its time. transport: no connection, or an HTTP status of failure. refusal: the model will
    not. empty: nothing. malformed: not in the form that was asked for. budget: not asked, as the time was used up."""
    message: str
    """For an editor: what, where, and what to do."""


class ModelIdentity(NamedTuple):
    """Which model wrote; what is not known is empty."""

    name: str
    revision: str = ""
    """Of the weights, as their publisher counts."""
    weights_sha256: str = ""
    """Over the weights' files; empty for a server, which does not show them."""
    where: str = ""
    """"in process" or the server's address without secrets."""


class Writer(Protocol):
    """Writes sentences with a model."""

    @property
    def identity(self) -> ModelIdentity:
        """Which model it is."""

    def write(
        self, tasks: Sequence[Task], *, call_s: float, total_s: float, done: Callable[[int], None] = ...
    ) -> Sequence[Returned | Failed]:
        """Return what became of each task, in their order.

        Args:
            tasks: the sentences.
            call_s: seconds that one sentence may take; a batch in process may take them for each of its sentences.
            total_s: seconds that all of them may take; those not begun by then are `budget`.
            done: told how many were answered since it was last told, for a progress bar.
        """

    def close(self) -> None:
        """Let go of connections and memory."""

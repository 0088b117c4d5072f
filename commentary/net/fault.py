"""Why one try gave no reply, and whether another may."""

from commentary.net.messages import Kind


class FaultError(Exception):
    """One try failed. It stays inside this package: what leaves it is a Failure.

    Args:
        kind: as of a Failure.
        reason: the end of a sentence that begins with the source's name.
        status: of the answer, where there was one.
        content: what an error's body said.
        again: another try may do better.
        wait_seconds: how long the server asked us to wait, before anything else of the same limit is sent.
        banned: the server refuses all of us for a while, not this question alone.
    """

    def __init__(
        self,
        kind: Kind,
        reason: str,
        *,
        status: int | None = None,
        content: bytes = b"",
        again: bool = False,
        wait_seconds: float | None = None,
        banned: bool = False,
    ) -> None:
        super().__init__(reason)
        self.kind: Kind = kind
        self.reason = reason
        self.status = status
        self.content = content
        self.again = again
        self.wait_seconds = wait_seconds
        self.banned = banned

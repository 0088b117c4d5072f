"""What a question's connection tells of it beside the answer, so that an answer can be held against what came."""

import re
from collections.abc import Iterable

from commentary.net.chunks import Chunks

_CHUNKED = re.compile(rb"\r\ntransfer-encoding[ \t]*:[ \t]*chunked[ \t]*\r\n", re.IGNORECASE)
_NO_BODY = frozenset({204, 304})
"""Statuses whose answers have none, whatever their head says (RFC 9112 §6.3)."""


class Traffic:
    """What came over the wire of one question; goes along with it as the extension "traffic" of its request.

    Args:
        fresh: asks for a connection that carried no question before.
    """

    def __init__(self, *, fresh: bool = False) -> None:
        self.fresh = fresh
        self.reused = False
        """The connection had answered a question before."""
        self.received = 0
        """Bytes."""
        self.has_head = False
        """The head of the answer came, and was one."""
        self.length: int | None = None
        """Bytes that the answer says its body has; None: it comes in chunks, or ends with the connection."""
        self._head: bytearray | None = bytearray()
        self._body_at: int | None = None
        self._chunks: Chunks | None = None

    def came(self, data: bytes) -> None:
        """Count bytes as they came, before anything reads them as HTTP."""
        self.received += len(data)
        if self._head is None:
            if self._chunks is not None:
                self._chunks.came(data)
            return
        self._head += data
        while (end := self._head.find(b"\r\n\r\n")) >= 0:
            if not self._head.startswith(b"HTTP/1.1 1"):
                self._body_at = self.received - len(self._head) + end + 4
                if _CHUNKED.search(self._head, 0, end + 2):
                    self._chunks = Chunks()
                    self._chunks.came(bytes(self._head[end + 4 :]))
                self._head = None
                return
            del self._head[: end + 4]

    def answered(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Take note of an answer's head."""
        self.has_head = True
        told = {name.lower(): value for name, value in headers}
        length = told.get(b"content-length", b"")
        if status in _NO_BODY:
            self.length, self._chunks = 0, None
        elif length.isdigit() and b"transfer-encoding" not in told:
            self.length = int(length)

    @property
    def surplus(self) -> int:
        """How many bytes came beyond the body's length, where the answer says it."""
        if self._body_at is None or self.length is None:
            return 0
        return max(0, self.received - self._body_at - self.length)

    @property
    def is_whole(self) -> bool:
        """Whether the answer came to its end and nothing behind it, as far as this could follow it."""
        if self._body_at is None:
            return False
        if self._chunks is not None:
            return self._chunks.ended and not self._chunks.surplus
        return self.length is not None and self.received == self._body_at + self.length

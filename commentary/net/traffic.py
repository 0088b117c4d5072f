"""What a question's connection tells of it beside the answer, so that an answer can be held against what came."""

from collections.abc import Iterable


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
        """Bytes that the answer says its body has."""
        self._head: bytearray | None = bytearray()
        self._body_at: int | None = None

    def came(self, data: bytes) -> None:
        """Count bytes as they came, before anything reads them as HTTP."""
        self.received += len(data)
        if self._head is None:
            return
        self._head += data
        while (end := self._head.find(b"\r\n\r\n")) >= 0:
            if not self._head.startswith(b"HTTP/1.1 1"):
                self._body_at = self.received - len(self._head) + end + 4
                self._head = None
                return
            del self._head[: end + 4]

    def answered(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Take note of an answer's head."""
        self.has_head = True
        told = {name.lower(): value for name, value in headers}
        length = told.get(b"content-length", b"")
        if length.isdigit() and b"transfer-encoding" not in told:
            self.length = int(length)

    @property
    def surplus(self) -> int:
        """How many bytes came beyond the body's length."""
        if self._body_at is None or self.length is None:
            return 0
        return max(0, self.received - self._body_at - self.length)

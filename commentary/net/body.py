"""An answer's body, read with a limit on what comes over the wire and on what it unpacks to."""

import zlib
from collections.abc import AsyncIterable, Mapping

from commentary.net.fault import FaultError

_GZIP = zlib.MAX_WBITS | 16


class Body:
    """What came of a body.

    Args:
        headers: of the answer.
        largest: how many bytes it may have, packed or unpacked.
    """

    def __init__(self, headers: Mapping[str, str], largest: int) -> None:
        self._length = headers.get("content-length", "")
        self._encoding = headers.get("content-encoding", "").strip().lower()
        self._largest = largest
        self._content = bytearray()
        self._unpacker = zlib.decompressobj(_GZIP)
        self._packed = 0

    async def read(self, chunks: AsyncIterable[bytes]) -> None:
        """Take in what comes until it ends.

        Raises:
            FaultError: it is too large, or cannot be unpacked.
        """
        if self._encoding not in ("", "identity", "gzip", "x-gzip"):
            raise FaultError("connection", "packed its answer in a way that it was not asked for")
        if self._length.isdecimal() and (len(self._length) > 18 or int(self._length) > self._largest):
            raise self._too_large
        add = self._add_packed if self._encoding.endswith("gzip") else self._add
        async for chunk in chunks:
            add(chunk)

    def whole(self) -> bytes:
        """Return it.

        Raises:
            FaultError: it ends before its end.
        """
        if self._packed and not self._unpacker.eof:
            raise FaultError("connection", "broke off its answer before the end", again=True)
        return self.so_far()

    def so_far(self) -> bytes:
        """Return what came, at most as much as it may have."""
        return bytes(self._content[: self._largest])

    def _add(self, chunk: bytes) -> None:
        self._content += chunk
        if len(self._content) > self._largest:
            raise self._too_large

    def _add_packed(self, chunk: bytes) -> None:
        self._packed += len(chunk)
        if self._packed > self._largest:
            raise self._too_large
        while chunk:
            if self._unpacker.eof:
                # A second member follows the first (RFC 1952 §2.2).
                self._unpacker = zlib.decompressobj(_GZIP)
            try:
                # One byte more than fits is enough to know: a bomb is never unpacked whole.
                self._add(self._unpacker.decompress(chunk, self._largest + 1 - len(self._content)))
            except zlib.error:
                raise FaultError("connection", "sent an answer that cannot be unpacked", again=True) from None
            chunk = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail

    @property
    def _too_large(self) -> FaultError:
        return FaultError("size", f"sent an answer of more than {self._largest:,} bytes")

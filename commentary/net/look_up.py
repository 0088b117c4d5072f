"""A host's name looked up beside the loop, without holding up the end of the program."""

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence

LookUp = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host's name; OSError where it has none."""


def system(host: str, port: int) -> Sequence[str]:
    """Return what the system's resolver says of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def in_thread(look_up: LookUp, host: str, port: int) -> "asyncio.Future[Sequence[str]]":
    """Look a name up beside the loop.

    The thread is a daemon, not one of the loop's executor: a resolver cannot be interrupted, and the program's end
    would wait for it.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(found: Sequence[str], error: OSError | UnicodeError | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(found)
        else:
            future.set_exception(error)

    def run() -> None:
        found: Sequence[str] = ()
        failed = None
        try:
            found = look_up(host, port)
        except (OSError, UnicodeError) as error:
            failed = error
        if not loop.is_closed():
            try:
                loop.call_soon_threadsafe(settle, found, failed)
            except RuntimeError:
                return  # closed between the two lines

    threading.Thread(target=run, name=f"look-up of {host}", daemon=True).start()
    return future

"""Where questions may go: public addresses over https, and hosts that the newsroom names itself.

A base URL is a setting, and a redirect or a name's address is another's word. Without a check they could point
into the house: to a neighbour's machine, or to the metadata service of a cloud, which hands out keys. So a host is
refused that is, or resolves to, anything but a public address, unless it is named; and the address that was checked
is the one connected to (connections.py), whatever the name resolves to a moment later.
"""

import asyncio
import re
from collections.abc import Iterable, Sequence
from ipaddress import ip_address

import httpx

from commentary.errors import BadInputError
from commentary.net.fault import FaultError
from commentary.net.look_up import LookUp, in_thread, system
from commentary.net.public import is_public
from commentary.net.url import Target, is_ipv6, target_of

KEPT_SECONDS = 60.0
"""How long addresses are used again without a new look-up; connections outlive it."""
LOOK_UP_SECONDS = 6.0
"""For a look-up. A resolver that lost the first question asks again after 5 s (resolv.conf(5), read 2026-11-30)."""
NOT_FOUND_SECONDS = 30.0
"""So long a name that has no address is not looked up again: once a round, however many questions go there. A watch
asks again after a minute, and finds a network that is back."""
NOWHERE = "sends on to something that is no address"
"""Of a redirect."""
_ALLOWED = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<host>[^\[\]:/\s]+))(?::(?P<port>[0-9]{1,5}))?", re.ASCII)
_AT_HOME = re.compile(r"(?:.*\.)?(?:localhost|internal|local|home\.arpa)|metadata", re.ASCII)
"""Names that mean something inside a house or a cloud only (RFC 6761, RFC 6762, RFC 8375; ICANN's .internal)."""


class Addresses:
    """Knows which hosts may be asked, and looks their addresses up.

    Args:
        allowed: hosts that may be asked at any address and over http: "127.0.0.1:8123", or "market.lan" with any port.
        look_up: gives a name's addresses; the system's resolver where there is none.
        said_by: the setting that allows them, for errors.

    Raises:
        BadInputError: one of the allowed is no host.
    """

    def __init__(
        self, allowed: Iterable[str] = (), look_up: LookUp | None = None, *, said_by: str = "allow_hosts"
    ) -> None:
        self._allowed = frozenset(_allowed(each, said_by) for each in allowed)
        self._look_up = look_up or system
        self._known: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}
        self._missing: dict[tuple[str, int], tuple[float, str]] = {}
        """Until when a host has no address, and why."""
        self._asked: dict[tuple[str, int], asyncio.Future[Sequence[str]]] = {}

    def target(self, url: str | httpx.URL) -> Target:
        """Return where a URL leads.

        Raises:
            FaultError: it may not be asked, as far as that can be told without looking the name up.
        """
        target = target_of(url)
        if self.is_named(target.host, target.port):
            return target
        if target.scheme != "https":
            raise _refused(f"{target.host} is asked over http, which anyone between can read; use https")
        if _AT_HOME.fullmatch(target.host):
            raise _refused(f"{target.host} is a name inside a house")
        try:
            address = ip_address(target.host)
        except ValueError:
            return target
        if not is_public(address):
            raise _refused(f"{target.host} is not a public address")
        return target

    def moved(self, before: httpx.URL, after: httpx.URL) -> Target:
        """Return where a redirect leads.

        Raises:
            FaultError: to another server.
        """
        # A reply's header may hold anything: what is no URL is told apart from a URL that leads elsewhere.
        try:
            new = target_of(after)
        except FaultError:
            raise FaultError("redirect", NOWHERE) from None
        if new.origin != target_of(before).origin:
            raise FaultError("redirect", f"sends on to another server, {new.scheme}://{new.url.netloc.decode('ascii')}")
        return new

    def is_named(self, host: str, port: int) -> bool:
        """Return whether a host is among the allowed."""
        return (host, None) in self._allowed or (host, port) in self._allowed

    async def of(self, host: str, port: int) -> tuple[str, ...]:
        """Return the addresses of a host, each checked.

        Raises:
            FaultError: it has none, or one that may not be asked.
        """
        now = asyncio.get_running_loop().time()
        until, addresses = self._known.get((host, port), (now, ()))
        if now < until:
            return addresses
        until, why = self._missing.get((host, port), (now, ""))
        if now < until:
            raise _not_found(why)
        addresses = await self._checked(host, port)
        self._known[host, port] = (asyncio.get_running_loop().time() + KEPT_SECONDS, addresses)
        return addresses

    async def _checked(self, host: str, port: int) -> tuple[str, ...]:
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                found = [ip_address(each) for each in await self._found(host, port)]
        except TimeoutError:
            raise self._miss(host, port, f"{host} is not looked up within {LOOK_UP_SECONDS:g} s") from None
        except (OSError, UnicodeError, ValueError):
            raise self._miss(host, port, f"{host} has no address") from None
        if not found:
            raise self._miss(host, port, f"{host} has no address")
        if not self.is_named(host, port):
            for address in found:
                if not is_public(address):
                    raise _refused(f"{host} is at {address}, which is not a public address")
        return tuple(str(address) for address in found)

    def _miss(self, host: str, port: int, why: str) -> FaultError:
        """Take note that a host was not found, and return that as a fault."""
        self._missing[host, port] = (asyncio.get_running_loop().time() + NOT_FOUND_SECONDS, why)
        return _not_found(why)

    async def _found(self, host: str, port: int) -> Sequence[str]:
        try:
            return (str(ip_address(host)),)
        except ValueError:
            pass
        asked = self._asked.get((host, port))
        if asked is None:
            asked = self._asked[host, port] = in_thread(self._look_up, host, port)
            asked.add_done_callback(lambda done: self._answered((host, port), done))
        # All that want the address wait for one look-up; none of them may cancel it.
        return await asyncio.shield(asked)

    def _answered(self, place: tuple[str, int], done: "asyncio.Future[Sequence[str]]") -> None:
        self._asked.pop(place, None)
        if not done.cancelled():
            # Marks it as seen, where all that waited have been cancelled.
            done.exception()


def _allowed(text: str, said_by: str) -> tuple[str, int | None]:
    found = _ALLOWED.fullmatch(text.strip().lower())
    if found is None or not (is_ipv6(found["six"]) if found["six"] else found["host"]):
        raise BadInputError(said_by, text, "write a host, or host:port, such as 127.0.0.1:8123")
    host = found["six"] or found["host"].rstrip(".")
    return host, int(found["port"]) if found["port"] else None


def _refused(why: str) -> FaultError:
    return FaultError("address", f"may not be asked: {why} (allow_hosts under [sources] names hosts that may be)")


def _not_found(why: str) -> FaultError:
    # Not to be tried again: the resolver itself has tried, and what it says of one question holds for all.
    return FaultError("connection", f"could not be found: {why}")

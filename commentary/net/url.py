"""URLs in the parts that a request is made of, read so that no other program could read them otherwise."""

import re
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from commentary.net.fault import FaultError

_NOT_URL = re.compile(r"[^\x21-\x7e]|\\")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?", re.ASCII)
_PORTS = {"https": 443, "http": 80}


class Target(NamedTuple):
    """A URL in the parts that a request is made of."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query."""

    @property
    def host_header(self) -> str:
        """The host as the header Host names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Where it leads: one server."""
        return (self.scheme, self.host, self.port)


def target_of(url: str) -> Target:
    """Return where a URL leads.

    Raises:
        FaultError: it is no URL, or has parts that are not asked for here.
    """
    if _NOT_URL.search(url):
        raise _unusable("it holds a character that no address has")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unusable("it is no URL") from None
    if parts.scheme not in _PORTS:
        raise _unusable("it begins neither with https:// nor with http://")
    if "@" in parts.netloc:
        raise _unusable("it holds a name or password")
    host = (parts.hostname or "").rstrip(".")
    if not (is_ipv6(host) if parts.netloc.startswith("[") else _HOST.fullmatch(host)) or port == 0:
        raise _unusable("it names no host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port or _PORTS[parts.scheme], path)


def is_ipv6(host: str) -> bool:
    """Return whether a host is an address of the sixth version, without a zone."""
    try:
        return "%" not in host and isinstance(ip_address(host), IPv6Address)
    except ValueError:
        return False


def _unusable(why: str) -> FaultError:
    return FaultError("address", f"has an address that cannot be asked: {why}")

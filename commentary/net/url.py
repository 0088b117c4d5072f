"""URLs as httpx reads them, with those refused that another program could read otherwise."""

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

import httpx

from commentary.net.fault import FaultError

_NOT_URL = re.compile(r"[^\x21-\x7e]|\\")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?", re.ASCII)
_PORTS = {"https": 443, "http": 80}
_read = lru_cache(maxsize=4096)(httpx.URL)
"""A watch asks the same URLs round after round."""


class Target(NamedTuple):
    """Where a URL leads."""

    scheme: str
    host: str
    """Lower-case, an address of the sixth version without its brackets."""
    port: int
    url: httpx.URL

    @property
    def origin(self) -> tuple[str, str, int]:
        """Where it leads: one server."""
        return self[:3]


def target_of(url: str | httpx.URL) -> Target:
    """Return where a URL leads.

    Raises:
        FaultError: it is no URL, or has parts that are not asked for here.
    """
    if isinstance(url, str) and _NOT_URL.search(url):
        raise _unusable("it holds a character that no address has")
    try:
        read = _read(url) if isinstance(url, str) else url
        if read.raw_host.endswith(b"."):
            read = read.copy_with(host=read.host.rstrip("."))
        # A name that says it is written in other letters (RFC 5891) may be none; httpx would find out later.
        named = bool(read.host)
    except (httpx.InvalidURL, UnicodeError):
        raise _unusable("it is no URL") from None
    if read.scheme not in _PORTS:
        raise _unusable("it begins neither with https:// nor with http://")
    if read.userinfo:
        raise _unusable("it holds a name or password")
    host = read.raw_host.decode("ascii")
    if not named or not (is_ipv6(host) if ":" in host else _HOST.fullmatch(host)) or read.port == 0:
        raise _unusable("it names no host")
    port = _PORTS[read.scheme] if read.port is None else read.port
    if not 0 < port < 65_536:
        raise _unusable("it is no URL")
    return Target(read.scheme, host, port, read)


def is_ipv6(host: str) -> bool:
    """Return whether a host is an address of the sixth version, without a zone."""
    try:
        return "%" not in host and isinstance(ip_address(host), IPv6Address)
    except ValueError:
        return False


def _unusable(why: str) -> FaultError:
    return FaultError("address", f"has an address that cannot be asked: {why}")

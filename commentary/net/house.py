"""Servers of the house: those on this machine, and those elsewhere that the newsroom names.

What is sent to a model or a desk's own system is not for the world. So such an address leads to the loopback
interface (RFC 1122 §3.2.1.3: 127.0.0.0/8; RFC 4291 §2.5.3: ::1), or to a host that is named word for word.
"""

from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from typing import NamedTuple

from commentary.errors import BadInputError, NotPermittedError
from commentary.net.addresses import Addresses
from commentary.net.fault import FaultError
from commentary.net.look_up import LookUp, system
from commentary.net.url import Target, target_of

_HOME = "localhost"
_MARKS = frozenset("@?#")
"""What sets names, passwords and queries off in an address: with one of them it is shown to nobody."""


class HouseServer(NamedTuple):
    """A server that may be asked."""

    url: str
    """Without a slash at its end, a name, a password or a query."""
    allowed: str
    """Its host and port, as `Network` takes what may be asked."""
    look_up: LookUp
    """For `Network`: gives for localhost no address but those of this machine."""


def house_server(url: str, named: Iterable[str], *, where: str, named_in: str, look_up: LookUp = system) -> HouseServer:
    """Return a server of the house.

    Args:
        url: its address, "http://127.0.0.1:8000/v1".
        named: hosts elsewhere that may be asked: "gpu.lan:8000", or "gpu.lan" with any port.
        where: the setting that holds the address, for errors: "model.where".
        named_in: the setting that holds the others.
        look_up: gives the addresses of a name.

    Raises:
        BadInputError: it is no address, or holds what has no place in one.
        NotPermittedError: it leads off this machine, to a host that is not named.
    """
    target = _target(url, where)
    allowed = _written(target)
    if Addresses(named, said_by=named_in).is_named(target.host, target.port):
        return HouseServer(_plain(target), allowed, look_up)
    remedy = f'run the model on this machine, or name "{allowed}" in {named_in}'
    if target.host != _HOME:
        if not _is_loopback(target.host):
            raise NotPermittedError(f"{where}: {target.host} is not this machine (127.0.0.1, ::1, localhost); {remedy}")
        return HouseServer(_plain(target), allowed, look_up)
    if away := [each for each in _found(look_up, target) if not _is_loopback(each)]:
        raise NotPermittedError(f"{where}: {_HOME} leads to {away[0]}, which is not this machine; {remedy}")

    def at_home(host: str, port: int) -> Sequence[str]:
        # It may be looked up again much later.
        return [each for each in look_up(host, port) if _is_loopback(each)]

    return HouseServer(_plain(target), allowed, at_home)


def _target(url: str, where: str) -> Target:
    shown = None if _MARKS.intersection(url) else url
    remedy = "write an address such as http://127.0.0.1:8000/v1"
    if _MARKS.intersection(url):
        raise BadInputError(where, None, f"{remedy}, without @, ? or #; a key is no part of it")
    try:
        return target_of(url)
    except FaultError as fault:
        raise BadInputError(where, shown, f"{remedy}: this one {fault.reason}") from None


def _plain(target: Target) -> str:
    path = target.url.raw_path.decode("ascii").rstrip("/")
    return f"{target.scheme}://{target.url.netloc.decode('ascii')}{path}"


def _written(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return f"{host}:{target.port}"


def _found(look_up: LookUp, target: Target) -> Sequence[str]:
    """Return the addresses of a name; none where it has none, which whoever asks there will be told."""
    try:
        return look_up(target.host, target.port)
    except (OSError, UnicodeError):
        return ()


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False

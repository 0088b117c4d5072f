"""Which live sources are asked, and where they are: [sources] of commentary.toml.

    [sources]
    from = ["coinglass", "binance"]       # in order of preference; --from names others
    allow_hosts = ["127.0.0.1:8123"]      # private addresses that may be asked all the same

    [sources.calls_a_minute]              # what your plan allows, in place of what the lowest plan does
    coinglass = 300

    [sources.base_urls]                   # another address for a source, such as a proxy of the house
    binance = "http://127.0.0.1:8123/binance"

Keys stand in the environment, never here: each source names its variable.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn
from urllib.parse import urlsplit

Refuse = Callable[[str, object, str], NoReturn]
"""Raises the error of one value: where it stands, the value, what to write."""
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_LIMITS: Mapping[str, int] = MappingProxyType({})
_MOST_CALLS = 1_000_000
_KNOWN = ("from", "allow_hosts", "calls_a_minute", "base_urls")


class SourceSettings(NamedTuple):
    """The sources of a newsroom."""

    names: tuple[str, ...] = ()
    """In order of preference; empty: those that need no key."""
    allow_hosts: tuple[str, ...] = ()
    """Hosts, or host:port, that may be asked although they are private addresses."""
    base_urls: Mapping[str, str] = _NOTHING
    """By source, in place of its own address."""
    calls_a_minute: Mapping[str, int] = _NO_LIMITS
    """By source, in place of its own limit for all calls together."""

    def flat(self) -> Iterator[tuple[str, object]]:
        """Yield dotted names with their values, in the order of the file."""
        yield "sources.from", self.names
        yield "sources.allow_hosts", self.allow_hosts
        for name, url in sorted(self.base_urls.items()):
            yield f"sources.base_urls.{name}", url
        for name, most in sorted(self.calls_a_minute.items()):
            yield f"sources.calls_a_minute.{name}", most

    @property
    def written(self) -> tuple[str, ...]:
        """The dotted names that have a value."""
        return tuple(name for name, value in self.flat() if value)


def read_source_settings(table: Mapping[str, Any], refuse: Refuse) -> SourceSettings:
    """Return the settings of a table; that a source of each name exists is for the registry to say."""
    for name in table:
        if name not in _KNOWN:
            refuse(f"sources.{name}", table[name], f"[sources] has {', '.join(_KNOWN)}")
    urls = table.get("base_urls", {})
    if not isinstance(urls, dict):
        refuse("sources.base_urls", urls, "write it as a table, [sources.base_urls]")
    for name, url in urls.items():
        if why := wrong_url(url):
            refuse(f"sources.base_urls.{name}", url, why)
    limits = table.get("calls_a_minute", {})
    if not isinstance(limits, dict):
        refuse("sources.calls_a_minute", limits, "write it as a table, [sources.calls_a_minute]")
    for name, most in limits.items():
        if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= _MOST_CALLS:
            refuse(f"sources.calls_a_minute.{name}", most, f"write a whole number from 1 to {_MOST_CALLS:,}")
    return SourceSettings(_names(table, "from", refuse), _names(table, "allow_hosts", refuse), dict(urls), dict(limits))


def wrong_url(url: object) -> str:
    """Return what to write in place of an address that cannot be asked; empty where it can."""
    if not isinstance(url, str):
        return "write an address in quotation marks"
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        return "write an address such as https://fapi.binance.com"
    if parts.username or parts.password or parts.query or parts.fragment:
        return "write the address alone, without name, password, query or fragment; keys stand in the environment"
    return ""


def _names(table: Mapping[str, Any], key: str, refuse: Refuse) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        refuse(f"sources.{key}", value, 'write a list of names, such as ["binance"]')
    return tuple(dict.fromkeys(value))

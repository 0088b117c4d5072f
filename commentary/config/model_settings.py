"""Which model rewords open sentences, and how long it may take: [model] of commentary.toml.

    [model]
    where = "/srv/models/small-instruct"   # a folder with the model's files, or a server: "http://127.0.0.1:8080/v1"
    name = "small-instruct"                # what a server calls it, and what drafts say wrote; default: as it says
    temperature = 0.5                      # 0: the likeliest words
    call_seconds = 10                      # for one sentence
    budget_seconds = 120                   # for one document; then the templates' sentences stay
    concurrency = 4                        # calls to a server at once
    batch = 16                             # sentences that a model in process writes at once
    device = "cpu"                         # or "cuda", "cuda:1", "mps"; default: a graphics card where there is one
    allowed_hosts = ["10.0.0.5:8080"]      # servers other than this machine that may be asked

A draft is verified without its model, so that none of this is part of the settings' hash.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from urllib.parse import urlsplit

Refuse = Callable[[str, object, str], NoReturn]
"""Raises the error of one value: where it stands, the value, what to write."""
_DEVICE = re.compile(r"|cpu|mps|cuda(?::\d{1,2})?")
_WARMEST = 2.0
_LONGEST_S = 3600.0
_MOST_AT_ONCE = 256


class ModelSettings(NamedTuple):
    """A newsroom's model."""

    where: str = ""
    """A folder, absolute, or the address of a server; empty: texts are the templates'."""
    name: str = ""
    """What it is asked for by, and called in a draft; empty: as its server or its folder calls it."""
    temperature: float = 0.5
    call_seconds: float = 10.0
    """For one call."""
    budget_seconds: float = 120.0
    """For one document."""
    concurrency: int = 4
    """Calls to a server at once."""
    batch: int = 16
    """Sentences that a model in process writes at once."""
    device: str = ""
    """Where a model in process runs; empty: on a graphics card where there is one."""
    allowed_hosts: tuple[str, ...] = ()
    """Hosts, or host:port, that may be asked although they are not this machine."""

    def flat(self) -> Iterator[tuple[str, object]]:
        """Yield dotted names with their values, in the order of the file."""
        for name, value in self._asdict().items():
            yield f"model.{name}", value


def read_model_settings(table: Mapping[str, Any], refuse: Refuse) -> ModelSettings:
    """Return the settings of a table; whether a model stands there is found when it is opened."""
    for name in table:
        if name not in ModelSettings._fields:
            refuse(f"model.{name}", table[name], f"[model] has {', '.join(ModelSettings._fields)}")
    values: dict[str, Any] = {}
    for name in ("where", "name", "device"):
        if name in table:
            values[name] = _text(table, name, refuse)
    if why := wrong_place(values.get("where", "")):
        refuse("model.where", values["where"], why)
    if "device" in values and not _DEVICE.fullmatch(values["device"]):
        refuse("model.device", values["device"], 'write "cpu", "mps", "cuda" or "cuda:1"')
    for name, least, most in (
        ("temperature", 0.0, _WARMEST),
        ("call_seconds", 0.1, _LONGEST_S),
        ("budget_seconds", 0.1, _LONGEST_S),
    ):
        if name in table:
            values[name] = _number(table, name, least, most, refuse)
    for name in ("concurrency", "batch"):
        if name in table:
            values[name] = _count(table, name, refuse)
    if "allowed_hosts" in table:
        values["allowed_hosts"] = _hosts(table["allowed_hosts"], refuse)
    return ModelSettings(**values)


def is_address(where: str) -> bool:
    """Say whether a place is that of a server, and no folder."""
    return "://" in where


def wrong_place(where: str) -> str:
    """Return what to write in place of where no model can be; empty where one can."""
    if not where:
        return ""
    if not is_address(where):
        # A path that leads nowhere would be looked up on the network as the name of a model.
        return "" if Path(where).is_absolute() else "write a folder with its whole path, or the address of a server"
    try:
        parts = urlsplit(where)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        return "write an address such as http://127.0.0.1:8080/v1"
    if parts.username or parts.password or parts.query or parts.fragment:
        return "write the address alone, without name, password, query or fragment"
    return ""


def _text(table: Mapping[str, Any], name: str, refuse: Refuse) -> str:
    value = table[name]
    if not isinstance(value, str) or not value.isprintable():
        refuse(f"model.{name}", value, "write text in quotation marks")
    return str(value).strip()


def _number(table: Mapping[str, Any], name: str, least: float, most: float, refuse: Refuse) -> float:
    value = table[name]
    number = float(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else math.nan
    if not least <= number <= most:
        refuse(f"model.{name}", value, f"write a number from {least:g} to {most:g}")
    return number


def _count(table: Mapping[str, Any], name: str, refuse: Refuse) -> int:
    value = table[name]
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST_AT_ONCE:
        refuse(f"model.{name}", value, f"write a whole number from 1 to {_MOST_AT_ONCE}")
    return int(value)


def _hosts(value: object, refuse: Refuse) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        refuse("model.allowed_hosts", value, 'write a list of hosts, such as ["10.0.0.5:8080"]')
    return tuple(dict.fromkeys(map(str, value if isinstance(value, list) else [])))

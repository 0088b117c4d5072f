"""What goes wrong, on demand: rules that say which requests are spoilt, how, and how often.

    {"kind": "status_429", "retry_after": 2, "venue": "binance", "next": 3}
    {"kind": ["reset", "truncated", "latency"], "probability": 0.05, "seed": 7, "path": "*/klines"}

The kinds:
    latency         the reply comes `seconds` later (1)
    status_NNN      that status with the venue's own error: 429 and 418 (with Retry-After where `retry_after` is
                    given), 403 and so on; 5xx with the page of a proxy
    envelope        status 200 with an error in the venue's own envelope
    html            status 200 with a page in place of JSON
    truncated       half of the reply, with the length that fits that half, so that only its JSON is cut
    cut             half of the reply under the length of the whole, then the connection closes
    wrong_types     every figure of the data stands in a list of its own
    empty           lists hold nothing, objects of plain values no names
    missing_keys    objects and rows lose the last half of what they hold, or `key` alone
    skew            the venue's clock, in its Date header and its own times, is ahead by `seconds` (60)
    drip            a byte every `seconds` (0.05)
    reset           the connection is reset before a byte of the reply
    silent          the request is never answered
    oversized       white space of `size_bytes` (256 MiB) before the data ends
    bomb            the same, gzip: small on the wire
    redirect        302 to `location`, by default this server under another host name

The first rule that fits a request spoils it; latency and skew come on top of others. A rule's chances are drawn from
its seed in the order of the requests that fit it.
"""

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from commentary.errors import BadInputError

Json = Any
PLAIN = (
    "latency",
    "envelope",
    "html",
    "truncated",
    "cut",
    "wrong_types",
    "empty",
    "missing_keys",
    "skew",
    "drip",
    "reset",
    "silent",
    "oversized",
    "bomb",
    "redirect",
)
STATUSES = (400, 401, 403, 404, 408, 418, 422, 429, 451, 500, 502, 503, 504)
KINDS = (*PLAIN, *(f"status_{status}" for status in STATUSES))
ON_TOP = ("latency", "skew")
_SECONDS = {"latency": 1.0, "skew": 60.0, "drip": 0.05}
_FIGURE = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


class Fault(NamedTuple):
    """A rule."""

    kinds: tuple[str, ...]
    """One of them is drawn for each request that is spoilt."""
    venue: str = "*"
    """Prefix of the venue, or a pattern: "coin*"."""
    path: str = "*"
    """Pattern of the path behind the prefix: "*/klines"."""
    probability: float = 1.0
    next: int | None = None
    """Only so many requests are spoilt, then the rule is spent."""
    seed: int = 0
    start: float = float("-inf")
    """From this time of the clock on, seconds since 1970."""
    end: float = float("inf")
    seconds: float | None = None
    retry_after: float | None = None
    size_bytes: int = 256 * 1024 * 1024
    location: str | None = None
    key: str | None = None

    def seconds_of(self, kind: str) -> float:
        """Return how long this kind takes."""
        return _SECONDS.get(kind, 0.0) if self.seconds is None else self.seconds


class Chosen(NamedTuple):
    """What befalls one request: a rule and which of its kinds."""

    fault: Fault
    kind: str

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return self.fault.seconds_of(self.kind)


@dataclass
class _Held:
    fault: Fault
    random: random.Random
    left: int | None


class Faults:
    """The rules in force, in the order in which they were added."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._held: dict[int, _Held] = {}
        self._number = 0
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> int:
        """Take a rule in and return its number."""
        self._number += 1
        self._held[self._number] = _Held(fault, random.Random(f"{fault.seed}"), fault.next)
        return self._number

    def remove(self, number: int) -> bool:
        """Drop a rule; say whether there was one."""
        return self._held.pop(number, None) is not None

    def clear(self) -> None:
        """Drop all rules."""
        self._held.clear()

    def rules(self) -> dict[int, tuple[Fault, int | None]]:
        """Return the rules by number, each with how many requests it will still spoil."""
        return {number: (held.fault, held.left) for number, held in self._held.items()}

    def choose(self, venue: str, path: str, now: float) -> list[Chosen]:
        """Return what befalls a request: at most one kind, and the latency and skew that come on top."""
        chosen: list[Chosen] = []
        spoilt = False
        for held in list(self._held.values()):
            fault = held.fault
            if held.left == 0 or not fault.start <= now < fault.end:
                continue
            if not (fnmatchcase(venue, fault.venue) and fnmatchcase(path, fault.path)):
                continue
            on_top = all(kind in ON_TOP for kind in fault.kinds)
            if (spoilt and not on_top) or (fault.probability < 1.0 and held.random.random() >= fault.probability):
                continue
            kind = fault.kinds[0] if len(fault.kinds) == 1 else held.random.choice(fault.kinds)
            if held.left is not None:
                held.left -= 1
            spoilt = spoilt or kind not in ON_TOP
            chosen.append(Chosen(fault, kind))
        return chosen


def fault_of(laid: Mapping[str, Any], path: str = "") -> Fault:
    """Return the rule of an object as JSON holds it; `kind` is one kind or a list of them.

    Raises:
        BadInputError: it names what there is not.
    """
    fields = dict(laid)
    told = fields.pop("kind", None)
    kinds = tuple(told) if isinstance(told, list) else (told,)
    for kind in kinds:
        if kind not in KINDS:
            raise BadInputError(f"{path}/kind", kind, f"write one of {', '.join(KINDS)}")
    known = set(Fault._fields) - {"kinds"}
    for name in fields:
        if name not in known:
            raise BadInputError(f"{path}/{name}", None, f"write one of {', '.join(sorted(known))}")
    return Fault(kinds, **fields)


def spoilt(data: Json, chosen: Chosen) -> Json:
    """Return data with wrong types, emptied or with names missing; of another kind, as they are."""
    if chosen.kind == "wrong_types":
        return _in_lists(data)
    if chosen.kind == "empty":
        return _emptied(data)
    if chosen.kind == "missing_keys":
        return _shortened(data, chosen.fault.key)
    return data


def _in_lists(data: Json) -> Json:
    if isinstance(data, dict):
        return {name: _in_lists(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_in_lists(value) for value in data]
    if isinstance(data, int | float) or (isinstance(data, str) and _FIGURE.fullmatch(data)):
        return [data]
    return data


def _emptied(data: Json) -> Json:
    if isinstance(data, list):
        return []
    if isinstance(data, dict):
        held = {name: _emptied(value) for name, value in data.items() if isinstance(value, list | dict)}
        return held if any(isinstance(value, list) for value in data.values()) else {}
    return data


def _shortened(data: Json, key: str | None) -> Json:
    if isinstance(data, dict):
        if key is not None:
            kept = [name for name in data if name != key]
        elif any(isinstance(value, list | dict) for value in data.values()):
            kept = list(data)
        else:
            kept = list(data)[: len(data) // 2]
        return {name: _shortened(data[name], key) for name in kept}
    if isinstance(data, list):
        if key is None and data and not any(isinstance(value, list | dict) for value in data):
            return data[: len(data) // 2]
        return [_shortened(value, key) for value in data]
    return data

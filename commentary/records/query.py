"""Questions put to a fact sheet, in the words that stand in data/stories and data/claims.

    oi_change_coin window=24 venue=all          the fact
    has oi_change_coin window=24                it is there
    no reach_size side=$other                   it is not
    oi_change_coin window=24 <= $coin_fall      compared with a threshold by name, or a number
    |price_change window=24| < 1                its size, without its sign
    flush_state is long flush                   a state
    asset is market                             what the snapshot is about
    flag stale_data, unflagged stale_data       a flag is set, is not set
    has reach_size or has cluster_size          either

`$side` and `$other` are the sides a story puts first and second, `$own` is the snapshot's asset; `$first` to `$eighth`
are the assets of a wrap, the most newsworthy first.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from commentary.errors import ConfigError
from commentary.records.fact import Fact
from commentary.records.labels import metric_words, short, window_words
from commentary.records.sheet import FactSheet

_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "!=": operator.ne,
}
_RELATIONS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "!=": "other than"}
_COMPARISON = re.compile(r"(?P<left>.+?)\s*(?P<op><=|>=|!=|<|>)\s*(?P<right>.+)")
_STATE = re.compile(r"(?P<query>.+?) (?P<op>is not|is) (?P<state>.+)")
_MUST = ", must "
"""Stands before the bound that was missed."""
_UNKNOWN = " is not known"
_KEYS = {"side", "venue", "window", "at", "asset"}


_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
MOST_ASSETS = len(_PLACES)
"""A wrap names no more."""


def names_of(sheet: FactSheet, side: str) -> dict[str, str]:
    """Return what the names in a question stand for.

    Args:
        sheet: the facts; those of a wrap give its assets their places.
        side: the side that the story puts first; anything but "short" is the long side.
    """
    first = "short" if side == "short" else "long"
    places = dict.fromkeys(_PLACES, "") | dict(zip(_PLACES, sheet.assets, strict=False))
    return {"side": first, "other": "long" if first == "short" else "short", "own": sheet.asset, **places}


class Scope(NamedTuple):
    """What the names in a question stand for."""

    names: Mapping[str, str]
    """What stands for `$side`, `$other`, `$own`, `$first` and so on."""
    thresholds: Mapping[str, Decimal]

    def value(self, written: str) -> str:
        """Return the value of a condition such as `side=$side` or `at=second_source`.

        Raises:
            ConfigError: it names something that does not exist.
        """
        if not written.startswith("$"):
            return written.replace("_", " ")
        try:
            return self.names[written[1:]]
        except KeyError:
            raise ConfigError(
                f"a question has {written!r}; it may have $side, $other, $own, $first to $eighth"
            ) from None


class Verdict:
    """Whether a condition holds, and why, in words an editor can read.

    Args:
        holds: whether it does.
        words: says why; asked only where somebody reads it, since conditions are judged by the hundred thousand.
    """

    __slots__ = ("_words", "holds")

    def __init__(self, holds: bool, words: Callable[[], str]) -> None:
        self.holds = holds
        self._words = words

    @property
    def why(self) -> str:
        """The reason, as "the open interest change is -1%, must be at most -2.5%"."""
        return self._words()

    @property
    def is_known(self) -> bool:
        """False if it fails for a figure that is not known."""
        return self.holds or _UNKNOWN not in self.why


def find(sheet: FactSheet, query: str, scope: Scope) -> Fact | None:
    """Return the preferred fact that answers `query`, or None.

    Raises:
        ConfigError: the query cannot be read.
    """
    found = find_all(sheet, query, scope)
    return found[0] if found else None


def find_all(sheet: FactSheet, query: str, scope: Scope) -> list[Fact]:
    """Return every fact that answers `query`, the preferred first.

    Raises:
        ConfigError: the query cannot be read.
    """
    metric, conditions = _parsed(query)
    if not conditions:
        return sheet.all(metric)
    asked = {key: scope.value(value) for key, value in conditions}
    side = asked.get("side")
    if side is not None and side not in ("long", "short"):
        return []
    return sheet.all(
        metric,
        side=side,  # type: ignore[arg-type]
        venue=asked.get("venue"),
        window=Decimal(asked["window"]) if "window" in asked else None,
        at=asked.get("at"),
        asset=asked.get("asset"),
    )


@cache
def _parsed(query: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the metric that a question is about, and its conditions."""
    metric, *words = query.split()
    conditions = []
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or key not in _KEYS:
            raise ConfigError(f"the question {query!r} has {word!r}; write side=, venue=, window=, at= or asset=")
        conditions.append((key, value))
    return metric, tuple(conditions)


def judge(sheet: FactSheet, condition: str, scope: Scope) -> Verdict:
    """Say whether `condition` holds on `sheet`; "a or b" holds when either does."""
    form = _form(condition)
    if form.word == "or":
        verdicts = [judge(sheet, option, scope) for option in form.parts]
        held = next((verdict for verdict in verdicts if verdict.holds), None)
        return held or Verdict(False, lambda: "; and ".join(dict.fromkeys(_failures(form.parts, verdicts))))
    if form.word in ("has", "no"):
        return _presence(sheet, form.parts[0], form.word == "has", scope)
    if form.word in ("flag", "unflagged"):
        return _flag(sheet, form.parts[0], form.word == "flag")
    if form.word == "compare":
        left, op, right = form.parts
        return _compare(sheet, left, op, right, scope)
    return _state(sheet, form.parts[0], form.word == "is", form.parts[1], scope)


class _Form(NamedTuple):
    """A condition taken apart."""

    word: str
    """What it asks: or, has, no, flag, unflagged, compare, is, is not."""
    parts: tuple[str, ...]


@cache
def _form(condition: str) -> _Form:
    """Take a condition apart.

    Raises:
        ConfigError: it cannot be read.
    """
    options = condition.split(" or ")
    if len(options) > 1:
        return _Form("or", tuple(options))
    word, _, rest = condition.partition(" ")
    if word in ("has", "no", "flag", "unflagged"):
        return _Form(word, (rest,))
    if match := _COMPARISON.fullmatch(condition):
        return _Form("compare", (match["left"], match["op"], match["right"]))
    if match := _STATE.fullmatch(condition):
        return _Form(match["op"], (match["query"], match["state"]))
    raise ConfigError(f"the condition {condition!r} cannot be read; see commentary/records/query.py for its forms")


def _presence(sheet: FactSheet, query: str, wanted: bool, scope: Scope) -> Verdict:
    fact = find(sheet, query, scope)
    if fact is None and wanted:
        return Verdict(False, lambda: _unknown(sheet, query, scope))
    if fact is None:
        return Verdict(True, lambda: f"there is no {_named(sheet, query, scope)}")
    return Verdict(wanted, lambda: f"{_is(sheet, query, scope, fact)}{'' if wanted else f'{_MUST}be none'}")


def _flag(sheet: FactSheet, name: str, wanted: bool) -> Verdict:
    is_set = name in sheet.flags

    def why() -> str:
        told = f"the data is {'' if is_set else 'not '}flagged {name.replace('_', ' ')}"
        return told if is_set == wanted else f"{told}{_MUST}{'be' if wanted else 'not be'}"

    return Verdict(is_set == wanted, why)


def _failures(options: Sequence[str], verdicts: list[Verdict]) -> list[str]:
    """Return why none of several options holds: those that miss a bound, else why nothing is known.

    That a fact is there is a failure of "no price" alone, and no news beside another failure.
    """
    told = [verdict.why for option, verdict in zip(options, verdicts, strict=True) if not option.startswith("no ")]
    missed = [why for why in told if _MUST in why]
    explained = [why for why in told if f"{_UNKNOWN}:" in why]
    return missed or explained or told or [verdict.why for verdict in verdicts]


def _state(sheet: FactSheet, query: str, wanted: bool, state: str, scope: Scope) -> Verdict:
    fact = None if query == "asset" else find(sheet, query, scope)
    if query != "asset" and fact is None:
        return Verdict(False, lambda: _unknown(sheet, query, scope))
    holds = ((sheet.asset if fact is None else fact.value) == state) == wanted

    def why() -> str:
        if fact is not None and not holds and not wanted and state == "none":
            return f"there is no {_named(sheet, query, scope)}"
        told = f"the snapshot is about {sheet.asset}" if fact is None else _is(sheet, query, scope, fact)
        return told if holds else f"{told}{_MUST}{'be' if wanted else 'not be'} {state}"

    return Verdict(holds, why)


def _compare(sheet: FactSheet, left: str, op: str, right: str, scope: Scope) -> Verdict:
    size_only = left.startswith("|") and left.endswith("|")
    query = left.strip("|").strip()
    fact = find(sheet, query, scope)
    if fact is None:
        return Verdict(False, lambda: _unknown(sheet, query, scope))
    bound = _bound(sheet, right, scope)
    if bound is None:
        return Verdict(False, lambda: _unknown(sheet, right.removeprefix("@").strip("|"), scope))
    value = abs(fact.number) if size_only else fact.number
    holds = _COMPARE[op](value, bound)

    def why() -> str:
        relation = f"{_RELATIONS[op]} {short(bound, fact.unit)}{' in size' if size_only else ''}"
        return f"{_is(sheet, query, scope, fact)}{', ' if holds else f'{_MUST}be '}{relation}"

    return Verdict(holds, why)


def _is(sheet: FactSheet, query: str, scope: Scope, fact: Fact) -> str:
    return f"{_named(sheet, query, scope)} is {short(fact.value, fact.unit)}"


def _unknown(sheet: FactSheet, query: str, scope: Scope) -> str:
    reason = sheet.why_missing(query.split()[0])
    return f"{_named(sheet, query, scope)}{_UNKNOWN}" + (f": {reason}" if reason else "")


def _named(sheet: FactSheet, query: str, scope: Scope) -> str:
    """Return what a question asks for in words: "open interest change in coin over 24 hours"."""
    metric, *conditions = query.split()
    asked = {key: scope.value(value) for key, _, value in (condition.partition("=") for condition in conditions)}
    words = [metric_words(metric)]
    if "side" in asked:
        words.append(f"of the {asked['side']} side")
    if "at" in asked:
        words.append(f"({asked['at']})")
    if "venue" in asked:
        words.append("on all exchanges" if asked["venue"] == "all" else f"on {asked['venue']}")
    if "asset" in asked and asked["asset"] != sheet.asset:
        words.append(f"of {asked['asset']}")
    if "window" in asked:
        words.append(f"over {window_words(Decimal(asked['window']))}")
    return " ".join(words)


def _bound(sheet: FactSheet, right: str, scope: Scope) -> Decimal | None:
    if right.startswith("$"):
        try:
            return scope.thresholds[right[1:]]
        except KeyError:
            known = ", ".join(sorted(scope.thresholds))
            raise ConfigError(f"there is no threshold {right[1:]!r}; there are {known}") from None
    if right.startswith("@"):
        size_only = right.startswith("@|")
        fact = find(sheet, right[1:].strip("|"), scope)
        return None if fact is None else abs(fact.number) if size_only else fact.number
    try:
        return Decimal(right)
    except InvalidOperation:
        raise ConfigError(f"{right!r} is neither a number nor $threshold nor @metric") from None

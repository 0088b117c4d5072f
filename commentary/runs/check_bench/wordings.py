"""Every wording of every template, fed as bare text with the facts of many random snapshots: all alarms are false.

A wording is checked within its paragraph, as a reader would paste it, since a sentence may lean on the one before.
Which wording a draft takes is a mere lottery, so that the facts which carry one carry the others beside it: each is
put there in turn. Snapshots are of kinds, and after some of each those kinds are drawn that tell what is still wanted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from commentary.errors import BadInputError, CommentaryError
from commentary.pipeline.materials import sayings
from commentary.records.fact_file import Record
from commentary.runs.check_bench.paragraphs import Judged, names, pages
from commentary.runs.check_bench.parallel import MOST_JOBS, parallel
from commentary.runs.random_snapshots import KINDS, Maker
from commentary.runs.scaled_snapshots import kinds, scaled

_ROUND = 24
_FIRST = 4
"""Snapshots of each kind, before only those are drawn that tell what is wanted."""
_LAST = 12
"""The same, while a wording has not come up at all."""
_MOST = 8
"""Snapshots of a kind for each time that a wording is asked for, before a rare one is given up."""
_APART = 10_000_000
_SHOWN = 3


class Alarmed(Record):
    """A wording in which something was found."""

    wording: str
    printed: int
    alarms: int
    """Snapshots with whose facts an error was found in it."""
    shown: tuple[str, ...]
    """Some of them, each after the snapshot that it was found with."""


class WordingsResult(Record):
    """A run."""

    each: int
    seed: int
    snapshots: int
    wordings: int
    full: int
    """Printed with as many snapshots as asked."""
    short: dict[str, int]
    """The rest: how often each was printed."""
    alarmed: tuple[Alarmed, ...]


class _Kind(NamedTuple):
    """A kind of snapshot: random ones, or a bundled one in a twist."""

    scaled: bool
    place: int

    @property
    def maker(self) -> str:
        """What makes it of its number: commentary/runs has a file for either."""
        return "scaled" if self.scaled else "random"

    def number(self, seed: int, turn: int) -> int:
        """Return the number of one snapshot of this kind."""
        return seed * _APART + turn * (kinds() if self.scaled else len(KINDS)) + self.place


class _Asked(NamedTuple):
    """One snapshot, and the wordings that are wanted of it."""

    kind: _Kind
    number: int
    wanted: frozenset[str]


def try_wordings(
    each: int = 100, seed: int = 0, jobs: int = 1, progress: Callable[[str], None] = lambda _: None
) -> WordingsResult:
    """Return what is found in the wordings of the templates.

    Raises:
        BadInputError: a number is out of its bounds.
    """
    bounds = (("--each", each, 1, 10**6), ("--seed", seed, 0, 10**6), ("--jobs", jobs, 1, MOST_JOBS))
    for option, value, least, most in bounds:
        if not least <= value <= most:
            raise BadInputError(option, value, f"write a whole number, {least} to {most}")
    every = [f"{say.name}#{i + 1}" for say in sayings("en", None).values() for i in range(len(say.alternatives))]
    printed: Counter[str] = Counter(dict.fromkeys(every, 0))
    alarms: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    told: dict[_Kind, Counter[str]] = {}
    number = 0
    wanted = frozenset(every)
    drawn = _drawn(each, told, printed)
    with parallel(jobs, _work) as mapped:
        while wanted and (draw := list(islice(drawn, _ROUND))):
            asked = [_Asked(kind, kind.number(seed, turn), wanted) for kind, turn in draw]
            for (kind, turn), found in zip(draw, mapped(asked), strict=True):
                for name, errors in found:
                    printed[name] += 1
                    alarms[name] += bool(errors)
                    made_of = f"{kind.maker} {kind.number(seed, turn)}"
                    shown.setdefault(name, []).extend(f"{made_of}: {error}" for error in errors)
                    told.setdefault(kind, Counter())[name] += 1
            number += len(draw)
            wanted = frozenset(name for name in every if printed[name] < each)
            progress(f"{number} snapshots; {len(wanted)} wordings to come; {sum(map(bool, alarms.values()))} alarmed")
    return WordingsResult(
        each=each,
        seed=seed,
        snapshots=number,
        wordings=len(every),
        full=sum(count >= each for count in printed.values()),
        short={name: count for name, count in sorted(printed.items()) if count < each},
        alarmed=tuple(
            Alarmed(wording=name, printed=printed[name], alarms=count, shown=tuple(shown[name][:_SHOWN]))
            for name, count in sorted(alarms.items())
            if count
        ),
    )


def _drawn(each: int, told: Mapping[_Kind, Counter[str]], printed: Mapping[str, int]) -> Iterator[tuple[_Kind, int]]:
    """Yield kinds, each with its turn: all of them at first, then those that tell what is still wanted."""
    every = [*(_Kind(False, i) for i in range(len(KINDS))), *(_Kind(True, i) for i in range(kinds()))]
    for turn in range(_MOST * each):
        wanted = [name for name, count in printed.items() if count < each]
        wide = turn < _FIRST or (turn < _LAST and 0 in printed.values())
        yield from ((kind, turn) for kind in (every if wide else _useful(told, wanted)))


def _useful(told: Mapping[_Kind, Counter[str]], wanted: Iterable[str]) -> list[_Kind]:
    """Return the kinds that told a wanted wording at least half as often as the one that told it most."""
    most = {name: count for name in wanted if (count := max((counts[name] for counts in told.values()), default=0))}
    return [kind for kind, counts in told.items() if any(2 * counts[name] >= count for name, count in most.items())]


def _work(asked: _Asked) -> list[Judged]:
    """Return the wanted wordings that one snapshot's facts fill, each once."""
    kind, number, wanted = asked
    # What random numbers hardly ever make, the bundled snapshots are examples of.
    snapshot = scaled(number) if kind.scaled else Maker(number).snapshot()
    found: dict[str, tuple[str, ...]] = {}
    try:
        for page in pages(snapshot, number):
            for paragraph in page.paragraphs:
                for passage in page.told(paragraph):
                    new = set(names(passage)) & (wanted - found.keys())
                    if new:
                        found |= {name: errors for name, errors in page.judged(passage) if name in new}
    except CommentaryError:
        return []
    return list(found.items())

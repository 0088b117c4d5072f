"""Runs the benchmark: drafts until every class has its mutants, on one process or two."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from commentary import __version__
from commentary.errors import BadInputError
from commentary.pipeline.materials import sayings
from commentary.runs.check_bench.entering import WAYS, Way
from commentary.runs.check_bench.operators import by_class
from commentary.runs.check_bench.parallel import MOST_JOBS, parallel
from commentary.runs.check_bench.result import BenchResult, Clean, Count, Wording
from commentary.runs.check_bench.work import Batch, Fate, Miss, work

_ROUND = 8
"""The most drafts between two looks at what is wanted; the same for one process and for two, so that the result is."""
_EACH = 6
"""The most mutants of one class from one draft, so that no draft decides a class."""
_OFTEN = 100
"""Times that a wording should have been printed."""

_FATES: tuple[Fate, ...] = ("found", "held", "beside", "otherwise", "missed", "spared")

Progress = Callable[[str], None]


class Order(NamedTuple):
    """Everything that decides a run."""

    per_class: int = 3000
    clean: int = 1000
    seed: int = 0
    jobs: int = 1


class Run(NamedTuple):
    """A result, and what survived."""

    result: BenchResult
    misses: tuple[Miss, ...]


def run(order: Order, progress: Progress = lambda _: None) -> Run:
    """Return what the checker finds of every class of error.

    Raises:
        BadInputError: a number of the order is out of its bounds.
    """
    for option, value, least, most in (
        ("--per-class", order.per_class, 0, None),
        ("--clean", order.clean, 0, None),
        ("--seed", order.seed, 0, None),
        ("--jobs", order.jobs, 1, MOST_JOBS),
    ):
        if value < least or (most is not None and value > most):
            bounds = f"{least} to {most}" if most is not None else f"{least} or more"
            raise BadInputError(option, value, f"write a whole number, {bounds}")
    with parallel(order.jobs, _work) as mapped:
        batches = tuple(_batches(order, mapped, progress))
    return Run(_result(order, batches), tuple(miss for batch in batches for miss in batch.misses))


Asked = tuple[int, int, Mapping[str, int], bool]
"""What `work` is given."""
Mapped = Callable[[Sequence[Asked]], Iterable[Batch]]


def _work(asked: Asked) -> Batch:
    return work(*asked)


def _batches(order: Order, mapped: Mapped, progress: Progress) -> Iterator[Batch]:
    left = dict.fromkeys(by_class(), order.per_class)
    clean_left = order.clean
    each = max(1, min(_EACH, -(-order.per_class // max(order.clean, 10))))
    number = 0
    # A class that hardly any draft gives must not keep the run going for ever.
    most = 40 * (order.per_class // each + order.clean + _ROUND)
    while (any(count > 0 for count in left.values()) or clean_left > 0) and number < most:
        drafts = min(_ROUND, max(clean_left, *left.values()))
        wanted = {kind: min(each, -(-count // drafts)) for kind, count in left.items() if count > 0}
        asked: list[Asked] = [(order.seed, number + i, wanted, clean_left > i) for i in range(drafts)]
        for batch in mapped(asked):
            if batch.drafted:
                clean_left -= batch.words > 0
            for kind, _, way, fate in batch.verdicts:
                left[kind] -= way == WAYS[0] and fate != "spared"
            yield batch
        number += drafts
        short = [f"{kind} {count}" for kind, count in left.items() if count > 0]
        progress(f"{number} snapshots; to come: {max(0, clean_left)} clean drafts; {', '.join(short[:6]) or 'none'}")


def _result(order: Order, batches: tuple[Batch, ...]) -> BenchResult:
    fates = Counter(verdict for batch in batches for verdict in batch.verdicts)
    clean = tuple(batch for batch in batches if batch.words)
    return BenchResult(
        seed=order.seed,
        per_class=order.per_class,
        version=__version__,
        drafts=sum(bool(batch.verdicts) for batch in batches),
        counts={way: tuple(_counts(way, fates)) for way in WAYS},
        clean=tuple(_clean(way, clean) for way in WAYS),
        wording=_wording(clean),
    )


def _counts(way: Way, fates: Counter[tuple[str, str, Way, Fate]]) -> Iterator[Count]:
    for kind, operators in by_class().items():
        for operator in operators:
            of = {fate: fates[kind, operator.name, way, fate] for fate in _FATES}
            yield Count(
                kind=kind,
                operator=operator.name,
                mutants=sum(of.values()) - of["spared"],
                found=of["found"],
                held=of["held"],
                beside=of["beside"],
                otherwise=of["otherwise"],
                spared=of["spared"],
            )


def _clean(way: Way, batches: tuple[Batch, ...]) -> Clean:
    found = [[(severity, code) for at, severity, code in batch.clean if at == way] for batch in batches]
    errors = [[code for severity, code in each if severity == "error"] for each in found]
    return Clean(
        way=way,
        drafts=len(batches),
        words=sum(batch.words for batch in batches),
        errors=sum(map(len, errors)),
        warnings=sum(severity == "warning" for each in found for severity, _ in each),
        drafts_with_errors=sum(bool(each) for each in errors),
        codes=dict(sorted(Counter(code for each in errors for code in each).items())),
    )


def _wording(batches: tuple[Batch, ...]) -> Wording:
    printed = Counter(name for batch in batches for name, _ in batch.wordings)
    alarmed: Counter[str] = Counter()
    for batch in batches:
        for name, errors in batch.wordings:
            alarmed[name] += errors
    return Wording(
        alternatives=sum(len(say.alternatives) for say in sayings("en", None).values()),
        seen=len(printed),
        seen_often=sum(count >= _OFTEN for count in printed.values()),
        often=_OFTEN,
        alarmed={name: count for name, count in sorted(alarmed.items()) if count},
    )

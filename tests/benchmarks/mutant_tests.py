"""Runs the tests for `mutants.py`: all of them once, and for each mutant those that run its statement.

One process runs all tests, and notes which pass and which statements each runs. For each mutant it forks: the child
gives every function that is alive the changed code, empties their caches and runs the tests of the statement, shortest
first, until one fails. What ran on import is not run again by that, so a mutant that survives and whose statement ran
on import, or in few tests, as it does behind a cache, is tried once more: in a new process that imports the changed
module instead of its own, and runs all tests.
"""

import ast
import builtins
import functools
import gc
import importlib.abc
import importlib.util
import os
import pickle
import resource
import signal
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from itertools import accumulate
from pathlib import Path
from types import CodeType, FunctionType

import hypothesis
import pytest
from mutations import SEEN, Mutation, noted

ROOT = Path(__file__).resolve().parents[2]
MUTATED = ("commentary/checks", "commentary/languages")
PACKAGES = tuple(name.replace("/", ".") for name in MUTATED)
TESTS = ("checks", "languages", "pipeline", "cli/test_check.py", "cli/test_check_drafts.py", "cli/test_check_pages.py")
TESTS += ("cli/test_check_signed.py", "properties/test_pages.py", "properties/test_rules_alone.py")
LONGEST = 3
"""In seconds of a processor, as all times here: a test that takes longer is left out."""
EXAMPLES = 20
"""At most so many for each property."""
FEW = 5
MOST = 30
"""In seconds: so long a mutant is tried; one that is not killed by then is held to have survived."""
MEMORY = 8 << 30
OPTIONS = ("-q", "-s", "--tb=no", "--no-header", "-p", "no:randomly", "-p", "no:cacheprovider", "-n", "0")
# Hypothesis is imported before the tests, and once.
OPTIONS += ("-W", "ignore::pytest.PytestAssertRewriteWarning")
KILLED, SURVIVED, TIMEOUT, UNSURE = "killed", "survived", "timeout", "unsure"
_UNSURE = 77
_MEANT = {0: SURVIVED, -signal.SIGPROF: TIMEOUT, _UNSURE: UNSURE}
SETTINGS = hypothesis.settings


def modules() -> list[Path]:
    return sorted(path for folder in MUTATED for path in (ROOT / folder).rglob("*.py"))


def results(mutants: list[Mutation], jobs: int) -> tuple[list[str], int]:
    """Return what became of each mutant, and the number of tests."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record"
        child = forked(lambda: int(pytest.main(arguments(), plugins=[Watch(mutants, jobs, record)])))
        os.waitpid(child, 0)
        found, again, seconds = pickle.loads(record.read_bytes())
    second = in_turn({i: partial(imported, mutants[i], within_time(seconds, seconds)) for i in again}, jobs)
    last = {i: SURVIVED if one == UNSURE else one for i, one in (found | second).items()}
    return [last[i] for i in range(len(mutants))], len(seconds)


def arguments() -> list[str]:
    return [*OPTIONS, *(f"tests/{name}" for name in TESTS)]


def in_turn(works: dict[int, Callable[[], int]], jobs: int) -> dict[int, str]:
    """Do all works, some at a time, each in a process; return what became of each."""
    found: dict[int, str] = {}
    running: dict[int, int] = {}
    waiting = list(works.items())
    while waiting or running:
        while waiting and len(running) < jobs:
            number, work = waiting.pop(0)
            running[forked(work)] = number
        child, status = os.wait()
        found[running.pop(child)] = _MEANT.get(os.waitstatus_to_exitcode(status), KILLED)
    return found


def forked(work: Callable[[], int]) -> int:
    """Start a silent process that exits with what some work returns; return its id."""
    if child := os.fork():
        return child
    code = _UNSURE
    try:
        os.setpriority(os.PRIO_PROCESS, 0, 5)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        hypothesis.settings = fewer
        code = work()
    finally:
        os._exit(code)


def fewer(**given: object) -> hypothesis.settings:
    """Return settings of a property with few examples, the same each time, and no search for the smallest."""
    examples = min(given.pop("max_examples", EXAMPLES), EXAMPLES)
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    return SETTINGS(**given, max_examples=examples, database=None, derandomize=True, phases=phases)


def worked() -> float:
    """Return how long this process and those it started have worked."""
    return sum(os.times()[:4])


def too_long(_signal: int, _frame: object) -> None:
    pytest.skip("it takes too long")


class Watch:
    """Notes what each test runs, and then tries the mutants."""

    def __init__(self, mutants: list[Mutation], jobs: int, record: Path) -> None:
        self.mutants, self.jobs, self.record = mutants, jobs, record
        self.seen: set[str] = set()
        self.on_import: frozenset[str] | None = None
        self.passed = False
        self.seconds: dict[str, float] = {}
        self.tests: dict[str, list[str]] = defaultdict(list)
        """By statement."""
        vars(builtins)[SEEN] = self.seen.add
        sys.meta_path.insert(0, Instead(modules(), noted))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[object]:
        if self.on_import is None:
            self.on_import = frozenset(self.seen)
        self.seen.clear()
        self.passed = False
        begun = worked()
        signal.signal(signal.SIGPROF, too_long)
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            if self.passed:
                self.seconds[item.nodeid] = worked() - begun
                for statement in self.seen:
                    self.tests[statement].append(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.passed = report.passed and not hasattr(report, "wasxfail")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[object]:
        done = yield
        session.config.pluginmanager.unregister(self)
        session.config.pluginmanager.register(Failing())
        self.seconds = dict(sorted(self.seconds.items(), key=lambda test: test[1]))
        items, alive = {item.nodeid: item for item in session.items}, Alive()
        found = in_turn({i: partial(self.swapped, one, items, alive) for i, one in enumerate(self.mutants)}, self.jobs)
        hidden = {i for i, mutant in enumerate(self.mutants) if self.may_hide(mutant.statement)}
        again = [i for i, one in found.items() if one == UNSURE or (one == SURVIVED and i in hidden)]
        self.record.write_bytes(pickle.dumps((found, again, self.seconds)))
        return done

    def may_hide(self, statement: str) -> bool:
        """Say whether a statement may have been run once for all."""
        return statement in self.on_import or 0 < len(self.tests[statement]) < FEW

    def swapped(self, mutant: Mutation, items: dict[str, pytest.Item], alive: "Alive") -> int:
        """Run a mutant through the tests of its statement."""
        covering = set(self.tests[mutant.statement])
        chosen = [items[name] for name in within_time(self.seconds, covering)]
        if not alive.swap(mutant):
            return _UNSURE
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_PROF, 5 + 10 * self.seconds[item.nodeid])
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return 0


def within_time(seconds: dict[str, float], names: Iterable[str]) -> dict[str, float]:
    """Return the shortest of some tests that together take no longer than a mutant is tried."""
    chosen = {name: seconds[name] for name in seconds if name in names}
    total = accumulate(chosen.values())
    return {name: chosen[name] for name, until in zip(chosen, total, strict=True) if until <= MOST}


class Failing:
    """Ends the process at the first failure."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os._exit(1)


class Alive:
    """All functions and caches of the packages."""

    def __init__(self) -> None:
        # Once, before anything is forked: looking at an object copies the page of memory that it stands on.
        self.functions: dict[str, list[FunctionType]] = defaultdict(list)
        self.caches = []
        for one in gc.get_objects():
            if type(one) is FunctionType:
                self.functions[one.__code__.co_filename].append(one)
            elif isinstance(one, functools._lru_cache_wrapper) and (one.__module__ or "").startswith(PACKAGES):
                self.caches.append(one)
        gc.freeze()

    def swap(self, mutant: Mutation) -> bool:
        """Give functions their changed code, and empty all caches; return False if a function cannot take its code."""
        codes: dict[tuple[str, int], list[CodeType]] = defaultdict(list)

        def gather(code: CodeType) -> None:
            codes[code.co_qualname, code.co_firstlineno].append(code)
            for inner in code.co_consts:
                if isinstance(inner, CodeType):
                    gather(inner)

        gather(compile(mutant.tree, str(mutant.path), "exec"))
        for one in self.functions[str(mutant.path)]:
            changed = codes[one.__code__.co_qualname, one.__code__.co_firstlineno]
            if len(changed) == 1 and changed[0].co_freevars == one.__code__.co_freevars:
                one.__code__ = changed[0]
            elif any(line == mutant.line for _, _, line in one.__code__.co_lines()):
                return False
        for cache in self.caches:
            cache.cache_clear()
        return True


class Instead(importlib.abc.MetaPathFinder):
    """Imports some modules otherwise than they are written."""

    def __init__(self, paths: Iterable[Path], make: Callable[[Path], ast.Module]) -> None:
        self.make = make
        self.paths = {
            ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths
        }

    def find_spec(self, name: str, _path: object, _target: object = None) -> ModuleSpec | None:
        if (path := self.paths.get(name)) is None:
            return None
        folders = [str(path.parent)] if path.stem == "__init__" else None
        loader = Loader(name, str(path))
        loader.make = self.make
        return importlib.util.spec_from_file_location(name, path, loader=loader, submodule_search_locations=folders)


class Loader(SourceFileLoader):
    make: Callable[[Path], ast.Module]

    def get_code(self, _name: str) -> CodeType:
        return compile(self.make(Path(self.path)), self.path, "exec")


class Chosen:
    """Runs some tests and no others, in their order, each within its time."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds = seconds

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        place = {name: i for i, name in enumerate(self.seconds)}
        items[:] = sorted((item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid])

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        signal.setitimer(signal.ITIMER_PROF, 5 + 10 * self.seconds[item.nodeid])


def imported(mutant: Mutation, seconds: dict[str, float]) -> int:
    """Run a mutant that is imported instead of its module through all tests."""
    sys.meta_path.insert(0, Instead([mutant.path], lambda _: mutant.tree))
    # What is imported once may run on and on as well.
    signal.setitimer(signal.ITIMER_PROF, 30)
    return int(pytest.main([*arguments(), "-x"], plugins=[Chosen(seconds)]))

"""Random snapshots and the drafts of them; the same seed gives the same snapshot."""

import json
import os
import pickle
import random
import zlib
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from commentary.config import Settings
from commentary.errors import CommentaryError
from commentary.pipeline import NoStoryResult, draft_snapshots, facts_of
from commentary.records.draft import Draft
from commentary.records.sheet import FactSheet
from commentary.runs.random_snapshots import Json, Maker
from commentary.sources.snapshot_file import read_snapshot

SAMPLE, ALL = 32, 2000


@pytest.fixture(params=[pytest.param(SAMPLE, id="sample"), pytest.param(ALL, id="all", marks=pytest.mark.slow)])
def seeds(request) -> range:
    """The seeds of the snapshots that a law is tried on."""
    return range(request.param)


@pytest.fixture(scope="session")
def make_snapshot() -> Callable[[int], Json]:
    """A function from a seed to a snapshot as JSON holds it."""
    return lambda seed: Maker(seed).snapshot()


@pytest.fixture(scope="session")
def sheet_of() -> Callable[[Json], FactSheet]:
    """A function from a snapshot to its facts."""
    return lambda snapshot: facts_of(read_snapshot(json.dumps(snapshot).encode()), settings=Settings())


@pytest.fixture(scope="session")
def draft_of() -> Callable[..., Draft | NoStoryResult]:
    """A function from a snapshot, and the seed of its wording, to the draft or why there is none."""

    def draft(snapshot: Json, seed: int | None = None) -> Draft | NoStoryResult:
        return draft_snapshots([read_snapshot(json.dumps(snapshot).encode())], settings=Settings(), seed=seed)

    return draft


@pytest.fixture(scope="session")
def once(tmp_path_factory) -> Callable[..., object]:
    """A function from a name, and how the thing is made, to the thing; made once in a run, whichever process asks."""
    own = tmp_path_factory.getbasetemp()
    # The processes of a run have their folders beside each other.
    kept = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once"
    kept.mkdir(exist_ok=True)

    def found(name: str, make: Callable[[], object], *, load: bool = True) -> object:
        path = kept / name
        if not load and path.is_file():
            return None
        if path.is_file():
            return pickle.loads(zlib.decompress(path.read_bytes()))
        made = make()
        unfinished = own / f"{name}.part"
        unfinished.write_bytes(zlib.compress(pickle.dumps(made), 1))
        unfinished.replace(path)
        return made

    return found


@pytest.fixture(scope="session")
def sheets(once, make_snapshot, sheet_of) -> Callable[[int], FactSheet]:
    """A function from a seed to the facts of its snapshot."""
    return lambda seed: once(f"sheet-{seed}", lambda: sheet_of(make_snapshot(seed)))


@pytest.fixture(scope="session")
def outcomes(once, make_snapshot, draft_of) -> Callable[[range], Iterator[tuple[int, Draft | NoStoryResult | str]]]:
    """A function from seeds to what they give: a draft, why there is none, or an error."""

    def outcome(seed: int) -> Draft | NoStoryResult | str:
        try:
            return draft_of(make_snapshot(seed))
        except CommentaryError as error:
            return str(error)

    def found(seeds: range) -> Iterator[tuple[int, Draft | NoStoryResult | str]]:
        # Processes that ask at once make them in orders of their own, so that they share the work.
        for seed in random.Random(os.getpid()).sample(seeds, len(seeds)):
            once(f"outcome-{seed}", partial(outcome, seed), load=False)
        for seed in seeds:
            yield seed, once(f"outcome-{seed}", partial(outcome, seed))

    return found


@pytest.fixture(scope="session")
def drafted(outcomes) -> Callable[[range], Iterator[tuple[int, Draft]]]:
    """A function from seeds to the drafts they give."""
    return lambda seeds: ((seed, made) for seed, made in outcomes(seeds) if isinstance(made, Draft))

"""The facts that a case is checked against: those of the draft of a bundled snapshot, with the desk's own."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from commentary import Draft, Settings, draft_snapshots, facts_of, read_snapshot
from commentary.pipeline import TextChecker, sheet_of
from commentary.records.sheet import FactSheet

SNAPSHOTS = Path(__file__).parents[2] / "data" / "snapshots"


@cache
def _sheet(name):
    read = read_snapshot((SNAPSHOTS / f"{name}.json").read_bytes())
    draft = draft_snapshots([read], settings=Settings(), length="standard")
    return sheet_of(draft) if isinstance(draft, Draft) else facts_of(read, settings=Settings())


@cache
def _checker(facts, packs):
    return TextChecker(facts, settings=Settings(packs=("global", *packs)))


@pytest.fixture
def checker():
    """Return a function: facts and packs beside the global one in, what checks texts against them out.

    It is made once for all cases of the same facts, in whatever order they come.
    """
    return lambda facts, packs=(): _checker(facts, tuple(packs))


@pytest.fixture
def sheet():
    """Return a function: name of a bundled snapshot in, facts out.

    `as_of` sets another time of the text, `label` another label than the rules gave.
    """

    def make(name, as_of=None, label=None):
        found = _sheet(name)
        if as_of is None and label is None:
            return found
        facts = tuple(
            replace(fact, value=label) if label and fact.subject.metric == "sentiment_label" else fact for fact in found
        )
        moment = datetime.fromisoformat(as_of) if as_of else found.as_of
        return FactSheet(found.asset, moment, facts, found.missing, found.flags)

    return make

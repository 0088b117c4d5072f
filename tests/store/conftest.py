"""A sealed draft by hand, what a feed remembers of it, and a store in an empty folder."""

import runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commentary.pipeline.remembering import item_of
from commentary.records.hashes import checks_sha256, content_sha256
from commentary.store import Store, save

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)


def _sealed(draft):
    content = content_sha256(draft)
    checks = draft.checks.model_copy(update={"sha256": checks_sha256(draft.checks.findings, content)})
    return draft.model_copy(update={"sha256": content, "checks": checks})


@pytest.fixture(scope="session")
def by_hand():
    """The draft that tests/publishing makes by hand."""
    return runpy.run_path(str(Path(__file__).parents[1] / "publishing" / "conftest.py"))["make_draft"]()


@pytest.fixture(scope="session")
def make(by_hand):
    """Return a function: a number and fields in, a sealed draft of its own hour and id out."""

    def draft(number=0, **fields):
        when = NINE + timedelta(hours=number)
        own = {
            "id": f"{number:016d}",
            "as_of": when,
            "generated_at": when,
            "story_key": f"BTC/level/long-{60000 + number}/{when:%Y-%m-%d}",
            "inputs": (by_hand.inputs[0].model_copy(update={"sha256": f"{number:064d}"}),),
        }
        return _sealed(by_hand.model_copy(update={**own, **fields}))

    return draft


@pytest.fixture
def path(tmp_path):
    return tmp_path / "desk.sqlite"


@pytest.fixture
def keep(path):
    """Return a function: a draft in, and it is saved in the feed."""

    def kept(draft, feed="desk", outcomes=()):
        with Store(path, writes=True) as store:
            return save(store, draft, item_of(draft, feed), dict(outcomes))

    return kept


@pytest.fixture
def history(path):
    """Return a function: the history of a feed, read anew."""

    def read(feed="desk"):
        with Store(path) as store:
            return store.history(feed)

    return read

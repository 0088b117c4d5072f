"""How the tests run: those that take minutes first, and without looking for garbage among what stays; and what any of
them may ask for."""

import gc
from pathlib import Path

import pytest

PROPERTIES = Path(__file__).parent / "properties"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # A process that ends on one of them leaves the other with nothing to do.
    items.sort(key=lambda item: PROPERTIES not in item.path.parents)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


@pytest.fixture
def fake_openai():
    """A model server on this machine: tests/models/fake_openai.py says what it can do and which faults it has."""
    from tests.models.fake_openai import running

    with running() as fake:
        yield fake

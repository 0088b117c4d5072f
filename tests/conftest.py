"""How the tests run: those that take minutes first, and without looking for garbage among what stays."""

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

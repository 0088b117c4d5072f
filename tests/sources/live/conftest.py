"""Recorded replies, and rows as an editor may read them."""

from collections.abc import Callable

import pytest

from commentary.records.rows import Series
from tests.sources.live.replies import Replies


@pytest.fixture
def replies() -> type[Replies]:
    return Replies


@pytest.fixture
def say() -> Callable[[Series], dict[str, str]]:
    """Return what writes a row as an editor may read it: what it says beside its venue and its source."""

    def written(row: Series) -> dict[str, str]:
        fields = row.model_dump(exclude_none=True, exclude={"venue", "source", "bars"})
        return {name: f"{value:%d %H:%M:%S}" if name == "time" else f"{value}" for name, value in fields.items()}

    return written

"""Replies kept beside those of the calls say where their shape was read, and none has changed since."""

import hashlib
import json

import pytest

from tests.sources.live.asking import RECORDED


@pytest.mark.parametrize("place", sorted(RECORDED.glob("*/more")), ids=lambda place: place.parent.name)
def test_every_reply_that_is_kept_besides_has_its_metadata(place):
    listed = {row["file"]: row for row in json.loads((place / "metadata.json").read_text(encoding="utf-8"))["files"]}
    assert set(listed) == {path.name for path in place.glob("*.json")} - {"metadata.json"}
    for name, row in listed.items():
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == row["sha256"], name
        assert all(row[field] for field in ("origin", "licence", "added_at")), name

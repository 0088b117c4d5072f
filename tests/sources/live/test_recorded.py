"""Every kept reply says where its shape was read, when, and that its values are made up; none has changed since."""

import hashlib
import json
from datetime import date

import pytest

from tests.sources.live.asking import RECORDED

SOURCES = ["deribit", "hyperliquid"]


@pytest.mark.parametrize("source", SOURCES)
def test_every_kept_reply_has_its_metadata(source):
    entries = json.loads((RECORDED / source / "metadata.json").read_text(encoding="utf-8"))
    files = {path.name for path in (RECORDED / source).glob("*.json")} - {"metadata.json"}
    assert sorted(entry["file"] for entry in entries) == sorted(files)
    for entry in entries:
        content = (RECORDED / source / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]
        assert entry["origin"]
        assert date.fromisoformat(entry["read"]) <= date.fromisoformat(entry["added_at"])
        assert entry["note"] == "shape only, values made up"

"""JSON: the draft survives the way through its file."""

import json
from decimal import Decimal

from commentary.publishing.base import render
from commentary.records.draft import Draft
from commentary.records.hashes import content_sha256


def test_a_draft_read_back_is_the_same_draft(draft: Draft) -> None:
    read = Draft.model_validate_json(render(draft, "json"))
    assert read == draft
    assert content_sha256(read) == draft.sha256


def test_numbers_are_json_numbers(draft: Draft) -> None:
    facts = json.loads(render(draft, "json"), parse_float=Decimal)["facts"]
    assert [fact["value"] for fact in facts[-3:]] == [412000000, Decimal("0.0024"), None]

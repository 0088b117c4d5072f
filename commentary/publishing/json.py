"""JSON: the draft itself, commentary.draft/1, with facts, mentions, findings and hashes."""

from commentary.publishing.base import View, formats
from commentary.records.draft import Draft


@formats.add("json")
def json(draft: Draft, view: View) -> str:
    """Return the draft's file."""
    return draft.model_dump_json(indent=2) + "\n"

"""The generated part of README.md: a paragraph beside the facts its figures come from."""

from commentary.config import Settings
from commentary.pipeline import draft_snapshots
from commentary.records.draft import Draft
from commentary.records.labels import label, origin_of, value_of
from commentary.records.plan import Length
from commentary.records.snapshot import ReadSnapshot
from commentary.resources import folder
from commentary.sources.snapshot_file import read_snapshot

EXAMPLE = "btc-long-side"
"""The bundled snapshot that the documents show."""
_PATH = "/sections/0/paragraphs/0"


def example() -> str:
    """Return the opening of a draft and the facts its figures come from, as Markdown."""
    draft = bundled_draft(EXAMPLE)
    records = {record.id: record for record in draft.facts}
    paragraph = draft.sections[0].paragraphs[0]
    lines = [f"> {paragraph}", "", "| written | the fact | its value | evidence, source, time |", "|---|---|---|---|"]
    written: dict[str, list[str]] = {}
    for mention in sorted(draft.mentions, key=lambda mention: mention.start):
        text = paragraph[mention.start : mention.end] if mention.path == _PATH else ""
        if any(character.isdigit() for character in text) and text not in written.setdefault(mention.fact, []):
            written[mention.fact].append(text)
    for name, texts in written.items():
        if texts:
            fact = records[name]
            about = label(fact.subject, draft.assets[0])
            lines.append(f"| {'; '.join(texts)} | {about} | {value_of(fact)} | {origin_of(fact)} |")
    return "\n".join(lines) + "\n"


def bundled_snapshot(name: str) -> ReadSnapshot:
    """Return a bundled snapshot as it is read."""
    return read_snapshot(folder("data") / "snapshots" / f"{name}.json", name=name)


def bundled_draft(name: str, length: Length | None = None) -> Draft:
    """Return the draft of a bundled snapshot, in default settings."""
    draft = draft_snapshots([bundled_snapshot(name)], settings=Settings(), length=length)
    if not isinstance(draft, Draft):
        raise TypeError(f"the bundled snapshot {name} gives no story: {draft.reasons}")
    return draft

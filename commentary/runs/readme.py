"""The generated parts of README.md: a paragraph beside its facts, and the table of commands."""

from commentary.cli.app import command_summaries
from commentary.config import Settings
from commentary.pipeline import draft_snapshots
from commentary.records.draft import Draft
from commentary.resources import folder
from commentary.sources.snapshot_file import read_snapshot

_PATH = "/sections/0/paragraphs/0"


def example() -> str:
    """Return the opening of a draft and the facts its figures come from, as Markdown."""
    draft = bundled_draft("btc-long-side")
    records = {record.id: record for record in draft.facts}
    paragraph = draft.sections[0].paragraphs[0]
    lines = [f"> {paragraph}", "", "| written | fact | source | time |", "|---|---|---|---|"]
    seen = set()
    for mention in draft.mentions:
        text = paragraph[mention.start : mention.end] if mention.path == _PATH else ""
        fact = records[mention.fact]
        if any(character.isdigit() for character in text) and (text, fact.id) not in seen:
            seen.add((text, fact.id))
            time = f"{fact.as_of:%Y-%m-%d %H:%M} UTC" if fact.as_of else ""
            lines.append(f"| {text} | `{fact.id}` | {', '.join(fact.source)} | {time} |")
    return "\n".join(lines) + "\n"


def bundled_draft(name: str) -> Draft:
    """Return the draft of a bundled snapshot, in default settings."""
    content = (folder("data") / "snapshots" / f"{name}.json").read_bytes()
    draft = draft_snapshots([read_snapshot(content, name=name)], settings=Settings())
    if not isinstance(draft, Draft):
        raise TypeError(f"the bundled snapshot {name} gives no story: {draft.reasons}")
    return draft


def commands() -> str:
    """Return the table of commands, as Markdown."""
    rows = [f"| `commentary {name}` | {summary} |" for name, summary in command_summaries()]
    return "\n".join(["| command | what it does |", "|---|---|", *rows]) + "\n"

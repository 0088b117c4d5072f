"""The generated parts of README.md: stories, a paragraph beside its facts, a sentence with its findings, figures."""

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from commentary.config import Settings
from commentary.config.storybook import storybook
from commentary.errors import BadInputError
from commentary.pipeline import check_text, draft_snapshots, facts_of
from commentary.records.draft import Draft
from commentary.records.finding import Finding
from commentary.records.labels import label, origin_of, value_of
from commentary.records.plan import Length
from commentary.records.snapshot import ReadSnapshot
from commentary.resources import folder
from commentary.runs.check_bench.result import BenchResult
from commentary.runs.check_bench.tables import markdown
from commentary.sources.snapshot_file import read_snapshot

EXAMPLE = "btc-long-side"
"""The bundled snapshot that the documents show."""
_PATH = "/sections/0/paragraphs/0"
_WROTE = (
    "Bitcoin faces $1.7 billion of long liquidations at $60,593, and open interest rose 1.1% in the 24 hours to "
    "08:50 UTC."
)
_MENDED = (
    "CoinGlass's model has $1.07 billion of bitcoin longs down to $60,593, and coin open interest fell 1.1% in the 24 "
    "hours to 08:50 UTC."
)
BENCHMARK = Path("tests") / "benchmarks" / "check.json"
"""What `commentary bench check --output` last wrote, below the root of the repository, where cog runs: the installed
package has no tests beside it."""


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


def own_sentence(lines: Callable[[Iterable[Finding], str], Iterable[str]]) -> str:
    """Return a journalist's sentence with what the check says of it, and as the facts bear it, as Markdown.

    Args:
        lines: how findings are printed, with the text that they are of.

    Raises:
        ValueError: the second sentence has a finding too.
    """
    sheet = facts_of(bundled_snapshot(EXAMPLE), settings=Settings())
    found = check_text(_WROTE, sheet, settings=Settings())
    if check_text(_MENDED, sheet, settings=Settings()).findings:
        raise ValueError("the mended sentence of the README has a finding")
    said = "\n".join(lines(found.findings, _WROTE))
    return f"> {_WROTE}\n\n```\n{said}\n```\n\nMended, with no finding:\n\n> {_MENDED}\n"


def bench_tables(path: Path = BENCHMARK) -> str:
    """Return what the benchmark of the check measured, as Markdown, from the file that it wrote.

    Raises:
        BadInputError: there is no such file, or it is of another format.
    """
    try:
        result = BenchResult.model_validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        remedy = "write it with commentary bench check --output tests/benchmarks/check.json"
        raise BadInputError(str(path), None, f"{remedy} ({error})") from error
    asked = f"--per-class {result.per_class} --clean {result.clean[0].drafts} --seed {result.seed}"
    return f"`commentary bench check {asked}`, with edits of {result.drafts:,} drafts:\n\n{markdown(result)}"


def repertoire() -> str:
    """Return each kind of story with a bundled snapshot, and what else its draft needs, as Markdown.

    A wrap is told of several snapshots and a follow-up of a history; their lines of the command say so.
    """
    told = tomllib.loads((folder("data") / "snapshots" / "index.toml").read_text(encoding="utf-8"))
    wraps = tomllib.loads((folder("data") / "snapshots" / "wraps.toml").read_text(encoding="utf-8"))
    several = [" ".join(f"data/snapshots/{name}.json" for name in wrap["snapshots"]) for wrap in wraps.values()]
    lines = ["| story | what it tells | try `commentary draft` with |", "|---|---|---|"]
    for path in sorted((folder("data") / "stories").glob("*.toml")):
        book = storybook(path.stem)
        entries = [name for name, entry in told.items() if entry["story"] == book.name]
        files = [f"data/snapshots/{name}.json" for name in entries[:1]] or several[:1]
        past = [f"--history data/snapshots/{told[name]['history']}" for name in entries[:1] if "history" in told[name]]
        lines.append(f"| `{book.name}` | {book.title} | `{' '.join([*files, *past])}` |")
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

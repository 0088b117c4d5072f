"""Check any text, or a draft, against facts."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commentary.cli.options import Config, DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.config import Settings
    from commentary.records.finding import Findings

app = command_app()
Scope = Literal["passage", "article"]


@app.command(
    epilog=example(
        "commentary check story.md --facts snapshot.json",
        "commentary check draft.json",
        "pbpaste | commentary check - --facts draft.json --strict",
    )
)
def check(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A .txt, .md or .html file, a draft (.json), or -.")],
    facts: Annotated[
        str | None, typer.Option(metavar="SNAPSHOT|DRAFT", help="Where the facts are. A draft has its own.")
    ] = None,
    scope: Annotated[
        Scope | None,
        typer.Option(help="Whether completeness is asked. Default: article if there is a heading."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    config: Config = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Check a text against facts: what cannot be traced is an error, and the command exits 1."""
    from commentary.cli.findings import lines, summary
    from commentary.cli.output import emit, remark
    from commentary.config import load_settings

    found, content = _check(text, facts, scope, load_settings(config))
    if strict:
        found = _strict(found)
    if format == "json":
        emit(found.model_dump_json(indent=2))
    else:
        if found.findings:
            emit("\n".join(_fitted(lines(found.findings, content))))
        remark(summary(found.findings), quiet=quiet)
    if not found.ok:
        raise typer.Exit(1)


def _fitted(lines: "Iterable[str]") -> "Iterator[str]":
    """Yield the lines wrapped for a terminal; for a pipe a finding stays on its line, so that it can be searched."""
    from commentary.cli.screen import Screen

    if not sys.stdout.isatty():
        yield from lines
        return
    screen = Screen.of_output()
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        yield from screen.wrapped(line.lstrip(), indent, indent + "    ")


def _check(place: str, facts: str | None, scope: Scope | None, settings: "Settings") -> "tuple[Findings, str | None]":
    """Return the findings, and the text their places count in; None for a draft's fields."""
    from commentary.cli.inputs import facts_at, format_of, parse_draft, read_bytes
    from commentary.cli.plain_text import has_heading, plain_text
    from commentary.errors import BadInputError

    content = read_bytes(place, "TEXT")
    if format_of(content).startswith("commentary.draft/"):
        if facts is not None:
            raise BadInputError("--facts", facts, "leave it out: a draft is checked against the facts it carries")
        from commentary.pipeline import check_draft

        return check_draft(parse_draft(content, place)), None
    if facts is None:
        raise BadInputError("--facts", "", "name the snapshot or the draft that holds the facts")
    try:
        written = plain_text(content.decode("utf-8-sig"), place)
    except UnicodeDecodeError as error:
        raise BadInputError("TEXT", place, "save the text as UTF-8") from error
    sheet = facts_at(facts, settings)

    from commentary.pipeline import check_text

    asked = scope or ("article" if has_heading(written) else "passage")
    return check_text(written, sheet, settings=settings, scope=asked, names=_names(facts)), written


def _names(facts: str) -> dict[str, str]:
    """Return the names by ticker that a snapshot or a draft gives its own assets; a pipe can be read only once."""
    if not Path(facts).is_file():
        return {}
    try:
        file = json.loads(Path(facts).read_bytes())
    except (ValueError, RecursionError):
        return {}
    if not isinstance(file, dict):
        return {}
    names = file.get("names")
    if not isinstance(names, dict):
        names = {file.get("asset"): file.get("name")}
    return {ticker: name for ticker, name in names.items() if isinstance(ticker, str) and isinstance(name, str)}


def _strict(found: "Findings") -> "Findings":
    raised = tuple(
        finding.model_copy(update={"severity": "error"}) if finding.severity == "warning" else finding
        for finding in found.findings
    )
    ok = not any(finding.severity == "error" for finding in raised)
    return found.model_copy(update={"findings": raised, "ok": ok})

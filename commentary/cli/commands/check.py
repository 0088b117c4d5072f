"""Check any text, or a draft, against facts."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commentary.cli.options import Config, DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from commentary.cli.checked import Checked, Task
    from commentary.pipeline.checking import TextChecker
    from commentary.records.finding import Finding, Findings

app = command_app()
Scope = Literal["passage", "article"]


@app.command(
    epilog=example(
        "commentary check story.md --facts snapshot.json",
        "commentary check draft.json --facts snapshot.json",
        "commentary check edited.md --draft draft.json",
        "commentary check story.md --facts snapshot.json --editor-facts desk.toml --overrides signed.toml",
        "commentary check story.md --facts snapshot.json --fix --output mended.md",
        "pbpaste | commentary check - --facts draft.json --strict",
        "commentary check --batch lines.jsonl --facts snapshot.json",
    )
)
def check(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="A .txt, .md or .html file, a draft (.json), or -.")
    ] = None,
    facts: Annotated[
        str | None,
        typer.Option(
            metavar="SNAPSHOT|DRAFT", help="Where the facts are. A draft has its own, and is held to its snapshot."
        ),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(metavar="LINES", help="Check many texts: JSON lines of id, text and snapshot; - for a pipe."),
    ] = None,
    any_path: Annotated[
        bool,
        typer.Option("--any-path", help="Let lines of a batch name snapshots outside this folder and that of LINES."),
    ] = False,
    draft: Annotated[
        str | None,
        typer.Option(metavar="DRAFT", help="The draft that TEXT was edited from; or TEXT is JSON, {path: new text}."),
    ] = None,
    editor_facts: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="An editor's own figures and quotations, signed: TOML or JSON."),
    ] = None,
    overrides: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Signatures under findings of words, never of figures: TOML or JSON."),
    ] = None,
    scope: Annotated[
        Scope | None,
        typer.Option(help="Whether completeness is asked. Default: article if there is a heading."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend slips of figures: digits exchanged, one too many, look-alikes.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the mended text goes. Default: standard output.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Let the mended text replace TEXT or a file.")] = False,
    config: Config = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Check a text against facts: what cannot be traced is an error, and the command exits 1.

    A batch answers each line with a line of its own: {id, ok, findings}, or {id, error} for a line that cannot be
    checked. It exits 1 if a text has an error or could not be checked. A line may name a snapshot in the folder of the
    batch or in the current one, and elsewhere only with --any-path.
    """
    from commentary.cli.checked import Task, checked
    from commentary.errors import BadInputError

    if text is None and batch is None:
        raise BadInputError("TEXT", "", "name a text or a draft to check, - for standard input, or give --batch")
    from commentary.config import load_settings

    task = Task(text or "", facts, draft, editor_facts, overrides, scope, load_settings(config))
    if batch is not None:
        if not _batch(task, batch, fix=fix, strict=strict, quiet=quiet, any_path=any_path):
            raise typer.Exit(1)
        return
    if any_path:
        raise BadInputError("--any-path", "given", "it says where the lines of a batch may reach; give it with --batch")
    if fix:
        found = _mended(task, output, force=force, strict=strict, as_json=format == "json", quiet=quiet)
    else:
        _only_with_fix(output, force=force)
        result = checked(task)
        found = _strict(result.findings) if strict else result.findings
        _print(found, result, as_json=format == "json", quiet=quiet)
    if not found.ok:
        raise typer.Exit(1)


def _batch(task: "Task", lines: str, *, fix: bool, strict: bool, quiet: bool, any_path: bool) -> bool:
    """Check the lines of a batch, and return whether all of them pass."""
    from commentary.cli.batch import Facts, opened, run
    from commentary.cli.checked import check_content
    from commentary.cli.files import STANDARD_INPUT
    from commentary.cli.inputs import held_at
    from commentary.cli.output import emit, remark
    from commentary.errors import BadInputError

    alone = {
        "TEXT": task.place,
        "--draft": task.draft,
        "--editor-facts": task.editor_facts,
        "--overrides": task.overrides,
    }
    for option, value in {**alone, "--fix": "given" if fix else None}.items():
        if value:
            raise BadInputError(option, value, "leave it out: with --batch the texts stand in its lines")
    if task.facts == STANDARD_INPUT == lines:
        raise BadInputError("--facts", STANDARD_INPUT, "name a file: the lines come through standard input")

    def check(text: str, checker: "TextChecker", name: str) -> "Findings":
        found = check_content(text, name, checker, task.scope).findings
        return _strict(found) if strict else found

    source = opened(lines)
    try:
        held = held_at(task.facts, task.settings) if task.facts else None
        here = (Path.cwd(),) if lines == STANDARD_INPUT else (Path(lines).parent, Path.cwd())
        counted = run(source, Facts(held, task.settings, None if any_path else here), check, emit)
    finally:
        if lines != STANDARD_INPUT:
            source.close()
    counts = f"{counted.checked} checked, {counted.wrong} with errors"
    remark(f"{counts}, {counted.refused} not to be checked" if counted.refused else counts, quiet=quiet)
    return counted.ok


def _only_with_fix(output: Path | None, *, force: bool) -> None:
    from commentary.errors import BadInputError

    if output is not None or force:
        option, value = ("--output", str(output)) if output is not None else ("--force", "")
        raise BadInputError(option, value, "it says where a mended text goes; add --fix, or redirect the findings")


def _print(
    found: "Findings",
    result: "Checked",
    left: "Mapping[Finding, str] | None" = None,
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    from commentary.cli.findings import lines, summary
    from commentary.cli.output import emit, remark

    if as_json:
        emit(found.model_dump_json(indent=2))
        return
    if found.findings:
        emit("\n".join(_fitted(lines(found.findings, *result[1:], left=left))))
    remark(summary(found.findings), quiet=quiet)


def _mended(task: "Task", output: Path | None, *, force: bool, strict: bool, as_json: bool, quiet: bool) -> "Findings":
    """Write the mended text, and say what was changed and what is left; return what the check says of it."""
    from commentary.cli.checked import Checked, fixed
    from commentary.cli.findings import lines, summary
    from commentary.cli.output import emit, refuse_input, remark
    from commentary.errors import BadInputError

    refuse_input(
        output,
        facts=task.facts,
        draft=task.draft,
        editor_facts=task.editor_facts,
        overrides=task.overrides,
        config=task.settings.path,
    )
    if output is not None and output.exists() and not force:
        same = Path(task.place).exists() and output.samefile(task.place)
        what = "this is the text itself; add --force to replace it" if same else "the file exists; add --force"
        raise BadInputError("--output", output, f"{what}, or name another")
    if as_json and output is None:
        raise BadInputError("--format", "json", "the findings and the mended text need two places; add --output FILE")
    mended = fixed(task)
    found = _strict(mended.findings) if strict else mended.findings
    changed = [
        f"changed: line {one.line}: {_shown(one.before)} to {_shown(one.after)} [{one.code}]" for one in mended.changes
    ]
    counts = f"{len(changed)} changed, {len(found.findings)} left: {summary(found.findings)}"
    left = {one.finding: one.why for one in mended.left}
    emit(mended.content, output)
    if output is not None:
        _print(found, Checked(found, mended.content), left, as_json=as_json, quiet=True)
        remark(*changed, counts, quiet=quiet)
    else:
        remark(*changed, *lines(found.findings, mended.content, left=left), counts, quiet=quiet)
    return found


def _shown(text: str) -> str:
    """Return words in quotation marks, with what nobody would see of them spelled out."""
    words = " ".join(text.split())
    seen = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in words)
    return f"“{seen}”" if seen else "the text as a whole"


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


def _strict(found: "Findings") -> "Findings":
    from commentary.records.finding import Findings

    return Findings.of(
        finding.model_copy(update={"severity": "error"}) if finding.severity == "warning" else finding
        for finding in found.findings
    )

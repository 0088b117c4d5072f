"""Measure the check: wrong edits found, false alarms, chance."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commentary.cli.options import DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from commentary.records.fact_file import Record

app = command_app()
Seed = Annotated[int, typer.Option(metavar="N", help="Chooses snapshots, sentences and edits.")]
Jobs = Annotated[int, typer.Option(metavar="1|2", help="Processes at once.")]
Output = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the result to a file, as JSON.")]


@app.callback(no_args_is_help=True, epilog=example("commentary bench check --per-class 60 --clean 20"))
def bench() -> None:
    """Measure the check: wrong edits found, false alarms, chance."""


@app.command(epilog=example("commentary bench check --per-class 60 --clean 20 --jobs 1 --misses misses.jsonl"))
def check(
    per_class: Annotated[int, typer.Option(metavar="N", help="Wrong edits of each class.")] = 3000,
    clean: Annotated[int, typer.Option(metavar="N", help="Clean drafts to count false alarms in.")] = 1000,
    seed: Seed = 0,
    jobs: Jobs = 2,
    output: Output = None,
    misses: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write each edit that was not found, one line of JSON each.")
    ] = None,
    operators: Annotated[bool, typer.Option("--operators", help="Give each operator its row.")] = False,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Make wrong edits of drafts of random snapshots, and count how many the check finds.

    Each enters twice: as an editor's edit of the draft, and as bare text. "stopped" adds words held back for a
    signature, "beside" stands elsewhere in the sentence, "otherwise" is what only another rule or a warning saw,
    "spared" is still true.
    """
    import json

    from commentary.cli.output import emit, write_file
    from commentary.cli.screen import Screen
    from commentary.runs.check_bench.run import Order, run
    from commentary.runs.check_bench.tables import HEAD, NAMES, false_alarms, rows

    made = run(Order(per_class, clean, seed, jobs), _progress(quiet=quiet))
    result = made.result
    if misses is not None:
        write_file(misses, "".join(json.dumps(miss._asdict(), ensure_ascii=False) + "\n" for miss in made.misses))
    if _recorded(result, output, format):
        return
    screen = Screen.of_output()
    lines: list[str] = []
    for way in result.counts:
        lines += [screen.bold(f"As {NAMES[way]}"), *_aligned((HEAD, *rows(result, way, operators=operators))), ""]
    for told in false_alarms(result):
        lines += screen.wrapped(told, "- ")
    emit("\n".join(lines))


@app.command(epilog=example("commentary bench sentences sentences.toml --misses"))
def sentences(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Sentences by other hands, in TOML.")],
    misses: Annotated[bool, typer.Option("--misses", help="List what was let through or refused wrongly.")] = False,
    format: DataFormat = "text",
) -> None:
    """Check sentences that somebody else wrote: how many false ones are refused, and how many true ones.

    A file holds tables [[sentence]] with snapshot (a bundled one), true, text, and if you like verb and why.
    """
    from commentary.cli.output import emit
    from commentary.cli.screen import Screen
    from commentary.runs.check_bench.sentences import judge_sentences
    from commentary.runs.check_bench.tables import percent, wilson

    result = judge_sentences(file)
    if format == "json":
        emit(result.model_dump_json(indent=2))
        return
    table = [("sentences", "refused", "of", "share", "95% bounds")]
    for name, true in (("false", False), ("true", True)):
        refused, of = result.share(true=true)
        low, high = wilson(refused, of)
        share = percent(refused / of) if of else "-"
        table.append((name, f"{refused:,}", f"{of:,}", share, f"{percent(low)} to {percent(high)}"))
    lines = list(_aligned(table))
    screen = Screen.of_output()
    for each in result.sentences:
        if misses and each.is_miss:
            said = f"refused: {'; '.join(each.errors)}" if each.true else "let through"
            lines += ["", *screen.wrapped(f"{each.snapshot}: {each.text}")]
            lines += screen.wrapped(" · ".join(part for part in (said, each.verb, each.why) if part), "    ")
    emit("\n".join(lines))


@app.command(epilog=example("commentary bench chance --each 500"))
def chance(
    each: Annotated[int, typer.Option(metavar="N", help="Random figures of each unit.")] = 10_000,
    seed: Seed = 0,
    jobs: Jobs = 2,
    output: Output = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Put random figures into true sentences, and count how many the check takes for true."""
    from commentary.cli.output import emit
    from commentary.runs.check_bench.chance import chance_acceptance
    from commentary.runs.check_bench.tables import chance_rows

    result = chance_acceptance(each, seed, jobs, _progress(quiet=quiet))
    if not _recorded(result, output, format):
        emit("\n".join(_aligned(chance_rows(result))))


@app.command(epilog=example("commentary bench wordings --each 10"))
def wordings(
    each: Annotated[int, typer.Option(metavar="N", help="Snapshots whose facts each wording is tried with.")] = 100,
    seed: Seed = 0,
    jobs: Jobs = 2,
    output: Output = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """Check every wording of the templates as bare text: whatever is found is a false alarm."""
    from commentary.cli.output import emit
    from commentary.cli.screen import Screen
    from commentary.runs.check_bench.wordings import try_wordings

    result = try_wordings(each, seed, jobs, _progress(quiet=quiet))
    if _recorded(result, output, format):
        return
    screen = Screen.of_output()
    counted = (
        f"{result.full:,} of {result.wordings:,} wordings were printed with {each:,} snapshots' facts or more,"
        f" {len(result.short):,} with fewer; {len(result.alarmed):,} had a false alarm"
    )
    lines = list(screen.wrapped(counted))
    for alarmed in result.alarmed:
        lines += ["", f"{alarmed.wording}: {alarmed.alarms:,} of {alarmed.printed:,}"]
        lines += [line for shown in alarmed.shown for line in screen.wrapped(shown, "  ", "    ")]
    emit("\n".join(lines))


def _progress(*, quiet: bool) -> "Callable[[str], None]":
    from commentary.cli.output import remark

    return lambda told: remark(told, quiet=quiet)


def _aligned(table: "Iterable[tuple[str, ...]]") -> "Iterator[str]":
    """Yield rows with their columns in line: names to the left, numbers to the right."""
    rows = list(table)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *rest in rows:
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        yield "  ".join((name.ljust(widths[0]), *cells)).rstrip()


def _recorded(result: "Record", output: Path | None, format: DataFormat) -> bool:
    """Write a result where a file was asked for; say whether it was printed too, as programs ask for it."""
    from commentary.cli.output import emit, write_file

    text = result.model_dump_json(indent=2)
    if output is not None:
        write_file(output, text + "\n")
    if format == "json":
        emit(text)
    return format == "json"

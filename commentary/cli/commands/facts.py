"""List every fact of a snapshot, and what is missing."""

from typing import TYPE_CHECKING

from commentary.cli.options import Config, DataFormat, Now, Quiet, Snapshot, command_app, example, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.cli.screen import Screen
    from commentary.records.fact_file import FactRecord

app = command_app()


@app.command(epilog=example("commentary facts snapshot.json", "commentary facts snapshot.json --format json"))
def facts(
    snapshot: Snapshot = None,
    now: Now = None,
    config: Config = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """List every fact of a snapshot: value, unit, window, source, time and formula; and the missing ones."""
    from commentary.cli.age import remark_age
    from commentary.cli.inputs import snapshot_at
    from commentary.cli.output import emit, remark
    from commentary.cli.screen import Screen
    from commentary.config import load_settings
    from commentary.pipeline import facts_of
    from commentary.records.fact_file import FactRecord, FactsFile

    at = moment(now)
    settings = load_settings(config)
    read = snapshot_at(snapshot, at)
    sheet = facts_of(read, settings=settings, now=at)
    known = tuple(map(FactRecord.of, sheet.facts))
    missing = tuple(map(FactRecord.of, sheet.missing))
    if format == "json":
        emit(FactsFile(asset=sheet.asset, as_of=sheet.as_of, facts=(*known, *missing)).model_dump_json(indent=2))
        remark_age([read], at, quiet=quiet)
        return
    emit("\n".join(_listing(known, missing, Screen.of_output(), sheet.asset)))
    flags = "; ".join(flag.replace("_", " ") for flag in sheet.flags) or "none"
    counted = f"{sheet.asset}, {sheet.as_of:%Y-%m-%d %H:%M} UTC: {len(known)} facts known, {len(missing)} missing"
    remark("", counted, f"flags: {flags}", quiet=quiet)
    remark_age([read], at, quiet=quiet)


def _listing(
    known: "Iterable[FactRecord]", missing: "Iterable[FactRecord]", screen: "Screen", asset: str
) -> "Iterator[str]":
    from commentary.cli.fact_lines import entry

    parted = False
    for record in (*known, *missing):
        if parted:
            yield ""
        parted = True
        yield from entry(record, screen, asset)

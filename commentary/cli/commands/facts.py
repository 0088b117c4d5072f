"""List every fact of a snapshot, and what is missing."""

from typing import TYPE_CHECKING

from commentary.cli.options import Config, DataFormat, Now, Quiet, Snapshot, command_app, example, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.records.fact import Value
    from commentary.records.sheet import FactSheet

app = command_app()


@app.command(epilog=example("commentary facts snapshot.json", "commentary facts snapshot.json --format json"))
def facts(
    snapshot: Snapshot = None,
    now: Now = None,
    config: Config = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """List every fact of a snapshot: value, unit, window, source, time and formula."""
    from commentary.cli.inputs import snapshot_at
    from commentary.cli.output import emit, remark
    from commentary.config import load_settings
    from commentary.pipeline import facts_of

    at = moment(now)
    settings = load_settings(config)
    sheet = facts_of(snapshot_at(snapshot, at), settings=settings, now=at)
    if format == "json":
        from commentary.records.draft import FactRecord, FactsFile

        records = (*map(FactRecord.of, sheet.facts), *map(FactRecord.of, sheet.missing))
        emit(FactsFile(asset=sheet.asset, as_of=sheet.as_of, facts=records).model_dump_json(indent=2))
        return
    emit("\n".join(_listing(sheet)))
    flags = f"; flags: {', '.join(sheet.flags)}" if sheet.flags else ""
    remark(f"{len(sheet.facts)} facts, {len(sheet.missing)} missing{flags}", quiet=quiet)


def _listing(sheet: "FactSheet") -> "Iterator[str]":
    from commentary.cli.output import columns

    rows = []
    for fact in sheet.facts:
        source = ", ".join(fact.source) or "source not known"
        rows.append((fact.id, shown(fact.value), fact.unit, fact.evidence, source, shown(fact.as_of)))
    for fact, line in zip(sheet.facts, columns(rows), strict=True):
        yield line
        if fact.formula:
            yield f"    = {fact.formula}"
    if sheet.missing:
        yield ""
        yield "Missing"
        yield from columns([(gap.id, gap.reason) for gap in sheet.missing])


def shown(value: "Value") -> str:
    """Return a fact's value as it stands in a file."""
    from datetime import datetime
    from decimal import Decimal

    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value

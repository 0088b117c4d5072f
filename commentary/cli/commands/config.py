"""Print the effective settings and where each comes from."""

from typing import TYPE_CHECKING

from commentary.cli.options import Config, DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.cli.screen import Screen
    from commentary.config import Settings

app = command_app()
Row = tuple[str, object, str]
"""Dotted name, value, where it comes from."""


@app.command(epilog=example("commentary config", "commentary config --config house.toml --format json"))
def config(config: Config = None, format: DataFormat = "text", quiet: Quiet = False) -> None:
    """Print the effective settings, story thresholds among them, and where each comes from."""
    from commentary.cli.output import dumps, emit, remark
    from commentary.cli.screen import Screen
    from commentary.config import load_settings

    settings = load_settings(config)
    rows = list(_rows(settings))
    if format == "json":
        listed = [{"key": key, "value": value, "from": origin} for key, value, origin in rows]
        emit(dumps({"sha256": settings.sha256, "settings": listed}))
        return
    emit("\n".join(_listing(rows, Screen.of_output())))
    remark("", f"settings file: {settings.path or 'none'}", quiet=quiet)


def _rows(settings: "Settings") -> "Iterator[Row]":
    from commentary.config.packs import pack
    from commentary.config.storybook import storybook, with_thresholds
    from commentary.pipeline.house import house_texts
    from commentary.resources import folder

    house_texts(settings)
    yield from settings.effective()
    for one in map(pack, settings.packs):
        told = f"{one.title}, version {one.version} of {one.effective}, {len(one.sources)} sources. {one.note}"
        yield f"pack.{one.name}", told, f"data/packs/{one.name}.toml"
    for path in sorted((folder("data") / "stories").glob("*.toml")):
        book = storybook(path.stem)
        overlay = settings.thresholds.get(path.stem, {})
        with_thresholds(book, overlay)
        for name, value in book.thresholds.items():
            if name not in overlay:
                yield f"thresholds.{path.stem}.{name}", value, f"data/stories/{path.name}"


def _listing(rows: "Iterable[Row]", screen: "Screen") -> "Iterator[str]":
    """Yield the settings by section, the sections in the order in which they come."""
    from commentary.cli.output import columns

    sections: dict[str, list[tuple[str, ...]]] = {}
    for key, value, origin in rows:
        section, _, name = key.rpartition(".")
        sections.setdefault(section, []).append((f"  {name}" if section else name, _shown(value), origin))
    for place, (section, entries) in enumerate(sections.items()):
        if place:
            yield ""
        if section:
            yield screen.bold(section)
        yield from columns(entries)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "-"
    return "-" if value in (None, "") else str(value)

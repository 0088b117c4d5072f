"""Print the effective settings and where each comes from."""

from typing import TYPE_CHECKING

from commentary.cli.options import Config, DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.config import Settings

app = command_app()


@app.command(epilog=example("commentary config", "commentary config --config house.toml --format json"))
def config(config: Config = None, format: DataFormat = "text", quiet: Quiet = False) -> None:
    """Print the effective settings, story thresholds among them, and where each comes from."""
    from commentary.cli.output import columns, dumps, emit, remark
    from commentary.config import load_settings

    settings = load_settings(config)
    rows = list(_rows(settings))
    if format == "json":
        listed = [{"key": key, "value": value, "from": origin} for key, value, origin in rows]
        emit(dumps({"sha256": settings.sha256, "settings": listed}))
        return
    emit("\n".join(columns([(key, _shown(value), origin) for key, value, origin in rows])))
    remark(f"settings file: {settings.path or 'none'}", quiet=quiet)


def _rows(settings: "Settings") -> "Iterator[tuple[str, object, str]]":
    from commentary.config.storybook import storybook, with_thresholds
    from commentary.resources import folder

    yield from settings.effective()
    for path in sorted((folder("data") / "stories").glob("*.toml")):
        book = storybook(path.stem)
        overlay = settings.thresholds.get(path.stem, {})
        with_thresholds(book, overlay)
        for name, value in book.thresholds.items():
            if name not in overlay:
                yield f"thresholds.{path.stem}.{name}", value, f"data/stories/{path.name}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "-"
    return "-" if value in (None, "") else str(value)

"""List the stories that fire, and why others do not."""

from typing import TYPE_CHECKING

from commentary.cli.options import Config, DataFormat, Now, Quiet, Snapshot, command_app, example, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.records.story import NoStory, Story

app = command_app()


@app.command(epilog=example("commentary stories snapshot.json"))
def stories(
    snapshot: Snapshot = None,
    now: Now = None,
    config: Config = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """List the stories that fire, best first, with their scores; and why the others do not."""
    from commentary.cli.inputs import snapshot_at
    from commentary.cli.output import dumps, emit, remark
    from commentary.config import load_settings
    from commentary.pipeline import facts_of, stories_of
    from commentary.records.story import Story

    at = moment(now)
    settings = load_settings(config)
    sheet = facts_of(snapshot_at(snapshot, at), settings=settings, now=at)
    found = stories_of(sheet, settings=settings)
    if format == "json":
        emit(dumps({"stories": [{"fires": isinstance(story, Story), **story._asdict()} for story in found]}))
        return
    emit("\n\n".join("\n".join(_entry(story)) for story in found))
    fired = sum(isinstance(story, Story) for story in found)
    remark("", f"{fired} of {len(found)} stories fire", quiet=quiet)


def _entry(story: "Story | NoStory") -> "Iterator[str]":
    from commentary.records.story import Story

    if isinstance(story, Story):
        yield f"{story.name}: fires, score {story.score:.2f}, emphasis {story.emphasis}"
        yield from (f"    {why}" for why in story.why)
        if not story.ranked:
            yield "    there is no history to show how unusual it is; it fires by its floor"
    else:
        yield f"{story.name}: does not fire"
        yield from (f"    {reason}" for reason in story.reasons)

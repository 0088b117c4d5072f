"""List the stories that fire, and why others do not."""

from typing import TYPE_CHECKING

from commentary.cli.options import Config, DataFormat, Now, Quiet, Snapshot, command_app, example, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.cli.screen import Screen
    from commentary.records.story import NoStory, Score, Story

app = command_app()


@app.command(epilog=example("commentary stories snapshot.json", "commentary stories snapshot.json --format json"))
def stories(
    snapshot: Snapshot = None,
    now: Now = None,
    config: Config = None,
    format: DataFormat = "text",
    quiet: Quiet = False,
) -> None:
    """List the stories that fire, best first, with their scores; and why the others do not."""
    from commentary.cli.age import remark_age
    from commentary.cli.inputs import snapshot_at
    from commentary.cli.output import dumps, emit, remark
    from commentary.cli.screen import Screen
    from commentary.config import load_settings
    from commentary.pipeline import facts_of, scores_of, stories_of
    from commentary.records.story import Story

    at = moment(now)
    settings = load_settings(config)
    read = snapshot_at(snapshot, at)
    sheet = facts_of(read, settings=settings, now=at)
    found = stories_of(sheet, settings=settings)
    known = scores_of(sheet)
    if format == "json":
        emit(dumps({"stories": [_record(story) for story in found], "scores": [one._asdict() for one in known]}))
        remark_age([read], at, quiet=quiet)
        return
    screen = Screen.of_output()
    blocks = [entry(story, screen) for story in found]
    emit("\n\n".join("\n".join(block) for block in (*blocks, weights(known, screen))))
    fired = sum(isinstance(story, Story) for story in found)
    remark("", f"{sheet.asset}, {sheet.as_of:%Y-%m-%d %H:%M} UTC: {fired} of {len(found)} stories fire", quiet=quiet)
    remark_age([read], at, quiet=quiet)


def _record(story: "Story | NoStory") -> dict[str, object]:
    from commentary.records.story import Story

    fields = story._asdict()
    fields.pop("scores", None)
    fields.pop("near", None)
    return {"fires": isinstance(story, Story), **fields}


def weights(known: "Iterable[Score]", screen: "Screen") -> "Iterator[str]":
    """Yield how newsworthy each kind of data is against its own history, which orders and shortens a text."""
    yield from screen.sides("newsworthiness", "0 to 1, against each kind's own history")
    lines = [f"{one.kind.replace('_', ' ')} {one.value}: {one.why}" for one in known]
    for line in lines or ["no kind of data has a history to be held against"]:
        yield from screen.wrapped(line, "  - ")


def entry(story: "Story | NoStory", screen: "Screen") -> "Iterator[str]":
    """Yield a story as a block of lines: whether it fires, and each condition that says so, once."""
    from commentary.records.story import Story

    if isinstance(story, Story):
        reasons = list(story.why)
        if not story.ranked:
            reasons.append("no history shows it as unusual: it fires by its floor")
        yield from screen.sides(story.name, f"fires, score {story.score:.2f}, {_told(story)}")
    else:
        reasons = list(story.reasons)
        yield from screen.sides(story.name, "does not fire")
    clauses = dict.fromkeys(clause for reason in reasons for clause in reason.split("; and "))
    for clause in clauses:
        # "x is 5" goes without saying beside "x is 5, at least 3".
        if not any(other.startswith(f"{clause}, ") for other in clauses):
            yield from screen.wrapped(clause, "  - ")


def _told(story: "Story") -> str:
    if story.emphasis in ("long", "short"):
        return f"told from the {story.emphasis} side"
    return "told from both sides" if story.emphasis == "two-sided" else "told from no side"

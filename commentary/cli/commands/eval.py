"""Measure drafts: facts told, how they read, how alike a feed is; or judge a local model."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from commentary.cli.model import NONE
from commentary.cli.options import Config, DataFormat, Quiet, command_app, example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.cli.model import Bar
    from commentary.cli.screen import Screen
    from commentary.runs.eval import EvalResult
    from commentary.runs.feed import FeedResult
    from commentary.runs.model_eval.run import Progress

app = command_app()


@app.command(
    epilog=example(
        "commentary eval",
        "commentary eval snapshot.json --articles 0",
        "commentary eval --feed-of btc-flush --articles 20",
        "commentary eval --baseline tests/benchmarks/eval.json",
        "commentary eval --model http://127.0.0.1:8080/v1",
        "commentary eval --model /srv/models/small-instruct snapshot.json --examples 10",
    )
)
def evaluate(
    snapshots: Annotated[
        list[Path] | None, typer.Argument(metavar="SNAPSHOT", help="Snapshot files. Default: the bundled ones.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="PATH|URL",
            help="Judge a local model: what of its sentences may stand, and at what cost.",
        ),
    ] = None,
    examples: Annotated[
        int | None,
        typer.Option(metavar="N", help="With --model: so many accepted and refused sentences. Default: 3.", min=0),
    ] = None,
    articles: Annotated[
        int | None,
        typer.Option(metavar="N", help="Articles of the feed; 0 measures none. Default: 20, with --model 0.", min=0),
    ] = None,
    feed_of: Annotated[
        str, typer.Option(metavar="NAME", help="The bundled snapshot, or a file, that the feed is made of.")
    ] = "btc-long-side",
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An earlier result; what is not as it was is printed.")
    ] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the result to a file, as JSON.")] = None,
    format: DataFormat = "text",
    config: Config = None,
    quiet: Quiet = False,
) -> None:
    """Measure the drafts of snapshots, and a feed of one kind of event.

    Of each draft: figures that trace to a fact, facts that its story has to tell and that it tells, lengths, grade,
    findings. Of the feed: sentences whose skeleton repeats, BLEU and pairs of words, with figures masked.
    With --model: of the open sentences, how many the model rewords so that they pass every check, why others do not,
    how fast, how varied beside the templates, examples, and whether it is worth using. [model] of the settings holds.
    """
    from commentary.cli.output import dumps, emit, refuse_input, remark, write_file
    from commentary.cli.screen import Screen
    from commentary.errors import BadInputError
    from commentary.runs.eval import ARTICLES, differences, read_baseline, run

    places = snapshots or []
    for path in places:
        if not path.is_file():
            raise BadInputError("SNAPSHOT", path, "name a snapshot file that exists")
        refuse_input(output, SNAPSHOT=path)
    if model is not None and model != NONE:
        if baseline is not None:
            raise BadInputError(
                "--baseline", baseline, "a baseline is of drafts without a model; leave out one of both"
            )
        _judge(places, model, Wanted(examples, feed_of, articles or 0), config, output, format, quiet=quiet)
        return
    for option, given in (("--examples", examples), ("--config", config)):
        if given is not None:
            raise BadInputError(option, given, "it holds for a model; name one with --model")
    then = read_baseline(baseline) if baseline else None
    count = ARTICLES if articles is None else articles
    result = run(places, feed_of, count, lambda told: remark(told, quiet=quiet))
    if output is not None:
        write_file(output, result.model_dump_json(indent=2) + "\n")
    changed = list(differences(result, then)) if then else []
    if format == "json":
        if then is None:
            emit(result.model_dump_json(indent=2))
            return
        rows = [{"measure": name, "baseline": was, "now": now} for name, was, now in changed]
        emit(dumps({"result": result.model_dump(mode="json"), "differences": rows}))
        return
    lines = list(_listing(result, Screen.of_output()))
    if then is not None:
        lines += ["", *_changes(changed, Screen.of_output())]
    emit("\n".join(lines))


class Wanted(NamedTuple):
    """What of a model is wanted besides its figures."""

    examples: int | None
    feed_of: str
    articles: int


def _judge(
    places: list[Path],
    where: str,
    wanted: Wanted,
    config: Path | None,
    output: Path | None,
    format: str,
    *,
    quiet: bool,
) -> None:
    """Measure a model on the drafts of snapshots."""
    from commentary.cli.model import opened
    from commentary.cli.model_eval import listing
    from commentary.cli.output import emit, refuse_input, write_file
    from commentary.cli.screen import Screen
    from commentary.config import load_settings
    from commentary.errors import BadInputError
    from commentary.runs.model_eval.run import EXAMPLES, Feed, run

    settings = load_settings(config)
    refuse_input(output, config=settings.path)
    with opened(where, settings.model, quiet=quiet) as own:
        if own.model is None:
            raise BadInputError("--model", where, "name a folder with a model, or the address of a server")
        result = run(
            places,
            own.model,
            examples=EXAMPLES if wanted.examples is None else wanted.examples,
            feed=Feed(wanted.feed_of, wanted.articles),
            progress=_progress(own.bar, quiet=quiet),
        )
    if output is not None:
        write_file(output, result.model_dump_json(indent=2) + "\n")
    if format == "json":
        emit(result.model_dump_json(indent=2))
    else:
        emit("\n".join(listing(result, Screen.of_output())))


def _progress(bar: "Bar | None", *, quiet: bool) -> "Progress":
    """Return who shows how far it is: the bar, else a line for each step."""
    from commentary.cli.output import remark
    from commentary.runs.model_eval.run import Progress

    if bar is not None:
        return Progress(bar.began, bar.done)
    return Progress(began=lambda count, what: remark(f"{what}: {count:,}", quiet=quiet))


def _listing(result: "EvalResult", screen: "Screen") -> "Iterator[str]":
    from commentary.cli.output import columns

    yield screen.bold("Drafts")
    head: tuple[str, ...] = (
        "snapshot",
        "story",
        "traced",
        "told",
        "words",
        "a sentence",
        "longest",
        "grade",
        "aloud",
        "findings",
    )
    rows = [head]
    for one in result.stories:
        if one.story == "none":
            rows.append((one.snapshot, "none", *("-" for _ in head[2:])))
            continue
        found = ", ".join(f"{code} {count}" for code, count in one.findings.items()) or "none"
        traced, told = f"{one.traced} of {one.figures}", f"{one.told} of {one.must}" if one.must else "no list"
        lengths = (str(one.words), f"{one.mean_sentence:.1f}", str(one.longest_sentence))
        grades = (f"{one.grade:.1f}", f"{one.grade_aloud:.1f}")
        rows.append((one.snapshot, one.story, traced, told, *lengths, *grades, found))
    yield from columns(rows)
    yield ""
    yield from screen.wrapped(
        f"Of all figures {_percent(result.precision)} trace to a fact; of what the stories have to tell,"
        f" {_percent(result.recall)} is told. Mean of the drafts: {result.words:.0f} words in the body,"
        f" {result.mean_sentence:.1f} a sentence, Flesch-Kincaid grade {result.grade:.1f} with a figure as"
        f" one syllable and {result.grade_aloud:.1f} with figures read aloud."
    )
    for one in result.stories:
        if one.missed:
            yield from screen.wrapped(f"{one.snapshot} does not tell {'; '.join(one.missed)}")
    for feed in result.feeds:
        yield ""
        yield from _feed(feed, screen)


def _feed(feed: "FeedResult", screen: "Screen") -> "Iterator[str]":
    from commentary.cli.output import columns

    how = "each worded apart from those before it" if feed.remembers else "each worded by its seed alone"
    yield screen.bold(f"A feed of {feed.articles} on {feed.snapshot} ({feed.story}), {how}")
    yield from columns(
        (
            (f"sentences repeated within {feed.window} articles", _percent(feed.repeated_in_window)),
            ("the same of the last article", _percent(feed.repeated_at_end)),
            ("sentences repeated within the feed", _percent(feed.repeated_in_feed)),
            ("sentences that may not", f"{feed.sentences:,}"),
            ("words that may (definitions, legal lines, heads, plain lines)", _percent(feed.exempt_words)),
            ("self-BLEU, each against all others", f"{feed.self_bleu:.1f}"),
            ("BLEU, each against each", f"{feed.pairwise_bleu:.1f}"),
            ("distinct pairs of words", f"{feed.distinct_2:.3f}"),
            ("figures masked; tokens by", feed.tokeniser),
        )
    )
    if feed.most_repeated:
        told = ", ".join(f"{name.removeprefix('template@')} {count}" for name, count in feed.most_repeated)
        yield from screen.wrapped(f"most repeated: {told}")


def _changes(changed: "list[tuple[str, object, object]]", screen: "Screen") -> "Iterator[str]":
    from commentary.cli.output import columns

    if not changed:
        yield "nothing is other than in the baseline"
        return
    yield screen.bold("Other than in the baseline")
    rows = [("measure", "baseline", "now")]
    rows += [(name, _shown(was), _shown(now)) for name, was, now in changed]
    yield from columns(rows)


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        return f"{len(value)} entries" if value else "none"
    return str(value)


def _percent(share: float) -> str:
    return "100%" if share == 1 else f"{share * 100:.1f}%"

"""Drafts some snapshots from templates and with a model, and measures what the model made of them.

All drafts are of standard length and in default settings, and their open sentences are given to the model together, so
that one in process writes whole batches. Each draft is then checked once more as anybody would check it, without the
model.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from commentary import __version__
from commentary.config import Settings
from commentary.pipeline import check_draft
from commentary.pipeline.drafting import Asked, first_news
from commentary.pipeline.open_sentences import open_sentences
from commentary.pipeline.reworded_article import Made
from commentary.pipeline.rewording_draft import Model, Told, reword_drafts
from commentary.pipeline.telling import News
from commentary.records.finding import Finding
from commentary.records.model_eval import DraftCounts, ModelEval, Speed
from commentary.runs.eval import FEED_OF, bundled, history_of
from commentary.runs.model_eval.counts import counted, refusals
from commentary.runs.model_eval.examples import accepted, refused
from commentary.runs.model_eval.timed_writer import TimedWriter
from commentary.runs.model_eval.varieties import likeness, of_bodies, of_feed, of_sentences
from commentary.runs.model_eval.verdict import verdict
from commentary.runs.model_eval.worded import Drafts, Worded
from commentary.sources.snapshot_file import read_snapshot

EXAMPLES = 3


def _unheard(*_: object) -> None:
    """Take what nobody asked to be told."""


class Progress(NamedTuple):
    """Who is told how far it is."""

    began: Callable[[int, str], None] = _unheard
    """Told how many of what are to be done."""
    done: Callable[[int], None] = _unheard
    """Told how many more of them are."""


_SILENT = Progress()


class Feed(NamedTuple):
    """A feed that is to be measured too."""

    of: str = FEED_OF
    """A bundled snapshot's name, or a file."""
    articles: int = 0
    """How many; 0 for no feed."""


_NONE = Feed()


def run(
    places: Sequence[Path],
    model: Model,
    *,
    examples: int = EXAMPLES,
    feed: Feed = _NONE,
    progress: Progress = _SILENT,
) -> ModelEval:
    """Measure what a model makes of the drafts of some snapshots.

    Args:
        places: the snapshot files; none for the bundled ones.
        model: the model.
        examples: so many accepted sentences and so many refused ones are given.
        feed: is measured too.
        progress: is told how far it is.

    Raises:
        BadInputError: a file cannot be read, or makes no news where a feed is asked for.
    """
    writer = TimedWriter(model.writer, model.clock)
    heard: list[Told] = []
    timed = model._replace(
        writer=writer,
        began=lambda count: progress.began(count, "rewording sentences"),
        done=progress.done,
        told=heard.append,
    )
    made = _templates(places or bundled(), progress)
    news = [(name, one) for name, one in made if one is not None]
    reword_drafts([one for _, one in news], timed)
    told = heard[0]
    drafts = list(_drafts(news, told))
    passing = _passing(drafts, progress)
    worded = [one for draft in drafts for one in draft.worded]
    counts, why = counted(worded), refusals(worded)
    speed = _speed(writer, told.ladder.seconds, sum(bool(one.worded) for one in drafts))
    identity = writer.identity
    return ModelEval(
        version=__version__,
        model=told.name,
        revision=identity.revision,
        weights_sha256=identity.weights_sha256,
        where=identity.where,
        temperature=model.settings.temperature,
        drafts=len(drafts),
        passing=len(passing),
        all=counts,
        stories=_rows([name for name, _ in made], drafts, passing),
        refused=why,
        speed=speed,
        bleu_to_template=likeness(worded),
        sentences=of_sentences(drafts),
        bodies=of_bodies(drafts),
        feed=of_feed(timed, feed.of, feed.articles) if feed.articles else None,
        examples=(*accepted(drafts, examples), *refused(worded, examples)),
        verdict=verdict(counts, why.failures, speed, len(drafts), len(passing)),
    )


def _templates(places: Sequence[Path], progress: Progress) -> list[tuple[str, Made | None]]:
    """Return the draft of each snapshot as templates have it, by the snapshot's name; None where nothing is news."""
    progress.began(len(places), "drafting snapshots")
    asked = Asked(Settings(), length="standard")
    made: list[tuple[str, Made | None]] = []
    for path in places:
        found = first_news([read_snapshot(path)], asked, history_of(path))
        made.append((path.stem, found.made if isinstance(found, News) else None))
        progress.done(1)
    return made


def _drafts(news: Iterable[tuple[str, Made]], told: Told) -> Iterator[Drafts]:
    """Yield the drafts with what became of their open sentences, which are told of in the drafts' order."""
    each = iter(zip(told.sentences, told.ladder.climbed, strict=True))
    for (name, made), draft in zip(news, told.drafts, strict=True):
        count = len(tuple(open_sentences(made.draft, made.order.settings)))
        yield Drafts(name, made.draft, draft, tuple(Worded(name, *next(each)) for _ in range(count)))


def _passing(drafts: Sequence[Drafts], progress: Progress) -> frozenset[str]:
    """Return the snapshots whose drafts pass, checked from the draft alone."""
    progress.began(len(drafts), "checking drafts")
    passing = set()
    for one in drafts:
        found = check_draft(one.model, settings=Settings())
        before = one.template.checks.findings if one.template.checks else ()
        if found.ok and not _keys(found.findings) - _keys(before):
            passing.add(one.snapshot)
        progress.done(1)
    return frozenset(passing)


def _keys(findings: Iterable[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter((one.code, one.path, one.text) for one in findings if one.severity != "note")


def _rows(names: Iterable[str], drafts: Iterable[Drafts], passing: frozenset[str]) -> tuple[DraftCounts, ...]:
    by_name = {one.snapshot: one for one in drafts}
    return tuple(
        DraftCounts(
            snapshot=name,
            story=by_name[name].template.story,
            passes=name in passing,
            **counted(by_name[name].worded).model_dump(),
        )
        if name in by_name
        else DraftCounts(snapshot=name, story="none")
        for name in names
    )


def _speed(writer: TimedWriter, seconds: float, drafts: int) -> Speed:
    """Return what the model cost.

    Args:
        writer: took its time.
        seconds: from the first question until all was decided.
        drafts: how many have an open sentence.
    """
    return Speed(
        calls=writer.calls,
        tokens=writer.tokens,
        writing_seconds=round(writer.seconds, 2),
        tokens_per_second=round(writer.tokens / writer.seconds, 1) if writer.seconds else 0.0,
        seconds_per_draft=round(seconds / drafts, 2) if drafts else 0.0,
        longest_wait=round(writer.longest_wait, 2),
    )

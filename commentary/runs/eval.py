"""What drafts are worth, measured: facts told and traced, how they read, what the check says, how alike a feed is.

Measures are of drafts in standard length. Facts: of each figure that a text shows, whether it traces to a fact
(precision), and of what the story has to tell (`must` in data/stories), how much the body tells (recall). Reading: the
body's lengths and grade. Feed: commentary/runs/feed.py.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, Literal

from pydantic import Field

from commentary import __version__
from commentary.config import Settings
from commentary.config.storybook import storybook
from commentary.errors import BadInputError, SpellingError
from commentary.languages import language as load_language
from commentary.pipeline import NoStoryResult, draft_snapshots, sheet_of
from commentary.pipeline.opening import edition_of
from commentary.plain_files import read_plain
from commentary.records.draft import Draft, fact_records, texts
from commentary.records.fact_file import Record
from commentary.records.history import History
from commentary.records.query import Scope, find_all, names_of
from commentary.records.story import Story
from commentary.resources import folder
from commentary.runs.feed import FeedResult, articles_of, feed_result, forgetful, remembering
from commentary.runs.measures.reading import reading
from commentary.sources.json_text import read_bytes
from commentary.sources.snapshot_file import read_snapshot

FEED_OF = "btc-long-side"
ARTICLES = 20
_BODY = ("/headline", "/standfirst", "/sections/")
_ROUNDED = 2


class StoryResult(Record):
    """The draft of one snapshot."""

    snapshot: str
    story: str
    """"none" where nothing crossed the bar."""
    figures: int = 0
    """Figures, names and times that the text shows, in all fields."""
    traced: int = 0
    """Those that spell a fact of the draft, character for character."""
    must: int = 0
    """Facts that the story has to tell and that are known."""
    told: int = 0
    """Those of them that the body tells."""
    missed: tuple[str, ...] = ()
    words: int = 0
    """Of the body, without headline, standfirst and headings."""
    mean_sentence: float = 0.0
    longest_sentence: int = 0
    grade: float = 0.0
    """Flesch-Kincaid's, a figure being one syllable."""
    grade_aloud: float = 0.0
    """The same, figures read aloud."""
    findings: dict[str, int] = Field(default_factory=dict)
    """By code."""


class EvalResult(Record):
    """A run over several snapshots, and the feed."""

    format: Literal["commentary.eval/1"] = "commentary.eval/1"
    version: str
    precision: float
    recall: float
    grade: float
    """The mean of the drafts'."""
    grade_aloud: float
    mean_sentence: float
    longest_sentence: int
    words: float
    findings: dict[str, int]
    stories: tuple[StoryResult, ...]
    feeds: tuple[FeedResult, ...]


def _silent(_: str) -> None:
    """Tell nobody."""


def run(
    places: Sequence[Path], feed_of: str = FEED_OF, articles: int = ARTICLES, progress: Callable[[str], None] = _silent
) -> EvalResult:
    """Measure the drafts of some snapshots, and a feed of one.

    Args:
        places: the snapshot files; none for the bundled ones.
        feed_of: a bundled snapshot's name, or a file, of which the feed is made.
        articles: how many the feed has; 0 for no feed.
        progress: is told what is being done.

    Raises:
        BadInputError: a file cannot be read, or makes no news where a feed is asked for.
    """
    stories = []
    for path in places or bundled():
        progress(f"drafting {path.stem}")
        stories.append(story_result(path))
    feeds: list[FeedResult] = []
    for remembers, draft in ((True, remembering), (False, forgetful)) if articles else ():
        path = snapshot_path(feed_of)
        progress(f"{articles} articles of {path.stem}, {'each apart from the last' if remembers else 'by seed alone'}")
        made = articles_of(read_bytes(path, path.name), path.stem, articles, draft)
        feeds.append(feed_result(made, path.stem, remembers=remembers))
    return _joined(stories, feeds)


def bundled() -> tuple[Path, ...]:
    """Return the bundled snapshots."""
    return tuple(sorted((folder("data") / "snapshots").glob("*.json")))


def snapshot_path(name: str) -> Path:
    """Return the file of a bundled snapshot's name, or the file that is named.

    Raises:
        BadInputError: there is neither.
    """
    own = folder("data") / "snapshots" / f"{name}.json"
    path = own if own.is_file() else Path(name)
    if not path.is_file():
        raise BadInputError("--feed-of", name, "name a bundled snapshot, such as btc-long-side, or a file")
    return path


def story_result(path: Path) -> StoryResult:
    """Return the measures of the draft of one snapshot, in the feed whose history the index beside it names, if any."""
    made = draft_snapshots([read_snapshot(path)], settings=Settings(), length="standard", history=history_of(path))
    if isinstance(made, NoStoryResult):
        return StoryResult(snapshot=path.stem, story="none")
    traced, figures = traced_of(made)
    must, missed = must_of(made)
    body = [text for section in made.sections for text in section.paragraphs]
    read_as = reading(body)
    return StoryResult(
        snapshot=path.stem,
        story=made.story,
        figures=figures,
        traced=traced,
        must=must,
        told=must - len(missed),
        missed=missed,
        words=read_as.words,
        mean_sentence=round(read_as.mean_sentence, _ROUNDED),
        longest_sentence=read_as.longest_sentence,
        grade=round(read_as.grade, _ROUNDED),
        grade_aloud=round(read_as.grade_aloud, _ROUNDED),
        findings=dict(Counter(one.code for one in made.checks.findings) if made.checks else {}),
    )


def history_of(path: Path) -> History | None:
    """Return what the feed of a snapshot had published, where the index beside it names that."""
    index = path.parent / "index.toml"
    named = tomllib.loads(index.read_text(encoding="utf-8")).get(path.stem, {}) if index.is_file() else {}
    own = named.get("history")
    return History.model_validate_json((path.parent / own).read_bytes()) if own else None


def traced_of(draft: Draft) -> tuple[int, int]:
    """Return how many figures of a draft trace to its facts, and how many there are.

    A mention traces if its fact, in its style, is written exactly so; a quantity outside of all mentions and approved
    wording traces to nothing.
    """
    language, edition = load_language(draft.language), edition_of(draft)
    fields = dict(texts(draft))
    facts = {record.id: record for record in fact_records(draft)}
    traced = loose = 0
    for one in draft.mentions:
        record = facts.get(one.fact)
        try:
            spelled = language.spell(record.fact(), one.style, edition) if record else None  # type: ignore[arg-type]
        except (SpellingError, ValueError):
            spelled = None
        traced += spelled == fields[one.path][one.start : one.end]
    if draft.checks:
        loose = sum(one.code in ("numbers.untraced", "numbers.ambiguous") for one in draft.checks.findings)
    return traced, len(draft.mentions) + loose


def must_of(draft: Draft) -> tuple[int, tuple[str, ...]]:
    """Return how many facts the draft's story has to tell, of those that are known, and which the body does not."""
    sheet = sheet_of(draft)
    story = Story(draft.story, draft.emphasis, 0.0, (), ranked=False)
    scope = Scope(names_of(sheet, story.emphasis), {})
    said = {one.fact for one in draft.mentions if one.path.startswith(_BODY) and not one.path.startswith("/headlines")}
    known = 0
    missed: list[str] = []
    for entry in storybook(draft.story).must:
        found = [fact.id for query in entry.split("|") for fact in find_all(sheet, query.strip(), scope)]
        known += bool(found)
        if found and not said & set(found):
            missed.append(entry)
    return known, tuple(missed)


def _joined(stories: Sequence[StoryResult], feeds: Sequence[FeedResult]) -> EvalResult:
    told = [one for one in stories if one.story != "none"]
    counted: Counter[str] = Counter()
    for one in told:
        counted.update(one.findings)
    return EvalResult(
        version=__version__,
        precision=_share(sum(one.traced for one in told), sum(one.figures for one in told)),
        recall=_share(sum(one.told for one in told), sum(one.must for one in told)),
        grade=_mean([one.grade for one in told]),
        grade_aloud=_mean([one.grade_aloud for one in told]),
        mean_sentence=_mean([one.mean_sentence for one in told]),
        longest_sentence=max((one.longest_sentence for one in told), default=0),
        words=_mean([one.words for one in told]),
        findings=dict(sorted(counted.items())),
        stories=tuple(stories),
        feeds=tuple(feeds),
    )


def read_baseline(path: Path) -> EvalResult:
    """Return the result of an earlier run.

    Raises:
        BadInputError: the file holds none.
    """
    try:
        return EvalResult.model_validate_json(read_plain(path))
    except (OSError, ValueError) as error:
        remedy = "name what an earlier run wrote with --output"
        raise BadInputError("--baseline", path, remedy) from error


def differences(result: EvalResult, baseline: EvalResult) -> Iterator[tuple[str, object, object]]:
    """Yield the measures that are not as they were: its name, the baseline's value, and this run's.

    A draft or a feed that only one of them has is one of these, and none of its own measures.
    """
    now, then = (_rows(json.loads(one.model_dump_json())) for one in (result, baseline))
    for row in sorted(then.keys() | now.keys()):
        if row not in now or row not in then:
            yield row, "measured" if row in then else None, "measured" if row in now else None
            continue
        before, after = then[row], now[row]
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) != after.get(name):
                yield f"{row}.{name}" if row else name, before.get(name), after.get(name)


def _rows(value: dict[str, Any]) -> dict[str, dict[str, object]]:
    """Return the measures by what they are of: all drafts (nothing), one draft, one feed."""
    rows: dict[str, dict[str, object]] = {"": {}}
    for key, inner in value.items():
        if isinstance(inner, list):
            rows.update((f"{key}.{_name_of(one)}", dict(_flat(one))) for one in inner)
        else:
            rows[""].update(_flat(inner, key))
    return rows


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, object]]:  # noqa: ANN401 - JSON
    """Yield dotted names and values."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else key)
    else:
        yield name, value


def _name_of(row: dict[str, Any]) -> str:
    how = {True: ".remembering", False: ".by_seed"}
    return f"{row['snapshot']}{how[row['remembers']] if 'remembers' in row else ''}"


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def _mean(values: Sequence[float]) -> float:
    return round(fmean(values), _ROUNDED) if values else 0.0

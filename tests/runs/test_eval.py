"""What drafts are worth: figures that trace, facts that had to be told, and what is other than in a baseline."""

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.config.storybook import storybook
from commentary.errors import BadInputError
from commentary.pipeline.checking import check_fields
from commentary.records.draft import Checks
from commentary.records.query import Scope, find_all
from commentary.records.sheet import FactSheet
from commentary.resources import folder
from commentary.runs.eval import (
    EvalResult,
    bundled,
    differences,
    must_of,
    read_baseline,
    run,
    snapshot_path,
    story_result,
    traced_of,
)
from commentary.stories import stories

SNAPSHOTS = folder("data") / "snapshots"


@pytest.fixture(scope="module")
def draft():
    made = draft_snapshots([read_snapshot(SNAPSHOTS / "btc-long-side.json")], settings=Settings(), length="standard")
    assert isinstance(made, Draft)
    return made


@pytest.fixture(scope="module")
def result():
    return run([SNAPSHOTS / "btc-calm.json", SNAPSHOTS / "btc-stale.json"], "btc-calm", 2)


def test_every_figure_of_a_draft_traces(draft):
    traced, figures = traced_of(draft)
    assert traced == figures == len(draft.mentions)


def test_a_figure_that_is_not_its_facts_does_not_trace(draft):
    traced, figures = traced_of(draft)
    first = draft.mentions[0]
    price = next(one.fact for one in draft.mentions if one.fact.startswith("BTC/price/"))
    other = first.model_copy(update={"fact": price, "style": "price"})
    assert traced_of(draft.model_copy(update={"mentions": (other, *draft.mentions[1:])})) == (traced - 1, figures)
    gone = first.model_copy(update={"fact": "BTC/nothing"})
    assert traced_of(draft.model_copy(update={"mentions": (gone, *draft.mentions[1:])})) == (traced - 1, figures)


def test_a_figure_that_no_mention_spells_counts_as_untraced(draft):
    traced, figures = traced_of(draft)
    written = draft.model_copy(update={"standfirst": f"{draft.standfirst} It was $5 million."})
    found = check_fields(written)
    written = written.model_copy(update={"checks": Checks(ok=found.ok, findings=found.findings, sha256="")})
    assert traced_of(written) == (traced, figures + 1)


def test_what_a_story_has_to_tell_and_knows_is_told(draft):
    assert must_of(draft) == (7, ())


def test_what_is_not_told_is_named(draft):
    kept = tuple(one for one in draft.mentions if "/funding_rate/" not in one.fact)
    assert must_of(draft.model_copy(update={"mentions": kept})) == (
        7,
        ("funding_rate at=settled | funding_rate at=predicted",),
    )
    # A digest is read besides the body, and does not stand for it.
    digest = tuple(one for one in draft.mentions if not one.path.startswith(("/headline", "/standfirst", "/sections")))
    assert len(must_of(draft.model_copy(update={"mentions": digest}))[1]) == 7


@pytest.mark.parametrize("name", list(stories))
def test_what_a_story_has_to_tell_is_asked_in_words_that_can_be_read(name):
    empty = FactSheet("BTC", read_snapshot(SNAPSHOTS / "btc-calm.json").snapshot.as_of, ())
    scope = Scope({"side": "long", "other": "short", "own": "BTC"}, {})
    for entry in storybook(name).must:
        for query in entry.split("|"):
            assert find_all(empty, query.strip(), scope) == []


def test_a_snapshot_without_news_is_told_as_such(result):
    calm, stale = result.stories
    assert (calm.snapshot, calm.story) == ("btc-calm", "calm")
    assert (stale.snapshot, stale.story, stale.figures) == ("btc-stale", "none", 0)
    assert (result.precision, result.recall) == (1, 1)
    # One draft alone: its own lengths are the mean.
    assert (result.words, result.grade, result.longest_sentence) == (calm.words, calm.grade, calm.longest_sentence)


def test_both_feeds_are_measured(result):
    assert [(one.snapshot, one.remembers, one.articles) for one in result.feeds] == [
        ("btc-calm", True, 2),
        ("btc-calm", False, 2),
    ]


def test_no_feed_is_made_where_none_is_asked_for():
    assert run([SNAPSHOTS / "btc-stale.json"], articles=0).feeds == ()


def test_progress_is_told():
    told = []
    run([SNAPSHOTS / "btc-stale.json"], articles=0, progress=told.append)
    assert told == ["drafting btc-stale"]


def test_without_files_the_bundled_snapshots_are_measured():
    assert {path.stem for path in bundled()} >= {"btc-calm", "btc-flush"}
    assert snapshot_path("btc-calm") == SNAPSHOTS / "btc-calm.json"
    assert snapshot_path(str(SNAPSHOTS / "btc-calm.json")) == SNAPSHOTS / "btc-calm.json"
    with pytest.raises(BadInputError, match="btc-moon"):
        snapshot_path("btc-moon")


def test_against_itself_nothing_is_other(result):
    assert list(differences(result, result)) == []


def test_what_is_other_is_named_with_both_values(result):
    calm = result.stories[0].model_copy(update={"words": 999, "findings": {"style.sentence": 2}})
    other = result.model_copy(update={"stories": (calm,), "recall": 0.5})
    assert list(differences(other, result)) == [
        ("recall", 1.0, 0.5),
        ("stories.btc-calm.findings.style.sentence", None, 2),
        ("stories.btc-calm.words", result.stories[0].words, 999),
        ("stories.btc-stale", "measured", None),
    ]


def test_a_result_is_read_again(result, tmp_path):
    path = tmp_path / "eval.json"
    path.write_text(result.model_dump_json())
    assert read_baseline(path) == result
    path.write_text("{}")
    with pytest.raises(BadInputError, match="--baseline"):
        read_baseline(path)
    with pytest.raises(BadInputError, match="--baseline"):
        read_baseline(tmp_path / "none.json")


def test_the_baseline_of_the_repository_can_be_read():
    baseline = read_baseline(folder("data").parent / "tests" / "benchmarks" / "eval.json")
    assert isinstance(baseline, EvalResult)
    assert baseline.precision == 1


def test_lengths_are_those_of_the_body():
    one = story_result(SNAPSHOTS / "btc-calm.json")
    made = draft_snapshots([read_snapshot(SNAPSHOTS / "btc-calm.json")], settings=Settings(), length="standard")
    assert isinstance(made, Draft)
    body = " ".join(text for section in made.sections for text in section.paragraphs)
    assert abs(one.words - len(body.split())) <= 5
    assert one.findings == {}

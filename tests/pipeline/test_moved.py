"""A paragraph that stands elsewhere says something else, unless nothing bound it to its place."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commentary import Settings, draft_snapshots, read_snapshot, render
from commentary.checks.pages import read_page
from commentary.pipeline.aligning import align, check_alignment
from commentary.pipeline.signing import sentence_of, with_overrides
from commentary.records.override import Override

FLUSH = Path(__file__).parents[2] / "data" / "snapshots" / "btc-flush.json"
FORCED = "In dollars open interest"
FUNDING = "Binance's funding settled"
GOOD = "### Is lower open interest"
LOST = "### Have traders lost"


@pytest.fixture(scope="module")
def draft():
    return draft_snapshots([read_snapshot(FLUSH.read_bytes())], settings=Settings())


@pytest.fixture(scope="module")
def page(draft):
    return re.split(r"\n\n|\n(?=- )", render(draft, "markdown").rstrip())


def at(page, beginning):
    return next(i for i, paragraph in enumerate(page) if paragraph.startswith(beginning))


def moved(page, beginning, before, count=1):
    """The page with the paragraph that begins so, and those behind it, put before another."""
    i = at(page, beginning)
    block, rest = page[i : i + count], [*page[:i], *page[i + count :]]
    j = at(rest, before)
    return [*rest[:j], *block, *rest[j:]]


def found(draft, paragraphs):
    aligned = align(draft, read_page("\n\n".join(paragraphs), "x.md"), Settings(), "x.md")
    return aligned, [one for one in check_alignment(draft, aligned).findings if one.severity == "error"]


@pytest.mark.parametrize(
    ("beginning", "before", "path"),
    [
        ("Over those hours", FUNDING, "/sections/0/paragraphs/1"),
        ("Over those hours", "Open interest in bitcoin futures", "/sections/0/paragraphs/1"),
        ("- Bullish on one", "- The spot side", "/sentiment/flips/1"),
        ("- Bullish on one", "- It turns bearish", "/sentiment/flips/1"),
        ("## Questions", "- The spot side", "/unknowns/2"),
        (GOOD, "On the way price went", "/faq/1/question"),
        ("On the way price went", "In the $60,000-$61,000", "/sections/2/paragraphs/2"),
        ("*This text is for information", "## Not known", "/disclaimer"),
        ("## Where the band", "## How much was forced", "/sections/1/heading"),
    ],
)
def test_a_paragraph_under_another_heading_or_behind_another_is_told(draft, page, beginning, before, path):
    _, errors = found(draft, moved(page, beginning, before))
    assert ("draft.moved", path) in {(one.code, one.path) for one in errors}


def test_answers_that_change_places_are_told(draft, page):
    swapped = list(page)
    i, j = at(page, GOOD) + 1, at(page, LOST) + 1
    swapped[i], swapped[j] = page[j], page[i]
    _, errors = found(draft, swapped)
    assert {(one.code, one.path) for one in errors} == {("draft.moved", f"/faq/{k}/answer") for k in (0, 1)}


@pytest.mark.parametrize(("beginning", "before", "count"), [(GOOD, LOST, 2), (FUNDING, FORCED, 1)])
def test_a_question_with_its_answer_and_a_paragraph_of_its_section_may_change_places(
    draft, page, beginning, before, count
):
    aligned, errors = found(draft, moved(page, beginning, before, count))
    assert (aligned[:2], errors) == (({}, ()), [])


def test_a_sentence_in_another_section_is_told(draft, page):
    sentence = "The count is probably low, since some exchanges publish only part of their orders."
    cut = [paragraph.replace(f" {sentence}", "") for paragraph in page]
    i = at(cut, FUNDING)
    assert found(draft, [*cut[:i], sentence, *cut[i:]])[1]


def test_somebody_may_sign_for_it(draft, page):
    aligned, errors = found(draft, moved(page, "Over those hours", "Open interest in bitcoin futures"))
    (wrong,) = errors
    text = dict([(wrong.path, wrong.text), *aligned.edits.items()])
    signed = Override(
        code=wrong.code,
        path=wrong.path,
        text=wrong.text,
        sentence=sentence_of(wrong, wrong.text),
        reason="The day is in the standfirst",
        name="A. Editor",
        time=datetime(2026, 11, 25, 15, tzinfo=UTC),
    )
    assert with_overrides(check_alignment(draft, aligned), [signed], text.get, "").ok

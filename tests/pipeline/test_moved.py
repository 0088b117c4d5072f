"""A paragraph that stands elsewhere says something else, unless nothing bound it to its place."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commentary import Settings, draft_snapshots, read_snapshot, render
from commentary.checks.pages import read_page
from commentary.pipeline.aligning import align, check_alignment
from commentary.pipeline.signing import sentence_of, with_overrides
from commentary.records.draft import texts
from commentary.records.override import Override

FLUSH = Path(__file__).parents[2] / "data" / "snapshots" / "btc-flush.json"
# Paragraphs of the body and lines of the reading, by a claim that they make.
BAND = "@band.rule"
NEARER = "@flip.down"
OTHER = "@flip.up.same"
FORCED = "@oi.liquidations_not_subtracted"
FUNDING = "@funding.settled.turned"
HOURS = "@liq.same_hours.part"
LEAD = "@oi.lead"
USUAL = "### How large is a 5.4% fall"
LARGE = "### How much were the liquidations"
UNKNOWN = "/unknowns/2"


@pytest.fixture(scope="module")
def draft():
    return draft_snapshots([read_snapshot(FLUSH.read_bytes())], settings=Settings())


@pytest.fixture(scope="module")
def page(draft):
    return re.split(r"\n\n|\n(?=- )", render(draft, "markdown").rstrip())


def said(draft, claim):
    """The sentence of the body or of the reading that makes a claim."""
    (one,) = (
        one for one in draft.sentences if one.claim == claim and one.path.startswith(("/sections/", "/sentiment/"))
    )
    return dict(texts(draft))[one.path][one.start : one.end]


def at(draft, page, beginning):
    """Where the paragraph stands that begins so, or that begins with the sentence of a claim."""
    if beginning == UNKNOWN:
        return page.index(f"- {draft.unknowns[2]}")
    if beginning.startswith("@"):
        text = said(draft, beginning[1:])
        return next(i for i, paragraph in enumerate(page) if paragraph.removeprefix("- ").startswith(text))
    return next(i for i, paragraph in enumerate(page) if paragraph.startswith(beginning))


def path_of(draft, beginning):
    """The field in which a claim is made, or a path as it is."""
    if not beginning.startswith("@"):
        return beginning
    places = ("/sections/", "/sentiment/")
    return next(one.path for one in draft.sentences if one.claim == beginning[1:] and one.path.startswith(places))


def moved(draft, page, beginning, before, count=1):
    """The page with the paragraph that begins so, and those behind it, put before another."""
    i = at(draft, page, beginning)
    block, rest = page[i : i + count], [*page[:i], *page[i + count :]]
    j = at(draft, rest, before)
    return [*rest[:j], *block, *rest[j:]]


def found(draft, paragraphs):
    aligned = align(draft, read_page("\n\n".join(paragraphs), "x.md"), Settings(), "x.md")
    return aligned, [one for one in check_alignment(draft, aligned).findings if one.severity == "error"]


@pytest.mark.parametrize(
    ("beginning", "before", "path"),
    [
        (HOURS, FUNDING, HOURS),
        (HOURS, LEAD, HOURS),
        (NEARER, UNKNOWN, NEARER),
        (OTHER, NEARER, OTHER),
        ("## Questions", UNKNOWN, UNKNOWN),
        (USUAL, BAND, "/faq/1/question"),
        ("*This text is for information", "## Not known", "/disclaimer"),
        ("## Where the band", "## How much was forced", "/sections/3/heading"),
    ],
)
def test_a_paragraph_under_another_heading_or_behind_another_is_told(draft, page, beginning, before, path):
    _, errors = found(draft, moved(draft, page, beginning, before))
    assert ("draft.moved", path_of(draft, path)) in {(one.code, one.path) for one in errors}


def test_answers_that_change_places_are_told(draft, page):
    swapped = list(page)
    i, j = at(draft, page, USUAL) + 1, at(draft, page, LARGE) + 1
    swapped[i], swapped[j] = page[j], page[i]
    _, errors = found(draft, swapped)
    assert {(one.code, one.path) for one in errors} == {("draft.moved", f"/faq/{k}/answer") for k in (0, 1)}


def test_a_question_with_its_answer_may_change_places(draft, page):
    aligned, errors = found(draft, moved(draft, page, USUAL, LARGE, 2))
    assert (aligned[:2], errors) == (({}, ()), [])


def test_a_paragraph_of_its_section_may_change_places_where_nothing_in_it_points_back(draft, page):
    aligned, errors = found(draft, moved(draft, page, BAND, "@band.inside"))
    assert (aligned[:2], errors) == (({}, ()), [])


def test_a_sentence_in_another_section_is_told(draft, page):
    sentence = said(draft, "liq.no_history")
    assert sum(f" {sentence}" in paragraph for paragraph in page) == 1
    cut = [paragraph.replace(f" {sentence}", "") for paragraph in page]
    i = at(draft, cut, FUNDING)
    assert found(draft, [*cut[:i], sentence, *cut[i:]])[1]


def test_somebody_may_sign_for_it(draft, page):
    aligned, errors = found(draft, moved(draft, page, HOURS, LEAD))
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

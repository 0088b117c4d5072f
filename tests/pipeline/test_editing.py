"""An edit of a draft is held against the facts that its sentences told before."""

from functools import cache
from pathlib import Path

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.errors import BadInputError
from commentary.pipeline import check_edit
from commentary.records.draft import texts

SNAPSHOTS = Path(__file__).parents[2] / "data" / "snapshots"
PATH = "/sections/0/paragraphs/0"


@pytest.fixture(scope="module")
def draft() -> Draft:
    made = draft_snapshots([read_snapshot((SNAPSHOTS / "btc-long-side.json").read_bytes())], settings=Settings())
    assert isinstance(made, Draft)
    return made


@pytest.fixture(scope="module")
def lead(draft) -> str:
    text = draft.sections[0].paragraphs[0]
    assert "$1.07 billion" in text
    assert "$60,593" in text
    return text


@cache
def worded(phrase: str) -> tuple[Draft, str, str]:
    """A draft whose seed deals the phrase, with the field where it stands."""
    read = read_snapshot((SNAPSHOTS / "btc-long-side.json").read_bytes())
    return next(
        (made, path, text)
        for seed in (None, *range(200))
        if isinstance(made := draft_snapshots([read], settings=Settings(), seed=seed), Draft)
        for path, text in texts(made)
        if phrase in text
    )


def codes(draft, text):
    return {(finding.code, finding.text) for finding in check_edit(draft, {PATH: text}).findings}


def test_an_unchanged_text_has_no_finding(draft, lead):
    assert check_edit(draft, {PATH: lead}).findings == draft.checks.findings


def test_another_legal_spelling_of_the_same_fact_passes(draft, lead):
    assert check_edit(draft, {PATH: lead.replace("$1.07 billion", "about $1.1 billion")}).ok


def test_a_harmless_word_may_be_changed(draft, lead):
    small = lead[0].lower() + lead[1:]
    assert any(check_edit(draft, {PATH: f"Meanwhile, {one}"}).ok for one in (lead, small))


def test_a_wrong_digit_is_found_where_it_stands(draft, lead):
    assert ("numbers.untraced", "$1.17 billion") in codes(draft, lead.replace("$1.07 billion", "$1.17 billion", 1))


def test_a_true_figure_that_the_sentence_did_not_tell_is_no_figure_of_it(draft, lead):
    assert ("numbers.untraced", "$64,900") in codes(draft, lead.replace("$60,593", "$64,900", 1))


def test_a_turned_side_is_found(draft, lead):
    assert "long" in lead
    assert any(code == "roles.side" for code, _ in codes(draft, lead.replace("long", "short", 1)))


def test_a_path_that_the_draft_lacks_is_refused(draft):
    with pytest.raises(BadInputError, match="no field of this path"):
        check_edit(draft, {"/sections/99/paragraphs/0": "x"})


def test_a_word_left_out_right_beside_a_figure_needs_a_signature():
    draft, path, text = worded("longs equal 6.4%")
    found = check_edit(draft, {path: text.replace("equal ", "", 1)}).findings
    assert any(finding.code == "altered.comparison" for finding in found)


def test_a_sentence_made_a_question_needs_a_signature(draft, lead):
    assert ("altered.words", "?") in codes(draft, f"{lead.rstrip('.')}?")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("about $92.8 million", "roughly $92.8 million"),
        ("08:55 UTC on Nov. 22", "08:55 UTC on 22 November"),
        ("2.5% below Binance's", "2.5% under Binance's"),
        ("we do not know, has", "we don't know, shows"),
        ("of bitcoin long", "of Bitcoin long"),
    ],
)
def test_what_says_the_same_is_free(was, now):
    draft, path, text = worded(was)
    assert check_edit(draft, {path: text.replace(was, now, 1)}).ok


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("the same ones, the modelled", "the same ones. The modelled", "altered.words"),
        ("fell 1.1%", "fell -1.1%", "altered.figure"),
        ("fell 1.1%", "plunged 1.1%", "altered.direction"),
        ("if the map covers", "if our desk covers", "altered.source"),
        ("longs paid shorts", "our longs paid shorts", "altered.words"),
    ],
)
def test_what_says_something_else_is_not(was, now, code):
    draft, path, text = worded(was)
    assert code in {one.code for one in check_edit(draft, {path: text.replace(was, now, 1)}).findings}


def test_another_headline_of_the_draft_is_as_approved(draft):
    assert draft.headlines
    for headline in draft.headlines:
        assert check_edit(draft, {"/headline": headline}).ok
    assert not check_edit(draft, {"/standfirst": draft.headlines[1]}).ok

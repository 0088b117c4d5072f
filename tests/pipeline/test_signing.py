"""A signature answers a soft finding in its own sentence, stays visible, and answers no figure."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from commentary import (
    Draft,
    Settings,
    check_draft,
    check_text,
    draft_snapshots,
    explain,
    facts_of,
    read_snapshot,
    render,
)
from commentary.errors import BadInputError
from commentary.pipeline import check_edit
from commentary.pipeline.signing import sentence_of, with_editor_facts, with_overrides
from commentary.records.draft import texts
from commentary.records.editor_fact import EditorFact
from commentary.records.finding import Finding
from commentary.records.override import Override

SNAPSHOT = Path(__file__).parents[2] / "data" / "snapshots" / "btc-long-side.json"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
MASSIVE = "CoinGlass's model has $1.07 billion of bitcoin longs, a massive sum."
FACT = EditorFact(
    value=4225,
    unit="coin",
    source="Strategy",
    quote="Strategy bought 4,225 bitcoin",
    date="2026-11-22",
    signer="A. Editor",
    signed_at="2026-11-22T10:00:00Z",
)


@pytest.fixture(scope="module")
def read():
    return read_snapshot(SNAPSHOT.read_bytes())


@pytest.fixture(scope="module")
def sheet(read):
    return facts_of(read, settings=Settings(), now=read.snapshot.as_of)


@pytest.fixture(scope="module")
def draft(read):
    made = draft_snapshots([read], settings=Settings())
    assert isinstance(made, Draft)
    return made


def signed(code="wording.magnitude", text="massive", sentence=MASSIVE, path="/text"):
    return Override(code=code, path=path, text=text, sentence=sentence, reason="we looked", name="A. Editor", time=NOW)


def answered(text, sheet, *overrides):
    found = check_text(text, sheet, settings=Settings(), scope="passage")
    return with_overrides(found, overrides, {"/text": text}.get, "signed.toml/overrides")


def test_a_warning_that_is_signed_for_is_a_note_that_says_who_and_why(sheet):
    (finding,) = answered(MASSIVE, sheet, signed()).findings
    assert (finding.code, finding.severity) == ("wording.magnitude", "note")
    assert "signed for by A. Editor on 2026-11-22 10:00 UTC: we looked" in finding.message


def test_a_hard_wrapped_sentence_is_the_same_sentence(sheet):
    text = MASSIVE.replace(" of bitcoin ", "\nof bitcoin ")
    assert [one.severity for one in answered(text, sheet, signed()).findings] == ["note"]


def test_it_lapses_when_the_sentence_changes(sheet):
    found = answered(MASSIVE.replace("a massive", "by far a massive"), sheet, signed())
    assert [(one.code, one.severity) for one in found.findings] == [
        ("wording.magnitude", "warning"),
        ("override.lapsed", "note"),
    ]


def test_it_holds_for_its_own_sentence_alone(sheet):
    other = "CoinGlass's model has $412 million of bitcoin shorts up to $64,900, a massive sum."
    severities = [one.severity for one in answered(f"{MASSIVE} {other}", sheet, signed()).findings]
    assert sorted(severities) == ["note", "warning"]


def test_it_makes_nothing_right_while_another_error_stands(sheet):
    text = MASSIVE.replace("$1.07", "$1.17")
    found = answered(text, sheet, signed(sentence=text))
    assert not found.ok
    assert {one.severity for one in found.findings} == {"note", "error"}


def test_nobody_signs_for_an_error_of_words(sheet):
    text = "Price will fall."
    with pytest.raises(BadInputError, match=r"signed.toml/overrides/0: 'will' .* wording.prediction is an error"):
        answered(text, sheet, signed("wording.prediction", "will", text))


def test_words_that_no_rule_knows_pass_an_edit_when_somebody_signs(read):
    draft, path, text = next(
        (made, path, text)
        for seed in range(200)
        if isinstance(made := draft_snapshots([read], settings=Settings(), seed=seed), Draft)
        for path, text in texts(made)
        if ". It is " in text and not path.startswith("/faq")
    )
    edited = text.replace(". It is ", ". That is ", 1)
    found = check_edit(draft, {path: edited})
    (unvouched,) = [one for one in found.findings if one.code == "altered.words"]
    override = signed(unvouched.code, unvouched.text, sentence_of(unvouched, edited), path)
    answer = with_overrides(found, [override], {path: edited}.get, "")
    assert (found.ok, answer.ok) == (False, True)


def test_the_sentence_of_a_finding_is_all_that_it_touches():
    text = "One thing. Another thing."
    finding = Finding(code="x.y", severity="error", path="/a", span=(4, 18), text=text[4:18], message="")
    assert sentence_of(finding, text) == text
    assert sentence_of(finding.model_copy(update={"span": (11, 18)}), text) == "Another thing."
    assert sentence_of(finding.model_copy(update={"span": (0, 0)}), "") == ""


def test_a_draft_carries_what_was_signed_and_its_edit_may_tell_it(draft):
    own = draft.model_copy(update={"editor_facts": (FACT,)})
    path = "/sections/0/paragraphs/0"
    text = f"{dict(texts(draft))[path]} Strategy bought 4,225 BTC."
    codes = {one.code for one in check_edit(own, {path: text}).findings if one.severity == "error"}
    assert codes == set()
    codes = {one.code for one in check_edit(draft, {path: text}).findings}
    assert "numbers.untraced" in codes
    bare = text.replace("Strategy bought", "They bought")
    assert "roles.attribution" in {one.code for one in check_edit(own, {path: bare}).findings}


def test_a_draft_with_a_signed_figure_is_checked_explained_and_shown(draft):
    path = "/sections/0/paragraphs/0"
    own = Draft.model_validate_json(draft.model_copy(update={"editor_facts": (FACT,)}).model_dump_json())
    assert own.editor_facts == (FACT,)
    assert [one.code for one in check_draft(own).findings] == ["draft.altered", "draft.altered"][:1]
    from commentary.pipeline.editing import edited

    told = edited(own, {path: f"{dict(texts(draft))[path]} Strategy bought 4,225 BTC."})
    (why,) = explain(told, "4,225 BTC")
    assert why.fact.evidence == "asserted"
    assert "signed by A. Editor" in why.fact.formula
    assert "signed by A. Editor" in render(told, "html")


@pytest.mark.parametrize(
    ("value", "quote"),
    [(42_250, "Strategy bought 4,225 bitcoin"), (4225, "Strategy bought bitcoin"), (4225, "It bought 42.25m bitcoin")],
)
def test_a_figure_that_its_own_words_do_not_hold_is_refused(sheet, value, quote):
    fact = FACT.model_copy(update={"value": EditorFact.model_validate({**FACT.model_dump(), "value": value}).value})
    with pytest.raises(BadInputError, match=r"f/facts/0/quote: .*does not stand in these words"):
        with_editor_facts(sheet, [fact.model_copy(update={"quote": quote})], "en", "f/facts")


def test_a_fact_that_stands_twice_is_refused(sheet):
    with pytest.raises(BadInputError, match="stands twice"):
        with_editor_facts(sheet, [FACT, FACT], "en", "f/facts")

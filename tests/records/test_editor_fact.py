"""An editor's fact: the same words have the same id, and what a draft holds is what was signed."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError

from commentary.records.editor_fact import EditorFact, EditorFacts
from commentary.records.override import Override

FIELDS = {
    "value": Decimal("-0.0012"),
    "unit": "percent",
    "quantity": "rate",
    "source": "Glassnode",
    "quote": "Funding was minus 0.0012%",
    "date": date(2026, 11, 21),
    "signer": "A. Editor",
    "signed_at": datetime(2026, 11, 22, 10, tzinfo=UTC),
}
OVERRIDE = {
    "code": "wording.magnitude",
    "text": "massive",
    "sentence": "A massive sum.",
    "reason": "We looked",
    "name": "A. Editor",
    "time": datetime(2026, 11, 22, tzinfo=UTC),
}


def test_the_fact_is_asserted_by_its_source_and_says_who_signed():
    fact = EditorFact(**FIELDS).fact("BTC")
    assert (fact.evidence, fact.source, fact.value, fact.unit) == (
        "asserted",
        ("Glassnode",),
        Decimal("-0.0012"),
        "percent",
    )
    assert (fact.is_signed, fact.is_house) == (True, False)
    assert fact.formula == "“Funding was minus 0.0012%”, signed by A. Editor on 2026-11-22 10:00 UTC"


def test_the_same_words_have_the_same_id_and_another_value_another():
    one = EditorFact(**FIELDS).fact("BTC")
    assert EditorFact(**{**FIELDS, "signer": "B. Editor"}).fact("BTC").id == one.id
    assert EditorFact(**{**FIELDS, "value": Decimal("0.0012")}).fact("BTC").id != one.id


def test_it_is_of_the_texts_asset_unless_it_names_its_own():
    assert EditorFact(**FIELDS).fact("ETH").subject.asset == "ETH"
    assert EditorFact(**FIELDS, asset="SOL").fact("ETH").subject.asset == "SOL"


def test_a_file_is_read_back_digit_by_digit():
    file = EditorFacts(facts=(EditorFact(**FIELDS),))
    assert EditorFacts.model_validate_json(file.model_dump_json()) == file
    assert json.loads(file.model_dump_json())["facts"][0]["value"] == -0.0012


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("signer", "", "signed"),
        ("source", "", "whose figure it is"),
        ("quote", " ", "the words"),
        ("date", date(2026, 11, 23), "future"),
        ("value", Decimal("NaN"), "finite"),
        ("unit", None, "unit"),
        ("value", None, "value"),
        ("window_hours", Decimal(0), "above 0"),
    ],
)
def test_what_nobody_can_answer_for_is_refused(field, value, said):
    with pytest.raises(ValidationError, match=said):
        EditorFact(**{**FIELDS, field: value})


@pytest.mark.parametrize("code", ["numbers.untraced", "roles.side", "direction.sign", "agreement.unborne", "names.x"])
def test_a_figure_is_not_signed_away(code):
    with pytest.raises(ValidationError, match="editor's fact"):
        Override(**{**OVERRIDE, "code": code})


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("reason", "1"), ("text", "huge"), ("code", "wording")])
def test_an_override_says_who_why_and_what(field, value):
    with pytest.raises(ValidationError):
        Override(**{**OVERRIDE, field: value})

"""The file form and the light form of a fact agree, and a draft's hash changes with any change."""

import copy
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.records.canonical import sha256_of
from commentary.records.fact import Fact, MissingFact, Subject
from commentary.records.fact_file import FactRecord, SubjectRecord
from commentary.records.hashes import checks_sha256, content_sha256

NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
SNAPSHOT = Path(__file__).parents[2] / "data" / "snapshots" / "btc-long-side.json"

words = st.text("abcXYZ -_", min_size=1, max_size=8)
subjects = st.builds(
    Subject,
    asset=words,
    metric=words,
    side=st.sampled_from([None, "long", "short"]),
    venue=st.none() | words,
    window_hours=st.none() | st.decimals("0.25", 720, places=2),
    at=st.none() | words,
)
numbers = st.decimals("-1e12", "1e12", places=6)
facts = st.builds(
    lambda subject, value, evidence, source: Fact(subject, value, "usd", "level", evidence, source, NOW, "", ()),
    subjects,
    numbers,
    st.sampled_from(["observed", "reported", "estimated", "asserted"]),
    st.lists(words, max_size=3).map(tuple),
)


@given(fact=facts)
def test_a_fact_survives_the_file_in_every_part(fact):
    back = FactRecord.model_validate_json(FactRecord.of(fact).model_dump_json()).fact()
    assert isinstance(back, Fact)
    for field in ("subject", "unit", "quantity", "evidence", "source", "as_of", "formula", "inputs", "currency", "id"):
        assert getattr(back, field) == getattr(fact, field)
    # A JSON number has fifteen safe digits; facts are made with twelve.
    assert abs(back.value - fact.value) <= abs(fact.value) * Decimal("1e-14")


def test_the_two_shapes_have_the_same_fields():
    assert set(SubjectRecord.model_fields) == set(Subject._fields)
    light = set(Fact.__dataclass_fields__)
    assert set(FactRecord.model_fields) == light | {"reason"}


def test_a_missing_fact_survives_the_file():
    gap = MissingFact(Subject("BTC", "price"), "price", "the snapshot holds no price")
    back = FactRecord.model_validate_json(FactRecord.of(gap).model_dump_json()).fact()
    assert back == gap
    assert json.loads(FactRecord.of(gap).model_dump_json())["value"] is None


@pytest.mark.parametrize("value", [NOW, "inside", Decimal("0.0012")])
def test_times_names_and_numbers_keep_their_type(value):
    unit = "time" if isinstance(value, datetime) else "name" if isinstance(value, str) else "percent"
    fact = Fact(Subject("BTC", "x"), value, unit, "level", "observed", (), NOW)
    assert FactRecord.model_validate_json(FactRecord.of(fact).model_dump_json()).fact().value == value


def test_an_id_that_is_not_of_its_subject_is_refused():
    record = FactRecord.of(Fact(Subject("BTC", "x"), Decimal(1), "usd", "level", "observed", (), NOW))
    with pytest.raises(ValueError, match="does not match"):
        record.model_copy(update={"id": "BTC/y"}).fact()


@pytest.fixture(scope="module")
def draft():
    made = draft_snapshots([read_snapshot(SNAPSHOT.read_bytes())], settings=Settings(), length="brief")
    assert isinstance(made, Draft)
    return made


def leaves(value, path=()):
    """Yield the place of everything in a JSON document that can be changed."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for i, item in enumerate(value):
            yield from leaves(item, (*path, i))
    else:
        yield path


def changed(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}x" if isinstance(value, str) else "x"


def test_the_hash_of_a_draft_changes_with_any_change(draft):
    document = draft.model_dump(mode="json", exclude={"sha256", "checks"})
    places = list(leaves(document))
    same = sha256_of(document)
    # Every eleventh place: all kinds of fields, in a fraction of the time.
    for place in places[::11]:
        other = copy.deepcopy(document)
        at = other
        for key in place[:-1]:
            at = at[key]
        at[place[-1]] = changed(at[place[-1]])
        assert sha256_of(other) != same, place


def test_the_hash_covers_all_but_itself_and_the_checks(draft):
    document = draft.model_dump(mode="json", exclude={"sha256", "checks"})
    assert content_sha256(draft) == sha256_of(document) == draft.sha256
    assert content_sha256(draft.model_copy(update={"sha256": "x", "checks": None})) == draft.sha256
    assert content_sha256(draft.model_copy(update={"headline": draft.headline + " "})) != draft.sha256


def test_a_file_read_with_exact_decimals_has_the_hashes_it_names(draft):
    document = json.loads(draft.model_dump_json(), parse_float=Decimal, parse_int=Decimal)
    stated, checks = document.pop("sha256"), document.pop("checks")
    assert sha256_of(document) == stated
    assert sha256_of({"findings": checks["findings"], "sha256": stated}) == checks["sha256"]
    assert checks_sha256(draft.checks.findings, stated) == checks["sha256"]


def test_a_number_that_json_writes_with_an_exponent_does_not_part_the_file_from_the_draft(draft):
    small = FactRecord.of(Fact(Subject("PEPE", "x"), Decimal("0.00001"), "usd", "level", "observed", (), NOW))
    other = draft.model_copy(update={"facts": (*draft.facts, small)})
    document = json.loads(other.model_dump_json(exclude={"sha256", "checks"}), parse_float=Decimal)
    assert document["facts"][-1]["value"].as_tuple().exponent == -5
    assert sha256_of(document) == content_sha256(other)


def test_a_time_is_written_in_utc_with_a_z():
    record = FactRecord.of(Fact(Subject("BTC", "x"), NOW, "time", "time", "observed", (), NOW))
    assert record.value == "2026-05-22T09:00:00Z"

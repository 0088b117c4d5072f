"""What a draft says beside its text is borne by its facts, whoever wrote the hash anew."""

from datetime import timedelta

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.pipeline import check_draft
from commentary.pipeline.sealing import seal
from commentary.resources import folder


@pytest.fixture(scope="module")
def draft() -> Draft:
    read = read_snapshot((folder("data") / "snapshots" / "btc-long-side.json").read_bytes())
    made = draft_snapshots([read], settings=Settings())
    assert isinstance(made, Draft)
    return made


def found(draft, **changed):
    """Return code and path of what is found in a draft that was changed and sealed anew."""
    return [(one.code, one.path) for one in check_draft(seal(draft.model_copy(update=changed))).findings]


def test_a_draft_as_it_was_made_says_nothing_else(draft):
    assert check_draft(draft).findings == ()
    assert found(draft) == []


def test_a_draft_without_its_seal_is_altered(draft):
    bare = draft.model_copy(update={"sha256": "", "checks": None})
    assert {one.code for one in check_draft(bare).findings} == {"draft.altered"}


@pytest.mark.parametrize(
    ("name", "value"), [("label", "bullish"), ("strength", "clear"), ("coverage", "high"), ("risk_skew", "upside")]
)
def test_another_reading_is_found(draft, name, value):
    reading = draft.sentiment.model_copy(update={name: value})
    assert found(draft, sentiment=reading) == [("draft.beside", f"/sentiment/{name}")]


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("sources", ("Bloomberg",), "/sources/0"),
        ("assets", ("BTC", "XRP"), "/assets/1"),
        ("slug", "bitcoin-to-100000", "/slug"),
    ],
)
def test_another_source_asset_or_address_is_found(draft, name, value, path):
    assert ("draft.beside", path) in found(draft, **{name: value})


@pytest.mark.parametrize(
    ("names", "path"),
    [
        ({"BTC": "Bitcoin, which Binance lost to hackers,"}, "/names/BTC"),
        ({"BTC": "Bitcoin", "ETH": "Bitcoin"}, "/names/ETH"),
    ],
)
def test_a_name_that_says_something_or_is_another_assets_is_found(draft, names, path):
    assert ("draft.beside", path) in found(draft, names=names)


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("ai_involvement", "none", "/ai_involvement"),
        ("story_key", "BTC/calm/2026-11-22", "/story_key"),
        ("packs", ("finance",), "/packs/0"),
        ("headlines", (), "/headlines"),
        ("flags", ("stale_data",), "/flags"),
    ],
)
def test_what_is_said_of_its_making_is_held_whoever_worded_it(draft, name, value, path):
    writer = draft.writer.model_copy(update={"kind": "model"})
    told = {"ai_involvement": "model_drafted", name: value}
    assert ("draft.beside", path) in found(draft, writer=writer, **told)


def test_a_condition_is_of_the_fact_that_its_text_tells(draft):
    if not draft.conditions:
        pytest.skip("the draft has no condition")
    writer = draft.writer.model_copy(update={"kind": "model"})
    for threshold in ("BTC/nothing", next(one.id for one in draft.facts if one.subject.metric == "example_notional")):
        first = draft.conditions[0].model_copy(update={"threshold": threshold})
        conditions = (first, *draft.conditions[1:])
        told = found(draft, writer=writer, ai_involvement="model_drafted", conditions=conditions)
        assert ("draft.beside", "/conditions/0/threshold") in told


def test_a_draft_made_after_its_facts_keeps_its_order(draft):
    earlier = draft.as_of - timedelta(hours=1)
    assert ("draft.beside", "/generated_at") in found(draft, generated_at=earlier)

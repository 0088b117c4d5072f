"""What a draft says beside its text is borne by its facts, whoever wrote the hash anew."""

import pytest

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.pipeline import check_draft
from commentary.resources import folder


@pytest.fixture(scope="module")
def draft() -> Draft:
    """Return a bundled draft as it is before it is sealed: its hash shows nothing."""
    read = read_snapshot((folder("data") / "snapshots" / "btc-long-side.json").read_bytes())
    made = draft_snapshots([read], settings=Settings())
    assert isinstance(made, Draft)
    return made.model_copy(update={"sha256": "", "checks": None})


def test_a_draft_as_it_was_made_says_nothing_else(draft):
    assert check_draft(draft).ok


@pytest.mark.parametrize(
    ("name", "value"), [("label", "bullish"), ("strength", "clear"), ("coverage", "high"), ("risk_skew", "upside")]
)
def test_another_reading_is_found(draft, name, value):
    reading = draft.sentiment.model_copy(update={name: value})
    (found,) = check_draft(draft.model_copy(update={"sentiment": reading})).findings
    assert (found.code, found.path) == ("draft.beside", f"/sentiment/{name}")


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("sources", ("Bloomberg",), "/sources/0"),
        ("assets", ("BTC", "XRP"), "/assets/1"),
        ("slug", "bitcoin-to-100000", "/slug"),
    ],
)
def test_another_source_asset_or_address_is_found(draft, name, value, path):
    found = check_draft(draft.model_copy(update={name: value})).findings
    assert ("draft.beside", path) in {(one.code, one.path) for one in found}

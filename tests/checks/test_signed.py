"""An editor's figure passes beside its source, as its words say; no leniency of the desk's own is given to it."""

import pytest

from commentary import Settings, check_text
from commentary.pipeline.signing import with_editor_facts
from commentary.records.editor_fact import EditorFact

SIGNED = {"signer": "A. Editor", "signed_at": "2026-11-22T10:00:00Z"}
FACTS = [
    {
        "value": -412_000_000,
        "unit": "usd",
        "quantity": "delta",
        "source": "Glassnode",
        "speaker": "Jane Doe",
        "quote": "Exchange balances fell by $412 million",
        "date": "2026-11-21",
    },
    {"value": 4225, "unit": "coin", "source": "Strategy", "quote": "Strategy bought 4,225 bitcoin"},
    {"value": 60_427, "unit": "count", "source": "Kaiko", "quote": "60,427 traders"},
    {"value": 400_000_000, "unit": "usd", "source": "Kaiko", "quote": "about $400 million of stablecoins were minted"},
    {"value": 37, "unit": "percent", "source": "Messari", "quote": "37% of demand came from Asia if weekly data hold"},
    {"source": "Reuters", "speaker": "John Roe", "quote": "We do not see forced selling. Demand is patient."},
]
PASSES = [
    "Exchange balances fell by $412 million on Nov. 21, Glassnode said.",
    "On Nov. 21 exchange balances fell by $412 million, said Jane Doe of Glassnode.",
    "Strategy bought 4,225 BTC.",
    "Kaiko counts 60,427 traders, and Strategy bought 4,225 BTC.",
    "About $400 million of stablecoins were minted, Kaiko said.",
    "If weekly data hold, 37% of demand came from Asia, Messari said.",
    "“We do not see forced selling,” said John Roe.",
    '"Demand is patient," Reuters said.',
    "John Roe told Reuters: “We do not see forced selling. Demand is patient.”",
    "CoinGlass's model puts $412 million of shorts up to $64,900.",
]
FAILS = [
    ("Strategists bought 4,225 BTC.", "roles.attribution", "4,225 BTC"),
    ("Were there 60,427 traders?", "roles.attribution", "60,427"),
    ("# 60,427 traders", "roles.attribution", "60,427"),
    ("There were 60,427 traders. Kaiko counts.", "roles.attribution", "60,427"),
    ("Strategy counts 60,427 traders, and Kaiko bought 4,225 BTC.", "roles.source", "Kaiko bought 4,225 BTC"),
    ("Exchange balances fell by $413 million on Nov. 21, Glassnode said.", "numbers.untraced", "$413 million"),
    ("Exchange balances rose by $412 million on Nov. 21, Glassnode said.", "direction.sign", "rose by $412 million"),
    (
        "Open interest fell by $412 million on Nov. 21, Glassnode said.",
        "roles.metric",
        "Open interest fell by $412 million",
    ),
    (
        "Long positions fell by $412 million on Nov. 21, Glassnode said.",
        "roles.side",
        "Long positions fell by $412 million",
    ),
    ("Ether balances fell by $412 million on Nov. 21, Glassnode said.", "roles.asset", "Ether"),
    ("Exchange balances did not fall by $412 million on Nov. 21, Glassnode said.", "roles.denied", "$412 million"),
    ("Exchange balances fell by more than $412 million on Nov. 21, Glassnode said.", "numbers.qualified", "more than"),
    ("Exchange balances fell by $412 million, Glassnode said.", "roles.time", "$412 million"),
    ("Balances fell by $412 million on Nov. 21 at 00:00 UTC, Glassnode said.", "numbers.untraced", "00:00 UTC"),
    ("Balances fell by $412 million in the 24 hours to Nov. 21, Glassnode said.", "roles.window", "24 hours"),
    ("$400 million of stablecoins were minted, Kaiko said.", "numbers.qualified", "$400 million"),
    ("37% of demand came from Asia, Messari said.", "wording.modality", "37%"),
    ("There were 60,427 liquidations, Kaiko said.", "roles.metric", "60,427 liquidations"),
    ("CoinGlass's model had $1.07 billion of bitcoin longs on Nov. 21.", "roles.time", "Nov. 21"),
    ("“We see forced selling,” said John Roe.", "wording.quote", "“We see forced selling,”"),
    ("“see forced selling,” said John Roe.", "wording.quote", "“see forced selling,”"),
    ("“Demand is patient,” said Jane Doe.", "wording.quote", "“Demand is patient,”"),
    ("“Demand is patient,” said Jane Doe, not John Roe.", "wording.quote", "“Demand is patient,”"),
    ("“Demand is patient.” Binance's mark price was $62,140.", "wording.quote", "“Demand is patient.”"),
    ("Kaiko said longs are greedy, and counts 60,427 traders.", "wording.intent", "greedy"),
    ("The market is bullish, as 60,427 traders hold, Kaiko said.", "wording.label", "bullish"),
    (
        "CoinGlass's model has under $1.07 billion of bitcoin longs, and 60,427 traders are Kaiko's.",
        "numbers.qualified",
        "under",
    ),
]


@pytest.fixture
def found(sheet):
    facts = [EditorFact.model_validate({"date": "2026-11-22", **SIGNED, **fact}) for fact in FACTS]
    signed = with_editor_facts(sheet("btc-long-side"), facts, "en", "/facts")

    def check(text):
        return check_text(text, signed, settings=Settings(), scope="passage").findings

    return check


@pytest.mark.parametrize("text", PASSES)
def test_a_signed_figure_or_quotation_passes_beside_its_source(found, text):
    assert found(text) == ()


@pytest.mark.parametrize(("text", "code", "words"), FAILS)
def test_a_wrong_use_of_it_is_found(found, text, code, words):
    assert (code, words) in {(one.code, one.text) for one in found(text) if one.severity == "error"}


def test_without_the_editors_fact_the_same_text_is_refused(sheet):
    text = "Strategy bought 4,225 BTC."
    codes = {
        one.code for one in check_text(text, sheet("btc-long-side"), settings=Settings(), scope="passage").findings
    }
    assert "numbers.untraced" in codes

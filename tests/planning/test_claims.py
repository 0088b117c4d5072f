"""Claims as data: which facts a sentence gets, and when it is not said."""

import dataclasses
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.errors import ConfigError
from commentary.planning.claims import LeftOut, make_claim
from commentary.records.query import Scope
from commentary.records.sheet import FactSheet

SCOPE = Scope({"side": "long", "other": "short", "own": "BTC"}, {"bound": Decimal(5)})


@pytest.fixture
def made(claims):
    """Return a function: the text of one claim and facts in, the claim out."""

    def make(text, *facts):
        (spec,) = claims("[a]\n" + text).values()
        return make_claim(spec, FactSheet("BTC", datetime(2026, 5, 22, tzinfo=UTC), facts), SCOPE)

    return make


def roles(claim):
    return {role: fact.id for role, fact in claim.roles}


def test_a_role_gets_the_preferred_fact(made, fact):
    claim = made('roles = { rate = "rate" }', fact("rate", venue="Binance"), fact("rate", venue="Bybit"))
    assert roles(claim) == {"rate": "BTC/rate/venue=Binance"}


def test_a_role_without_its_fact_leaves_the_claim_out_and_says_why(made, fact):
    left = made('roles = { rate = "rate venue=OKX" }', fact("rate", venue="Binance"))
    assert isinstance(left, LeftOut)
    assert "rate" in left.reason


def test_a_list_of_questions_takes_the_first_that_is_answered(made, fact):
    claim = made('roles = { rate = ["rate at=settled", "rate at=predicted"] }', fact("rate", at="predicted"))
    assert roles(claim) == {"rate": "BTC/rate/at=predicted"}


def test_an_optional_role_may_be_missing(made, fact):
    assert roles(made('roles = { a = "a" }\noptional = { b = "b" }', fact("a"))) == {"a": "BTC/a"}


def test_a_condition_that_fails_leaves_the_claim_out(made, fact):
    text = 'when = ["a >= $bound"]\nroles = { a = "a" }'
    assert isinstance(made(text, fact("a", 4)), LeftOut)
    assert roles(made(text, fact("a", 5))) == {"a": "BTC/a"}


def test_a_fact_of_the_same_source_is_asked_for_by_name(made, fact):
    text = 'roles = { a = "a", b = "b like=a:asset,source" }'
    other = dataclasses.replace(fact("b", venue="Bybit"), source=("Coinalyze",))
    assert isinstance(made(text, fact("a"), other), LeftOut)
    assert roles(made(text, fact("a"), other, fact("b")))["b"] == "BTC/b"


def test_a_caveat_follows_its_figure(claims, fact):
    (spec,) = claims('[a]\nroles = { a = "a" }\nsaid = ["a"]\n').values()
    sheet = FactSheet("BTC", datetime(2026, 5, 22, tzinfo=UTC), (fact("a"),))
    assert isinstance(make_claim(spec, sheet, SCOPE), LeftOut)
    assert roles(make_claim(spec, sheet, SCOPE, {"BTC/a"})) == {"a": "BTC/a"}


def test_what_was_said_is_not_said_again(claims, fact):
    (spec,) = claims('[a]\nroles = { a = "a" }\nunsaid = ["a"]\n').values()
    sheet = FactSheet("BTC", datetime(2026, 5, 22, tzinfo=UTC), (fact("a"),))
    assert isinstance(make_claim(spec, sheet, SCOPE, {"BTC/a"}), LeftOut)
    assert roles(make_claim(spec, sheet, SCOPE)) == {"a": "BTC/a"}


def test_sides_are_those_of_the_story(made, fact):
    claim = made('roles = { a = "a side=$side", b = "a side=$other" }', fact("a", side="short"), fact("a", side="long"))
    assert roles(claim) == {"a": "BTC/a/side=long", "b": "BTC/a/side=short"}


def test_like_never_mixes_two_exchanges(made, fact):
    rates = (fact("rate", venue="Binance", window=8), fact("cost", venue="Bybit", window=8))
    assert isinstance(made('roles = { rate = "rate", cost = "cost like=rate" }', *rates), LeftOut)
    claim = made('roles = { rate = "rate", cost = "cost like=rate" }', *rates, fact("cost", venue="Binance", window=8))
    assert roles(claim)["cost"] == "BTC/cost/venue=Binance/window=8h"


def test_like_may_be_asked_of_some_parts_only(made, fact):
    facts = (fact("rate", venue="Binance", window=8), fact("days", venue="Binance"))
    assert isinstance(made('roles = { rate = "rate", days = "days like=rate" }', *facts), LeftOut)
    claim = made('roles = { rate = "rate", days = "days like=rate:asset,venue" }', *facts)
    assert roles(claim)["days"] == "BTC/days/venue=Binance"


def test_what_is_named_beside_like_counts_before_it(made, fact):
    facts = (fact("size", side="long", at="5%"), fact("size", side="short", at="5%"))
    claim = made('roles = { a = "size side=long", b = "size like=a side=$other" }', *facts)
    assert roles(claim)["b"] == "BTC/size/side=short/at=5%"


def test_other_asks_for_a_fact_that_differs(made, fact):
    facts = (fact("rate", venue="Binance"), fact("rate", venue="Bybit"))
    assert roles(made('roles = { a = "rate", b = "rate other=a:venue" }', *facts))["b"] == "BTC/rate/venue=Bybit"
    assert isinstance(made('roles = { a = "rate", b = "rate other=a:venue" }', facts[0]), LeftOut)


def test_a_claim_keeps_its_modality(made, fact):
    assert made('modality = "modelled"\nroles = { a = "a" }', fact("a")).modality == "modelled"


@pytest.mark.parametrize("text", ['colour = "red"', 'modality = "guessed"'])
def test_what_is_not_known_is_refused(claims, text):
    with pytest.raises(ConfigError, match="'a'"):
        claims(f"[a]\n{text}")


def test_a_claim_defined_twice_is_refused(claims, tmp_path):
    claims("[a]\n")
    (tmp_path / "claims" / "too.toml").write_text("[a]\n")
    with pytest.raises(ConfigError, match="twice"):
        claims("[a]\n")


def test_a_sum_of_our_own_map_is_told_by_its_two_ends_and_never_by_one_point(made, fact):
    def ours(metric):
        return dataclasses.replace(fact(metric, 90_000_000), source=("commentary",), evidence="estimated")

    point, low, high = ours("cluster_size"), ours("cluster_size_low"), ours("cluster_size_high")
    left = made('roles = { size = "cluster_size" }', point, low, high)
    assert isinstance(left, LeftOut)
    assert "told as a range" in left.reason
    assert isinstance(
        made('roles = { low = "cluster_size_low" }\noptional = { size = "cluster_size" }', point, low), LeftOut
    )
    ends = 'roles = { low = "cluster_size_low", high = "cluster_size_high" }'
    assert list(roles(made(ends, point, low, high))) == ["low", "high"]
    # A vendor's model has one figure.
    vendors = dataclasses.replace(fact("cluster_size", 90_000_000), evidence="estimated")
    assert list(roles(made('roles = { size = "cluster_size" }', vendors))) == ["size"]

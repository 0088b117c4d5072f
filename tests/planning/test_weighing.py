"""What gives way and what goes first is decided by how newsworthy each kind of data is."""

from decimal import Decimal

from commentary.planning.weighing import nucleus, weight
from commentary.records.plan import Claim
from commentary.records.story import Score

OI = Score("open_interest", Decimal("0.9"), "")
FUNDING = Score("funding", Decimal("0.1"), "")
SPECS = """
[oi]
roles = { a = "oi_coin" }
[rate]
roles = { a = "funding_rate" }
[bare]
"""


def frames(plan):
    return [claim.frame for section in plan.sections for paragraph in section.paragraphs for claim in paragraph]


def test_a_claim_weighs_as_much_as_the_weightiest_kind_of_its_facts(fact):
    scores = {score.kind: score for score in (OI, FUNDING)}
    claim = Claim("x", (("a", fact("oi_change_coin")), ("b", fact("funding_rate"))))
    assert weight(claim, scores) == Decimal("0.9")
    assert nucleus([(Claim("y", (("a", fact("funding_rate")),)), claim)], scores) == Decimal("0.9")


def test_what_has_no_score_weighs_as_the_unknown(fact):
    # data/newsworthiness.toml: 0.3
    assert weight(Claim("x", (("a", fact("price")),)), {"funding": FUNDING}) == Decimal("0.3")
    assert weight(Claim("x"), {}) == Decimal("0.3")


def test_the_least_newsworthy_optional_sentence_gives_way_first(plan, fact):
    facts = [fact("oi_coin"), fact("funding_rate")]
    sections = [{"paragraphs": [["bare", "?oi", "?rate"]]}]
    # Three sentences of 150 words each are 450, over the limit of 300 by one sentence.
    made = plan(facts, SPECS, length="standard", words=lambda claim: 150, scores=(OI, FUNDING), sections=sections)
    assert frames(made) == ["bare", "oi"]
    assert "450 words" in dict(made.left_out)["rate"]
    assert "0.1" in dict(made.left_out)["rate"]


def test_of_two_that_weigh_alike_the_later_gives_way(plan, fact):
    facts = [fact("oi_coin"), fact("funding_rate")]
    sections = [{"paragraphs": [["?oi", "?rate", "bare"]]}]
    made = plan(facts, SPECS, length="standard", words=lambda claim: 150, sections=sections)
    assert frames(made) == ["oi", "bare"]


def test_nothing_gives_way_within_the_limit_or_in_full_length(plan, fact):
    facts = [fact("oi_coin"), fact("funding_rate")]
    sections = [{"paragraphs": [["?oi", "?rate"]]}]
    assert frames(plan(facts, SPECS, length="standard", words=lambda _: 150, sections=sections)) == ["oi", "rate"]
    assert frames(plan(facts, SPECS, length="full", words=lambda _: 900, sections=sections)) == ["oi", "rate"]


def test_a_sentence_that_may_not_give_way_stays_over_the_limit(plan, fact):
    sections = [{"paragraphs": [["oi", "rate"]]}]
    made = plan([fact("oi_coin"), fact("funding_rate")], SPECS, length="standard", words=lambda _: 400,
                sections=sections)  # fmt: skip
    assert frames(made) == ["oi", "rate"]


def test_movable_sections_go_by_weight_and_the_others_keep_their_places(plan, fact):
    sections = [
        {"paragraphs": [["bare"]]},
        {"paragraphs": [["rate"]], "movable": True},
        {"paragraphs": [["oi"]], "movable": True},
    ]
    facts = [fact("oi_coin"), fact("funding_rate")]
    made = plan(facts, SPECS, length="standard", scores=(OI, FUNDING), sections=sections)
    assert frames(made) == ["bare", "oi", "rate"]
    assert frames(plan(facts, SPECS, length="standard", sections=sections)) == ["bare", "rate", "oi"]

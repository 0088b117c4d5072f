"""The plan: what is said at which length, in which order, and what is left out and why."""

import pytest

from commentary.errors import ConfigError
from commentary.records.story import NoStory


def frames(paragraphs):
    return [[claim.frame for claim in paragraph] for paragraph in paragraphs]


def section(*paragraphs, **more):
    return {"paragraphs": [list(paragraph) for paragraph in paragraphs], **more}


FOUR = '[a]\nroles = { a = "a" }\n[b]\nroles = { b = "b" }\n[c]\nroles = { c = "c" }\n[d]\nroles = { d = "d" }\n'


def test_the_first_that_the_facts_carry_is_said(plan, fact):
    made = plan([fact("b")], FOUR, sections=[section(["a | b | c"])], length="standard")
    assert frames(made.sections[0].paragraphs) == [["b"]]


def test_what_is_left_out_is_kept_with_its_reason(plan, fact):
    made = plan([fact("b")], FOUR, sections=[section(["b", "a"])], length="standard")
    reasons = dict(made.left_out)
    assert set(reasons) == {"a"}
    assert reasons["a"]


def test_a_claim_that_cannot_be_worded_is_left_out(plan, fact):
    made = plan(
        [fact("a"), fact("b")],
        FOUR,
        sections=[section(["b", "a"])],
        length="standard",
        can_say=lambda claim: claim.frame != "a",
    )
    assert frames(made.sections[0].paragraphs) == [["b"]]
    assert "wording" in dict(made.left_out)["a"]


@pytest.mark.parametrize("length", ["standard", "brief"])
@pytest.mark.parametrize(
    ("facts", "opens"),
    [("ab", ["a", "b"]), ("b", None), ("bc", None), ("ud", ["u", "d"]), ("vd", None), ("vab", ["v", "a", "b"])],
)
def test_a_body_opens_with_its_lead_or_there_is_no_story(plan, fact, length, facts, opens):
    # "a" is the lead; what is new of an event, u, may stand in its place, and what became of the label, v, not.
    specs = f'{FOUR}["update.u"]\nroles = {{ u = "u" }}\n["update.label"]\nroles = {{ v = "v" }}\n'
    first = ["update.u | update.label", "a", "b", "d"]
    made = plan(
        [fact(name) for name in facts],
        specs,
        sections=[section(first, ["c"])],
        brief=[first, ["c"]],
        length=length,
    )
    if opens is None:
        assert isinstance(made, NoStory)
        assert made.reasons[0] == "no lead fits"
        assert any(reason.startswith("a: ") for reason in made.reasons)
        return
    names = {"update.u": "u", "update.label": "v"}
    assert [names.get(frame, frame) for frame in frames(made.sections[0].paragraphs)[0]] == opens


def test_a_record_of_a_wrap_may_open_it_and_need_not(plan, fact):
    specs = f'{FOUR}["wrap.record.first"]\nroles = {{ r = "r" }}\n'
    sections = [section(["wrap.record.first"], ["a", "b"])]
    for facts, opens in (("ab", "a"), ("rab", "wrap.record.first"), ("b", None)):
        made = plan([fact(name) for name in facts], specs, sections=sections, length="standard")
        if opens is None:
            assert isinstance(made, NoStory)
        else:
            assert frames(made.sections[0].paragraphs)[0][0] == opens


def test_plus_is_said_in_full_only_and_minus_in_every_other_length(plan, fact):
    facts = [fact(name) for name in "abc"]
    said = {
        length: frames(plan(facts, FOUR, sections=[section(["+a", "-b", "c"])], length=length).sections[0].paragraphs)
        for length in ("standard", "full")
    }
    assert said == {"standard": [["b", "c"]], "full": [["a", "c"]]}


def test_a_section_of_the_full_length_is_in_no_other(plan, fact):
    sections = [section(["a"]), section(["b"], only_full=True)]
    facts = [fact("a"), fact("b")]
    assert len(plan(facts, FOUR, sections=sections, length="standard").sections) == 1
    assert len(plan(facts, FOUR, sections=sections, length="full").sections) == 2


def test_a_brief_has_its_own_paragraphs_and_no_questions(plan, fact):
    made = plan([fact("a"), fact("b")], FOUR, brief=[["b"]], faq=[{"question": "a", "answer": ["b"]}], length="brief")
    assert frames(made.sections[0].paragraphs) == [["b"]]
    assert made.faq == ()


@pytest.mark.parametrize(("count", "length"), [(4, "brief"), (5, "standard")])
def test_the_length_follows_the_number_of_facts(plan, fact, count, length):
    names = [f"f{i}" for i in range(count)]
    specs = "".join(f'[{name}]\nroles = {{ x = "{name}" }}\n' for name in names)
    made = plan([fact(name) for name in names], specs + "[a]\n", sections=[section(names)])
    assert made.length == length


def test_few_facts_have_at_most_two_subheads(plan, fact):
    heads = "[h]\n[i]\n[j]\n"
    sections = [section(["a"]), *(section([name], heading=head) for name, head in zip("bcd", "hij", strict=True))]
    made = plan([fact(name) for name in "abcd"], FOUR + heads, sections=sections, length="standard")
    assert [part.heading.frame if part.heading else None for part in made.sections] == [None, "h", "i"]
    assert frames(made.sections[2].paragraphs) == [["c"], ["d"]]


def test_an_empty_section_has_no_heading(plan, fact):
    made = plan([fact("a")], FOUR + "[h]\n", sections=[section(["a"]), section(["b"], heading="h")], length="full")
    assert [part.heading for part in made.sections] == [None]


def test_unknowns_stop_at_their_number(plan, fact):
    made = plan([fact(name) for name in "abcd"], FOUR, unknowns=["d", "a", "b"], unknowns_at_most=2)
    assert [claim.frame for claim in made.unknowns] == ["d", "a"]


CAVEAT = '[caveat]\nroles = { a = "a" }\nsaid = ["a"]\n'


def test_a_caveat_stands_only_where_its_figure_stands_before(plan, fact):
    layout = {"sections": [section(["a"])], "brief": [["b"]], "unknowns": ["caveat"], "digest": ["a"]}
    facts = [fact("a"), fact("b")]
    assert [claim.frame for claim in plan(facts, FOUR + CAVEAT, length="standard", **layout).unknowns] == ["caveat"]
    assert plan(facts, FOUR + CAVEAT, length="brief", **layout).unknowns == ()


def test_a_candidate_for_the_headline_and_a_section_left_out_say_nothing(plan, fact):
    facts = [fact("a"), fact("b")]
    second = plan(
        facts, FOUR + CAVEAT, headlines=["b", "a"], sections=[section(["b"])], unknowns=["caveat"], length="standard"
    )
    assert second.unknowns == ()
    sections = [section(["b"]), section(["a"], heading="d")]
    assert plan(facts, FOUR + CAVEAT, sections=sections, unknowns=["caveat"], length="standard").unknowns == ()


def test_a_question_without_an_answer_is_not_asked(plan, fact):
    faq = [{"question": "a", "answer": ["b"]}, {"question": "a", "answer": ["c"]}, {"question": "+a", "answer": ["c"]}]
    made = plan([fact("a"), fact("c")], FOUR, faq=faq, length="standard")
    assert [(item.question.frame, [claim.frame for claim in item.answer]) for item in made.faq] == [("a", ["c"])]


def test_a_story_that_no_headline_fits_is_none(plan, fact):
    made = plan([fact("a")], FOUR, headlines=["b"], digest_title="head")
    assert isinstance(made, NoStory)
    assert made.reasons


@pytest.mark.parametrize(("emphasis", "relation"), [("long", "above"), ("short", "below")])
def test_a_return_across_a_level_depends_on_the_side(plan, fact, emphasis, relation):
    conditions = [{"metric": "price", "relation": "back", "threshold": "b side=$side", "window_hours": 72, "say": "a"}]
    facts = [fact("a"), fact("b", side="long"), fact("b", side="short")]
    (condition,) = plan(facts, FOUR, conditions=conditions, emphasis=emphasis).conditions
    assert (condition.relation, condition.threshold.subject.side) == (relation, emphasis)


def test_a_condition_without_its_threshold_is_none(plan, fact):
    conditions = [{"metric": "price", "relation": "below", "threshold": "b", "window_hours": 72, "say": "a"}]
    assert plan([fact("a")], FOUR, conditions=conditions).conditions == ()


def test_a_sentence_that_no_claim_defines_is_refused(plan, fact):
    with pytest.raises(ConfigError, match="'nowhere'"):
        plan([fact("a")], FOUR, standfirst=["nowhere"])


def test_a_frame_needs_no_claim(plan, fact):
    made = plan([fact("a")], FOUR, standfirst=["frame.reading"])
    assert [(claim.frame, claim.modality) for claim in made.standfirst] == [("frame.reading", "definition")]

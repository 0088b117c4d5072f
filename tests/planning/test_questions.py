"""The bank of questions: what is asked of a text, and what is not."""

import pytest

from commentary.errors import ConfigError
from commentary.planning.questions import AT_MOST, Asking, Text, choose, load_questions
from commentary.records.plan import Claim, PlannedAnswer


@pytest.fixture
def bank(tmp_path):
    """Return a function: the text of files in, their questions out."""

    def make(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return load_questions(tmp_path)

    return make


@pytest.fixture
def chosen(fact):
    """Return a function: a bank and what the text tells in, the frames of the questions that are asked out."""

    def make(
        bank,
        *,
        length="standard",
        frames=(),
        metrics=("a",),
        lacks=(),
        fails=(),
        before=(),
        asked=(),
        seed=0,
        every=False,
        facts=None,
        told=("a",),
        about=(),
    ):
        held = facts or {}

        def first(entry):
            for frame in (one.strip() for one in entry.split("|")):
                if frame not in lacks:
                    return Claim(frame, tuple((metric, fact(metric)) for metric in held.get(frame, ())))
            return None

        asking = Asking(bank, asked, seed, every)
        text = Text(frozenset(frames), frozenset(metrics), frozenset(fact(metric).id for metric in told), about)
        return choose(asking, length, text, before, first, lambda condition: "no" if condition in fails else "")

    return make


def names(made):
    return [item.question.frame for item in made.answers]


def table(name, weight=5, **more):
    lines = [f'["{name}"]', f'question = "{name}.q"', f'answer = ["{name}.a"]', f"weight = {weight}"]
    return "\n".join((*lines, *(f"{key} = {value}" for key, value in more.items()), ""))


THREE = table("x", 3) + table("y", 9) + table("z", 6)


@pytest.mark.parametrize(
    ("length", "asked"), [("brief", []), ("standard", ["y.q", "z.q"]), ("full", ["y.q", "z.q", "x.q"])]
)
def test_the_most_pressing_are_asked_as_many_as_the_length_has_room_for(bank, chosen, length, asked):
    assert names(chosen(bank(one=table("x", 3), two=table("y", 9), three=table("z", 6)), length=length)) == asked
    assert AT_MOST[length] >= len(asked)


def test_a_figure_of_a_question_is_one_that_the_text_tells(bank, chosen):
    two = bank(one=table("x", 9) + table("y", 3))
    asks = {"x.q": ("total",)}
    assert names(chosen(two, facts=asks)) == ["y.q"]
    assert names(chosen(two, facts=asks, told=("total",))) == ["x.q", "y.q"]


def test_a_story_is_asked_of_what_it_is_about(bank, chosen):
    two = bank(one=table("x", 9, about='["a"]') + table("y", 3, about='["b"]'))
    assert names(chosen(two, metrics=("a", "b"), about=("b",))) == ["y.q"]
    assert names(chosen(two, metrics=("a", "b"))) == ["x.q", "y.q"]


def test_what_the_text_does_not_tell_of_is_not_asked(bank, chosen):
    two = bank(t=table("x", about='["oi"]') + table("y", about='["funding"]'))
    assert names(chosen(two, metrics=["oi_coin"])) == ["x.q"]
    assert names(chosen(two, metrics=["oi"])) == ["x.q"]
    assert names(chosen(two, metrics=["oily"])) == []


def test_what_the_text_has_answered_is_not_asked(bank, chosen):
    two = bank(t=table("x", repeats='["said.*"]') + table("y"))
    assert names(chosen(two, frames=["said.so"])) == ["y.q"]
    # A sentence of the answer stands in the text already.
    assert names(chosen(two, frames=["y.a"])) == ["x.q"]
    assert ("faq x", "said.so answers it") in chosen(two, frames=["said.so"]).left_out


def test_without_its_facts_or_against_its_conditions_a_question_is_not_asked(bank, chosen):
    two = bank(t=table("x", when='["c"]') + table("y"))
    assert names(chosen(two, fails=["c"])) == ["y.q"]
    assert names(chosen(two, lacks=["y.a"])) == ["x.q"]
    assert names(chosen(two, lacks=["y.q"])) == ["x.q"]


def test_an_answer_of_two_sentences_has_both_or_is_none(bank, chosen):
    one = bank(t='[x]\nquestion = "x.q | x.r"\nanswer = ["a | b", "c"]\n')
    assert [[claim.frame for claim in item.answer] for item in chosen(one, lacks=["a"]).answers] == [["b", "c"]]
    assert names(chosen(one, lacks=["x.q"])) == ["x.r"]
    assert names(chosen(one, lacks=["c"])) == []


def test_what_was_asked_of_late_stands_behind_all_others(bank, chosen):
    three = bank(t=THREE)
    made = chosen(three, asked=["y.q"])
    assert names(made) == ["z.q", "x.q"]
    assert made.asked == ("y.q",)
    # Nothing else is left to ask.
    assert names(chosen(bank(t=table("y", 9)), asked=["y.q"])) == ["y.q"]


def test_a_question_of_several_frames_was_asked_if_any_of_them_was(bank, chosen):
    two = bank(t='[x]\nquestion = "x.q | x.r"\nanswer = ["x.a"]\nweight = 9\n' + table("y"))
    assert names(chosen(two, asked=["x.r"])) == ["y.q", "x.q"]


def test_what_a_feed_remembers_as_containers_do_is_enough(bank, chosen):
    class Feed:
        def __contains__(self, frame):
            return frame == "y.q"

    assert names(chosen(bank(t=THREE), asked=Feed())) == ["z.q", "x.q"]


def test_a_second_question_of_a_topic_presses_less(bank, chosen):
    both = bank(one=table("x", 7) + table("y", 6), two=table("z", 5))
    assert names(chosen(both)) == ["x.q", "z.q"]


def test_an_answer_without_a_figure_of_its_own_presses_less(bank, chosen):
    both = bank(one=table("x", 7), two=table("y", 5), three=table("z", 5))
    facts = {"x.a": ["f", "g"], "y.a": ["f"], "z.a": ["h"]}
    assert all(names(chosen(both, facts=facts, seed=seed)) == ["x.q", "z.q"] for seed in range(8))


def test_one_question_does_not_repeat_another(bank, chosen):
    both = bank(one=table("x", 7), two=table("y", 6, repeats='["x.a"]'), three=table("z", 2))
    assert names(chosen(both)) == ["x.q", "z.q"]


def test_the_seed_chooses_among_those_that_press_alike(bank, chosen):
    files = {name: table(name) for name in "vwxyz"}
    found = {tuple(names(chosen(bank(**files), seed=seed))) for seed in range(20)}
    assert len(found) > 5
    assert names(chosen(bank(**files), seed=3)) == names(chosen(bank(**files), seed=3))


def test_what_a_story_always_asks_comes_first_and_counts(bank, chosen):
    own = PlannedAnswer(Claim("own.q"), (Claim("own.a"),))
    assert names(chosen(bank(t=THREE), before=[own])) == ["own.q", "y.q"]
    assert names(chosen(bank(t=THREE), before=[own, own, own])) == ["own.q", "own.q"]
    # The bank has the story's own question too.
    again = bank(t=table("own", 9) + table("z", 2))
    assert names(chosen(again, before=[own])) == ["own.q", "z.q"]


def test_a_question_of_the_long_form_is_kept_for_it(bank, chosen):
    two = bank(t=table("x", 9, only_full="true") + table("y"))
    assert names(chosen(two)) == ["y.q"]
    assert names(chosen(two, length="full")) == ["x.q", "y.q"]


def test_every_question_can_be_had_to_try_its_wordings(bank, chosen):
    assert names(chosen(bank(t=THREE), every=True)) == ["y.q", "z.q", "x.q"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (table("x") + 'hint = "a"\n', "'hint', not known"),
        ('[x]\nquestion = "x.q"\n', "no 'answer'"),
        (table("x", 12), "write 1 to 9"),
        (table("x", '"much"'), "write 1 to 9"),
    ],
)
def test_a_slip_in_the_bank_is_named(bank, text, said):
    with pytest.raises(ConfigError, match=said):
        bank(t=text)


def test_two_questions_of_one_name_are_refused(bank):
    with pytest.raises(ConfigError, match="asked twice"):
        bank(a=table("x"), b=table("x"))

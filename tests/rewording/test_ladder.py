"""Rounds of a ladder: what is asked when, and that every sentence has an end."""

from collections.abc import Mapping
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.records.writer import Failed, Returned
from commentary.rewording.judge.base import Fault
from commentary.rewording.ladder import Ladder, Limits, reword, seed_for
from commentary.rewording.prompt import prompt_sha256
from tests.rewording.fake_writer import FakeWriter, echo, fails, says, sentence_of

SENTENCES = [sentence_of("map.count_stops", number) for number in (1, 2, 3)]
GOOD = "good"
CAUSE = Fault("words.new", "because", "“because” may say what the sentence does not; leave it out")


def judge(_: object, text: str) -> tuple[Fault, ...]:
    """A judge that lets one text stand."""
    return () if text == GOOD else (CAUSE,)


def nothing(standing: Mapping[int, str], new: Mapping[int, str]) -> dict[int, tuple[Fault, ...]]:
    return {}


def climbed(writer: FakeWriter, sentences=SENTENCES[:1], **options) -> Ladder:
    ticks = count()
    given_ = {
        "code": "en",
        "limits": Limits(10, 120),
        "judge": judge,
        "accept": nothing,
        "clock": lambda: float(next(ticks)),
        **options,
    }
    return reword(sentences, [f"place {i}" for i in range(len(sentences))], writer, **given_)


def test_all_sentences_are_asked_for_at_once():
    writer = FakeWriter(says(GOOD))
    ladder = climbed(writer, SENTENCES)
    assert [len(tasks) for tasks in writer.asked] == [3]
    assert [(one.text, one.how, one.attempts) for one in ladder.climbed] == [(GOOD, "first", 1)] * 3


def test_a_refused_answer_is_repaired_with_what_is_wrong_with_it():
    writer = FakeWriter(says("bad because"), says(GOOD))
    (one,) = climbed(writer).climbed
    *_, answer, told = writer.asked[1][0].messages
    assert (answer.role, answer.content) == ("assistant", "bad because")
    assert (told.role, CAUSE.message in told.content) == ("user", True)
    assert (one.text, one.how, one.attempts, one.met, one.tokens) == (GOOD, "repair", 2, ("words.new",), 14)
    assert one.prompt_sha256 == prompt_sha256(writer.asked[1][0].messages)


def test_only_what_was_refused_is_asked_for_again():
    answers = iter([Returned(GOOD, 1), Returned("bad", 1), Returned(GOOD, 1)])
    writer = FakeWriter(lambda task: next(answers), says(GOOD))
    ladder = climbed(writer, SENTENCES)
    assert [len(tasks) for tasks in writer.asked] == [3, 1]
    assert [one.how for one in ladder.climbed] == ["first", "repair", "first"]


def test_after_two_repairs_it_is_written_anew_with_another_seed():
    writer = FakeWriter(says("a"), says("b"), says("c"), says(GOOD))
    (one,) = climbed(writer).climbed
    first, *_, last = (tasks[0] for tasks in writer.asked)
    assert (one.how, one.attempts) == ("resample", 4)
    assert last.messages == first.messages
    assert len({tasks[0].seed for tasks in writer.asked}) == 4
    assert one.seed == last.seed


def test_a_second_repair_remembers_the_first():
    writer = FakeWriter(says("one"), says("two"), says(GOOD))
    climbed(writer)
    told = [message.content for message in writer.asked[2][0].messages if message.role == "assistant"]
    assert told[-2:] == ["one", "two"]


def test_what_stays_refused_is_the_templates():
    writer = FakeWriter(says("bad"))
    ladder = climbed(writer)
    (one,) = ladder.climbed
    assert (one.text, one.how, one.attempts, one.met) == (None, "template", 4, ("words.new",) * 4)
    assert dict(ladder.summary().why) == {"words": 1}


@pytest.mark.parametrize("kind", ["timeout", "refusal", "empty", "malformed"])
def test_what_never_came_cannot_be_repaired_and_is_asked_for_once_more(kind):
    writer = FakeWriter(fails(kind), says(GOOD))
    (one,) = climbed(writer).climbed
    assert (one.how, one.attempts, one.met) == ("resample", 2, (kind,))
    assert writer.asked[0][0].messages == writer.asked[1][0].messages


def test_a_whole_round_lost_on_the_way_ends_it():
    writer = FakeWriter(fails("transport"))
    ladder = climbed(writer, SENTENCES[:2])
    assert len(writer.asked) == 1
    assert ladder.summary().why == {"transport": 2}


def test_after_three_losses_nothing_is_asked_any_more_and_what_came_is_kept():
    answers = iter([Failed("transport", "")] * 3 + [Returned("bad", 1), Returned(GOOD, 1)])
    writer = FakeWriter(lambda task: next(answers))
    ladder = climbed(writer, [*SENTENCES, *SENTENCES[:2]])
    assert len(writer.asked) == 1
    assert [one.how for one in ladder.climbed] == ["template"] * 4 + ["first"]
    assert ladder.summary().why == {"transport": 4}


def test_two_losses_among_others_end_nothing():
    answers = iter([Failed("transport", "")] * 2 + [Returned(GOOD, 1)])
    writer = FakeWriter(lambda task: next(answers), says(GOOD))
    assert [one.how for one in climbed(writer, SENTENCES).climbed] == ["resample", "resample", "first"]


def test_each_round_has_what_is_left_of_the_budget():
    # The clock goes on by a second whenever it is read: at the start, before each round and behind it.
    writer = FakeWriter(says("bad"))
    climbed(writer, limits=Limits(10, 6))
    assert writer.seconds == [5, 3, 1]


def test_a_budget_that_is_used_up_leaves_the_templates_sentence():
    writer = FakeWriter(says("bad"))
    ladder = climbed(writer, limits=Limits(10, 2))
    assert len(writer.asked) == 1
    assert ladder.summary().why == {"budget": 1}


def test_without_a_budget_nothing_is_asked():
    writer = FakeWriter(says(GOOD))
    (one,) = climbed(writer, limits=Limits(10, 0)).climbed
    assert (writer.asked, one.attempts, one.prompt_sha256, one.met) == ([], 0, "", ("budget",))


def test_what_the_article_refuses_is_repaired_too():
    seen = []

    def accept(standing, new):
        seen.append((dict(standing), dict(new)))
        return {0: (CAUSE,)} if len(seen) == 1 else {}

    writer = FakeWriter(says(GOOD))
    ladder = climbed(writer, SENTENCES[:2], accept=accept)
    assert [one.how for one in ladder.climbed] == ["repair", "first"]
    assert seen == [({}, {0: GOOD, 1: GOOD}), ({1: GOOD}, {0: GOOD})]


def test_the_templates_own_words_are_told_apart():
    ladder = climbed(FakeWriter(echo), judge=lambda sentence, text: ())
    summary = ladder.summary()
    assert ladder.climbed[0].same
    assert (summary.accepted, summary.same) == (1, 1)


def test_a_progress_bar_is_told_of_each_sentence_once():
    told = []
    climbed(FakeWriter(says("bad")), SENTENCES, done=told.append)
    assert sum(told) == 3


def test_seeds_go_by_place_and_turn():
    assert seed_for("a", 0) == seed_for("a", 0)
    assert len({seed_for(place, turn) for place in "ab" for turn in range(4)}) == 8
    assert all(0 <= seed_for("a", turn) < 2**31 for turn in range(100))


RESULTS = st.one_of(
    st.sampled_from([GOOD, "bad", "", "Sentence: [X]\n" * 3]).map(lambda text: Returned(text, 1)),
    st.sampled_from(["timeout", "transport", "refusal", "empty", "malformed", "budget"]).map(
        lambda kind: Failed(kind, "")
    ),
)


@given(st.lists(st.lists(RESULTS, min_size=3, max_size=3), min_size=4, max_size=4))
def test_whatever_comes_every_sentence_has_an_end_and_only_what_is_good_stands(rounds):
    left = [iter(one) for one in rounds]
    writer = FakeWriter(*(lambda task, one=one: next(one) for one in left))
    ladder = climbed(writer, SENTENCES)
    summary = ladder.summary()
    assert {one.text for one in ladder.climbed} <= {GOOD, None}
    assert all((one.text is None) == (one.how == "template") for one in ladder.climbed)
    assert all(one.met for one in ladder.climbed if one.text is None)
    assert summary.accepted + summary.template == 3 == summary.accepted + sum(summary.why.values())
    assert all(one.attempts <= 4 for one in ladder.climbed)

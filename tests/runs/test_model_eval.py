"""What a model is worth: counts, time, variety and examples of drafts that it reworded, worked out by hand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.config.model_settings import ModelSettings
from commentary.pipeline import rewording_draft
from commentary.pipeline.rewording_draft import Model
from commentary.records.model_eval import ModelEval, SentenceCounts, Speed
from commentary.records.writer import Returned
from commentary.runs.eval import snapshot_path
from commentary.runs.measures.variety import bleu
from commentary.runs.model_eval.run import Feed, Progress, run
from commentary.runs.model_eval.sample import sample
from commentary.runs.model_eval.varieties import variety
from commentary.runs.model_eval.verdict import verdict
from commentary.runs.model_eval.worded import masked, words
from tests.rewording.fake_writer import FakeWriter, echo, fails, says, shown

PLACES = [snapshot_path(name) for name in ("btc-short-side", "btc-stale")]
"""Four open sentences, and no news."""
LEAD = "[SOURCE_A] models"
STOPS = "Where on the way to [PRICE_A] the positions sit"
TEST = "On a [TURN_A] to [PRICE_A]"
NO_TEST = "No fair test"
OTHER_STOPS = (
    "Nothing marks [PRICE_A] as a dense level or as [SIDED_A]: the sum ends there, and where on the way the positions "
    "sit the data does not show."
)


class Clocked(FakeWriter):
    """Takes as many seconds for each sentence as a test says, one after the other."""

    def __init__(self, *answers, seconds=lambda task: 2.0):
        super().__init__(*answers)
        self.seconds_of = seconds
        self.now = 0.0

    def write(self, tasks, *, call_s, total_s, done=lambda count: None):
        results = super().write(tasks, call_s=call_s, total_s=total_s)
        for task in tasks:
            self.now += self.seconds_of(task)
            done(1)
        return results

    def model(self, **options):
        return Model(self, clock=lambda: self.now, **options)


def by_beginning(**answers):
    """Return an answer that goes by how the sentence begins."""
    known = {LEAD: answers["lead"], STOPS: answers["stops"], TEST: answers["test"], NO_TEST: answers["no_test"]}
    return lambda task: next(answer for begins, answer in known.items() if shown(task).startswith(begins))(task)


def tens(answer):
    return lambda task: Returned(answer or shown(task), 10)


@pytest.fixture(scope="module")
def result():
    """The lead comes back as it was, what a sum stops at is said otherwise, a test is refused four times, and that
    there is none does not come at first, and then as it was.
    """
    first = by_beginning(lead=tens(None), stops=tens(OTHER_STOPS), test=tens("Longs."), no_test=fails("timeout"))
    later = by_beginning(lead=None, stops=None, test=tens("Longs."), no_test=tens(None))
    writer = Clocked(first, later, seconds=lambda task: 5.0 if shown(task).startswith(NO_TEST) else 2.0)
    return run(PLACES, writer.model(), examples=2)


def test_sentences_are_counted_by_what_became_of_them(result):
    assert result.all == SentenceCounts(
        open=4, first=2, repair=0, resample=1, same=2, skeleton=1, own=1, fallback=1, reasons={"slots": 1}
    )


def test_each_snapshot_has_its_row_and_no_news_is_one(result):
    short, stale = result.stories
    assert (short.snapshot, short.story, short.open, short.own) == ("btc-short-side", "liquidation_map", 4, 1)
    assert (stale.snapshot, stale.story, stale.open) == ("btc-stale", "none", 0)
    assert (result.drafts, result.passing, short.passes) == (1, 1, True)


def test_answers_are_counted_by_what_was_wrong_with_them_first(result):
    # Asked for, repaired twice, written anew.
    assert (result.refused.judge, result.refused.check) == ({"slots.missing": 4}, {})
    assert result.refused.failures == {"timeout": 1}


def test_time_is_that_of_the_writing(result):
    # Asked for: 2 + 2 + 2 + 5 seconds; two repairs of 2; written anew: 2 + 5. Seven answers of 10 tokens.
    speed = Speed(calls=8, tokens=70, writing_seconds=22, tokens_per_second=3.2, seconds_per_draft=22, longest_wait=5)
    assert result.speed == speed


def test_it_is_told_which_model_and_how_it_was_asked(result):
    assert (result.model, result.revision, result.weights_sha256) == ("fake-1", "r7", "ab" * 32)
    assert (result.where, result.temperature) == ("in process", 0.5)


def test_accepted_sentences_are_likened_to_the_templates_own(result):
    stops = "Where on the way to <price> the positions sit is not in the data, so that price is the end of a sum, not "
    own = bleu(masked(OTHER_STOPS), [masked(f"{stops}a dense level and not <sided>.")])
    assert 0 < own < 50
    # Two of three are the template's own words.
    assert result.bleu_to_template == round((100 + 100 + own) / 3, 2)


def test_examples_stand_beside_the_template(result):
    accepted, refused = result.examples
    assert (accepted.accepted, accepted.snapshot, accepted.code) == (True, "btc-short-side", "")
    assert accepted.template.startswith("Where on the way to $65,700 the positions sit")
    assert accepted.model.startswith("Nothing marks $65,700 as a dense level or as resistance")
    assert (refused.accepted, refused.code, refused.model) == (False, "slots.missing", "Longs.")
    assert refused.template.startswith(TEST)
    assert refused.message


def test_none_are_shown_where_none_are_asked_for():
    assert run(PLACES[:1], Clocked(echo).model(), examples=0).examples == ()


def test_the_verdict_goes_by_its_own_words(result):
    assert result.verdict == (
        "Of some use: 1 of 4 open sentences (25%) are in its own words and pass every check, at 22.0 s a draft; the "
        "others read as they do without it. Calls took too long: raise call_seconds in [model], or use a smaller model "
        "(timeout 1)."
    )


def test_a_model_that_gives_back_what_it_was_shown_changes_nothing():
    result = run(PLACES, Clocked(echo).model())
    assert (result.all.first, result.all.same, result.all.skeleton, result.all.own) == (4, 4, 0, 0)
    assert result.bleu_to_template == 100
    assert result.sentences.template == result.sentences.model
    assert result.bodies.template == result.bodies.model
    assert result.examples == ()
    assert result.verdict == (
        "Not worth using: none of 4 open sentences is in its own words; the drafts read as without it."
    )


def test_other_signs_alone_are_another_skeleton_and_no_words_of_its_own():
    def signs(task):
        return Returned(shown(task).replace(". A loss", "; a loss"), 1)

    result = run(PLACES, Clocked(signs).model())
    assert (result.all.skeleton, result.all.own) == (1, 0)
    assert result.examples == ()


def test_what_the_check_refuses_is_told_apart_from_what_the_judge_refuses(monkeypatch):
    monkeypatch.setattr(rewording_draft, "faults", lambda *_: ())
    result = run(PLACES[:1], Clocked(lambda task: Returned(f"{shown(task)} Buy now.", 1)).model())
    assert (result.all.fallback, result.refused.judge, result.passing) == (4, {}, 1)
    assert sum(result.refused.check.values()) == 16
    assert set(result.all.reasons) <= {code.partition(".")[0] for code in result.refused.check} | {"altered"}


def test_a_draft_that_does_not_pass_is_told(monkeypatch):
    """Where neither judge nor the check of the article looks, only the last check does."""
    monkeypatch.setattr(rewording_draft, "faults", lambda *_: ())
    monkeypatch.setattr(rewording_draft.Article, "refused", lambda *_: {})
    monkeypatch.setattr(rewording_draft.Article, "_other", lambda *_: [])
    result = run(PLACES[:1], Clocked(lambda task: Returned(f"{shown(task)} Buy now.", 1)).model())
    assert (result.drafts, result.passing, result.stories[0].passes) == (1, 0, False)
    assert result.verdict.startswith("Do not use it: 1 of 1 drafts do not pass their check")


def test_a_server_that_does_not_answer_leaves_the_templates():
    result = run(PLACES, Clocked(fails("transport")).model())
    assert (result.all.fallback, result.all.reasons, result.passing) == (4, {"transport": 4}, 1)
    assert result.speed.tokens_per_second == 0
    assert result.verdict == (
        "It cannot be judged: no answer came. Calls did not come through: see that the server runs and has the model "
        "loaded (transport 4)."
    )


def test_a_refused_answer_is_shown_without_what_steers_a_terminal_and_not_without_end():
    (example,) = run(PLACES[:1], Clocked(says("\x1b[2J" + "long " * 500)).model(), examples=1).examples
    assert example.model.startswith("\N{REPLACEMENT CHARACTER}[2Jlong long")
    assert len(example.model) == 401
    assert (example.model + example.message).isprintable()


def test_snapshots_without_news_have_no_figures():
    result = run(PLACES[1:], Clocked(echo).model())
    assert (result.drafts, result.all.open, result.speed.seconds_per_draft) == (0, 0, 0)
    assert result.verdict == "Nothing can be said of it: no sentence of these drafts is open to a model."


def test_progress_is_told_of_each_step():
    told = []
    progress = Progress(lambda count, what: told.append((what, count)), told.append)
    run(PLACES, Clocked(echo).model(), progress=progress)
    assert told == [
        ("drafting snapshots", 2), 1, 1, ("rewording sentences", 4), 1, 1, 1, 1, ("checking drafts", 1), 1,
    ]  # fmt: skip


def test_a_feed_is_measured_with_and_without_the_model():
    feed = run(PLACES[1:], Clocked(echo).model(), feed=Feed("btc-calm", 2)).feed
    assert (feed.snapshot, feed.story, feed.articles) == ("btc-calm", "calm", 2)
    # It gives back what it was shown.
    assert feed.template == feed.model


def test_variety_is_of_pairs_of_words_and_of_sentences_told_before():
    # Pairs: a b, b a; a b; c d. Three of four differ. Of five sentences the second draft has two of the first's again,
    # and what stands twice within one draft is none.
    found = variety([["a", "b", "a"], ["a", "b"], ["c", "d"]], [["x", "y", "y"], ["x", "y"]])
    assert (found.texts, found.distinct_2, found.repeated) == (3, 0.75, 0.4)


def test_a_slot_is_masked_by_its_word_and_signs_are_no_words():
    assert masked("On a [TURN_A] to [PRICE_B]; it is.") == ("on", "a", "<turn>", "to", "<price>", ";", "it", "is", ".")
    assert words(masked("On a [TURN_A] to [PRICE_B]; it is.")) == ("on", "a", "<turn>", "to", "<price>", "it", "is")


@pytest.mark.parametrize(
    ("own", "begins"),
    [(0, "Not worth using"), (1, "Hardly worth its time"), (2, "Of some use"), (4, "Of some use"), (5, "Worth using")],
)
def test_half_in_its_own_words_is_worth_it_and_less_than_a_fifth_is_not(own, begins):
    counts = SentenceCounts(open=10, first=10, own=own)
    speed = Speed(calls=10, tokens=0, writing_seconds=1, tokens_per_second=0, seconds_per_draft=1, longest_wait=1)
    assert verdict(counts, {}, speed, 3, 3).startswith(begins)
    # The cause that is named is the one that is met most.
    assert "switch off the thinking" in verdict(counts, {"malformed": 3, "timeout": 1}, speed, 3, 3)
    assert "call_seconds" not in verdict(counts, {"malformed": 3, "timeout": 1}, speed, 3, 3)


@given(st.integers(1, 500), st.data())
def test_more_in_its_own_words_is_never_worth_less(sentences, data):
    less = data.draw(st.integers(0, sentences))
    more = data.draw(st.integers(less, sentences))
    speed = Speed(calls=9, tokens=0, writing_seconds=1, tokens_per_second=0, seconds_per_draft=1, longest_wait=1)
    order = ["Not", "Hardly", "Of", "Worth"]
    rank = [
        order.index(verdict(SentenceCounts(open=sentences, own=own), {}, speed, 1, 1).split()[0])
        for own in (less, more)
    ]
    assert rank[0] <= rank[1]


def test_the_example_of_the_format_shows_both_ends():
    made = sample("btc-long-side")
    assert made.all.own == 1
    assert made.all.fallback == made.all.open - 1
    assert [one.accepted for one in made.examples] == [True, False]
    assert ModelEval.model_validate_json(made.model_dump_json()) == made


def test_a_real_model_is_measured():
    """The committed good writer, through torch and transformers."""
    reason = "the extra [model] is not installed"
    torch = pytest.importorskip("torch", reason=reason)
    pytest.importorskip("transformers", reason=reason)
    from commentary.models.base import open_writer

    folder = Path(__file__).parents[1] / "models" / "fixtures" / "good_writer"
    torch.set_num_threads(1)
    settings = ModelSettings(call_seconds=3600, budget_seconds=3600)
    writer = open_writer(str(folder), settings)
    try:
        result = run([snapshot_path("btc-flush")], Model(writer, settings))
    finally:
        writer.close()
    counts = result.all
    assert (result.model, result.where, len(result.weights_sha256)) == ("good_writer", "in process", 64)
    assert (result.drafts, result.passing) == (1, 1)
    assert counts.open == counts.first + counts.repair + counts.resample + counts.fallback
    assert counts.first + counts.repair >= 1
    assert result.refused.failures == {}
    assert result.speed.tokens > 10 * counts.open
    assert result.speed.tokens_per_second > 0
    assert 0 < result.bleu_to_template <= 100
    assert any(one.accepted for one in result.examples) == bool(counts.own)

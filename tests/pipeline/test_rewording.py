"""Open sentences in a model's words: what is asked, what stands in the draft, and what is put back."""

import tomllib
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commentary import Settings, draft_snapshots
from commentary.config.model_settings import ModelSettings
from commentary.pipeline import check_edit, draft_each, rewording_draft
from commentary.pipeline.open_sentences import open_sentences
from commentary.pipeline.remembering import item_of
from commentary.pipeline.rewording_draft import Model
from commentary.pipeline.tracing import traced
from commentary.records.draft import texts
from commentary.records.history import History
from commentary.records.writer import ModelIdentity, Returned
from commentary.resources import folder
from tests.rewording.drafts import NAME, OTHERS, codes, good, made, plain, read, reworded
from tests.rewording.fake_writer import FakeWriter, echo, fails, otherwise, says, shown


@pytest.mark.parametrize("name", [NAME, *OTHERS])
def test_a_draft_with_a_models_sentences_passes_every_check(name):
    draft = made(name)
    assert draft.reworded
    assert (codes(draft), list(traced(draft, read(name), Settings()))) == ([], [])


def test_it_says_who_worded_it_and_which_sentences():
    draft = made()
    assert (draft.writer.kind, draft.writer.name, draft.writer.revision) == ("model", "fake-1", "r7")
    assert draft.writer.weights_sha256 == "ab" * 32
    assert draft.ai_involvement == "model_drafted"
    assert "a language model reworded sentences" in draft.ai_disclosure
    origins = Counter(one.origin for one in draft.sentences if not one.origin.startswith(("template@", "frame@")))
    assert origins == {"model@fake-1": len(draft.reworded)}
    for one in draft.reworded:
        assert (one.template.startswith("template@"), one.attempts) == (True, 1)
        assert one.instead_of in dict(texts(plain()))[one.path]
        assert one.instead_of not in dict(texts(draft))[one.path]


def test_all_else_is_as_the_templates_wrote_it():
    draft = made()
    own = {one.path for one in draft.reworded} | {"/ai_disclosure"}
    before, after = dict(texts(plain())), dict(texts(draft))
    assert {path for path in before if before[path] != after[path]} == own


def test_its_mentions_spell_what_they_did_before():
    def spelled(draft):
        fields = dict(texts(draft))
        return Counter((one.path, one.fact, one.role, fields[one.path][one.start : one.end]) for one in draft.mentions)

    def level(counts):
        return Counter((path, fact, role, text.lower()) for path, fact, role, text in counts.elements())

    assert level(spelled(made())) == level(spelled(plain()))


def test_the_same_answers_make_the_same_bytes():
    assert reworded(good)[0].model_dump_json() == made().model_dump_json()


def test_another_draft_seed_asks_with_other_seeds():
    def seeds(seed):
        writer = FakeWriter(echo)
        draft_snapshots([read(NAME)], settings=Settings(), seed=seed, model=Model(writer))
        return [task.seed for task in writer.asked[0]]

    assert seeds(1) == seeds(1) != seeds(2)


@pytest.mark.parametrize(
    "answer",
    [echo, says(""), says("Longs of $3 billion."), says("Sentence: [PRICE_A]"), fails("timeout"), fails("transport")],
)
def test_without_a_sentence_of_the_models_it_is_the_template_draft_to_the_last_byte(answer):
    draft, told = reworded(answer)
    assert draft.model_dump_json() == plain().model_dump_json()
    assert told.ladder.summary().accepted == told.ladder.summary().same


def test_a_draft_of_templates_does_not_speak_of_rewording():
    assert '"reworded"' not in plain().model_dump_json()
    assert '"revision"' not in plain().model_dump_json()
    assert set(plain().model_dump(mode="json")["writer"]) == {"kind", "name", "version"}


def test_headlines_digests_and_legal_lines_are_never_asked_for():
    paths = {one.record.path for name in (NAME, *OTHERS) for one in open_sentences(plain(name), Settings())}
    assert paths
    assert all(path.startswith(("/sections/", "/faq/")) and not path.endswith("heading") for path in paths)


def test_many_drafts_are_asked_for_at_once():
    names = (NAME, *OTHERS)
    writer = FakeWriter(good)
    model = Model(writer, ModelSettings(budget_seconds=50))
    together = draft_each(([read(name)] for name in names), settings=Settings(), model=model)
    assert len(writer.asked) == 1
    # Each draft has its own budget; a little of the clock is used up before the call.
    assert 50 * (len(names) - 1) < writer.seconds[0] <= 50 * len(names)
    assert [one.model_dump_json() for one in together] == [made(name).model_dump_json() for name in names]


SLOTS = st.sampled_from(["[PRICE_A]", "[MONEY_A]", "[SIDED_A]", "[TIME_A]", "[PRICE_B]", "[NOPE_A]"])
WORDS = st.sampled_from(
    [
        "the sum ends at",
        "Longs",
        "because traders panic,",
        "fell to",
        "$5",
        "will rise.",
        "No",
        "data",
        ".",
        "\n",
        "not",
    ]
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.one_of(SLOTS, WORDS), max_size=14).map(" ".join), min_size=1, max_size=4))
def test_whatever_a_model_writes_the_article_completes_and_passes(answers):
    draft, told = reworded(*map(says, answers))
    assert codes(draft) == []
    assert len(told.ladder.climbed) == len(list(open_sentences(plain(), Settings())))


def lenient(monkeypatch, verdict=()):
    """Let every text pass the judge, so that the check of the article alone stands between it and the draft."""
    monkeypatch.setattr(rewording_draft, "faults", lambda sentence, text, code: verdict)


@pytest.mark.parametrize(
    ("put_in", "code"),
    [
        (" It fell because traders were greedy.", "wording"),
        (" Buy now.", "wording.advice"),
        (" Some 45 exchanges agree.", "numbers"),
        (" The sum is 12.5% larger than a day before.", "numbers"),
    ],
)
def test_what_the_check_of_the_article_finds_is_put_back(monkeypatch, put_in, code):
    lenient(monkeypatch)
    writer = FakeWriter(lambda task: Returned(shown(task) + put_in, 1))
    told = []
    draft = draft_snapshots([read(NAME)], settings=Settings(), model=Model(writer, told=told.append))
    assert draft.model_dump_json() == plain().model_dump_json()
    assert told[0].ladder.summary().template == told[0].ladder.summary().sentences > 0
    assert any(one.startswith(code) for each in told[0].ladder.climbed for one in each.met), told[0].ladder.climbed


def test_a_repair_by_the_articles_findings_tells_no_figure(monkeypatch):
    lenient(monkeypatch)
    writer = FakeWriter(lambda task: Returned(shown(task).replace(".", " because traders were greedy."), 1))
    draft_snapshots([read(NAME)], settings=Settings(), model=Model(writer))
    repairs = [task.messages[-1].content for task in writer.asked[1]]
    assert repairs
    assert not any(character.isdigit() or character in "$%" for told in repairs for character in told), repairs


def test_one_bad_sentence_does_not_take_a_good_one_with_it(monkeypatch):
    bad = {"map.lead"}

    def answer(task):
        (one,) = [each for each in open_sentences(plain(), Settings()) if each.sentence.text == shown(task)]
        if one.sentence.say.name in bad:
            return Returned(shown(task) + " It fell because traders were greedy.", 1)
        return good(task)

    lenient(monkeypatch)
    draft, told = reworded(answer)
    monkeypatch.undo()
    how = dict(zip((one.say.name for one in told.sentences), (one.how for one in told.ladder.climbed), strict=True))
    assert {name for name, step in how.items() if step != "first"} == bad
    assert "template@map.count_stops" in {one.template.partition("#")[0] for one in draft.reworded}
    assert codes(draft) == []


def test_a_model_without_a_name_has_one_in_the_draft():
    writer = FakeWriter(good)
    writer.identity = ModelIdentity("\n\t ")
    draft = draft_snapshots([read(NAME)], settings=Settings(), model=Model(writer))
    assert draft.writer.name == "unnamed"
    assert codes(draft) == []


@pytest.mark.slow
def test_a_wrap_of_several_assets_is_reworded_and_passes():
    wraps = tomllib.loads((folder("data") / "snapshots" / "wraps.toml").read_text(encoding="utf-8"))
    for wrap in wraps.values():
        reads = [read(name) for name in wrap["snapshots"]]
        known = {}
        for one in open_sentences(draft_snapshots(reads, settings=Settings()), Settings()):
            known[one.sentence.text] = next(otherwise(one.sentence), one.sentence.text)
        writer = FakeWriter(lambda task, known=known: Returned(known[shown(task)], 1))
        draft = draft_snapshots(reads, settings=Settings(), model=Model(writer))
        assert codes(draft) == []


def test_a_draft_of_a_feed_is_written_again_with_its_templates_wordings():
    past = History.of("desk", [item_of(plain("market-liquidations"), "desk")])
    told = []
    model = Model(FakeWriter(good), told=told.append)
    draft = draft_snapshots([read(NAME)], settings=Settings(), history=past, model=model)
    assert draft.history_sha256
    assert codes(draft) == ["draft.history"]
    assert item_of(draft, "desk").skeletons


def test_an_edit_of_a_models_sentence_is_found_and_one_beside_it_leaves_it_alone():
    draft = made()
    one = next(each for each in draft.reworded if " no " in each.returned or " not " in each.returned)
    text = dict(texts(draft))[one.path]
    word = " not " if " not " in text else " no "
    found = check_edit(draft, {one.path: text.replace(word, " ", 1)}, settings=Settings())
    assert "altered.negation" in {each.code for each in found.findings}
    beside = f"{text[: one.end]} Panic took hold.{text[one.end :]}"
    found = check_edit(draft, {one.path: beside}, settings=Settings())
    spans = {beside[slice(*each.span)] for each in found.findings}
    assert spans
    assert all(span in ". Panic took hold." for span in spans)


def test_a_model_that_is_known_with_its_first_answer_is_called_by_that_name():
    writer = FakeWriter(good)
    writer.identity = ModelIdentity("")

    def answer(task):
        writer.identity = ModelIdentity("told-later")
        return good(task)

    writer.answers = (answer,)
    draft = draft_snapshots([read(NAME)], settings=Settings(), model=Model(writer))
    assert (draft.writer.name, codes(draft)) == ("told-later", [])


def test_a_sentence_given_back_as_it_was_is_the_templates_and_needs_no_check_of_its_own():
    draft, told = reworded(echo, name="avax-one-rate-off")
    assert [one.same for one in told.ladder.climbed] == [True] * len(told.sentences)
    assert draft.model_dump_json() == plain("avax-one-rate-off").model_dump_json()

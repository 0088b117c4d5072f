"""A writer over a server that fails in every way we know: each ends in time, in a named failure or a text to judge."""

import json
import logging

import pytest

from commentary.errors import BadInputError, NotPermittedError
from commentary.models.server import open_server
from commentary.records.writer import Failed, Message, ModelIdentity, Returned, Task
from tests.models.openai_faults import MODEL, SORRY

SENTENCE = "Above [PRICE_A] [SIDE_A] paid [RATE_A]."
EXAMPLE = "[SIDE_A] paid [MONEY_A]."
SYSTEM = "You rewrite one sentence."


def task(sentence=SENTENCE, seed=1):
    turns = (
        Message("system", SYSTEM),
        Message("user", "Sentence: [MONEY_A] was paid by [SIDE_A]."),
        Message("assistant", EXAMPLE),
        Message("user", f"Sentence: {sentence}\nPRICE_A: a price"),
    )
    return Task(turns, ("PRICE_A", "SIDE_A", "RATE_A"), seed, 30)


@pytest.fixture
def opened():
    """Open writers that are closed when the test ends."""
    writers = []

    def one(*args, **settings):
        writers.append(open_server(*args, **{"key": "", "look_s": 0.0, **settings}))
        return writers[-1]

    yield one
    for writer in writers:
        writer.close()


def written(writer, tasks=1, call_s=5.0, total_s=10.0, **more):
    return writer.write([task()] * tasks if isinstance(tasks, int) else tasks, call_s=call_s, total_s=total_s, **more)


def test_a_sentence_comes_back_as_the_model_wrote_it(fake_openai, opened):
    fake_openai.writes = lambda sentence: "[SIDE_A] paid [RATE_A] above [PRICE_A]."
    assert written(opened(fake_openai.url)) == [Returned("[SIDE_A] paid [RATE_A] above [PRICE_A].", 7)]


def test_the_question_holds_the_turns_the_seed_the_bound_and_the_slots_as_a_schema(fake_openai, opened):
    written(opened(fake_openai.url, temperature=0.25), [task(seed=77)])
    [question] = fake_openai.questions
    assert question.slots == ["PRICE_A", "RATE_A", "SIDE_A"]
    assert question.body["response_format"]["json_schema"]["strict"] is True
    # 64 and three for each of 30 words and 24 for each of three slots.
    more = {name: question.body[name] for name in ("model", "temperature", "seed", "max_tokens", "stream")}
    assert more == {"model": MODEL, "temperature": 0.25, "seed": 77, "max_tokens": 226, "stream": False}
    system, user, assistant, last = (turn["content"] for turn in question.messages)
    assert system.startswith(f"{SYSTEM}\n\nAnswer in JSON")
    assert user == "Sentence: [MONEY_A] was paid by [SIDE_A]."
    # What it wrote before is shown in the form that it is asked for.
    assert json.loads(assistant)["segments"] == [{"f": "SIDE_A"}, {"t": " paid "}, {"f": "MONEY_A"}, {"t": "."}]
    assert last == f"Sentence: {SENTENCE}\nPRICE_A: a price"


FAILURES = {
    "slow": ("timeout", "did not answer within 0.3 s"),
    "drip": ("timeout", "did not answer within 0.3 s"),
    "refusal": ("refusal", SORRY),
    "declined": ("refusal", "I will not."),
    "filtered": ("refusal", "filter"),
    "invalid json": ("malformed", "neither segments"),
    "wrong schema": ("malformed", "another form"),
    "chatter": ("malformed", "none of the slots"),
    "endless": ("malformed", "more than 1,048,576 bytes"),
    "cut off": ("malformed", "cut off"),
    "empty": ("empty", "wrote nothing"),
    "no choices": ("empty", "no choices"),
    "no server": ("malformed", "/v1"),
    "400": ("transport", 'status 400, Bad Request ("too many tokens")'),
    "401": ("transport", "COMMENTARY_MODEL_KEY"),
    "404": ("transport", "/v1 at the end, and does it have a model named 'small'?"),
    "500": ("transport", 'status 500, Internal Server Error ("out of memory")'),
    "reset": ("transport", "is it running there?"),
    "truncated": ("transport", "broke off its answer"),
    "redirect": ("transport", "sends on to another server, http://192.0.2.1"),
}


@pytest.mark.parametrize("fault", FAILURES)
def test_a_fault_ends_in_a_named_failure_and_the_next_sentence_is_written(fault, fake_openai, opened):
    kind, words = FAILURES[fault]
    fake_openai.fault = fault
    hurried = fault in ("slow", "drip")
    writer = opened(fake_openai.url, name="small")
    [failed] = written(writer, call_s=0.3 if hurried else 5.0)
    assert isinstance(failed, Failed)
    assert (failed.kind, words in failed.message) == (kind, True), failed
    fake_openai.fault = None
    assert written(writer) == [Returned(SENTENCE, 7)]


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("plain", SENTENCE),
        ("thinking", SENTENCE),
        ("digits", "Above [PRICE_A] [SIDE_A] paid [RATE_A], or 1,234.5%."),
        ("swapped", "Above [SIDE_A] [PRICE_A] paid [RATE_A]."),
        ("missing", "Above it [SIDE_A] paid [RATE_A]."),
        ("twice", "Above [PRICE_A] [SIDE_A] paid [RATE_A] and [PRICE_A]."),
        ("unknown", "Above [PRICE_A] [SIDE_A] paid [RATE_A] by [SECRET_Z]."),
        ("flipped", "Above [PRICE_A] [SIDE_A] paid [RATE_A], and fell."),
        ("leak", SYSTEM),
    ],
)
def test_what_is_wrong_in_a_text_is_left_to_the_judge(fault, text, fake_openai, opened):
    fake_openai.fault = fault
    [returned] = written(opened(fake_openai.url))
    assert isinstance(returned, Returned)
    assert returned.text.startswith(text)


def test_what_may_pass_is_asked_once_more(fake_openai, opened):
    fake_openai.then("reset", None, "429 soon", None, "500", None)
    assert written(opened(fake_openai.url, concurrency=1), 3) == [Returned(SENTENCE, 7)] * 3
    assert len(fake_openai.questions) == 6


def test_a_server_that_asks_for_a_long_pause_gets_it(fake_openai, opened):
    fake_openai.then("429")
    first, second = written(opened(fake_openai.url, concurrency=1), 2)
    assert 'asks for a pause of 60 s, beyond the deadline ("busy"); lower concurrency under [model]' in first.message
    assert "asked for a pause that is longer than the deadline" in second.message
    assert (first.kind, second.kind, len(fake_openai.questions)) == ("transport", "transport", 1)


def test_a_server_that_knows_no_schema_is_asked_without_from_then_on(fake_openai, opened):
    fake_openai.knows_schema = False
    writer = opened(fake_openai.url, concurrency=1)
    assert written(writer, 2) == [Returned(SENTENCE, 7)] * 2
    assert written(writer) == [Returned(SENTENCE, 7)]
    # With and without a word on thinking; then without a schema.
    assert [question.has_schema for question in fake_openai.questions] == [True, True, False, False, False]
    # Then the turns are as they were, and nothing is said of JSON.
    assert [turn["content"] for turn in fake_openai.questions[2].messages] == [turn.content for turn in task().messages]


@pytest.mark.parametrize("fault", ["invalid json", "wrong schema"])
def test_a_server_that_does_not_keep_to_the_schema_is_asked_for_text_from_then_on(fault, fake_openai, opened):
    fake_openai.then(fault)
    failed, returned = written(opened(fake_openai.url, concurrency=1), 2)
    assert (failed.kind, returned) == ("malformed", Returned(SENTENCE, 7))
    assert [question.has_schema for question in fake_openai.questions] == [True, False]


def test_one_question_that_is_refused_for_another_reason_does_not_end_the_schema(fake_openai, opened):
    fake_openai.then("400", "400", "400", "400")
    writer = opened(fake_openai.url, concurrency=1)
    failed, returned = written(writer, 2)
    assert (failed.kind, returned) == ("transport", Returned(SENTENCE, 7))
    assert [question.has_schema for question in fake_openai.questions] == [True, True, False, False, True]


def test_no_thoughts_are_asked_for_and_a_server_that_knows_nothing_of_them_is_asked_without_from_then_on(
    fake_openai, opened
):
    written(opened(fake_openai.url))
    assert fake_openai.questions[0].body["reasoning_effort"] == "none"
    assert fake_openai.questions[0].body["chat_template_kwargs"] == {"enable_thinking": False}
    fake_openai.knows_thinking = False
    assert written(opened(fake_openai.url, concurrency=1), 2) == [Returned(SENTENCE, 7)] * 2
    later = fake_openai.questions[1:]
    assert [("reasoning_effort" in one.body, one.has_schema) for one in later] == [
        (True, True),
        (False, True),
        (False, True),
    ]


def test_results_keep_the_order_of_the_tasks_and_each_is_told_as_it_ends(fake_openai, opened):
    tasks = [task(f"[PRICE_A] {word}.") for word in ("alpha", "beta", "gamma", "delta", "epsilon")]
    told = []
    fake_openai.then("slow")
    results = written(opened(fake_openai.url, concurrency=2), tasks, call_s=0.3, done=told.append)
    assert results[0].kind in ("timeout", "transport")
    assert [one.text for one in results[1:]] == [f"[PRICE_A] {word}." for word in ("beta", "gamma", "delta", "epsilon")]
    assert told == [1] * 5


@pytest.mark.parametrize("concurrency", [1, 3])
def test_no_more_calls_than_that_are_on_their_way_at_once(concurrency, fake_openai, opened):
    results = written(opened(fake_openai.url, concurrency=concurrency), 9)
    assert results == [Returned(SENTENCE, 7)] * 9
    assert fake_openai.at_once <= concurrency
    assert fake_openai.connections <= concurrency + 1


def test_after_three_failures_in_a_row_nothing_more_is_asked(fake_openai, opened):
    fake_openai.fault = "500"
    writer = opened(fake_openai.url, name="small", concurrency=1)
    results = written(writer, 6)
    assert {one.kind for one in results} == {"transport"}
    # Each of three twice.
    assert len(fake_openai.questions) == 6
    assert all(one.message.startswith("not asked: the server failed 3 times in a row") for one in results[3:])
    assert "out of memory" in results[5].message
    fake_openai.fault = None
    assert written(writer)[0].message.startswith("not asked")


def test_three_time_outs_in_a_row_are_enough_too(fake_openai, opened):
    fake_openai.fault = "slow"
    results = written(opened(fake_openai.url, name="small", concurrency=1), 5, call_s=0.1)
    assert [one.kind for one in results] == ["timeout"] * 3 + ["transport"] * 2


def test_an_answer_between_begins_the_count_again_even_one_that_is_no_use(fake_openai, opened):
    fake_openai.then("404", "404", "refusal", "404", "404", None)
    results = written(opened(fake_openai.url, concurrency=1), 6)
    assert [one.kind for one in results[:5]] == ["transport", "transport", "refusal", "transport", "transport"]
    assert results[5] == Returned(SENTENCE, 7)


def test_when_the_time_for_all_is_used_up_the_rest_is_not_asked(fake_openai, opened):
    fake_openai.fault = "slow"
    writer = opened(fake_openai.url, name="small", concurrency=3)
    told = []
    results = written(writer, 5, call_s=30.0, total_s=0.3, done=told.append)
    assert [one.kind for one in results] == ["timeout", "timeout", "timeout", "budget", "budget"]
    # A call that could take longer takes what is left.
    assert results[0].message.split("within ")[1].startswith("0.")
    assert sum(told) == 5
    assert len(fake_openai.questions) == 3
    # That our own time ran out says nothing of the server.
    fake_openai.fault = None
    assert written(writer, 3) == [Returned(SENTENCE, 7)] * 3


def test_no_time_at_all_asks_nothing(fake_openai, opened):
    results = written(opened(fake_openai.url), 2, total_s=0.0)
    assert [one.kind for one in results] == ["budget", "budget"]
    assert fake_openai.paths == []


def test_no_tasks_ask_nothing(fake_openai, opened):
    assert written(opened(fake_openai.url), 0) == []
    assert fake_openai.paths == []


def test_a_writer_that_was_closed_opens_again(fake_openai, opened):
    writer = opened(fake_openai.url)
    for _ in range(2):
        assert written(writer) == [Returned(SENTENCE, 7)]
        writer.close()
    writer.close()


@pytest.mark.parametrize("fault", ["slow", "reset", "500", "401", "no server"])
def test_a_server_that_does_not_say_which_models_it_has(fault, fake_openai, opened):
    fake_openai.fault = fault
    results = written(opened(fake_openai.url), 3, call_s=0.3 if fault == "slow" else 5.0)
    assert {one.kind for one in results} == {"timeout" if fault == "slow" else "transport"}
    assert fake_openai.questions == []


def test_nobody_there_is_told_at_once_and_the_document_goes_on(opened):
    results = written(opened("http://127.0.0.1:1"), 4)
    assert {one.kind for one in results} == {"transport"}
    assert "could not be connected to: connection refused; is it running there?" in results[0].message


def test_the_model_is_the_one_named_else_the_first_listed_that_writes(fake_openai, opened):
    fake_openai.models = ["text-embed-small", "qwen-small", "other"]
    writer = opened(fake_openai.url)
    assert writer.identity == ModelIdentity("", where=fake_openai.url)
    written(writer)
    assert writer.identity == ModelIdentity("qwen-small", "", "", fake_openai.url)
    assert opened(fake_openai.url, name="other").identity == ModelIdentity("other", where=fake_openai.url)
    assert [question.body["model"] for question in fake_openai.questions] == ["qwen-small"]


def test_which_model_it_is_is_known_as_soon_as_it_is_opened(fake_openai, opened):
    writer = opened(fake_openai.root, look_s=5.0)
    assert writer.identity == ModelIdentity(MODEL, where=fake_openai.url)
    assert fake_openai.paths == ["GET /v1/models"]


def test_a_server_that_does_not_answer_at_first_is_asked_again_to_write(fake_openai, opened):
    fake_openai.fault = "slow"
    writer = opened(fake_openai.url, look_s=0.1)
    assert writer.identity.name == ""
    fake_openai.fault = None
    assert written(writer) == [Returned(SENTENCE, 7)]
    assert writer.identity.name == MODEL


def test_of_a_model_named_by_its_file_the_folder_is_not_told(fake_openai, opened):
    fake_openai.models = ["/home/ann/models/small.gguf"]
    writer = opened(fake_openai.url)
    written(writer)
    assert writer.identity.name == "small.gguf"
    assert fake_openai.questions[0].body["model"] == "/home/ann/models/small.gguf"


@pytest.mark.parametrize("models", [[], [""], ["\x1b[2J"]])
def test_a_server_without_a_model_says_so(models, fake_openai, opened):
    fake_openai.models = models
    [failed] = written(opened(fake_openai.url))
    assert "lists no model; write its name under [model]" in failed.message


@pytest.mark.parametrize("at_v1", [True, False])
@pytest.mark.parametrize("name", ["", "small"])
def test_without_a_path_the_api_is_looked_for(at_v1, name, fake_openai, opened):
    fake_openai.at_v1 = at_v1
    writer = opened(f"{fake_openai.root}/", name=name)
    assert written(writer) == [Returned(SENTENCE, 7)]
    assert writer.identity.where == fake_openai.url
    assert fake_openai.paths[0] == "GET /v1/models"


def test_a_whole_path_is_taken_for_the_address_that_it_begins_with(fake_openai, opened):
    writer = opened(f"{fake_openai.url}/chat/completions", name="small")
    assert written(writer) == [Returned(SENTENCE, 7)]
    assert writer.identity.where == fake_openai.url
    assert fake_openai.paths == ["POST /v1/chat/completions"]


@pytest.mark.parametrize("key", ["k3y-W1th-0ddLetters", "0dd7"])
@pytest.mark.parametrize("wrong", [True, False])
def test_a_key_is_sent_and_stands_nowhere(key, wrong, fake_openai, opened, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    fake_openai.key = f"{key}x" if wrong else key
    monkeypatch.setenv("COMMENTARY_MODEL_KEY", key)
    writer = opened(fake_openai.url, key=None)
    fake_openai.then("500", "500", "401")
    results = [*written(writer, 4), writer.look(1.0)]
    seen = f"{results!r} {writer!r} {vars(writer)!r} {vars(writer._calls)!r} {writer.identity!r} {caplog.text}"
    assert key.lower() not in seen.lower()
    assert (results[3] == Returned(SENTENCE, 7)) is not wrong
    assert ("[key]" in seen) is wrong


def test_a_key_that_no_header_can_carry_is_told_without_it(fake_openai, opened):
    [failed] = written(opened(fake_openai.url, key="kéy-W1th\n0ddLetters"))
    assert failed.kind == "transport"
    assert "set the key again" in failed.message
    assert "0dd" not in failed.message


def test_a_document_of_faults_ends_long_before_its_answers_would(fake_openai, opened):
    # Each drips for minutes.
    fake_openai.fault = "drip"
    results = written(opened(fake_openai.url, concurrency=4), 40, call_s=0.2)
    kinds = [one.kind for one in results]
    # Four are on their way when the first fails, and two more may begin before the third does.
    assert kinds.count("timeout") <= 6
    assert kinds.count("timeout") + kinds.count("transport") == 40


def test_localhost_is_this_machine(fake_openai, opened):
    writer = opened(fake_openai.url.replace("127.0.0.1", "localhost"))
    assert written(writer) == [Returned(SENTENCE, 7)]


@pytest.mark.parametrize("settings", [{"concurrency": 0}, {"temperature": -0.1}, {"temperature": float("nan")}])
def test_settings_out_of_their_range_are_bad_input(settings):
    with pytest.raises(BadInputError, match=next(iter(settings))):
        open_server("http://127.0.0.1:1/v1", **settings)


def test_another_machine_is_not_asked_unless_it_is_named():
    with pytest.raises(NotPermittedError, match=r"gpu\.lan is not this machine"):
        open_server("http://gpu.lan:8000/v1")
    writer = open_server("http://gpu.lan:8000/v1", name="small", allowed_hosts=["gpu.lan"], look_s=0.0)
    assert writer.identity == ModelIdentity("small", where="http://gpu.lan:8000/v1")

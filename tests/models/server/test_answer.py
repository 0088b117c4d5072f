"""Replies of status 200 and what they are: a text as it was written, or a named failure."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.models.server.answer import result
from commentary.records.writer import Failed, Message, Returned, Task
from tests.models.openai_faults import SORRY, as_segments, completion

TASK = Task((Message("user", "Sentence: Funding hit [RATE_A]."),), ("RATE_A",), 1, 30)
BARE = TASK._replace(slots=())
GOOD = "It was [RATE_A]."
FENCED = f"```json\n{as_segments(GOOD)}\n```"


def of(content, task=TASK, **more):
    return result(json.dumps(completion(content, **more)).encode(), task, "http://127.0.0.1:1/v1")


@pytest.mark.parametrize(
    "content",
    [
        as_segments(GOOD),
        GOOD,
        f"\n {GOOD} \n",
        FENCED,
        f"<think>5% is [RATE_A]</think>\n\n{as_segments(GOOD)}",
        f"Let me think of 5%.</think>{GOOD}",
        f"<THINKING>\nx</THINKING>{FENCED}",
    ],
)
def test_segments_and_text_are_read_and_thoughts_dropped(content):
    assert of(content, tokens=9, reasoning_content="I think 5%") == Returned(GOOD, 9)


@pytest.mark.parametrize(
    "text",
    [
        "It was [RATE_A], up 5.2% on $3.",
        "It was [RATE_B] on [RATE_A] and [RATE_A].",
        "It  was [ RATE_A ] … [RATE_A]!",
        '"It was [RATE_A]."',
        "Sure! It was [RATE_A].\nAnything else?",
    ],
)
def test_what_is_wrong_in_a_text_is_handed_on(text):
    assert of(text).text == text
    assert of(as_segments(text)).text == text


@pytest.mark.parametrize(
    "text",
    [
        SORRY,
        "I’m afraid I cannot do that.",
        "As an AI, I won't.",
        "I can't write this.",
        "Sorry, no.",
        "Unfortunately, I am not able to.",
        "I am unable to comply with [RATE_A].",
        "I apologize.",
    ],
)
def test_a_refusal_is_known_by_its_opening(text):
    assert of(text).kind == "refusal"
    assert of(as_segments(text)).kind == "refusal"


def test_a_refusal_of_the_api_is_one_whatever_the_text():
    assert of(None, refusal="No.").kind == "refusal"
    assert of(GOOD, refusal="No.").kind == "refusal"
    assert of(GOOD, finish="content_filter").kind == "refusal"


@pytest.mark.parametrize(
    "content", ["", "  \n", None, "<think>…</think>", '{"segments": []}', '{"segments": [{"t": " "}]}']
)
def test_nothing_is_empty(content):
    assert of(content).kind == "empty"


@pytest.mark.parametrize(
    "content",
    [
        '{"segments": [{"t": "It was',
        '{"sentence": "It was [RATE_A]."}',
        '[{"t": "It was [RATE_A]."}]',
        "```json\nnot json\n```",
        "```\nIt was [RATE_A].",
        "null",
        "5",
        "[" * 1_000_000,
        "<think>It was [RATE_A].",
        "It was high.",
        ["It was [RATE_A]."],
        {"text": GOOD},
    ],
)
def test_any_other_content_is_malformed(content):
    assert of(content).kind == "malformed"


def test_a_sentence_without_slots_is_a_text_as_it_is():
    assert of("It was high.", BARE) == Returned("It was high.", 7)


def test_what_was_cut_off_is_malformed_even_if_it_reads_well():
    assert of(GOOD, finish="length").kind == "malformed"


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (b"<html>It works!</html>", "malformed"),
        (b"[]", "malformed"),
        (b"{}", "malformed"),
        (b"[" * 100_000, "malformed"),
        (b"\xff\xfe", "malformed"),
        (b'{"choices": []}', "empty"),
        (b'{"choices": [{}]}', "malformed"),
        (b'{"choices": [{"message": "It was [RATE_A]."}]}', "malformed"),
        (b'{"error": {"message": "model crashed"}}', "transport"),
    ],
)
def test_a_body_that_is_no_completion(reply, kind):
    assert result(reply, TASK, "http://127.0.0.1:1/v1").kind == kind


@pytest.mark.parametrize("usage", [None, [], {}, {"completion_tokens": "9"}, {"completion_tokens": -9}])
def test_tokens_that_are_not_told_are_none(usage):
    assert result(json.dumps({**completion(GOOD), "usage": usage}).encode(), TASK, "") == Returned(GOOD, 0)


NAMES = st.sampled_from(["choices", "message", "content", "error", "usage"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@given(st.one_of(JSON, JSON.map(lambda inner: {"choices": [{"message": {"content": inner}}]})))
def test_no_reply_raises(reply):
    found = result(json.dumps(reply).encode(), TASK, "http://127.0.0.1:1/v1")
    assert isinstance(found, Returned | Failed)
    assert isinstance(found, Returned) or (found.message.isprintable() and len(found.message) < 400)

"""What is told of a question without a reply: the server's words as one plain line, and no key."""

import json

import pytest

from commentary.models.server.faults import failed
from commentary.net import Failure, Request

REQUEST = Request("model", "chat", "http://127.0.0.1:1/v1/chat/completions", "POST")
KEY = "0dd7ab"
"""Too short for the network to take it for one."""


def told(content, kind="status", status=400):
    failure = Failure(REQUEST, kind, "answered badly", status, 1, content)
    return failed(failure, "http://127.0.0.1:1/v1", "small", KEY).message


@pytest.mark.parametrize(
    "content",
    [
        {"error": {"message": "too long"}},
        {"error": "too long"},
        {"detail": "too long"},
        {"message": "too\nlong"},
        {"error": {"message": "\x1b too \u202e long\x00"}},
    ],
)
def test_the_words_of_a_server_are_told_as_a_plain_line(content):
    assert told(json.dumps(content).encode()).startswith(
        'the model server at http://127.0.0.1:1/v1 answered badly ("too long"); '
    )


@pytest.mark.parametrize(
    "content", [b"", b"<html>too long</html>", b"\xff", b"[" * 2000, b"{}", b'{"error": {}}', b"5"]
)
def test_a_page_or_nothing_is_not_told(content):
    assert told(content).startswith("the model server at http://127.0.0.1:1/v1 answered badly; ")


@pytest.mark.parametrize("before", range(180, 201))
def test_a_key_is_not_told_not_even_where_the_words_are_cut(before):
    assert "0dd" not in told(json.dumps({"error": f"{'x' * before}{KEY}, {KEY.upper()}"}).encode()).lower()

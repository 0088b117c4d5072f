"""A reply with more rows than were asked for is none: it leaves a gap, and none of it is read."""

import pytest

from commentary.sources.live.base import Call, ReplyError
from commentary.sources.shapes.rows_asked import hold_rows


def call(most=None, **params):
    return Call("rows", "/rows", lambda answer: (), (), params, most=most)


@pytest.mark.parametrize(
    ("payload", "asked"),
    [
        ([[1, 2, 3], [4, 5, 6]], call(limit="2")),
        ([[1, 2, 3]], call(limit="1")),  # one row of three figures
        ({"list": [1, 2], "time": 3}, call(limit=2)),
        ([{"bids": [[1, 2]] * 400, "asks": []}], call(sz="400")),
        ({"data": [1, 2, 3]}, call()),
        ([{"symbol": "BTC", "history": [1, 2, 3]}], call(most=3)),
    ],
)
def test_as_many_rows_as_were_asked_for_are_an_answer(payload, asked):
    hold_rows(payload, asked)


@pytest.mark.parametrize(
    ("payload", "asked", "words"),
    [
        ([1, 2, 3], call(limit="2"), "/ holds '3 rows', not the 2 or fewer that were asked for"),
        ({"list": [1, 2, 3]}, call(limit="2"), "/list holds '3 rows', not the 2 "),
        ([{"asks": [], "bids": [[1, 2]] * 401}], call(sz="400"), "/0/bids holds '401 rows', not the 400 "),
        ({"trades": [1, 2]}, call(count="1"), "/trades holds '2 rows', not the 1 "),
        ([{"history": [1, 2, 3]}], call(most=2), "/0/history holds '3 rows', not the 2 "),
    ],
)
def test_more_rows_than_were_asked_for_are_no_answer(payload, asked, words):
    with pytest.raises(ReplyError) as caught:
        hold_rows(payload, asked)
    assert str(caught.value).startswith(words)

"""What every live source is held to, by the replies recorded in the documented shapes (values made up).

A folder of recorded/ has one file a call and metadata.json: whose calls, at what time, and of each file its sha256, the
documentation that it follows, a note on its licence, and the day it was added.
"""

import hashlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from commentary.records.rows import Row, Series
from commentary.records.snapshot import SECTIONS, CandleSeries, Snapshot
from commentary.sources.live.base import Call, Json, ReplyError, sources
from commentary.sources.snapshot_file import normalised, read_snapshot

Place = tuple[str | int, ...]
NAMES = list(sources)
SCOPES = ("full", "watch")
SECTION_OF = {
    Snapshot.model_fields[name].annotation.__args__[0]: name  # type: ignore[union-attr]
    for name in SECTIONS
}
WRONG = ({}, [], True, None, "", "x", "NaN", Decimal("Infinity"), "1e999", "-", [[]])
MOST_A_WATCH = 4


@pytest.fixture(params=NAMES)
def held(request: pytest.FixtureRequest, replies: Callable[[str], Any]) -> Any:
    return replies(request.param)


def test_each_call_has_a_recorded_reply_and_each_reply_a_call(held: Any) -> None:
    names = {held.file(call.name).name for scope in SCOPES for call in held.calls(scope)}
    assert names == {path.name for path in held.folder.glob("*.json")} - {"metadata.json"}


def test_each_recorded_reply_says_where_its_shape_is_from(held: Any) -> None:
    listed = {row["file"]: row for row in held.metadata["files"]}
    assert set(listed) == {path.name for path in held.folder.glob("*.json")} - {"metadata.json"}
    for name, row in listed.items():
        assert hashlib.sha256((held.folder / name).read_bytes()).hexdigest() == row["sha256"], name
        assert all(row[field] for field in ("origin", "licence", "added_at")), name


@pytest.mark.parametrize("scope", SCOPES)
def test_calls_are_named_once_and_cost_what_their_pools_hold(held: Any, scope: str) -> None:
    made = held.calls(scope)
    names = [call.name for call in made]
    assert len(set(names)) == len(names)
    for call in made:
        assert set(call.needs) <= set(names), call.name
        assert set(call.fills) <= set(SECTIONS), call.name
        assert call.costs or "all" in held.source.pools, call.name
        for pool, weight in call.costs.items():
            assert 0 < weight <= held.source.pools[pool].most, call.name


def test_a_watch_asks_at_most_four_calls_of_a_coin(held: Any) -> None:
    own = [call.name for call in held.calls("watch") if not call.shared]
    assert len(own) <= MOST_A_WATCH, own


def test_rows_go_to_the_sections_that_their_call_fills(held: Any) -> None:
    for call in held.calls():
        filled = {SECTION_OF[type(row)] for row in held.rows(call.name)}
        assert filled == set(call.fills), call.name


def test_each_row_says_where_and_by_whom_and_when(held: Any) -> None:
    for call in held.calls():
        for row in held.rows(call.name):
            assert row.venue, call.name
            assert row.source, call.name
            assert isinstance(row, CandleSeries) or (isinstance(row, Row) and row.time is not None), call.name


def test_all_rows_together_are_a_snapshot_without_contradictions(held: Any) -> None:
    sections: dict[str, list[Series]] = {name: [] for name in SECTIONS}
    for call in held.calls():
        for row in held.rows(call.name):
            sections[SECTION_OF[type(row)]].append(row)
    document = Snapshot(
        format="commentary.snapshot/1",
        asset=held.asset,
        quote="USD",
        as_of=held.now,
        **{name: tuple(rows) for name, rows in sections.items()},
    )
    read = read_snapshot(normalised(document))
    assert read.conflicts == ()


def test_no_row_is_of_a_time_to_come(held: Any) -> None:
    for call in held.calls():
        for row in held.rows(call.name):
            times = [bar.time for bar in row.bars] if isinstance(row, CandleSeries) else [row.at]
            assert max(times) <= held.now.replace(second=59), call.name


def test_what_a_reply_has_beside_what_is_used_changes_nothing(held: Any) -> None:
    for call in held.calls():
        expected = held.rows(call.name)
        assert held.rows(call.name, lambda payload: _with_more(payload)) == expected, call.name


def test_the_order_of_lists_of_objects_changes_nothing(held: Any) -> None:
    """But in replies that metadata.json names as read by place, such as a list of bids and a list of asks."""
    for call in held.calls():
        if call.name in held.metadata.get("by_place", ()):
            continue
        expected = held.rows(call.name)
        found = held.rows(call.name, lambda payload: _turned(payload))
        assert sorted(map(repr, found)) == sorted(map(repr, expected)), call.name


def test_a_reply_without_one_of_its_values_gives_no_other_number(held: Any) -> None:
    for call in held.calls():
        whole, before = held.payload(call.name), _by_key(held.rows(call.name))
        for place in _places(whole):
            payload = deepcopy(whole)
            if _take_out(payload, place):
                _same_or_refused(held, call, payload, before)


def test_a_reply_with_a_wrong_value_gives_no_other_number(held: Any) -> None:
    for call in held.calls():
        whole, before = held.payload(call.name), _by_key(held.rows(call.name))
        for place in _places(whole):
            parent = _parent(whole, place)
            right = parent[place[-1]]
            for wrong in WRONG:
                parent[place[-1]] = deepcopy(wrong)
                _same_or_refused(held, call, whole, before)
            parent[place[-1]] = right


@pytest.mark.parametrize("payload", [None, [], {}, "", Decimal(0), True, [None], [[]], [{}]])
def test_a_reply_of_another_shape_gives_no_other_number(held: Any, payload: Json) -> None:
    for call in held.calls():
        _same_or_refused(held, call, deepcopy(payload), _by_key(held.rows(call.name)))


def _by_key(rows: list[Series]) -> dict[object, Series]:
    return {(type(row), *row.key, row.source): row for row in rows}


def _same_or_refused(held: Any, call: Call, payload: Json, before: dict[object, Series]) -> None:
    """Hold a changed reply to be refused, or to give rows that say the same as before, or less."""
    try:
        found = _by_key(held.read(call, payload))
    except ReplyError:
        return
    for key, row in found.items():
        earlier = before.get(key)
        if earlier is None:
            # Open interest that is not told once is told for both sides, and says so.
            assert getattr(row, "sides", None) == "both", (call.name, payload)
        elif isinstance(row, CandleSeries) and isinstance(earlier, CandleSeries):
            assert set(row.bars) <= set(earlier.bars), (call.name, payload)
        else:
            pairs = zip(row.values, earlier.values, strict=True)
            assert all(own is None or own == other for own, other in pairs), (call.name, payload)


def _places(payload: Json, place: Place = ()) -> Iterator[Place]:
    """Yield the place of each value in a reply."""
    items: Any = ()
    if isinstance(payload, dict):
        items = payload.items()
    elif isinstance(payload, list):
        items = enumerate(payload)
    for key, value in items:
        yield (*place, key)
        yield from _places(value, (*place, key))


def _parent(payload: Json, place: Place) -> Any:
    for key in place[:-1]:
        payload = payload[key]
    return payload


def _take_out(payload: Json, place: Place) -> bool:
    """Take a value out of an object, or cut a row of values off before it; say whether there was one to take out.

    A row that is not there is another reply, and no fault.
    """
    parent, key = _parent(payload, place), place[-1]
    if isinstance(parent, list):
        if isinstance(parent[int(key)], dict | list):
            return False
        del parent[int(key) :]
    else:
        del parent[key]
    return True


def _with_more(payload: Json) -> Json:
    if isinstance(payload, dict):
        return {"zzNew": "1", **{key: _with_more(value) for key, value in payload.items()}, "zzLast": [{"zz": None}]}
    return [_with_more(value) for value in payload] if isinstance(payload, list) else payload


def _turned(payload: Json) -> Json:
    if isinstance(payload, dict):
        return {key: _turned(value) for key, value in payload.items()}
    if isinstance(payload, list) and payload and all(isinstance(one, dict | list) for one in payload):
        return [one if isinstance(one, list) else _turned(one) for one in reversed(payload)]
    return payload

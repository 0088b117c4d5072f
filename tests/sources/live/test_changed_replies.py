"""A reply that is changed is read as it was, or is refused with the place: no source makes another number of it.

What cannot be kept of that is listed in a source's metadata.json, as tests/sources/live/test_contracts.py says.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from commentary.records.rows import Series
from commentary.records.snapshot import CandleSeries
from commentary.sources.json_text import pointer
from commentary.sources.live.base import Call, Json, ReplyError, no_rows
from commentary.sources.shapes.reading import Part
from tests.sources.live.replies import take_out, with_value, without

Place = tuple[str | int, ...]
WRONG = ({}, [], True, None, "", "x", "NaN", Decimal("Infinity"), "1e999", "-", [[]])


def test_what_a_reply_has_beside_what_is_used_changes_nothing(held: Any) -> None:
    for call in held.calls():
        expected, data = held.rows(call.name), held.metadata.get("names_are_data", {}).get(call.name, ())
        assert held.rows(call.name, lambda payload, data=data: _with_more(payload, data)) == expected, call.name


def test_the_order_of_lists_of_objects_changes_nothing(held: Any) -> None:
    for call in held.calls():
        if call.name in held.metadata.get("by_place", ()):
            continue
        expected = held.rows(call.name)
        found = held.rows(call.name, lambda payload: _turned(payload))
        assert sorted(map(repr, found)) == sorted(map(repr, expected)), call.name


def test_what_is_used_is_named_of_each_call_that_gives_rows(held: Any) -> None:
    read = {held.file(call.name).stem for call in held.calls() if call.read is not no_rows}
    alike = {name for name in read if name not in held.metadata["used"]}
    # The second future is read as the first.
    assert alike <= {"future_next"}


def test_what_is_used_and_missing_is_reported_with_its_place(held: Any) -> None:
    """Of an object the name is missing, of a list the value is null; a price that names a list is no name."""
    for call, place in _told(held, "used"):
        is_data = place.rpartition("/")[0] in held.metadata.get("names_are_data", {}).get(call, ())
        assert is_data or held.error(call, place, take_out) == place, (call, place)


@pytest.mark.parametrize("wrong", [{"a": Decimal(1)}, True], ids=["object", "true"])
def test_what_is_used_and_of_another_type_is_reported_with_its_place(held: Any, wrong: Json) -> None:
    def put(holder: Json, key: str | int) -> None:
        holder[key] = deepcopy(wrong)

    for call, place in _told(held, "used", "optional"):
        assert f"{held.error(call, place, put)}/".startswith(f"{place}/"), (call, place)


def test_what_may_be_null_may_be_missing_too(held: Any) -> None:
    for call, place in _told(held, "optional"):
        missing = held.rows(call, lambda payload, place=place: without(payload, place))
        null = held.rows(call, lambda payload, place=place: with_value(payload, place, None))
        assert missing == null, (call, place)


def test_a_reply_is_not_changed_by_reading_it(held: Any) -> None:
    for call in held.calls():
        payload = held.payload(call.name)
        held.read(call, payload)
        assert payload == held.payload(call.name), call.name


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
                if wrong is None and isinstance(parent, list) and isinstance(right, dict | list):
                    # A row that is null is one that is not there.
                    continue
                parent[place[-1]] = deepcopy(wrong)
                _same_or_refused(held, call, whole, before)
            parent[place[-1]] = right


@pytest.mark.parametrize("payload", [None, [], {}, "", Decimal(0), True, [None], [[]], [{}]])
def test_a_reply_of_another_shape_gives_no_other_number(held: Any, payload: Json) -> None:
    for call in held.calls():
        _same_or_refused(held, call, deepcopy(payload), _by_key(held.rows(call.name)))


def _told(held: Any, *tables: str) -> list[tuple[str, str]]:
    """Return call and place of all that metadata.json lists in tables such as "used"."""
    return [
        (call, place) for table in tables for call, places in held.metadata.get(table, {}).items() for place in places
    ]


def _by_key(rows: list[Series]) -> dict[object, Series]:
    return {(type(row), *row.key, row.source): row for row in rows}


def _same_or_refused(held: Any, call: Call, payload: Json, before: dict[object, Series]) -> None:
    """Hold a changed reply to be refused, or to give rows that say the same as before, or less."""
    try:
        found = _by_key(held.read(call, payload))
    except ReplyError:
        return
    if call.name in held.metadata.get("names_rows", ()):
        numbers = set(_numbers(held.payload(call.name)))
        # Percentages are told as fractions.
        told = (
            {value for row in before.values() for value in row.values} | numbers | {one.scaleb(-2) for one in numbers}
        )
        assert {value for row in found.values() for value in row.values if value is not None} <= told, call.name
        return
    for key, row in found.items():
        earlier = before.get(key)
        if earlier is None:
            # Open interest that is not told once is told for both sides, and says so.
            assert getattr(row, "sides", None) == "both", (call.name, payload)
        elif isinstance(row, CandleSeries) and isinstance(earlier, CandleSeries):
            bars = {bar.time: bar for bar in earlier.bars}
            assert all(bar.time in bars and _says_less(bar, bars[bar.time]) for bar in row.bars), (call.name, payload)
        else:
            assert _says_less(row, earlier), (call.name, payload)


def _says_less(row: Series, earlier: Series) -> bool:
    """Say whether a row says what an earlier one said, or a part of it."""
    return all(own is None or own == other for own, other in zip(row.values, earlier.values, strict=True))


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


def _numbers(payload: Json) -> Iterator[Decimal]:
    """Yield each number that stands in a reply, also as text."""
    for place in _places(payload):
        value = _parent(payload, place)[place[-1]]
        if isinstance(value, str | Decimal):
            with suppress(ReplyError):
                yield Part(value).number()


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


def _with_more(payload: Json, data: Collection[str], place: Place = ()) -> Json:
    """Return a reply with more names in each object, but in those whose names are data."""
    if isinstance(payload, list):
        return [_with_more(value, data, (*place, at)) for at, value in enumerate(payload)]
    if not isinstance(payload, dict):
        return payload
    more = {key: _with_more(value, data, (*place, key)) for key, value in payload.items()}
    return more if pointer(place) in data else {"zzNew": "1", **more, "zzLast": [{"zz": None}]}


def _turned(payload: Json) -> Json:
    if isinstance(payload, dict):
        return {key: _turned(value) for key, value in payload.items()}
    if isinstance(payload, list) and payload and all(isinstance(one, dict | list) for one in payload):
        return [one if isinstance(one, list) else _turned(one) for one in reversed(payload)]
    return payload

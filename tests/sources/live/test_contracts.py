"""What every live source is held to, by the replies recorded in the documented shapes (values made up).

A folder of recorded/ has one file a call and metadata.json: whose calls, at what time, what of each reply is used, what
of it may be null or missing, and of each file its sha256, the documentation that it follows, a note on its licence, and
the day it was added. What a source cannot keep of the contract stands there too, by call, with the reason:

- without_venue: rows of which the vendor does not say where they hold;
- by_place: replies in which lists of objects are told apart by their place;
- names_rows: replies that name the exchange or the coin of each row, so that a wrong name is another row, though
  never another number;
- names_are_data: objects whose names are prices or exchanges, so that one more name is one more row.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from commentary.records.rows import Row, Series
from commentary.records.snapshot import SECTION_OF, SECTIONS, CandleSeries, Snapshot
from commentary.sources.json_text import pointer
from commentary.sources.live.base import Call, Json, NotListedError, ReplyError, no_rows, sources
from commentary.sources.shapes.reading import Part
from commentary.sources.snapshot_file import normalised, read_snapshot
from tests.sources.live.replies import RECORDED, Replies, take_out, with_value, without

Place = tuple[str | int, ...]
NAMES = list(sources)
SCOPES = ("full", "watch")
WRONG = ({}, [], True, None, "", "x", "NaN", Decimal("Infinity"), "1e999", "-", [[]])
OTHER = {"object": {"a": Decimal(1)}, "true": True}
MOST_A_WATCH = 4


@pytest.fixture(params=NAMES)
def held(request: pytest.FixtureRequest, replies: Callable[[str], Any]) -> Any:
    return replies(request.param)


def test_each_call_has_a_recorded_reply_and_each_reply_a_call(held: Any) -> None:
    names = {held.file(call.name).name for scope in SCOPES for call in held.calls(scope)}
    assert names == {path.name for path in held.folder.glob("*.json")} - {"metadata.json"}


@pytest.mark.parametrize("place", sorted(RECORDED.rglob("metadata.json")), ids=lambda place: f"{place.parent}"[-20:])
def test_each_recorded_reply_says_where_its_shape_is_from(place: Path) -> None:
    listed = {row["file"]: row for row in json.loads(place.read_text(encoding="utf-8"))["files"]}
    assert set(listed) == {path.name for path in place.parent.glob("*.json")} - {place.name}
    for name, row in listed.items():
        assert hashlib.sha256((place.parent / name).read_bytes()).hexdigest() == row["sha256"], name
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
            assert row.venue or call.name in held.metadata.get("without_venue", ()), call.name
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


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("name", NAMES)
def test_a_coin_that_is_not_listed_is_said_to_be_none_and_has_no_row(name: str, scope: str) -> None:
    """By the reply for it (more/not_listed.json) or by one for all coins, which does not have it."""
    held = Replies(name, "1INCHX")
    is_told = False
    for call in held.calls(scope):
        reply = held.whole(call.name if call.shared else "not_listed")
        try:
            found = held.read(call, held.source.unwrap(reply))
        except NotListedError:
            is_told = True
        except ReplyError:
            # What there is for it is a list of nothing, where an object or a row is wanted.
            assert not call.shared, call.name
        else:
            assert not any(row.asset is None for row in found), call.name
    assert is_told


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

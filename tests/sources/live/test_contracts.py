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
from pathlib import Path
from typing import Any

import pytest

from commentary.records.rows import Row, Series
from commentary.records.snapshot import SECTION_OF, SECTIONS, CandleSeries, Snapshot
from commentary.sources.live.base import NotListedError, ReplyError, sources
from commentary.sources.snapshot_file import normalised, read_snapshot
from tests.sources.live.replies import RECORDED, Replies

NAMES = list(sources)
SCOPES = ("full", "watch")
MOST_A_WATCH = 4


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


def test_what_is_said_of_a_call_is_said_of_one_that_there_is(held: Any) -> None:
    names = {held.file(call.name).stem for call in held.calls()}
    told = {key: set(value) for key, value in held.metadata.items() if isinstance(value, dict)}
    assert {key: calls - names for key, calls in told.items() if calls - names} == {}


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
            assert bool(row.venue) != (call.name in held.metadata.get("without_venue", ())), call.name
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

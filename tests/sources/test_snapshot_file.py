"""Snapshots from files: exact, order-free, and refused with a path when they break the format."""

import json
import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.errors import BadInputError
from commentary.records.snapshot import SECTIONS
from commentary.sources import json_text
from commentary.sources.amounts import limits
from commentary.sources.snapshot_file import normalised, read_snapshot

HEAD = '"format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "as_of": "2026-05-22T09:00:00Z"'
AS_OF = datetime(2026, 5, 22, 9, tzinfo=UTC)
CASES = tomllib.loads((Path(__file__).parent / "bad_input.toml").read_text(encoding="utf-8"))["case"]

FULL = (Path(__file__).parent / "full.json").read_text(encoding="utf-8")
"""One row of every type."""


def with_(section: str) -> bytes:
    body = section.strip()[1:]
    keep = [part for part in HEAD.split(", ") if f"{part.split(':')[0]}:" not in body.split("[")[0]]
    return ("{" + ", ".join(keep) + ("}" if body == "}" else ", " + body)).encode()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_bad_input_is_refused_with_path_value_and_remedy(case):
    content = case["text"].encode() if "text" in case else with_(case["section"])
    now = datetime.fromisoformat(case["now"]) if "now" in case else None
    with pytest.raises(BadInputError) as caught:
        read_snapshot(content, now=now, name="file")
    assert caught.value.path == "file" + case["path"]
    for words in case["words"]:
        assert words in caught.value.remedy + str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize("content", [b"\xff\xfe{}", b'{"a": "\xe4"}'])
def test_text_that_is_not_utf8_is_refused(content):
    with pytest.raises(BadInputError, match="UTF-8"):
        read_snapshot(content)


def test_a_huge_file_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(json_text, "LARGEST_BYTES", 100)
    (tmp_path / "big.json").write_bytes(b" " * 101)
    with pytest.raises(BadInputError, match="it has more than 100 bytes; give a smaller one"):
        read_snapshot(tmp_path / "big.json")


def _rows(count, **fields):
    return [{"value": 62000, "kind": "mark", "source": "CoinGlass", **fields, "venue": f"V{i}"} for i in range(count)]


@pytest.mark.parametrize(
    ("section", "rows", "said"),
    [
        ("prices", _rows(501), "there are 501 exchanges, and the limit is 500"),
        (
            "open_interest",
            [{"value_coin": 5, "venue": "all", "source": f"S{i}"} for i in range(31)],
            "there are 31 sources besides the exchanges themselves, and the limit is 30",
        ),
        (
            "liquidation_maps",
            [{"levels": [{"price": i, "side": "long", "notional_usd": 1} for i in range(1, 25_002)]}] * 2,
            "there are 50,002 levels, and the limit is 50,000",
        ),
    ],
)
def test_a_snapshot_with_more_than_any_feed_gives_is_refused(section, rows, said):
    with pytest.raises(BadInputError) as caught:
        read_snapshot(with_(json.dumps({section: rows})), name="file")
    assert caught.value.path == f"file/{section}"
    assert said in caught.value.remedy


def test_as_many_as_the_limit_are_read():
    prices = [row | {"source": row["venue"]} for row in _rows(500)]
    read = read_snapshot(with_(json.dumps({"prices": prices})))
    assert len(read.snapshot.prices) == 500
    shared = [{"value_coin": 5, "venue": "all", "source": f"S{i}"} for i in range(30)]
    assert read_snapshot(with_(json.dumps({"open_interest": shared}))).conflicts == ()


@pytest.mark.parametrize("kind", ["venues", "sources", "levels"])
def test_each_limit_says_why(kind):
    assert limits()[kind].most > 0
    assert limits()[kind].why


def test_endless_nesting_is_refused():
    with pytest.raises(BadInputError, match="nested too deeply"):
        read_snapshot(b"[" * 1_000_000)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadInputError, match=r"cannot be read \(.*\); name a file that can"):
        read_snapshot(tmp_path / "none.json")


def test_every_section_can_be_read_and_a_byte_order_mark_is_ignored():
    read = read_snapshot(b"\xef\xbb\xbf" + FULL.encode())
    assert all(getattr(read.snapshot, section) for section in SECTIONS)
    assert read.conflicts == ()
    assert read.snapshot.funding[0].rate == Decimal("0.000024")
    assert str(read.snapshot.funding[0].rate) == "0.000024"


def test_a_change_of_the_last_day_is_not_held_against_the_candle_of_the_day_before():
    # The last 24 hours to 09:00 are not the calendar day to 00:00, in which price fell from 2,372 to 2,348: 9 hours of
    # the two are not the same, so a rise of 4.95% contradicts nothing.
    text = """{"price_changes": [{"percent": 4.95, "window_hours": 24}], "candles": [{"interval_minutes": 1440,
      "bars": [
      {"time": "2026-05-20T00:00:00Z", "open": 2370, "high": 2380, "low": 2360, "close": 2372},
      {"time": "2026-05-21T00:00:00Z", "open": 2372, "high": 2409, "low": 2325, "close": 2348}]}]}"""
    assert read_snapshot(with_(text)).snapshot.price_changes[0].percent == Decimal("4.95")


def test_rows_inherit_asset_time_source_and_venue():
    snapshot = read_snapshot(FULL.encode()).snapshot
    level = snapshot.liquidation_maps[0].levels[0]
    assert (level.asset, level.source, level.at) == ("BTC", "CoinGlass", AS_OF)
    bar = snapshot.candles[0].bars[0]
    assert (bar.about, bar.source, bar.venue) == ("BTC", "Binance", "Binance")
    assert snapshot.liquidation_orders[0].asset == "ETH"


def test_a_row_without_a_time_gets_as_of_and_a_note():
    read = read_snapshot(with_('{"prices": [{"value": 1}, {"value": 2, "kind": "mark"}]}'))
    assert read.snapshot.prices[0].time == AS_OF
    assert read.notes == ("prices: 2 rows without a time; the snapshot's as_of, 2026-05-22T09:00:00Z, is taken",)


def test_a_settled_rate_without_a_time_did_not_settle_at_a_minute_within_the_hour():
    rate = {"venue": "Binance", "rate": 0.000024, "interval_hours": 8, "kind": "settled"}
    made = {"format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "funding": [rate]}
    typed = read_snapshot(json.dumps({**made, "as_of": "2026-11-30T00:59:00Z"}).encode())
    assert typed.snapshot.funding[0].kind is None
    assert any("give its time" in note for note in typed.notes)
    assert read_snapshot(json.dumps({**made, "as_of": "2026-11-30T08:00:00Z"}).encode()).snapshot.funding[0].kind == (
        "settled"
    )


def test_a_time_with_an_offset_becomes_utc():
    read = read_snapshot(with_('{"prices": [{"value": 1, "time": "2026-05-22T10:30:00.5+02:00"}]}'))
    assert read.snapshot.prices[0].time == datetime(2026, 5, 22, 8, 30, 0, 500000, tzinfo=UTC)


def test_expiry_and_calendar_may_lie_ahead_and_two_minutes_are_not_the_future():
    read_snapshot(with_('{"prices": [{"value": 1, "time": "2026-05-22T09:02:00Z"}]}'))
    read_snapshot(with_('{"calendar": [{"event": "CPI", "time": "2027-01-01T00:00:00Z"}]}'))


def test_a_row_given_twice_is_dropped_with_a_note():
    read = read_snapshot(with_('{"prices": [{"value": 1.0}, {"value": 1, "time": "2026-05-22T09:00:00Z"}]}'))
    assert len(read.snapshot.prices) == 1
    assert "prices: 1 row given twice; kept once" in read.notes


def test_what_no_figure_is_made_of_is_told():
    bar = {"time": "2026-05-22T00:00:00Z", "open": 1, "high": 1, "low": 1, "close": 1}
    bars = [{**bar, "taker_buy_usd": 5}, {**bar, "time": "2026-05-22T01:00:00Z"}]
    level = {"price": 1, "side": "long", "notional_usd": 5}
    time = "2026-05-22T09:00:00Z"
    rows = {
        "candles": [{"interval_minutes": 60, "bars": bars}],
        "liquidation_maps": [{"time": time, "levels": [level], "assumptions": {"tiers": [10]}}],
        "long_short": [{"time": time, "venue": venue, "long_share": 0.5} for venue in ("Binance", "OKX")],
    }
    assert read_snapshot(with_(json.dumps(rows))).notes == (
        "candles bars, taker_buy_usd: 1 row read and kept; no figure is made of them yet",
        "liquidation_maps, assumptions: 1 row read and kept; no figure is made of them yet",
        "long_short: 2 rows read and kept; no figure is made of them yet",
    )
    del bars[0]["taker_buy_usd"], rows["liquidation_maps"][0]["assumptions"], rows["long_short"]
    assert read_snapshot(with_(json.dumps(rows))).notes == ()


def test_two_sources_apart_by_more_than_the_tolerance_are_a_conflict():
    rows = '{"prices": [{"value": 100, "source": "A"}, {"value": 101, "source": "B"}]}'
    (conflict,) = read_snapshot(with_(rows)).conflicts
    # 1 of 101 is 0.99%, and 0.5% is allowed.
    assert conflict == ("price", "/prices/0/value", "/prices/1/value", 100, 101, Decimal("0.005"), "")


@pytest.mark.parametrize("other", ['"venue": "OKX", "kind": "mark"', '"venue": "Binance", "kind": "last"'])
def test_prices_of_one_time_more_than_a_tenth_apart_are_a_conflict_whoever_made_them(other):
    # 95,000 less 62,140 is 32,860, or 34.6% of the larger; a tenth is allowed between exchanges.
    rows = f'{{"prices": [{{"value": 62140, "venue": "Binance", "kind": "mark"}}, {{"value": 95000, {other}}}]}}'
    (conflict,) = read_snapshot(with_(rows)).conflicts
    assert sorted((conflict.value_a, conflict.value_b)) == [62140, 95000]
    assert conflict.tolerance == Decimal("0.1")


@pytest.mark.parametrize(
    "rows",
    [
        '{"prices": [{"value": 100, "source": "A"}, {"value": 100.4, "source": "B"}]}',
        '{"prices": [{"value": 100, "source": "A"}, {"value": 109, "source": "B", "kind": "mark"}]}',
        '{"prices": [{"value": 1, "source": "A"}, {"value": 2, "source": "B", "time": "2026-05-22T08:57:00Z"}]}',
        '{"funding": [{"rate": 0.000001, "source": "A"}, {"rate": 0.000005, "source": "B"}]}',
    ],
    ids=["within tolerance", "another kind", "another time", "within the rounding"],
)
def test_two_sources_that_agree_or_speak_of_different_things_are_both_kept_silently(rows):
    read = read_snapshot(with_(rows))
    assert read.conflicts == ()
    assert sum(len(getattr(read.snapshot, section)) for section in SECTIONS) == 2


def test_maps_of_two_vendors_are_two_models_and_no_conflict():
    level = '"levels": [{"price": 60593, "side": "long", "notional_usd": %d}]'
    rows = f'{{"liquidation_maps": [{{"source": "A", {level % 1}}}, {{"source": "B", {level % 9}}}]}}'
    assert read_snapshot(with_(rows)).conflicts == ()


def test_a_map_in_two_parts_is_one_map():
    part = '{"source": "A", "levels": [{"price": %d, "side": "long", "notional_usd": 1}]}'
    (one,) = read_snapshot(with_(f'{{"liquidation_maps": [{part % 60000}, {part % 50000}]}}')).snapshot.liquidation_maps
    assert [level.price for level in one.levels] == [50000, 60000]


def test_a_long_level_above_the_price_and_one_far_level_are_not_bad_input():
    levels = [(80000, "long"), (76000, "long"), (75000, "long"), (9000, "long")]
    rows = ",".join(f'{{"price": {p}, "side": "{s}", "notional_usd": 1}}' for p, s in levels)
    read = read_snapshot(with_(f'{{"prices": [{{"value": 77200}}], "liquidation_maps": [{{"levels": [{rows}]}}]}}'))
    assert len(read.snapshot.liquidation_maps[0].levels) == 4


def test_sums_of_two_vendors_or_sides_may_differ_as_they_like_and_equal_ones_go_on():
    sums = '"cumulative": [{"price": 60593, "side": "long", "notional_usd": %d}, %s]'
    short = '{"price": 64900, "side": "short", "notional_usd": 1}'
    further = '{"price": 60000, "side": "long", "notional_usd": 5}'
    rows = f'{{"source": "A", {sums % (9, short)}}}, {{"source": "B", {sums % (5, further)}}}'
    assert len(read_snapshot(with_(f'{{"liquidation_maps": [{rows}]}}')).snapshot.liquidation_maps) == 2


SUM = (
    '{"prices": [{"value": 62140}, {"value": 62200, "kind": "mark"}],'
    ' "liquidation_maps": [{"cumulative": [{"price": %d, "side": "%s", "notional_usd": 1}]%s}]}'
)


@pytest.mark.parametrize(("end", "side", "price"), [(63000, "long", "62200"), (61000, "short", "62140")])
@pytest.mark.parametrize("time", ["", ', "time": "2026-05-22T08:59:00Z"'])
def test_a_sum_cannot_end_on_the_far_side_of_the_price_it_was_counted_from(end, side, price, time):
    with pytest.raises(BadInputError) as caught:
        read_snapshot(with_(SUM % (end, side, time)), name="s.json")
    assert caught.value.path == "s.json/liquidation_maps/0/cumulative/0/price"
    assert caught.value.value == end
    assert price in caught.value.remedy
    assert "its own time" in caught.value.remedy


@pytest.mark.parametrize(
    ("end", "side", "time"),
    [
        (63000, "long", ', "time": "2026-05-22T08:58:59Z"'),
        (62150, "long", ""),
        (62150, "short", ""),
        (61000, "long", ""),
        (63000, "short", ""),
    ],
    ids=["an older map", "between two prices", "between two prices, shorts", "longs below", "shorts above"],
)
def test_a_passed_sum_of_an_older_map_is_read(end, side, time):
    assert read_snapshot(with_(SUM % (end, side, time))).snapshot.liquidation_maps[0].cumulative


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "data" / "snapshots").glob("*.json")), ids=lambda path: path.stem
)
def test_every_bundled_snapshot_is_read(path):
    assert read_snapshot(path).sha256


def test_the_spelling_of_numbers_and_of_inherited_values_does_not_change_the_hash():
    plain = with_('{"prices": [{"value": 77200, "kind": "last"}]}')
    other = with_(
        '{"prices": [{"kind": "last", "value": 7.7200e4, "asset": "BTC", "venue": null,'
        ' "time": "2026-05-22T11:00:00+02:00"}]}'
    )
    assert read_snapshot(plain).sha256 == read_snapshot(other).sha256
    assert read_snapshot(plain).snapshot == read_snapshot(other).snapshot


def test_another_value_changes_the_hash():
    one, other = ('{"prices": [{"value": 1}]}', '{"prices": [{"value": 1.01}]}')
    assert read_snapshot(with_(one)).sha256 != read_snapshot(with_(other)).sha256


def test_the_normal_form_is_a_snapshot_with_the_same_hash():
    read = read_snapshot(FULL.encode())
    again = read_snapshot(normalised(read.snapshot))
    assert again.sha256 == read.sha256
    assert again.snapshot == read.snapshot


def shuffled(value, draw):
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = [shuffled(item, draw) for item in value]
        rows += [row for row in rows if draw(st.booleans())]
        return draw(st.permutations(rows))
    if isinstance(value, dict):
        return {key: shuffled(value[key], draw) for key in draw(st.permutations(sorted(value)))}
    return value


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_order_and_repetition_of_rows_change_neither_snapshot_nor_hash(data):
    original = read_snapshot(FULL.encode())
    other = read_snapshot(json.dumps(shuffled(json.loads(FULL), data.draw)).encode())
    assert other.sha256 == original.sha256
    assert other.snapshot == original.snapshot


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_random_bytes_raise_nothing_but_bad_input(content):
    with pytest.raises(BadInputError):
        read_snapshot(content)


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["BTC", "2026-05-22T09:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_changed_value_raises_nothing_but_bad_input(data):
    document = json.loads(FULL)
    path = data.draw(st.sampled_from(sorted(set(places(document)) - {()}, key=str)))
    target = document
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = data.draw(JSON_VALUES)
    try:
        read = read_snapshot(json.dumps(document).encode())
    except BadInputError as error:
        assert "\n" not in error.remedy  # noqa: PT017
    else:
        assert read_snapshot(normalised(read.snapshot)).sha256 == read.sha256


@given(st.integers(0, len(FULL) - 1), st.sampled_from(['"', "{", "]", "0", "-", "e9", ",", "\\u0000", "\\ud800"]))
@settings(max_examples=200, deadline=None)
def test_a_changed_character_raises_nothing_but_bad_input(place, character):
    try:
        read_snapshot((FULL[:place] + character + FULL[place + 1 :]).encode())
    except BadInputError:
        return


def test_the_json_of_pydantic_is_a_snapshot_again():
    read = read_snapshot(FULL.encode())
    again = read_snapshot(read.snapshot.model_dump_json().encode())
    assert again.sha256 == read.sha256


@pytest.mark.parametrize(
    "rows",
    [
        # A week before its end a future 10% under spot is minus 521% a year; 2% an hour is the cap of an exchange.
        '{"basis": [{"venue": "CME", "days": 7, "annualised": -5.21}]}',
        '{"funding": [{"venue": "Binance", "rate": -0.02, "interval_hours": 1}]}',
        '{"positions": [{"side": "long", "notional_usd": 1, "leverage": 1}]}',
        '{"prices": [{"value": 100}], "options": [{"max_pain": 10, "time": "2026-05-01T00:00:00Z"}]}',
    ],
)
def test_what_is_rare_and_may_be_true_is_read(rows):
    assert read_snapshot(with_(rows))

"""The bundled snapshots: made again they are the same bytes, and their figures agree with one another."""

import json
import tomllib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest

from commentary.records.history import History
from commentary.records.laid_out import laid_out
from commentary.records.snapshot import Bar, OpenInterest, ReadSnapshot
from commentary.resources import folder
from commentary.runs.sample_snapshots import HISTORIES, main, written
from commentary.runs.samples import bitcoin, histories, samples
from commentary.runs.samples.layout import NOTE
from commentary.sources.snapshot_file import read_snapshot

FOLDER = folder("data") / "snapshots"
NAMES = list(samples)
INDEX = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))
DAY = timedelta(days=1)


@cache
def read(name: str) -> ReadSnapshot:
    return read_snapshot(FOLDER / f"{name}.json")


@pytest.mark.parametrize("name", NAMES)
def test_making_a_file_again_gives_the_bytes_that_are_bundled(name):
    assert laid_out(samples[name]()) == (FOLDER / f"{name}.json").read_bytes()


def test_the_folder_holds_one_file_for_each_entry_of_the_index_and_no_other():
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMES == sorted(INDEX)
    for entry in INDEX.values():
        needed = ["title", "story", "emphasis", "label", "flags"]
        assert [key for key in entry if key not in ("history", "near_miss")] == needed
        assert entry["emphasis"] in ("long", "short", "two-sided", "none")
        assert entry["label"] in ("bullish", "bearish", "neutral", "none")


def test_the_program_writes_all_files_into_a_folder(tmp_path):
    assert main([str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.json")) == [f"{name}.json" for name in NAMES]
    assert sorted(path.stem for path in (tmp_path / HISTORIES).iterdir()) == list(histories)


@pytest.mark.parametrize("name", list(histories))
def test_a_history_is_named_in_the_index_and_made_again_it_is_the_same(name):
    told_after = [key for key, entry in INDEX.items() if entry.get("history") == f"{HISTORIES}/{name}.json"]
    assert told_after
    content = (FOLDER / HISTORIES / f"{name}.json").read_bytes()
    assert written(histories[name]()) == content
    before = History.model_validate_json(content).items
    assert all(one.as_of < read(key).snapshot.as_of for one in before for key in told_after)


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["no such folder"]])
def test_a_wrong_call_is_told_what_to_do(arguments, capsys):
    assert main(arguments) == 2
    assert "folder" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_read_says_that_it_is_illustrative_and_stays_small(name):
    snapshot = read(name).snapshot
    assert snapshot.note == NOTE
    assert "llustrative" in NOTE
    assert (2026, 5) <= (snapshot.as_of.year, snapshot.as_of.month) <= (2026, 11)
    assert (FOLDER / f"{name}.json").stat().st_size < 400_000


def test_every_file_of_an_asset_is_of_another_day():
    days = {(read(name).snapshot.asset, read(name).snapshot.as_of.date()) for name in NAMES}
    assert len(days) == len(NAMES)


def test_only_the_file_about_a_conflict_holds_one_and_it_is_about_open_interest():
    found = {name: [each.metric for each in read(name).conflicts] for name in NAMES if read(name).conflicts}
    assert found == {"btc-conflict": ["open_interest"]}


def test_files_hold_one_row_a_line_and_no_number_with_an_exponent():
    row = '    {"venue": "Binance", "source": "Binance", "value": 0.00001234, "kind": "mark", "time": "2026-09-10T12:57:00Z"}'  # noqa: E501
    assert row in (FOLDER / "pepe-small-price.json").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_open_interest_in_dollars_is_coins_times_the_price_of_its_time(name):
    snapshot = read(name).snapshot
    rate = snapshot.usd_rate or Decimal(1)
    bars = [bar for series in snapshot.candles for bar in series.bars]
    length = timedelta(minutes=float(snapshot.candles[0].interval_minutes)) if snapshot.candles else DAY
    for row in snapshot.open_interest:
        before_all_prices = bars and row.at < bars[0].time
        if row.value_usd is None or row.value_coin is None or before_all_prices:
            continue
        price = row.value_usd / row.value_coin / rate
        near = [each for each in snapshot.prices if abs(each.at - row.at) <= timedelta(minutes=15)]
        bar = next((bar for bar in bars if bar.time <= row.at < bar.time + length), None)
        assert near or bar, f"no price at {row.at}"
        assert all(abs(price / each.value - 1) < Decimal("0.01") for each in near)
        # A thousandth for the rounding of dollars.
        assert bar is None or bar.low * Decimal("0.999") <= price <= bar.high * Decimal("1.001")


@pytest.mark.parametrize("name", NAMES)
def test_long_and_short_liquidations_add_up_to_their_total_and_are_a_small_share_of_open_interest(name):
    snapshot = read(name).snapshot
    dollars = [row.value_usd for row in snapshot.open_interest if row.value_usd]
    for row in snapshot.liquidations:
        if row.long_usd is not None and row.short_usd is not None:
            assert row.long_usd + row.short_usd == row.total_usd
        if dollars and row.about == snapshot.asset and row.total_usd is not None:
            assert row.total_usd < min(dollars) * Decimal("0.05")


def test_the_parts_of_the_market_are_less_than_its_total_and_the_largest_order_is_in_the_coin_it_names():
    snapshot = read("market-liquidations").snapshot
    by_asset = {row.about: row for row in snapshot.liquidations}
    assert {name: int(row.total_usd or 0) for name, row in by_asset.items()} == {
        "market": 893_000_000,
        "BTC": 318_000_000,
        "ETH": 246_500_000,
    }
    assert by_asset["market"].largest_order_usd == snapshot.liquidation_orders[0].notional_usd


@pytest.mark.parametrize("name", ["btc-calm", "btc-short-squeeze", "sol-liquidations"])
def test_three_files_hold_ninety_days_of_every_series(name):
    snapshot = read(name).snapshot
    as_of = snapshot.as_of
    (series,) = snapshot.candles
    assert [bar.time for bar in series.bars] == [as_of - timedelta(hours=4 * k) for k in range(540, 0, -1)]
    # One day more than the candles, so that ninety windows lie before the last one.
    assert [row.at for row in snapshot.open_interest] == [as_of - timedelta(hours=4 * k) for k in range(91 * 6, -1, -1)]
    assert [row.at for row in snapshot.liquidations] == [as_of - k * DAY for k in range(90, -1, -1)]
    assert len(snapshot.funding) == 271
    assert 0 <= (as_of - snapshot.funding[-1].at) / timedelta(hours=1) < 8


def test_funding_prints_pile_up_at_the_baseline():
    rates = [row.rate for row in read("btc-calm").snapshot.funding]
    share = rates.count(Decimal("0.0001")) / len(rates)
    assert 0.3 < share < 0.5
    assert min(rates) < 0


def coins_by_day(rows: tuple[OpenInterest, ...]) -> list[Decimal]:
    """Coins at the hour of the last row, a day apart, newest first."""
    held = {row.at: row.value_coin for row in rows if row.value_coin is not None}
    last = max(held)
    return [held[last - k * DAY] for k in range(92)]


def changes(coins: list[Decimal]) -> list[Decimal]:
    return [(now / before - 1) * 100 for now, before in pairwise(coins)]


def test_the_flush_is_the_largest_fall_in_ninety_days_and_the_next_is_six_point_one_percent():
    coins = coins_by_day(read("btc-flush").snapshot.open_interest)
    assert coins[:2] == [270_300, 297_700]
    # 270300 / 297700 = 0.907961, a fall of 9.2039 percent.
    first, *others = changes(coins)
    assert round(first, 4) == Decimal("-9.2039")
    assert len(others) == 90
    assert round(min(others), 1) == Decimal("-6.1")


def bars_since(name: str, day: str) -> list[Bar]:
    return [bar for bar in read(name).snapshot.candles[0].bars if f"{bar.time:%m-%d %H}" >= day]


def test_the_band_of_the_flush_is_reached_in_the_last_bar_alone_and_its_lowest_close_is_60410():
    *before, last = bars_since("btc-flush", "11-20 08")
    assert min(bar.low for bar in before) > 61_000
    assert last.close == 60_410
    assert 60_000 < last.low <= 60_410


def test_price_has_passed_the_level_within_the_bars_after_the_map():
    snapshot = read("btc-level-passed").snapshot
    assert snapshot.liquidation_maps[0].at == snapshot.as_of - timedelta(hours=5, minutes=30)
    assert min(bar.low for bar in bars_since("btc-level-passed", "07-09 08")) < 63_850


def test_the_squeeze_closes_positions_and_the_liquidations_of_solana_do_not_make_a_flush():
    # 267600 / 281400 = 0.950959, a fall of 4.9041 percent.
    assert round(changes(coins_by_day(read("btc-short-squeeze").snapshot.open_interest))[0], 1) == Decimal("-4.9")
    # 41200 / 41790 = 0.985882, a fall of 1.4118 percent.
    assert round(changes(coins_by_day(read("sol-liquidations").snapshot.open_interest))[0], 1) == Decimal("-1.4")


def test_each_reported_price_change_is_that_of_the_candles():
    # 60480 / 63930 = 0.946035, but the candles of the flush end two hours before it.
    for name in ("btc-calm", "btc-short-squeeze", "sol-liquidations"):
        snapshot = read(name).snapshot
        closes = [bar.close for bar in snapshot.candles[0].bars]
        assert round((closes[-1] / closes[-7] - 1) * 100, 1) == snapshot.price_changes[0].percent


def quarter(time: datetime) -> datetime:
    """The nearest quarter hour, to which the paths are known."""
    return datetime.fromtimestamp(round(time.timestamp() / 900) * 900, tz=UTC)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("btc-")])
def test_all_bitcoin_files_tell_of_one_market(name):
    # Half a percent for the minutes between an observation and its quarter hour.
    snapshot = read(name).snapshot
    for row in snapshot.prices:
        dollars = float(row.value * (snapshot.usd_rate or 1))
        assert dollars == pytest.approx(bitcoin.price().at(quarter(row.at)), rel=0.005)
    for row in snapshot.open_interest:
        if row.source == "CoinGlass":
            assert float(row.value_coin) == pytest.approx(bitcoin.coins().at(quarter(row.at)), rel=0.005)
    settled = {row["time"]: row["rate"] for row in bitcoin.settled()}
    for row in snapshot.funding:
        # The path is of Binance's rates; another exchange's are its own.
        assert row.kind is None or row.venue != "Binance" or settled[row.at] == row.rate


def test_the_flush_looks_back_at_the_map_of_the_long_side():
    flush, long_side = (read(name).snapshot.liquidation_maps[0] for name in ("btc-flush", "btc-long-side"))
    assert flush.at == long_side.at
    assert flush.cumulative[0] == long_side.cumulative[0]


def test_ether_has_120_levels_a_side_and_the_book_up_to_where_each_nearest_dense_stretch_begins():
    snapshot = read("eth-two-sided").snapshot
    levels = {side: {} for side in ("long", "short")}
    newest = max(snapshot.liquidation_maps, key=lambda row: row.at)
    for level in newest.levels:
        levels[level.side][level.price] = level.notional_usd
    assert [len(side) for side in levels.values()] == [120, 120]
    edges = {"long": Decimal("2337.5"), "short": Decimal(2475)}
    assert {row.to_price for row in snapshot.order_book} == set(edges.values())
    for side, edge in edges.items():
        outward = Decimal("-2.5") if side == "long" else Decimal("2.5")
        beside, there = levels[side][edge - 3 * outward], levels[side][edge + 2 * outward]
        assert there > 2 * beside


def test_the_example_holds_no_more_than_a_sum_and_a_rate():
    document = json.loads((FOLDER / "btc-example.json").read_bytes())
    assert document["liquidation_maps"] == [
        {"source": "CoinGlass", "cumulative": [{"price": 60593, "side": "long", "notional_usd": 1070000000}]}
    ]
    assert document["funding"] == [{"rate": 0.000024}]
    assert not {"prices", "candles", "open_interest"} & set(document)

"""Files of the exchange's archive become a snapshot, and what is no such file is refused in one sentence."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commentary.errors import BadInputError
from commentary.records.canonical import canonical
from commentary.sources import archive_files
from commentary.sources.archive_files import archive_snapshot, rows_of
from commentary.sources.archive_tables import COLUMNS, INTERVALS
from commentary.sources.snapshot_file import read_snapshot
from tests.sources.archive_writing import BAR, DEPTH, FUNDING, KLINES, METRICS, at, write


@pytest.fixture
def whole(tmp_path: Path) -> list[Path]:
    """A day of files as they are downloaded."""
    return [
        write(
            tmp_path,
            "BTCUSDT-metrics-2026-11-22.zip",
            METRICS,
            "2026-11-22 08:00:00,BTCUSDT,76700,5900000000,1,1,1,1",
            "2026-11-22 07:55:00,BTCUSDT,76600,5890000000,1,1,1,1",
        ),
        write(tmp_path, "BTCUSDT-fundingRate-2026-11.zip", FUNDING, "1795334400002,8,-0.000025"),
        write(
            tmp_path,
            "BTCUSDT-1h-2026-11-22.zip",
            BAR,
            BAR.replace("17953308", "17953344").replace("17953343", "17953379"),
        ),
        write(tmp_path, "BTCUSDT-bookDepth-2026-11-22.zip", DEPTH, "2026-11-22 08:00:08,-1,1,77000"),
    ]


def test_files_together_are_a_snapshot_that_is_read_like_any_other(whole):
    document = archive_snapshot(whole)
    # The newest candle ends at 09:00.
    assert (document["asset"], document["quote"], document["as_of"]) == ("BTC", "USD", at(9))
    snapshot = read_snapshot(canonical(document)).snapshot
    assert len(snapshot.candles[0].bars) == len(snapshot.open_interest) == 2
    assert [row.at for row in snapshot.open_interest] == [at(7, 55), at(8)]
    assert len(snapshot.funding) == len(snapshot.order_book) == 1
    assert len(snapshot.long_short) == 8


def test_the_order_of_the_files_changes_nothing(whole):
    one, other = (read_snapshot(canonical(archive_snapshot(files))).sha256 for files in (whole, whole[::-1]))
    assert one == other


def test_a_snapshot_of_an_earlier_time_holds_nothing_of_later(whole):
    snapshot = read_snapshot(canonical(archive_snapshot(whole, as_of=at(8)))).snapshot
    assert snapshot.as_of == at(8)
    assert [bar.time for bar in snapshot.candles[0].bars] == [at(7)]
    assert len(snapshot.open_interest) == 2
    assert not snapshot.funding
    assert not snapshot.order_book
    with pytest.raises(BadInputError, match="no row is as early"):
        archive_snapshot(whole, as_of=at(6))


def test_a_snapshot_of_a_contract_of_a_thousand_coins_names_it(tmp_path):
    place = write(tmp_path, "1000PEPEUSDT-fundingRate-2026-11.csv", FUNDING, "1795334400002,8,0.0001")
    document = archive_snapshot([place])
    assert (document["asset"], document["contract"], document["contract_multiplier"]) == ("PEPE", "1000PEPEUSDT", 1000)


def test_files_of_several_contracts_are_refused(tmp_path):
    places = [
        write(tmp_path, f"{symbol}-fundingRate-2026-11.csv", FUNDING, "1795334400002,8,0.0001")
        for symbol in ("BTCUSDT", "ETHUSDT")
    ]
    with pytest.raises(BadInputError, match="'ETHUSDT' cannot be used; BTCUSDT-fundingRate-2026-11"):
        rows_of(places)


def test_a_line_of_another_symbol_than_the_file_is_refused_with_its_place(tmp_path):
    good, bad = (f"2026-11-22 00:0{i}:00,{symbol},1,77000,,,," for i, symbol in ((0, "BTCUSDT"), (5, "ETHUSDT")))
    place = write(tmp_path, "BTCUSDT-metrics-2026-11-22.csv", METRICS, good, bad)
    with pytest.raises(BadInputError) as caught:
        rows_of([place])
    assert (caught.value.path, caught.value.value) == ("BTCUSDT-metrics-2026-11-22.csv/3/symbol", "ETHUSDT")


@pytest.mark.parametrize("column", COLUMNS["fundingRate"])
def test_a_column_that_is_missing_is_named(tmp_path, column):
    header = ",".join(name for name in COLUMNS["fundingRate"] if name != column)
    place = write(tmp_path, "BTCUSDT-fundingRate-2026-11.csv", f"x{header}", "1,2")
    with pytest.raises(BadInputError, match=f"the header lacks .*{column}"):
        rows_of([place])


def test_a_column_that_is_not_known_is_not_looked_at(tmp_path):
    place = write(tmp_path, "BTCUSDT-fundingRate-2026-11.csv", f"{FUNDING},mark_price", "1795334400002,8,0.0001,77000")
    assert rows_of([place])[0].rate == Decimal("0.0001")


@pytest.mark.parametrize("line", ["1795334400002,8", "1795334400002,8,0.0001,77000", ""])
def test_a_line_of_another_number_of_columns_is_refused_with_its_number(tmp_path, line):
    place = write(tmp_path, "BTCUSDT-fundingRate-2026-11.csv", FUNDING, "1795334400002,8,0.0001", line)
    with pytest.raises(BadInputError, match=r"csv/3: .*a line has 3 columns"):
        rows_of([place])


@pytest.mark.parametrize("folder", ["markPriceKlines", "indexPriceKlines", "premiumIndexKlines"])
def test_a_file_in_a_folder_of_other_prices_is_refused(tmp_path, folder):
    (tmp_path / folder).mkdir()
    place = write(tmp_path / folder, "BTCUSDT-1h-2026-11.csv", BAR)
    with pytest.raises(BadInputError, match=folder):
        rows_of([place])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("data.csv", "keep the archive's name"),
        ("BTCUSDT-1h-2026-11.csv.CHECKSUM", "keep the archive's name"),
        ("BTCUSDT-aggTrades-2026-11-22.zip", "'aggTrades' cannot be used; name a file that holds one of metrics"),
        ("BTCUSDT-1mo-2026-11.zip", "'1mo' cannot be used"),
        ("BTCUSDT_261225-1h-2026-11.zip", "'BTCUSDT_261225' cannot be used; name files of a perpetual"),
        ("ETHBTC-1h-2026-11.zip", "'ETHBTC' cannot be used; name files of a perpetual"),
    ],
)
def test_a_name_that_is_none_of_the_archive_is_refused_before_the_file_is_opened(tmp_path, name, words):
    with pytest.raises(BadInputError, match=words):
        rows_of([tmp_path / name])


def packed(folder: Path, *members: tuple[str, bytes]) -> Path:
    place = folder / "BTCUSDT-fundingRate-2026-11.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return place


GOOD = f"{FUNDING}\n1795334400002,8,0.0001\n".encode()
INSIDE = "BTCUSDT-fundingRate-2026-11.csv"


@pytest.mark.parametrize(
    "members",
    [
        [],
        [("../../BTCUSDT-fundingRate-2026-11.csv", GOOD)],
        [("/etc/BTCUSDT-fundingRate-2026-11.csv", GOOD)],
        [("ETHUSDT-fundingRate-2026-11.csv", GOOD)],
        [(INSIDE, GOOD), ("more.csv", GOOD)],
        [("folder/", b"")],
    ],
)
def test_a_zip_file_holds_the_csv_file_of_its_name_alone(tmp_path, members):
    with pytest.raises(BadInputError, match=f"holds {INSIDE} alone"):
        rows_of([packed(tmp_path, *members)])
    assert [path.name for path in tmp_path.iterdir()] == ["BTCUSDT-fundingRate-2026-11.zip"]


def test_a_file_that_would_unpack_to_more_than_the_limit_is_not_unpacked(tmp_path):
    place = packed(tmp_path, (INSIDE, b"0" * (archive_files.MOST_BYTES + 1)))
    assert place.stat().st_size < 100_000
    with pytest.raises(BadInputError, match="more than 16,777,216 bytes"):
        rows_of([place])


def test_a_file_that_lies_about_its_size_is_refused(tmp_path):
    place = packed(tmp_path, (INSIDE, b"0" * (archive_files.MOST_BYTES + 1)))
    content = place.read_bytes()
    true = (archive_files.MOST_BYTES + 1).to_bytes(4, "little")
    assert content.count(true) == 2
    place.write_bytes(content.replace(true, (100).to_bytes(4, "little")))
    with pytest.raises(BadInputError):
        rows_of([place])


def test_files_that_are_too_much_together_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive_files, "MOST_TOGETHER", 2 * len(GOOD) - 1)
    months = [write(tmp_path, f"BTCUSDT-fundingRate-2026-{month}.csv", *GOOD.decode().split()) for month in (10, 11)]
    with pytest.raises(BadInputError, match="csv: the files have more than"):
        rows_of(months)


@pytest.mark.parametrize("cut", [10, 60, -5])
def test_a_zip_file_that_is_cut_short_is_refused(tmp_path, cut):
    place = packed(tmp_path, (INSIDE, GOOD))
    place.write_bytes(place.read_bytes()[:cut])
    with pytest.raises(BadInputError, match="no ZIP file, or is damaged"):
        rows_of([place])


def test_a_zip_file_whose_content_does_not_fit_its_checksum_is_refused(tmp_path):
    place = tmp_path / "BTCUSDT-fundingRate-2026-11.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(INSIDE, GOOD)
    place.write_bytes(place.read_bytes().replace(b"0.0001", b"0.0009"))
    with pytest.raises(BadInputError, match="damaged"):
        rows_of([place])


def test_a_packing_that_the_archive_does_not_use_is_refused(tmp_path):
    place = tmp_path / "BTCUSDT-fundingRate-2026-11.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(INSIDE, GOOD)
    with pytest.raises(BadInputError, match="packed as the archive does not"):
        rows_of([place])


def test_no_file_no_line_and_no_row_are_refused(tmp_path):
    with pytest.raises(BadInputError, match="name at least one file"):
        rows_of([])
    with pytest.raises(BadInputError, match="it is empty"):
        rows_of([write(tmp_path, "BTCUSDT-1h-2026-10.csv")])
    with pytest.raises(BadInputError, match="the files hold no rows"):
        rows_of([write(tmp_path, "BTCUSDT-1h-2026-11.csv", KLINES)])
    with pytest.raises(BadInputError, match="cannot be read"):
        rows_of([tmp_path / "BTCUSDT-1h-2026-12.csv"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400) | st.text('0123456789,.-\n"eBTCUSD ', max_size=300).map(str.encode),
    st.sampled_from(["metrics", "fundingRate", "bookDepth", "liquidationSnapshot", "1h"]),
    st.sampled_from(["csv", "zip"]),
    st.booleans(),
)
def test_any_content_is_read_or_refused(tmp_path, content, holds, kind, headed):
    header = f"{','.join(COLUMNS['klines' if holds in INTERVALS else holds])}\n".encode() if headed else b""
    text = io.BytesIO(header + content)
    place = tmp_path / f"BTCUSDT-{holds}-2026-11-22.{kind}"
    if kind == "zip" and headed:
        with zipfile.ZipFile(place, "w") as archive:
            archive.writestr(f"{place.stem}.csv", text.getvalue())
    else:
        place.write_bytes(text.getvalue())
    refused = None
    try:
        rows = rows_of([place])
    except BadInputError as error:
        refused = error
    assert refused.path.startswith(place.name) if refused else rows

"""commentary snapshot archive: files of an exchange's archive become a snapshot, or one sentence says why not."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import Result

from tests.sources.archive.writing import BAR, FUNDING, METRICS, write

Run = Callable[..., Result]
HOUR, RATES = "BTCUSDT-1h-2026-11-22.zip", "BTCUSDT-fundingRate-2026-11.csv"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """An hour of candles, two funding rates and two figures of open interest; the newest row is of 08:05."""
    here = Path()
    return [
        write(here, HOUR, BAR).name,
        write(
            here, "BTCUSDT-fundingRate-2026-11.csv", FUNDING, "1795305600000,8,0.0001", "1795334400000,8,0.0002"
        ).name,
        write(
            here,
            "BTCUSDT-metrics-2026-11-22.zip",
            METRICS,
            "2026-11-22 08:00:00,BTCUSDT,76700,5900000000,,,,",
            "2026-11-22 08:05:00,BTCUSDT,76800,5910000000,,,,",
        ).name,
    ]


def test_files_become_a_snapshot_that_is_valid(run: Run, files: list[str]) -> None:
    result = run("snapshot", "archive", *files, "--output", "btc.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "wrote btc.json; next: commentary draft btc.json\n"
    written = json.loads(Path("btc.json").read_text())
    assert (written["asset"], written["name"], written["as_of"]) == ("BTC", "Bitcoin", "2026-11-22T08:05:00Z")
    assert [row["value_coin"] for row in written["open_interest"]] == [76700, 76800]
    assert [row["rate"] for row in written["funding"]] == [0.0001, 0.0002]
    assert run("snapshot", "check", "btc.json").exit_code == 0


def test_it_prints_what_it_would_write(run: Run, files: list[str]) -> None:
    run("snapshot", "archive", *files, "--output", "btc.json", "--quiet")
    printed = run("snapshot", "archive", *files)
    assert (printed.stdout, printed.stderr) == (Path("btc.json").read_text(), "")


def test_what_is_later_than_as_of_is_left_out(run: Run, files: list[str]) -> None:
    made = json.loads(run("snapshot", "archive", *files, "--as-of", "2026-11-22T09:00:00+01:00").stdout)
    assert made["as_of"] == "2026-11-22T08:00:00Z"
    assert [row["value_coin"] for row in made["open_interest"]] == [76700]


def test_a_checksum_is_held_against_its_file(run: Run, files: list[str]) -> None:
    beside, content = Path(f"{files[0]}.CHECKSUM"), Path(files[0]).read_bytes()
    beside.write_text(f"{sha256(content).hexdigest()}  {files[0]}\n")
    assert run("snapshot", "archive", *files, beside.name).exit_code == 0
    beside.write_text(f"{'0' * 64}  {files[0]}\n")
    refused = run("snapshot", "archive", *files, "--output", "btc.json")
    told = f"commentary: {files[0]}: '{sha256(content).hexdigest()}' cannot be used; its sha256 has to be {'0' * 64}"
    assert (refused.exit_code, refused.stderr.startswith(told)) == (2, True)
    assert not Path("btc.json").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["data.csv"], "data.csv: keep the archive's name"),
        (["BTCUSDT-1h-2026-12.zip"], "BTCUSDT-1h-2026-12.zip: 'BTCUSDT-1h-2026-12.zip' cannot be read (No such"),
        ([HOUR, "--as-of", "noon"], "--as-of: 'noon' cannot be used; write a time with its zone"),
        ([HOUR, "--as-of", "2999-01-01T00:00:00Z"], "--as-of: '2999-01-01T00:00:00Z' cannot be used; it lies ahead"),
        ([HOUR, "--as-of", "2026-11-22T07:00:00Z"], "--as-of: '2026-11-22T07:00:00Z' cannot be used; no row is as"),
        ([HOUR, "--output", HOUR], f"--output: '{HOUR}' cannot be used; it is the file of FILE, which is read"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(
    run: Run, files: list[str], arguments: list[str], told: str
) -> None:
    result = run("snapshot", "archive", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"commentary: {told}")
    assert result.stderr.count("\n") == 1


def test_a_rate_that_no_market_has_shown_is_refused_with_its_place(run: Run) -> None:
    # 700% in eight hours: a rate in percent, or of another file.
    name = write(Path(), RATES, FUNDING, "1795334400000,8,7").name
    result = run("snapshot", "archive", name)
    assert result.exit_code == 2
    told = f"commentary: {RATES}/2: '{{...}}' cannot be used; wanted here: a Funding (rate: it looks like percent"
    assert result.stderr.startswith(told)

"""commentary fetch against the fake market: what it says beside the snapshot that it writes."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from commentary.cli.app import app
from commentary.runs.fake_market.server import FakeMarket

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def market() -> Iterator[FakeMarket]:
    with FakeMarket(seed=5, assets=2) as opened:
        yield opened


@pytest.fixture
def fetch(run: Run, market: FakeMarket) -> Run:
    """Return a function: names of sources and options in, the result of a fetch of BTC from the fake market out."""

    def invoke(names: str, *options: str) -> Result:
        urls = [f"--base-url={name}={market.base_urls[name]}" for name in names.split(",")]
        host = market.url.removeprefix("http://")
        return run("fetch", "BTC", "--from", names, *urls, "--allow-host", host, "--keep", "replies", *options)

    return invoke


def test_it_says_of_which_exchange_it_could_estimate_no_map_and_why(run: Run, fetch: Run) -> None:
    result = fetch("deribit")
    assert result.exit_code == 0
    assert json.loads(result.stdout).get("liquidation_maps", []) == []
    why = "no map of Deribit: of its open interest in coin the snapshot holds only that of inverse contracts"
    assert why in result.stderr
    # What was to be left out needs no reason.
    assert "no map of" not in run("fetch", "BTC", "--offline", "replies", "--no-map").stderr


def test_where_it_estimated_one_it_says_nothing_more(fetch: Run) -> None:
    result = fetch("binance")
    assert {each["venue"] for each in json.loads(result.stdout)["liquidation_maps"]} == {"Binance"}
    assert "no map of" not in result.stderr


@pytest.mark.parametrize("names", ["coinglass", "binance", "coinglass,binance"])
def test_a_coin_that_no_source_lists_is_exit_5_whatever_is_said_of_all_coins(
    run: Run, market: FakeMarket, monkeypatch: pytest.MonkeyPatch, names: str
) -> None:
    monkeypatch.setenv("COINGLASS_API_KEY", "a-key-of-a-test")
    urls = [f"--base-url={name}={market.base_urls[name]}" for name in names.split(",")]
    place = ["--allow-host", market.url.removeprefix("http://"), "--output", "foo.json"]
    result = run("fetch", "FOO", "--from", names, *urls, *place)
    assert (result.exit_code, result.stdout) == (5, "")
    assert "no source gave a figure of FOO: " in result.stderr
    for title in names.replace("coinglass", "CoinGlass").replace("binance", "Binance").split(","):
        assert f"{title}: does not list it" in result.stderr
    assert not Path("foo.json").exists()


def test_replies_are_never_written_over(run: Run, market: FakeMarket) -> None:
    arguments = ["fetch", "BTC", "--from", "deribit", f"--base-url=deribit={market.base_urls['deribit']}"]
    arguments += ["--allow-host", market.url.removeprefix("http://"), "--output", "btc.json"]
    assert "raw replies: btc.replies\n" in run(*arguments).stderr
    assert "raw replies: btc.replies-2\n" in run(*arguments).stderr
    asked = len(market.requests("deribit"))
    result = run(*arguments, "--keep", "btc.replies")
    assert result.exit_code == 2
    assert "--keep: 'btc.replies' cannot be used; something is there already" in result.stderr
    assert len(market.requests("deribit")) == asked


@pytest.fixture(scope="module")
def kept(market: FakeMarket, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw replies of a fetch of BTC from Deribit."""
    place = tmp_path_factory.mktemp("kept")
    url = f"deribit={market.base_urls['deribit']}"
    host = market.url.removeprefix("http://")
    arguments = ["fetch", "BTC", "--from", "deribit", "--base-url", url, "--allow-host", host]
    result = CliRunner().invoke(
        app, [*arguments, "--keep", str(place / "replies"), "--output", str(place / "btc.json")]
    )
    assert result.exit_code == 0
    return place / "replies"


@pytest.mark.parametrize(
    ("changed", "place", "words"),
    [
        *(
            ({field: time}, f"/collection/{field}", "write a time")
            for field in ("asked_at", "as_of")
            for time in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "1969-01-01T00:00:00Z", "noon", 1e300, 0)
        ),
        ({"as_of": "2030-01-01T00:00:00Z"}, "/collection/as_of", "ends behind that, within a day; fetch again"),
        ({"as_of": "2020-01-01T00:00:00Z"}, "/collection/as_of", "ends behind that, within a day; fetch again"),
        ({"assets": "BTC"}, "/collection/assets", "fetch again"),
        ({"assets": [1]}, "/collection/assets/0", "fetch again"),
        ({"sources": ["evil"]}, "/collection/sources", "'evil' cannot be used; there are "),
        ({"sources": {}}, "/collection/sources", "fetch again"),
        ({"without_key": ["deribit"]}, "/collection/without_key", "it is among the sources that were asked"),
        ({"base_urls": ["x"]}, "/collection/base_urls", "fetch again"),
        ({"base_urls": {"deribit": 1}}, "/collection/base_urls/deribit", "fetch again"),
        ({"scope": "all"}, "/collection/scope", "fetch again"),
        ({"more": 1}, "/collection/more", "fetch again"),
    ],
)
def test_kept_replies_that_say_what_cannot_be_are_refused_with_file_and_place(
    run: Run, kept: Path, tmp_path: Path, changed: dict[str, object], place: str, words: str
) -> None:
    folder = tmp_path / "replies"
    shutil.copytree(kept, folder)
    index = json.loads((folder / "index.json").read_bytes())
    index["collection"].update(changed)
    (folder / "index.json").write_text(json.dumps(index))
    result = run("fetch", "BTC", "--offline", "replies")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"commentary: {Path('replies') / 'index.json'}{place}: ")
    assert words in result.stderr


def test_the_index_of_kept_replies_is_a_format_whose_schema_is_printed(run: Run, kept: Path) -> None:
    schema = json.loads(run("schema", "replies").stdout)
    assert schema["title"] == "commentary.replies/1"
    Draft202012Validator(schema).validate(json.loads((kept / "index.json").read_bytes()))

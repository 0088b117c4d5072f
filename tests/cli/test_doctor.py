"""commentary doctor against the fake market: what is said of each source, and in which exit code it ends."""

import json
from collections.abc import Callable, Iterator

import pytest
from typer.testing import Result

from commentary.runs.fake_market.server import FakeMarket
from commentary.runs.fake_market.venues import coinglass

Run = Callable[..., Result]
Ask = Callable[[str], tuple[int, dict[str, tuple[str, str]]]]


@pytest.fixture
def market() -> Iterator[FakeMarket]:
    with FakeMarket(seed=5, assets=2) as opened:
        yield opened


@pytest.fixture
def doctor(run: Run, market: FakeMarket, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return a function: names of sources in, the exit code, and by source the state and the words, out."""
    monkeypatch.setenv("COINGLASS_API_KEY", "a-key-of-a-test")
    monkeypatch.setenv("COINALYZE_API_KEY", "a-key-of-a-test")

    def invoke(names: str) -> tuple[int, dict[str, tuple[str, str]]]:
        urls = [f"--base-url={name}={market.base_urls[name]}" for name in names.split(",")]
        host = market.url.removeprefix("http://")
        result = run("doctor", "--from", names, *urls, "--allow-host", host, "--format", "json")
        told = json.loads(result.stdout)["sources"]
        return result.exit_code, {one["source"]: (one["state"], one["told"]) for one in told}

    return invoke


def test_sources_that_answer_are_exit_0(doctor: Ask) -> None:
    code, told = doctor("coinglass,deribit")
    assert code == 0
    assert {name: state for name, (state, _) in told.items()} == {"coinglass": "ok", "deribit": "ok"}


@pytest.mark.parametrize("kind", ["status_401", "status_403"])
@pytest.mark.parametrize("name", ["coinglass", "coinalyze"])
def test_a_key_that_is_refused_is_told_as_that_and_exit_5(
    doctor: Ask, market: FakeMarket, name: str, kind: str
) -> None:
    market.fault(kind, venue=name)
    code, told = doctor(f"deribit,{name}")
    assert code == 5
    state, words = told[name]
    assert state == "refused"
    assert words.startswith(f"the key in {name.upper()}_API_KEY is refused (")
    assert words.endswith("; set it again, and see that the plan it is of has the API")
    assert told["deribit"][0] == "ok"


def test_a_key_that_is_refused_with_status_200_is_told_as_that_too(
    doctor: Ask, market: FakeMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(coinglass._ERRORS, "server", ("401", "Upgrade plan"))
    market.fault("envelope", venue="coinglass")
    code, told = doctor("coinglass")
    assert code == 5
    state, words = told["coinglass"]
    assert state == "refused"
    assert words.startswith("the key in COINGLASS_API_KEY is refused (it says 'Upgrade plan' (401)); set it again")


def test_one_of_whose_calls_some_are_refused_is_partly_of_use(doctor: Ask, market: FakeMarket) -> None:
    market.fault("status_401", venue="coinglass", next=1)
    code, told = doctor("coinglass")
    assert code == 0
    assert told["coinglass"][0] == "partly"
    assert " of 4 calls gave nothing (" in told["coinglass"][1]


def test_a_source_whose_replies_cannot_be_read_is_exit_5(doctor: Ask, market: FakeMarket) -> None:
    market.fault("html", venue="deribit")
    code, told = doctor("deribit")
    assert code == 5
    assert told["deribit"][0] == "nothing"
    assert "calls gave nothing (" in told["deribit"][1]


def test_a_refusal_that_is_not_of_the_key_is_not_told_as_one(doctor: Ask, market: FakeMarket) -> None:
    market.fault("status_400", venue="coinglass")
    code, told = doctor("coinglass")
    assert code == 5
    assert told["coinglass"][0] == "silent"

"""Servers of the house: on this machine, or named; nothing else, and no secret in an address."""

import pytest

from commentary.errors import BadInputError, NotPermittedError
from commentary.net.house import house_server

SETTINGS = {"where": "model.where", "named_in": "model.allowed_hosts"}


def of(url, *named, at=("127.0.0.1", "::1")):
    return house_server(url, named, **SETTINGS, look_up=lambda host, port: list(at))


@pytest.mark.parametrize(
    ("url", "plain", "allowed"),
    [
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1", "127.0.0.1:8000"),
        ("http://127.8.9.1:8000/v1/", "http://127.8.9.1:8000/v1", "127.8.9.1:8000"),
        ("http://[::1]:11434", "http://[::1]:11434", "[::1]:11434"),
        ("http://localhost/v1", "http://localhost/v1", "localhost:80"),
        ("HTTPS://LocalHost:8443/api", "https://localhost:8443/api", "localhost:8443"),
    ],
)
def test_this_machine_may_be_asked(url, plain, allowed):
    assert of(url)[:2] == (plain, allowed)


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.7:8000/v1",
        "http://0.0.0.0:8000",
        "http://[::2]:8000",
        "http://[::ffff:10.0.0.7]:8000",
        "http://169.254.169.254/latest",
        "http://gpu.lan:8000/v1",
        "http://localhost.evil.example/v1",
        "http://127.0.0.1.evil.example/v1",
        "http://127.1:8000",
        "http://2130706433:8000",
        "https://api.openai.com/v1",
    ],
)
def test_any_other_is_refused_and_the_remedy_names_it(url):
    with pytest.raises(NotPermittedError, match=r"name \".+:\d+\" in model\.allowed_hosts") as refused:
        of(url)
    assert refused.value.exit_code == 4


@pytest.mark.parametrize("named", ["gpu.lan", "gpu.lan:8000", "GPU.lan"])
def test_a_host_that_is_named_may_be_asked(named):
    assert of("http://gpu.lan:8000/v1", named).allowed == "gpu.lan:8000"


@pytest.mark.parametrize("named", ["gpu.lan:8001", "lan", "*"])
def test_naming_another_does_not_help(named):
    with pytest.raises(NotPermittedError):
        of("http://gpu.lan:8000/v1", named)


def test_localhost_that_leads_elsewhere_is_refused():
    with pytest.raises(NotPermittedError, match=r"localhost leads to 10\.0\.0\.7"):
        of("http://localhost:8000", at=("127.0.0.1", "10.0.0.7"))


def test_localhost_that_leads_elsewhere_later_has_no_address_then():
    found = ["127.0.0.1"]
    server = house_server("http://localhost:8000", (), **SETTINGS, look_up=lambda host, port: list(found))
    found[:] = ["10.0.0.7"]
    assert server.look_up("localhost", 8000) == []


@pytest.mark.parametrize(
    "url",
    [
        "http://ann:s3cret@127.0.0.1:8000/v1",
        "http://s3cret@127.0.0.1/v1",
        "http://127.0.0.1:8000/v1?key=s3cret",
        "http://127.0.0.1:8000/v1#s3cret",
        "http://ann:p/s3cret@gpu.lan/v1",
    ],
)
def test_an_address_with_a_secret_is_refused_and_not_shown(url):
    with pytest.raises(BadInputError, match="a key is no part of it") as refused:
        of(url, "gpu.lan")
    assert "s3cret" not in str(refused.value)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999", "http://127.0.0.1/a b"]
)
def test_what_is_no_address_is_bad_input(url):
    with pytest.raises(BadInputError, match=r"model\.where: .*write an address such as"):
        of(url)


def test_a_named_host_that_is_none_is_bad_input_under_its_own_setting():
    with pytest.raises(BadInputError, match=r"model\.allowed_hosts: 'http://gpu'"):
        of("http://127.0.0.1", "http://gpu")

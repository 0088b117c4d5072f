"""A key is sent as a header, and is seen nowhere else: in no text, log, traceback or file."""

import asyncio
import io
import logging
import traceback
from urllib.parse import quote

import pytest

from commentary.net import Failure, Reply, Request
from commentary.net.client import Network
from commentary.net.kept import keep
from commentary.net.scrub import Scrubber
from tests.net.jumping import run
from tests.net.server import in_turn, reply, serving

KEY = 'k3y/+W1th=0dd"Signs'
SECRETS = (("CG-API-KEY", KEY),)
FORMS = (KEY, quote(KEY), quote(KEY, safe=""), KEY.replace('"', '\\"'), KEY.upper(), f"Bearer {KEY}")
PARTS = ("W1th", "w1th", "W1TH", "0dd")
"""What is left of the key in each of its forms."""


def echo(status, form, headers=True):
    told = {"date": f"Mon {form}", "x_ratelimit": form, "x_echo": form, "location": f"https://evil.example/{form}"}
    return reply(f'{{"msg": "bad key {form}"}}'.encode(), status=status, **(told if headers else {}))


def all_of(answer, tmp_path, **request):
    """Ask with everything logged and return all that can be read afterwards."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(1)

    async def one():
        async with serving(answer) as server, Network(allowed=[server.host], seed=1) as network:
            outcome = await network.send(server.request(secrets=SECRETS, **request), deadline=3.0)
            return outcome, server.asked

    try:
        outcome, asked = run(one())
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    keep(tmp_path / "kept", {}, [outcome])
    files = "".join(f"{path.name}\n{path.read_text()}\n" for path in sorted((tmp_path / "kept").iterdir()))
    shown = f"{outcome!r}\n{outcome}\n{outcome.content.decode()}\n{outcome.request!r}"
    return outcome, asked, log.getvalue(), f"{shown}\n{log.getvalue()}\n{files}"


def free_of_it(text):
    return not any(part in text for part in PARTS)


@pytest.mark.parametrize("status", [200, 400, 401, 418, 429, 500, 302, 307])
@pytest.mark.parametrize("form", FORMS)
def test_an_echoed_key_is_taken_out(status, form, tmp_path):
    outcome, asked, log, everything = all_of(echo(status, form), tmp_path)
    assert {one.headers["cg-api-key"] for one in asked} == {KEY}  # it was sent
    assert isinstance(outcome, Reply if status == 200 else Failure)
    assert "receive_response_headers.complete" in log  # the library's log was on
    assert free_of_it(everything)
    if status in (200, 400, 401):
        assert b"bad key " in outcome.content
        assert b"[key]" in outcome.content


def escaped(key):
    return "".join(f"\\u{ord(letter):04x}" for letter in key)


@pytest.mark.parametrize("form", [escaped(KEY), KEY.replace("/", "\\/").replace('"', "\\u0022"), escaped(KEY).upper()])
def test_a_reply_that_has_the_key_in_escapes_is_not_kept(form, tmp_path):
    """Read as JSON it would be the key again."""
    form = form.replace("\\U", "\\u")
    outcome, _, _, everything = all_of(echo(200, form, headers=False), tmp_path)
    assert outcome.content == b"[key]"
    assert form not in everything


def test_a_long_header_is_cut_behind_the_key_that_stands_in_it(tmp_path):
    outcome, _, _, everything = all_of(reply(b"{}", x_ratelimit="a" * 195 + KEY), tmp_path)
    assert isinstance(outcome, Reply)
    assert free_of_it(everything)


def test_a_broken_answer_with_the_key_in_it_does_not_show_it(tmp_path):
    async def broken(asked, writer):
        writer.write(f"HTTP/1.1 {KEY} {KEY}\r\n{KEY}: {KEY}\r\n\r\n{KEY}".encode())

    outcome, _, _, everything = all_of(broken, tmp_path)
    assert outcome.kind == "connection"
    assert free_of_it(everything)


@pytest.mark.parametrize("key", [f"{KEY}\n", f"{KEY}\r\nX-Evil: 1", f"{KEY}\0", f"{KEY}é", "", " "])
def test_a_key_that_no_header_can_hold_is_not_sent_and_not_shown(key):
    async def one():
        async with serving(reply()) as server, Network(allowed=[server.host]) as network:
            return await network.send(server.request(secrets=(("CG-API-KEY", key),))), server.asked

    outcome, asked = run(one())
    assert outcome.kind == "address"
    assert outcome.reason == "was not asked: its key holds a character that no header can; set the key again"
    assert free_of_it(repr(outcome))
    assert asked == []


@pytest.mark.parametrize(
    "request_",
    [
        {"path": f"/?key={quote(KEY, safe='')}"},
        {"method": "POST", "body": b'{"key": "' + KEY.replace('"', '\\"').encode() + b'"}'},
    ],
)
def test_a_key_in_the_question_itself_is_not_sent(request_):
    async def one():
        async with serving(reply()) as server, Network(allowed=[server.host]) as network:
            return await network.send(server.request(secrets=SECRETS, **request_)), server.asked

    outcome, asked = run(one())
    assert outcome.kind == "address"
    assert "a key stands in the question itself" in outcome.reason
    assert asked == []


def test_a_secret_header_takes_the_place_of_ours():
    async def one():
        async with serving(reply()) as server, Network(allowed=[server.host]) as network:
            await network.send(server.request(secrets=(("user-agent", "a secret name"),)))
            return server.asked[0].headers

    assert run(one())["user-agent"] == "a secret name"


def test_a_redirect_within_the_server_keeps_the_key_and_one_elsewhere_never_gets_it():
    async def both():
        async with serving(reply()) as elsewhere:
            answers = in_turn(reply(status=307, location="/b"), reply(status=307, location=elsewhere.url()))
            async with serving(answers) as server, Network(allowed=[server.host, elsewhere.host]) as network:
                outcome = await network.send(server.request(secrets=SECRETS))
                return outcome, server.asked, elsewhere.asked

    outcome, asked, elsewhere = run(both())
    assert outcome.kind == "redirect"
    assert [one.headers.get("cg-api-key") for one in asked] == [KEY, KEY]
    assert elsewhere == []


def test_a_key_in_where_a_server_sends_us_on_is_in_no_log(tmp_path):
    def on(asked, writer):
        return reply(status=307, location=f"/{quote(KEY, safe='')}") if asked.path == "/" else reply()

    outcome, asked, log, everything = all_of(on, tmp_path)
    assert isinstance(outcome, Reply)
    assert [one.path for one in asked] == ["/", f"/{quote(KEY, safe='')}"]
    assert "/[key]" in log  # httpx tells which URLs it asks
    assert free_of_it(everything)


def test_an_interrupt_shows_no_key_in_its_traceback():
    async def silent(asked, writer):
        await asyncio.sleep(1000)

    async def interrupted():
        async with serving(silent) as server, Network(allowed=[server.host]) as network:
            sending = asyncio.create_task(network.send_all([server.request(secrets=SECRETS)], {}))
            await asyncio.sleep(1.0)
            sending.cancel()
            try:
                await sending
            except asyncio.CancelledError as error:
                return "".join(traceback.format_exception(error)), repr(sending), len(server.asked)

    shown, task, asked = run(interrupted())
    assert asked == 1
    assert "send_all" in shown
    assert free_of_it(shown + task)


def test_a_key_is_taken_out_of_whatever_the_library_logs(caplog):
    caplog.set_level(logging.DEBUG)
    with Scrubber() as scrubber:
        scrubber.learn(Request("toy", "question", "https://a.example/", secrets=SECRETS))
        logging.getLogger("httpcore.http11").debug("a header: %s", KEY)
        logging.getLogger("httpx").info("a URL: %s", KEY)
    assert caplog.messages == ["a header: [key]", "a URL: [key]"]


def test_the_logs_are_left_alone_afterwards():
    before = list(logging.getLogger("httpcore.http11").filters)

    async def one():
        async with Network():
            assert len(logging.getLogger("httpcore.http11").filters) == len(before) + 1

    run(one())
    assert logging.getLogger("httpcore.http11").filters == before


def test_short_words_are_no_keys():
    scrubber = Scrubber()
    scrubber.learn(Request("toy", "question", "https://a.example/", secrets=(("Authorization", "Bearer 7720050"),)))
    assert scrubber.text("Bearer 7720050") == "[key]"  # the whole is one
    assert scrubber.text("the price is 7720050") == "the price is 7720050"


def test_a_request_does_not_show_its_key():
    request = Request("toy", "question", "https://a.example/", secrets=SECRETS)
    for shown in (repr(request), str(request), f"{request}", repr([request]), repr(Failure(request, "limit", "x"))):
        assert free_of_it(shown)

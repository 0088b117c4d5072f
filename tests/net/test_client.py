"""Questions and their answers over a real socket, on a clock that jumps: tries, waits, deadlines, limits."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from commentary.net import Failure, Pool, Reply
from commentary.net.client import MOST_WORDS, Network
from commentary.net.exchange import Waits
from tests.net.jumping import run
from tests.net.server import drip, in_turn, reply, serving

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


class Noon:
    """A clock that goes with the loop's, from noon."""

    def now(self):
        return NOON + timedelta(seconds=asyncio.get_running_loop().time())


def told(answer, *, pools=None, deadline=20.0, name="question", **settings):
    """Ask one question; return what came, the server, and how long it took."""
    request = settings.pop("request", {})

    async def one():
        async with (
            serving(answer) as server,
            Network({"toy": pools or {}}, allowed=[server.host], clock=Noon(), seed=1, **settings) as network,
        ):
            outcome = await network.send(server.request(name, **request), deadline=deadline)
            return outcome, server, asyncio.get_running_loop().time()

    return run(one())


async def slow(asked, writer):
    await asyncio.sleep(2.0)
    return reply({"price": "77200.5"}, date="Mon, 30 Nov 2026 12:00:07 GMT")


def test_a_reply_has_what_came_and_when():
    outcome, server, _ = told(slow)
    assert isinstance(outcome, Reply)
    assert (outcome.status, outcome.content) == (200, b'{"price": "77200.5"}')
    assert outcome.sent_at == NOON
    assert outcome.received_at == NOON + timedelta(seconds=2)
    assert outcome.clock_skew == timedelta(seconds=6)  # 7 s, told in the middle, at 1 s
    [asked] = server.asked
    assert (asked.method, asked.path, asked.body) == ("GET", "/", b"")
    assert asked.headers["host"] == server.host
    assert asked.headers["user-agent"] == "commentary"


def test_a_post_sends_its_body():
    _, server, _ = told(reply(), request={"method": "POST", "body": b'{"type": "meta"}', "path": "/info?a=1&b=%20"})
    [asked] = server.asked
    assert (asked.method, asked.path, asked.body) == ("POST", "/info?a=1&b=%20", b'{"type": "meta"}')
    assert asked.headers["content-type"] == "application/json"


def test_only_headers_of_time_and_limits_are_kept():
    headers = {
        "Date": "Mon, 30 Nov 2026 12:00:00 GMT",
        "X-MBX-USED-WEIGHT-1M": "12",
        "API-KEY-MAX-LIMIT": "80",
        "API-KEY-USE-LIMIT": "3",
        "X-Bapi-Limit-Status": "599",
        "Set-Cookie": "session=1",
        "Server": "cloud",
        "CF-Ray": "x" * 300,
    }
    outcome, _, _ = told(reply(**{name.replace("-", "_"): value for name, value in headers.items()}))
    assert outcome.headers == {
        "api-key-max-limit": "80",
        "api-key-use-limit": "3",
        "content-type": "application/json",
        "date": "Mon, 30 Nov 2026 12:00:00 GMT",
        "x-bapi-limit-status": "599",
        "x-mbx-used-weight-1m": "12",
    }


def test_connections_are_used_again():
    async def rounds():
        async with serving(reply()) as server, Network(allowed=[server.host]) as network:
            for _ in range(3):
                await network.send_all([server.request(f"{n}") for n in range(4)], {})
            return server.connections, len(server.asked)

    assert run(rounds()) == (4, 12)


def test_not_more_are_on_their_way_at_once_than_told_and_sources_do_not_hold_each_other_up():
    async def both():
        busy = most = 0

        async def answer(asked, writer):
            nonlocal busy, most
            busy += 1
            most = max(most, busy)
            await asyncio.sleep(1.0)
            busy -= 1
            return reply()

        async with (
            serving(answer) as slow,
            serving(reply()) as fast,
            Network(allowed=[slow.host, fast.host], in_flight=3) as network,
        ):
            requests = [slow.request(f"{n}") for n in range(7)] + [fast.request("fast")._replace(source="other")]
            ended = []
            outcomes = await network.send_all(requests, {"toy": 60}, on_outcome=ended.append)
            assert [one.request for one in outcomes] == requests
            return most, ended[0].request.name, asyncio.get_running_loop().time(), slow.connections

    assert run(both()) == (3, "fast", pytest.approx(3.0), 3)  # 7 questions, 3 at once, 1 s each


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
def test_an_error_of_the_server_is_tried_again(status):
    outcome, server, seconds = told(in_turn(reply(status=status), reply(status=status), reply()))
    assert isinstance(outcome, Reply)
    assert len(server.asked) == 3
    assert 0 < seconds <= 0.5 + 1.0  # drawn from 0 to 0.5 s, then from 0 to 1 s


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 408, 409, 410, 422, 451, 499])
def test_an_error_of_ours_is_never_tried_again(status):
    answer = reply({"code": -1121, "msg": "Invalid symbol."}, status=status, retry_after="1")
    outcome, server, _ = told(answer)
    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.status, outcome.tries) == ("status", status, 1)
    assert outcome.content == b'{"code": -1121, "msg": "Invalid symbol."}'
    assert len(server.asked) == 1


def test_a_failure_says_which_status_in_words():
    outcome, _, _ = told(reply(status=404))
    assert outcome.reason == "answered with status 404, Not Found"


def test_an_errors_words_are_cut():
    outcome, _, _ = told(reply(b"x" * 100_000, status=400))
    assert outcome.content == b"x" * MOST_WORDS


def test_the_tries_end():
    outcome, server, _ = told(reply(status=500), deadline=1000.0)
    assert (outcome.kind, outcome.status, outcome.tries) == ("status", 500, 8)
    assert len(server.asked) == 8


@pytest.mark.parametrize("status", [429, 418, 503])
def test_retry_after_in_seconds_is_waited_out(status):
    outcome, server, _ = told(in_turn(reply(status=status, retry_after="7"), reply()))
    assert isinstance(outcome, Reply)
    first, second = (one.at for one in server.asked)
    assert 7.0 <= second - first <= 7.5


def test_retry_after_as_a_date_is_read_against_the_servers_own_clock():
    # Their clock is a year behind; the pause is 9 s all the same.
    refusal = reply(status=429, date="Sun, 30 Nov 2025 12:00:00 GMT", retry_after="Sun, 30 Nov 2025 12:00:09 GMT")
    _, server, _ = told(in_turn(refusal, reply()))
    first, second = (one.at for one in server.asked)
    assert 9.0 <= second - first <= 9.5


def test_retry_after_as_a_date_is_read_against_ours_where_they_do_not_tell():
    _, server, _ = told(in_turn(reply(status=429, retry_after="Mon, 30 Nov 2026 12:00:09 GMT"), reply()))
    first, second = (one.at for one in server.asked)
    assert 9.0 <= second - first <= 9.5


@pytest.mark.parametrize("nonsense", ["soon", "-5", "nan", "inf", "", "1e3", "Mon, 99 Nov 2026", "٣"])
def test_a_retry_after_that_says_nothing_is_none(nonsense):
    outcome, server, _ = told(in_turn(reply(status=429, retry_after=nonsense.encode().decode("latin-1")), reply()))
    assert isinstance(outcome, Reply)
    first, second = (one.at for one in server.asked)
    assert second - first <= 0.5


@pytest.mark.parametrize(
    ("status", "told_after", "spoken"),
    [(429, "120", "120 s"), (418, "3600", "3600 s"), (503, "9" * 30, "more than a day")],
)
def test_a_pause_beyond_the_deadline_ends_it_at_once(status, told_after, spoken):
    outcome, server, seconds = told(reply(status=status, retry_after=told_after))
    assert outcome.status == status
    assert outcome.reason.endswith(f"and asks for a pause of {spoken}, beyond the deadline")
    assert len(server.asked) == 1
    assert seconds < 1.0


def test_a_refusal_pauses_all_that_draw_on_the_same_limit():
    async def three():
        answers = in_turn(reply(status=429, retry_after="5"), reply())
        pools = {"toy": {"all": Pool(1, 1.0), "other": Pool(1, 1.0)}}
        async with serving(answers) as server, Network(pools, allowed=[server.host]) as network:
            requests = [
                server.request("refused", "/refused", costs=(("all", 1),)),
                server.request("behind", "/behind", costs=(("all", 1),)),
                server.request("other", "/other", costs=(("other", 1),)),
            ]
            outcomes = await network.send_all(requests, {})
            return [type(one) for one in outcomes], [(one.path, one.at) for one in server.asked]

    types, asked = run(three())
    assert types == [Reply] * 3
    when = dict(reversed(asked))
    assert when["/other"] == 0.0
    assert min(time for path, time in asked[1:] if path != "/other") >= 5.0


@pytest.mark.parametrize(
    "ban", [reply(status=418), reply(status=403, content=b'{"retCode": 10006, "retMsg": "Too many visits!"}')]
)
def test_a_ban_is_not_tried_again_and_holds_the_whole_source(ban):
    async def three():
        async with serving(ban) as server, Network({"toy": {"all": Pool(9, 1.0)}}, allowed=[server.host]) as network:
            first = await network.send(server.request("first", costs=(("all", 1),)))
            second = await network.send(server.request("second"))
            return first, second, len(server.asked)

    first, second, asked = run(three())
    assert (first.kind, first.tries) == ("limit", 1)
    assert "has banned this address" in first.reason
    assert second == Failure(second.request, "limit", "asked for a pause that is longer than the deadline", tries=0)
    assert asked == 1


def test_a_403_that_is_no_ban_holds_nobody():
    async def two():
        async with serving(in_turn(reply(status=403), reply())) as server, Network(allowed=[server.host]) as network:
            return [await network.send(server.request(f"{n}")) for n in range(2)]

    first, second = run(two())
    assert (first.kind, first.status) == ("status", 403)
    assert isinstance(second, Reply)


def test_a_slow_drip_ends_with_the_try_and_all_of_it_at_the_deadline():
    async def dripping(asked, writer):
        await drip(writer, reply(b"x" * 1000))

    outcome, server, seconds = told(dripping)
    assert outcome.kind == "timeout"
    assert outcome.reason == "did not finish its answer within 15 s; asked again, it did not answer within 20 s"
    assert len(server.asked) == 2
    assert seconds == pytest.approx(20.0, abs=0.5)


def test_a_server_that_says_nothing_is_given_up():
    async def silent(asked, writer):
        await asyncio.sleep(1000)

    outcome, _, seconds = told(silent, deadline=3.0)
    assert (outcome.kind, outcome.reason, outcome.tries) == ("timeout", "did not answer within 3 s", 1)
    assert seconds == pytest.approx(3.0, abs=0.1)


def test_silence_between_two_pieces_ends_a_try():
    async def halting(asked, writer):
        writer.write(reply(b"x" * 100)[:-50])
        await asyncio.sleep(1000)

    outcome, server, _ = told(in_turn(halting, reply()), waits=Waits(silence=2.0))
    assert isinstance(outcome, Reply)
    assert 2.0 <= server.asked[1].at <= 2.6


def test_an_error_whose_body_never_ends_is_told_by_its_status():
    async def halting(asked, writer):
        writer.write(reply(b"x" * 100, status=401)[:-50])
        await asyncio.sleep(1000)

    outcome, server, _ = told(halting)
    assert (outcome.kind, outcome.status, outcome.content) == ("status", 401, b"x" * 50)
    assert len(server.asked) == 1


def test_an_error_whose_body_drips_is_told_after_two_seconds():
    async def halting(asked, writer):
        writer.write(reply(b"x" * 100, status=403)[:-100])
        await drip(writer, b"x" * 100)

    outcome, _, seconds = told(halting)
    assert (outcome.kind, outcome.status) == ("status", 403)
    assert seconds == pytest.approx(2.0, abs=0.1)


def test_a_question_that_never_left_takes_no_room():
    async def nobody():
        async with serving(reply()) as server:
            pass
        async with Network({"toy": {"all": Pool(1, 60.0)}}, allowed=[server.host], seed=1) as network:
            return await network.send(server.request(costs=(("all", 1),)), deadline=5.0)

    outcome = run(nobody())
    assert (outcome.kind, outcome.reason) == ("connection", "could not be connected to: connection refused")
    assert outcome.tries > 2


def test_a_connection_that_was_seen_to_close_is_not_tried():
    """A try over it would take room within the limit: there is room for two, and two are sent."""

    async def two():
        pools = {"toy": {"all": Pool(2, 60.0)}}
        async with serving(closing) as server, Network(pools, allowed=[server.host]) as network:
            outcomes = []
            for n in range(2):
                outcomes.append(await network.send(server.request(f"{n}", costs=(("all", 1),))))
                await asyncio.sleep(1.0)
            return [type(one) for one in outcomes], server.connections

    async def closing(asked, writer):
        writer.write(reply())

    assert run(two()) == ([Reply, Reply], 2)


def test_the_deadline_of_a_source_is_for_all_of_its_questions():
    async def silent(asked, writer):
        await asyncio.sleep(1000)

    async def many():
        async with serving(silent) as server, Network(allowed=[server.host], in_flight=2) as network:
            requests = [server.request(f"{n}") for n in range(6)]
            outcomes = await network.send_all(requests, {"toy": 4.0})
            return [one.kind for one in outcomes], [one.reason for one in outcomes], asyncio.get_running_loop().time()

    kinds, reasons, seconds = run(many())
    assert kinds == ["timeout"] * 6
    assert reasons == ["did not answer within 4 s"] * 2 + ["kept all connections to it busy for 4 s"] * 4
    assert seconds == pytest.approx(4.0, abs=0.1)


def test_a_limit_is_kept_as_the_server_sees_it():
    async def many():
        async with (
            serving(slow) as server,
            Network({"toy": {"all": Pool(10, 5.0)}}, allowed=[server.host]) as network,
        ):
            requests = [server.request(f"{n}", costs=(("all", 1 + n % 3),)) for n in range(12)]
            await network.send_all(requests, {"toy": 1000})
            return [(one.at, 1 + n % 3) for n, one in enumerate(server.asked)]

    asked = run(many())
    assert len(asked) == 12
    assert max(sum(weight for at, weight in asked if start <= at < start + 5.0) for start, _ in asked) <= 10


def test_a_question_is_counted_when_its_answer_begins_not_when_it_ends():
    async def long(asked, writer):
        writer.write(reply(b"x" * 10)[:-5])
        await asyncio.sleep(5.0)
        return b"xxxxx"

    async def two():
        async with serving(long) as server, Network({"toy": {"all": Pool(1, 1.0)}}, allowed=[server.host]) as network:
            await network.send_all([server.request(f"{n}", costs=(("all", 1),)) for n in range(2)], {})
            return [one.at for one in server.asked]

    assert run(two()) == [0.0, pytest.approx(1.03)]


def test_a_question_that_no_limit_lets_through_is_not_sent():
    outcome, server, _ = told(reply(), pools={"all": Pool(5, 60)}, request={"costs": (("all", 6),)})
    assert outcome.kind == "limit"
    assert outcome.tries == 0
    assert server.asked == []


def test_who_has_no_room_before_the_deadline_is_told_so_at_once():
    async def two():
        pools = {"toy": {"all": Pool(1, 60.0)}}
        async with serving(reply()) as server, Network(pools, allowed=[server.host]) as network:
            requests = [server.request(f"{n}", costs=(("all", 1),)) for n in range(2)]
            outcomes = await network.send_all(requests, {})
            return outcomes[1], asyncio.get_running_loop().time()

    outcome, seconds = run(two())
    assert (outcome.kind, outcome.reason) == ("limit", "has no room before the deadline within its limit of 1 in 60 s")
    assert seconds < 0.1


def test_the_same_seed_waits_as_long_again():
    flaky = [reply(status=500), reply(status=502), reply(status=503), reply()]
    waits = [told(in_turn(*flaky))[2] for _ in range(2)]
    assert waits[0] == pytest.approx(waits[1])


def test_cancelled_it_leaves_nothing_open():
    async def silent(asked, writer):
        await asyncio.sleep(1000)

    async def cancelled():
        async with serving(silent) as server, Network(allowed=[server.host]) as network:
            sending = asyncio.create_task(network.send_all([server.request(f"{n}") for n in range(5)], {}))
            await asyncio.sleep(1.0)
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending
            server.answer = reply()
            return await network.send(server.request("afterwards"))

    assert isinstance(run(cancelled()), Reply)


def test_redirects_within_a_server_are_followed_three_times():
    def on(asked, writer):
        left = int(asked.path[1:] or 3)
        return reply(status=302, location=f"/{left - 1}") if left else reply({"left": 0})

    outcome, server, _ = told(on)
    assert outcome.content == b'{"left": 0}'
    assert [one.path for one in server.asked] == ["/", "/2", "/1", "/0"]
    outcome, server, _ = told(on, request={"path": "/4"})
    assert (outcome.kind, outcome.reason) == ("redirect", "sends on more than 3 times")
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/",
        "//evil.example/",
        "https://127.0.0.1/",
        "http://127.0.0.1:1/",
        "http://a@127.0.0.1/",
        "ftp://127.0.0.1/",
    ],
)
def test_a_redirect_to_another_server_is_not_followed(location):
    outcome, server, _ = told(reply(status=307, location=location))
    assert outcome.kind == "redirect"
    assert len(server.asked) == 1


@pytest.mark.parametrize("location", ["http://[::1", "http://a:b/", "http://xn--a/", "http://0177.0.0.1/", "//a:b"])
def test_a_redirect_to_what_is_no_address_is_told_and_not_tried_again(location):
    outcome, server, _ = told(reply(status=302, location=location))
    assert (outcome.kind, outcome.reason) == ("redirect", "sends on to something that is no address")
    assert len(server.asked) == 1


def test_a_redirect_with_a_name_and_password_is_not_followed():
    def on(asked, writer):
        return reply(status=302, location=f"http://name:password@{asked.headers['host']}/")

    outcome, server, _ = told(on)
    assert (outcome.kind, outcome.reason) == ("redirect", "sends on to something that is no address")
    assert len(server.asked) == 1


def test_cookies_are_not_sent_back():
    on = in_turn(reply(status=302, location="/there", set_cookie="session=1; Path=/"), reply(set_cookie="session=2"))

    async def three():
        async with serving(on) as server, Network(allowed=[server.host]) as network:
            outcomes = [await network.send(server.request(f"{n}")) for n in range(2)]
            return [type(one) for one in outcomes], [one.headers for one in server.asked]

    types, headers = run(three())
    assert types == [Reply, Reply]
    assert len(headers) == 3
    assert not any("cookie" in one for one in headers)


def test_a_post_is_sent_on_only_where_its_question_goes_along():
    on = in_turn(reply(status=307, location="/there"), reply())
    outcome, server, _ = told(on, request={"method": "POST", "body": b"{}"})
    assert isinstance(outcome, Reply)
    assert [(one.method, one.path, one.body) for one in server.asked] == [
        ("POST", "/", b"{}"),
        ("POST", "/there", b"{}"),
    ]
    outcome, server, _ = told(reply(status=302, location="/there"), request={"method": "POST", "body": b"{}"})
    assert outcome.kind == "redirect"
    assert len(server.asked) == 1


def test_a_redirect_to_nowhere_is_an_error_by_its_status():
    outcome, _, _ = told(reply(status=302))
    assert (outcome.kind, outcome.status) == ("status", 302)

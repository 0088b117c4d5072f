"""A round with live sources: what is asked, what comes back as rows, and what is missing as gaps."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.errors import BadInputError
from commentary.net import Failure, Pool, Reply
from commentary.records.snapshot import Funding, OpenInterest, Price
from commentary.sources.collecting import chosen, collect, collection_of, deadlines, no_answer
from commentary.sources.json_text import load
from commentary.sources.live.base import Call, Key, NotListedError, RefusedError, ReplyError, Source, TimeCall
from commentary.sources.questions import Access, round_of
from commentary.sources.snapshot_file import read_snapshot

NOW = datetime(2026, 11, 30, 9, 0, 0, 250_000, tzinfo=UTC)
END = datetime(2026, 11, 30, 9, 0, 2, tzinfo=UTC)


def moment(ms):
    return datetime.fromtimestamp(int(ms) / 1000, UTC)


def price(answer):
    at = moment(answer.payload["time"])
    yield Price(value=answer.payload["price"], kind="mark", venue="Toy", source="Toy", time=at)


def held(answer):
    coins = answer.payload["contracts"] * answer.needed["contract"]["size"]
    yield OpenInterest(value_coin=coins, sides="one", venue="Toy", source="Toy", time=moment(answer.payload["time"]))


def rates(answer):
    for row in answer.payload["rates"]:
        if row["coin"] == answer.asked.asset:
            at = moment(row["time"])
            yield Funding(rate=row["rate"], interval_hours=8, kind="settled", venue="Toy", source="Toy", time=at)


def calls(asked):
    yield Call("price", "/price", price, ("prices",), {"coin": asked.asset})
    yield Call("contract", "/contract", lambda answer: (), (), {"coin": asked.asset})
    yield Call("held", "/held", held, ("open_interest",), {"coin": asked.asset}, needs=("contract",))
    yield Call("rates", "/rates", rates, ("funding",), shared=True, costs={"heavy": 5})


def unwrap(payload):
    if payload.get("code") == "unknown":
        raise NotListedError("unknown", "no such coin")
    if payload.get("code"):
        raise RefusedError(payload["code"], payload.get("message", ""))
    return payload


TOY = Source(
    "toy", "Toy", "https://toy.example", calls,
    pools={"all": Pool(10, 1.0), "heavy": Pool(10, 60.0)},
    unwrap=unwrap,
    clock=TimeCall("/time", lambda payload: moment(payload["time"])),
)  # fmt: skip
KEYED = TOY._replace(name="keyed", title="Keyed", key=Key("TOY_KEY", "X-KEY"), clock=None)

AT = 1_796_029_200_000
"""2026-11-30T09:00:00Z in milliseconds: 1796029200 s / 86400 = 20787.375 days after 1970."""
REPLIES = {
    "clock": {"time": AT + 1000},
    "price.BTC": {"price": 77200, "time": AT, "more": 1},
    "contract.BTC": {"size": "0.01"},
    "held.BTC": {"contracts": 500, "time": AT},
    "rates": {"rates": [
        {"coin": "BTC", "rate": 0.0001, "time": AT - 3_600_000},
        {"coin": "ETH", "rate": -0.0002, "time": AT - 3_600_000},
    ]},
}  # fmt: skip
REPLIES["contract.BTC"]["size"] = 0.01


def answer(request, content, seconds=0.25):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Reply(request, 200, {}, body, NOW, NOW + timedelta(seconds=seconds))


def asker(replies, sent=None):
    def ask(requests, within):
        if sent is not None:
            sent.extend(requests)
        return [
            found(request) if callable(found := replies[request.name]) else answer(request, found)
            for request in requests
        ]

    return ask


def clock(times=(NOW, END)):
    waiting = list(times)
    return lambda: waiting.pop(0)


def collected(changes=(), source=TOY, assets=("BTC",), **options):
    replies = {**REPLIES, **dict(changes)}
    access = options.pop("access", Access())
    return collect(assets, [source], asker(replies), clock(), access=access, **options)


def gaps(collection, place=0):
    return {(row.source, row.of): (row.reason, row.detail) for row in collection.snapshots[place].read.snapshot.gaps}


def test_rows_of_all_calls_stand_in_one_snapshot_of_the_end_of_the_round():
    found = collected(names={"BTC": "Bitcoin"})
    snapshot = found.snapshots[0].read.snapshot
    assert (snapshot.asset, snapshot.name, snapshot.quote) == ("BTC", "Bitcoin", "USD")
    assert snapshot.as_of == END
    assert [row.value for row in snapshot.prices] == [77200]
    assert [row.value_coin for row in snapshot.open_interest] == [5]  # 500 contracts of 0.01
    assert [(row.rate, row.time.hour) for row in snapshot.funding] == [(Decimal("0.0001"), 8)]
    assert snapshot.gaps == ()
    assert found.answered == {"toy"}


def test_the_content_is_the_snapshot():
    found = collected().snapshots[0]
    document = load(found.content, "snapshot")
    assert document["format"] == "commentary.snapshot/1"
    assert document["prices"][0]["value"] == 77200
    assert "gaps" not in document
    assert read_snapshot(found.content).sha256 == found.read.sha256


def test_a_shared_call_is_asked_once_for_all_assets():
    sent = []
    replies = {**REPLIES, **{f"{name}.ETH": REPLIES[f"{name}.BTC"] for name in ("price", "contract", "held")}}
    found = collect(["BTC", "ETH"], [TOY], asker(replies, sent), clock(), access=Access())
    assert sorted(request.name for request in sent) == [
        "clock", "contract.BTC", "contract.ETH", "held.BTC", "held.ETH", "price.BTC", "price.ETH", "rates",
    ]  # fmt: skip
    assert [row.rate for row in found.snapshots[1].read.snapshot.funding] == [Decimal("-0.0002")]


def test_requests_have_the_whole_address_and_what_they_cost():
    round_ = round_of(["BTC"], [TOY], NOW, Access({"toy": "http://127.0.0.1:1/toy/"}))
    by_name = {request.name: request for request in round_.requests}
    assert by_name["price.BTC"].url == "http://127.0.0.1:1/toy/price?coin=BTC"
    assert by_name["price.BTC"].costs == (("all", 1),)
    assert by_name["rates"].costs == (("heavy", 5),)


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("timeout", None, "no_answer"),
        ("connection", None, "no_answer"),
        ("status", 429, "no_answer"),
        ("status", 418, "no_answer"),
        ("status", 503, "no_answer"),
        ("status", 400, "refused"),
        ("status", 403, "refused"),
        ("size", 200, "unreadable"),
        ("redirect", 302, "unreadable"),
        ("offline", None, "not_kept"),
    ],
)
def test_a_call_without_a_reply_is_a_gap_and_the_rest_stays(kind, status, reason):
    found = collected({"price.BTC": lambda request: Failure(request, kind, "did not do it", status)})
    assert gaps(found) == {("Toy", "prices"): (reason, "price: did not do it")}
    assert len(found.snapshots[0].read.snapshot.funding) == 1


def test_what_a_failed_call_was_needed_for_is_a_gap_too():
    found = collected({"contract.BTC": lambda request: Failure(request, "timeout", "did not answer within 20 s")})
    told = "held: contract, which it needs: did not answer within 20 s"
    assert gaps(found) == {("Toy", "open_interest"): ("no_answer", told)}


@pytest.mark.parametrize(
    ("reply", "reason", "words"),
    [
        (b'{"price": 77200, "ti', "unreadable", "it is not JSON at line 1"),
        (b"<html>busy</html>", "unreadable", "it is not JSON"),
        ({"code": "10006", "message": "Too many"}, "refused", "it says 'Too many' (10006)"),
        ({"code": "unknown"}, "not_listed", "no such coin"),
        ({"price": "seven", "time": AT}, "unreadable", "write a JSON number"),
        ({"price": -5, "time": AT}, "unreadable", "Price/value: -5"),
        ({"price": 77200, "time": AT + 3_600_000}, "clock", "a row is of 2026-11-30T10:00:00Z"),
    ],
)
def test_a_reply_that_cannot_be_used_is_a_gap_that_says_why(reply, reason, words):
    ((why, detail),) = gaps(collected({"price.BTC": reply})).values()
    assert why == reason
    assert words in detail


def test_a_missing_name_is_told_with_its_place():
    def broken(answer):
        raise ReplyError("/time", None, "a time")
        yield

    source = TOY._replace(calls=lambda asked: [Call("price", "/price", broken, ("prices",))], clock=None)
    assert gaps(collected(source=source)) == {
        ("Toy", "prices"): ("unreadable", "price: /time holds nothing, not a time")
    }


def test_no_rows_are_a_gap_and_no_zero():
    assert gaps(collected({"rates": {"rates": []}})) == {
        ("Toy", "funding"): ("empty", "rates: the reply holds no rows")
    }


def limited(asked):
    yield Call("rates", "/rates", rates, ("funding",), {"limit": "2"})


def test_a_reply_with_more_rows_than_were_asked_for_is_not_read():
    """Two settlements were asked for. Three came, each of them in the form of one."""
    three = [{"coin": "BTC", "rate": 0.0001, "time": AT - hours * 3_600_000} for hours in (1, 2, 3)]
    found = collected({"rates.BTC": {"rates": three}}, TOY._replace(calls=limited))
    assert found.snapshots[0].read.snapshot.funding == ()
    told = "rates: /rates holds '3 rows', not the 2 or fewer that were asked for"
    assert gaps(found) == {("Toy", "funding"): ("unreadable", told)}
    assert gaps(collected({"rates.BTC": {"rates": three[:2]}}, TOY._replace(calls=limited))) == {}


def test_an_absurd_figure_costs_its_own_call_and_no_other():
    """A rate of 5 in eight hours is 500%, which no exchange settles (data/bounds.toml)."""
    found = collected({"rates": {"rates": [{"coin": "BTC", "rate": 5, "time": AT}]}})
    ((place, (reason, detail)),) = gaps(found).items()
    assert (place, reason) == (("Toy", "funding"), "unreadable")
    assert "rates: " in detail
    assert len(found.snapshots[0].read.snapshot.prices) == 1


def series(asked):
    yield from calls(asked)
    yield Call("history", "/history", history, ("open_interest",))


def history(answer):
    for hours, coins in enumerate(answer.payload["coins"], start=1):
        at = moment(AT) - timedelta(hours=hours)
        yield OpenInterest(value_coin=coins, sides="one", venue="Toy", source="Toy", time=at)


@pytest.mark.parametrize(("coins", "kept"), [([5] * 12, 13), ([5] * 11 + [0], 1), ([5] * 11 + [5000], 1)])
def test_a_count_in_another_unit_or_of_nothing_costs_its_own_history(coins, kept):
    """The median of the series is 5; a thousand times as much, or nothing at all, is beyond 50 times either way."""
    found = collected({"history.BTC": {"coins": coins}}, TOY._replace(calls=series))
    assert len(found.snapshots[0].read.snapshot.open_interest) == kept
    assert [of for _, of in gaps(found)] == ([] if kept == 13 else ["open_interest"])


def test_a_present_count_in_another_unit_is_left_out_and_its_history_stays():
    """500 contracts of 0.01 are 5; of a contract that is told to be 10 they would be 5,000."""
    changes = {"history.BTC": {"coins": [5] * 12}, "contract.BTC": {"size": 10}}
    rows = collected(changes, TOY._replace(calls=series)).snapshots[0].read.snapshot.open_interest
    assert {row.value_coin for row in rows} == {5}


def test_a_call_that_contradicts_another_of_its_source_is_left_out():
    def twice(asked):
        yield from calls(asked)
        yield Call("again", "/again", price, ("prices",))

    found = collected({"again.BTC": {"price": 77300, "time": AT}}, TOY._replace(calls=twice))
    assert [row.value for row in found.snapshots[0].read.snapshot.prices] == [77200]
    assert gaps(found)["Toy", "prices"][1].startswith("again: ")


def test_a_source_without_its_key_is_not_asked():
    sent = []
    found = collect(["BTC"], [KEYED], asker({}, sent), clock(), access=Access(environment={}))
    assert sent == []
    assert gaps(found) == {
        ("Keyed", section): ("no_key", "TOY_KEY is not set") for section in ("prices", "open_interest", "funding")
    }
    assert not found.snapshots[0].answered
    assert no_answer(found, "BTC") == "Keyed: it needs a key (TOY_KEY)"


def test_a_key_goes_into_the_header_alone():
    round_ = round_of(["BTC"], [KEYED], NOW, Access(environment={"TOY_KEY": "s3cret"}))
    assert all(request.secrets == (("X-KEY", "s3cret"),) for request in round_.requests)
    assert "s3cret" not in repr(round_.requests)
    assert "s3cret" not in "".join(request.url for request in round_.requests)


def test_a_key_that_no_header_can_hold_is_refused_without_showing_it():
    with pytest.raises(BadInputError) as caught:
        round_of(["BTC"], [KEYED], NOW, Access(environment={"TOY_KEY": "s3c\nret"}))
    assert "TOY_KEY" in str(caught.value)
    assert "s3c" not in str(caught.value)


def test_the_clock_of_a_source_is_measured_against_the_middle_of_the_exchange():
    """Sent at 0.25 s, received at 0.5 s past nine; its clock says 1 s past: 1 - 0.375 = 0.625 s ahead."""
    assert collected().skews == {"toy": timedelta(seconds=0.625)}


def test_a_clock_that_is_off_by_more_than_rows_may_be_is_a_gap():
    ten_minutes = {"time": AT - 600_000}
    assert gaps(collected({"clock": ten_minutes})) == {("Toy", "clock"): ("clock", "its clock is 600.4 s behind ours")}


def test_kept_replies_give_the_same_bytes():
    first = collected()
    again = collection_of(first.round, first.outcomes, first.as_of, access=first.access)
    assert again.snapshots[0].content == first.snapshots[0].content


def test_a_source_has_its_deadline_and_what_its_limits_take():
    """One asset fits into every window: 20 s. 300 assets: 901 calls of 1 at 10 a second are 90.1 s, with a fifth
    for the sum of waits 108.12 s, and the shared call costs 5 of 10 a minute.
    """
    assert deadlines(round_of(["BTC"], [TOY], NOW, Access())) == {"toy": 20.0}
    many = deadlines(round_of([f"C{i:03}" for i in range(300)], [TOY], NOW, Access()))
    assert many["toy"] == pytest.approx(20 + 1.2 * 90.1)


def test_a_source_that_there_is_not_is_refused():
    with pytest.raises(BadInputError, match="--from"):
        chosen(["nowhere"])

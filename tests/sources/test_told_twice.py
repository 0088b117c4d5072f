"""A figure that a source tells in two calls: rounded differently it is one, and contradicted it is a gap."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commentary.net import Reply
from commentary.records.snapshot import Liquidations
from commentary.sources.collecting import collect
from commentary.sources.live.base import Call, Source
from commentary.sources.questions import Access

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = 24


def rows(answer):
    for venue, long_usd in answer.payload.items():
        yield Liquidations(venue=venue, window_hours=DAY, long_usd=long_usd, source="Toy", time=NOW)


def calls(asked):
    yield Call("list", "/list", rows, ("liquidations",))
    yield Call("history", "/history", rows, ("liquidations",))


TOY = Source("toy", "Toy", "https://toy.example", calls)


@pytest.fixture
def told():
    """Return a function: what the two calls say, by exchange, to the snapshot that is read of it."""

    def read(**says):
        def ask(requests, deadlines):
            return [Reply(one, 200, {}, says[one.name.partition(".")[0]].encode(), NOW, NOW) for one in requests]

        return collect(["BTC"], [TOY], ask, lambda: NOW, access=Access()).snapshots[0].read.snapshot

    return read


def sums(snapshot):
    return {row.venue: row.long_usd for row in snapshot.liquidations}


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("11130861.92005", "11130861.92", "11130861.92005"),
        ("11130861.92", "11130861.92005", "11130861.92005"),
        # Cut off instead of rounded: 0.0099 is less than a cent.
        ("1.2399", "1.23", "1.2399"),
        ("7", "7", "7"),
        # A trailing zero is no digit of a row: 2.50 is 2.5.
        ("2.50", "2.5", "2.5"),
    ],
)
def test_the_more_exact_of_two_that_agree_is_kept(told, one, other, kept):
    found = told(list=f'{{"all": {one}, "Bybit": 3}}', history=f'{{"all": {other}, "OKX": 4}}')
    assert sums(found) == {"all": Decimal(kept), "Bybit": 3, "OKX": 4}
    assert found.gaps == ()


def test_of_two_that_contradict_each_other_the_first_stands_and_the_other_is_a_gap(told):
    # 0.03 is more than a cent.
    found = told(list='{"all": 11130861.95, "Bybit": 3}', history='{"all": 11130861.92005, "OKX": 4}')
    assert sums(found) == {"all": Decimal("11130861.95"), "Bybit": 3, "OKX": 4}
    (gap,) = found.gaps
    assert (gap.source, gap.of, gap.reason) == ("Toy", "liquidations", "contradicted")
    assert gap.detail == (
        "history: long_usd is 11130861.92005, and 11130861.95 in an earlier call for the same thing and time"
    )


def test_what_only_the_less_exact_row_says_is_kept_too():
    """Of a list with totals and a history with sides."""

    def both(answer):
        for one in answer.payload:
            yield Liquidations(venue="all", window_hours=DAY, source="Toy", time=NOW, **one)

    def asked_for(asked):
        yield Call("list", "/list", both, ("liquidations",))

    says = [{"long_usd": Decimal("1.25")}, {"long_usd": Decimal("1.2"), "total_usd": 3}]

    def ask(requests, deadlines):
        content = json.dumps(says, default=float).encode()
        return [Reply(one, 200, {}, content, NOW, NOW) for one in requests]

    toy = TOY._replace(calls=asked_for)
    (row,) = collect(["BTC"], [toy], ask, lambda: NOW, access=Access()).snapshots[0].read.snapshot.liquidations
    assert (row.long_usd, row.total_usd) == (Decimal("1.25"), 3)

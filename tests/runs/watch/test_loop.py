"""What a watch drafts: each event once, whatever ends it and whoever does not answer."""

from contextlib import suppress

import pytest

from commentary.runs.watch import asset as one_asset
from commentary.runs.watch import loop
from commentary.runs.watch.stopping import Stopped
from commentary.store import watching
from tests.runs.watch import market


@pytest.fixture
def flushed(rules):
    """Between the hours 100 and 102 price falls by 7% and a tenth of all positions closes; funding turns at 104."""
    return rules.Market(
        moves=(
            rules.Move(100, 102, price_percent=-7, coins_percent=-12, longs_usd=640e6, shorts_usd=90e6),
            rules.Move(103, 104, funding=-0.0003),
        )
    )


EVENTS = [("flush_reset", 101), ("funding", 104)]
"""At 101 half of the move has happened: 6% of coins; the rate is settled at 104, a multiple of eight."""


def test_each_event_is_told_once_and_quiet_hours_are_not(desk, flushed):
    assert desk.run([flushed], 97, 112)
    assert desk.firsts == EVENTS
    # The fall goes on for an hour behind the first story, which is an update; an hour later it has come to a stand.
    assert desk.told == [("flush_reset", 101), ("flush_reset", 102), ("flush_reset", 103), ("funding", 104)]


def test_two_assets_are_apart(desk, rules, flushed):
    calm = rules.Market("ETH", price=3000, coins=1_000_000)
    desk.run([flushed, calm], 99, 103)
    assert {item.assets for item in desk.items} == {("BTC",)}
    assert {name: desk.hour(one.tick) for name, one in desk.progress.items()} == {"BTC": 103, "ETH": 103}


def test_why_nothing_is_new_is_told_once_until_it_is_another_reason(desk, flushed):
    left_out = frozenset({"funding", "calm"})
    desk.run([flushed], 98, 107, leave_out=left_out)
    quiet = [one.removeprefix("BTC: nothing new: ") for one in desk.said if one.startswith("BTC: nothing new: ")]
    before, told = quiet
    assert before.startswith("of 20 kinds of story none passed its threshold; ")
    # At 103, 5 November 07:00, the figures stand, and the article is told; from then on it is no news.
    assert told.startswith("flush_reset: it was told at 2026-11-05 07:00 UTC, as “")
    assert told.endswith(" (nor realised_liquidations, funding)")
    assert desk.run([flushed], 108, 108, leave_out=left_out)
    assert len([one for one in desk.said if "nothing new: " in one]) == 3  # by another process, once more


def test_one_broken_asset_stops_no_other(desk, rules, flushed):
    def collect(names, moment):
        return {"ETH": b"{", "BTC": flushed.snapshot(moment)}

    desk.run([], 99, 103, collect=collect, assets=["ETH", "BTC"])
    assert desk.firsts == [("flush_reset", 101)]
    # It is remarked once, not each hour.
    assert [one.split(":")[0] for one in desk.said if one.startswith("ETH")] == ["ETH"]
    assert "ETH" not in desk.progress


def test_another_watch_goes_on_where_the_last_ended(desk, flushed):
    for begin, end in ((98, 100), (101, 101), (102, 102), (103, 103), (104, 106)):
        desk.run([flushed], begin, end)
    once = desk.told
    desk.path.unlink()
    desk.run([flushed], 98, 106)
    assert once == desk.told


class AheadOnce:
    """A clock whose second look is told a time two days ahead."""

    def __init__(self, rules, begin, end):
        self.rules, self.hour, self.end, self.looks = rules, begin, end, 0
        self.ahead = 0

    def now(self):
        return self.rules.at(self.hour + self.ahead)

    def wait_until(self, when):
        self.looks += 1
        self.hour += 1
        self.ahead = 48 if self.looks == 1 else 0
        if self.hour > self.end:
            raise Stopped


def test_a_clock_that_ran_ahead_loses_no_event(desk, flushed, rules):
    """At hour 98 it says 146. What is read then is the market of 98 under a time of 146, as live sources date it."""
    clock = AheadOnce(rules, 97, 106)

    def collect(names, moment):
        return {
            "BTC": flushed.snapshot(rules.at(clock.hour)).replace(stamp(clock.hour), stamp(clock.hour + clock.ahead), 1)
        }

    def stamp(hour):
        return f'"as_of": "{market.clock(hour)}"'.encode()

    desk.watch(collect, clock, ["BTC"])
    assert desk.firsts == EVENTS
    assert desk.hour(desk.progress["BTC"].tick) == 106
    # The market starts on 1 November: 146 hours later it is 7 November 02:00, and the next look is at hour 99, three
    # hours into 5 November.
    ahead = "BTC: 2026-11-07 02:00 UTC is marked as done, and it is 2026-11-05 03:00: a clock ran ahead"
    assert [one.partition(";")[0] for one in desk.said if "ahead" in one] == [ahead]


def crashing(place, crash, monkeypatch):
    """Make the program end at a place: the next time it comes there."""

    def ends(*arguments, **options):
        raise crash

    def ends_behind(function):
        def called(*arguments, **options):
            function(*arguments, **options)
            raise crash

        return called

    match place:
        case "before the sources are asked":
            monkeypatch.setattr(loop.Watch, "_answers", ends)
        case "behind their answers":
            monkeypatch.setattr(loop, "look_at", ends)
        case "behind a draft":
            monkeypatch.setattr(one_asset, "keep", ends)
        case "within the transaction, behind the item":
            monkeypatch.setattr(watching, "mutes_in", ends)
        case "within the transaction, behind the alert":
            monkeypatch.setattr(watching, "_note", ends)
        case "behind the transaction":
            monkeypatch.setattr(one_asset, "keep", ends_behind(one_asset.keep))
        case "before quiet assets are noted":
            monkeypatch.setattr(loop, "note", ends)
        case "behind quiet assets":
            monkeypatch.setattr(loop, "note", ends_behind(loop.note))


PLACES = (
    "before the sources are asked",
    "behind their answers",
    "behind a draft",
    "within the transaction, behind the item",
    "within the transaction, behind the alert",
    "behind the transaction",
    "before quiet assets are noted",
    "behind quiet assets",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("hour", [102, pytest.param(101, marks=pytest.mark.slow)])
def test_a_crash_loses_nothing_and_doubles_nothing(desk, flushed, crash, monkeypatch, place, hour):
    desk.run([flushed], 100, hour - 1)
    with monkeypatch.context() as patched:
        crashing(place, crash, patched)
        with suppress(crash):
            desk.run([flushed], hour, hour)
    desk.run([flushed], hour, 104)
    assert desk.firsts == EVENTS
    assert len({one.id for one in desk.items}) == len(desk.items)
    assert [one.alert.item for one in sorted(desk.alerts, key=lambda one: one.number)] == [one.id for one in desk.items]


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_a_crash_and_an_hour_of_rest_lose_nothing(desk, flushed, crash, monkeypatch, place):
    desk.run([flushed], 100, 100)
    with monkeypatch.context() as patched:
        crashing(place, crash, patched)
        with suppress(crash):
            desk.run([flushed], 101, 101)
    desk.run([flushed], 103, 104)
    assert desk.firsts == EVENTS

"""What a watch writes: its progress with its drafts, whole or not at all; alerts, what became of them, and mutes."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commentary.errors import BadInputError
from commentary.pipeline.remembering import item_of
from commentary.records.alert import Alert, Mute
from commentary.store import Store, watching
from commentary.store.alerting import alerts, mute, mutes, see, snooze, unmute, waiting
from commentary.store.items import draft_of, headlines
from commentary.store.sqlite import StoreError
from commentary.store.watching import Kept, Progress, keep, note, progress, stamp

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)


def alert(number=0, **fields):
    made = {
        "feed": "desk",
        "asset": "BTC",
        "event_key": f"BTC/forced/long/{number}",
        "story": "flush_reset",
        "kind": "event",
        "headline": "Bitcoin open interest falls 5.9% in coin",
        "why_now": ("told for the first time",),
        "score": Decimal("0.8"),
        "surprise": Decimal("0.5"),
        "as_of": NINE,
        "created": NINE,
        "item": f"{number:016d}",
    }
    return Alert(**{**made, **fields})


@pytest.fixture
def store(path):
    with Store(path, writes=True) as opened:
        yield opened


@pytest.fixture
def kept(make):
    """Return a function: a number in, a draft to be kept."""

    def one(number=0):
        draft = make(number)
        return Kept(draft, item_of(draft, "desk"), {})

    return one


def test_progress_is_kept_by_feed_and_asset(store):
    made = Progress(NINE, NINE + timedelta(hours=1), {"liq_total": Decimal("1.50"), "oi_coin": Decimal(3)})
    note(store, "desk", {"BTC": made, "ETH": Progress(NINE)})
    note(store, "other", {"BTC": Progress(NINE + timedelta(hours=9))})
    assert progress(store, "desk") == {"BTC": made, "ETH": Progress(NINE)}
    note(store, "desk", {"BTC": Progress(NINE + timedelta(hours=2))})
    assert progress(store, "desk")["BTC"] == Progress(NINE + timedelta(hours=2))
    assert [name for name, _ in store.feeds()] == ["desk", "other"]


def test_draft_alert_and_progress_are_written_together(store, kept):
    one = kept()
    assert keep(store, "desk", "BTC", Progress(NINE), [one], [alert()]) == ((alert(), "new"),)
    assert store.history("desk").items == (one.item,)
    assert [each.alert for each in alerts(store, "desk")] == [alert()]
    assert progress(store, "desk") == {"BTC": Progress(NINE)}


@pytest.mark.parametrize("place", ["make_feed", "save_in", "mutes_in", "_add", "_note"])
def test_what_fails_leaves_nothing_behind(store, kept, monkeypatch, place):
    def fails(*arguments):
        raise RuntimeError(place)

    monkeypatch.setattr(watching, place, fails)
    with pytest.raises(RuntimeError, match=place):
        keep(store, "desk", "BTC", Progress(NINE), [kept()], [alert()])
    assert store.history("desk").items == ()
    assert alerts(store, "desk") == ()
    assert progress(store, "desk") == {}


def test_the_same_twice_changes_nothing(store, kept):
    for offered in (((alert(), "new"),), ()):
        assert keep(store, "desk", "BTC", Progress(NINE), [kept()], [alert()]) == offered
    assert len(alerts(store, "desk")) == 1
    assert len(store.history("desk").items) == 1


def test_a_conflict_is_told_once_an_event_and_an_update_each_time(store):
    for hours in range(3):
        when = NINE + timedelta(hours=hours)
        again = [alert(kind="conflict", item=None, as_of=when), alert(kind="update", as_of=when)]
        keep(store, "desk", "BTC", Progress(when), [], again)
    assert sorted(one.alert.kind for one in alerts(store, "desk")) == ["conflict", "update", "update", "update"]


def test_the_stamp_changes_with_the_history_and_with_nothing_else(store, kept):
    empty = stamp(store, "desk")
    note(store, "desk", {"BTC": Progress(NINE)})
    keep(store, "desk", "BTC", Progress(NINE), [], [alert()])
    assert stamp(store, "desk") == empty
    keep(store, "desk", "BTC", Progress(NINE), [kept()], [])
    assert stamp(store, "desk") != empty
    assert stamp(store, "other") == empty


def test_alerts_come_by_rank_then_the_newest(store):
    # Ranks: 0.8 * 0.5 = 0.40, 0.8 * 0.9 = 0.72, 0.45 * 0.5 = 0.225.
    later = NINE + timedelta(hours=1)
    made = [
        alert(1),
        alert(2, surprise=Decimal("0.9")),
        alert(3, score=Decimal("0.45")),
        alert(4, as_of=later, created=later),
    ]
    keep(store, "desk", "BTC", Progress(NINE), [], made)
    assert [one.alert.item[-1] for one in alerts(store, "desk")] == ["2", "4", "1", "3"]
    assert [one.alert.rank for one in alerts(store, "desk")][::3] == [Decimal("0.72"), Decimal("0.225")]


@pytest.mark.parametrize(
    ("one", "muted"),
    [
        (Mute(kind="asset", what="BTC"), True),
        (Mute(kind="asset", what="ETH"), False),
        (Mute(kind="story", what="flush_reset"), True),
        (Mute(kind="event", what="BTC/forced/long/0"), True),
        (Mute(kind="event", what="BTC/forced/long/1"), False),
        (Mute(kind="asset", what="BTC", until=NINE + timedelta(minutes=1)), True),
        (Mute(kind="asset", what="BTC", until=NINE), False),
    ],
)
def test_what_is_muted_is_kept_and_not_offered(store, kept, one, muted):
    mute(store, "desk", one)
    assert keep(store, "desk", "BTC", Progress(NINE), [kept()], [alert()]) == ((alert(), "muted" if muted else "new"),)
    assert [each.state for each in alerts(store, "desk")] == ["muted" if muted else "new"]
    assert len(store.history("desk").items) == 1
    # It is not offered afterwards either, though it is muted no longer.
    unmute(store, "desk", one)
    assert len(waiting(alerts(store, "desk"), NINE)) == (0 if muted else 1)


def test_a_mute_is_replaced_and_taken_back(store):
    first, second = (Mute(kind="asset", what="BTC", until=NINE + timedelta(hours=n)) for n in (1, 2))
    mute(store, "desk", first)
    mute(store, "desk", second)
    mute(store, "other", first)
    assert mutes(store, "desk") == (second,)
    assert unmute(store, "desk", first)
    assert not unmute(store, "desk", first)
    assert (mutes(store, "desk"), mutes(store, "other")) == ((), (first,))


def test_seen_and_snoozed_alerts_do_not_wait(store):
    keep(store, "desk", "BTC", Progress(NINE), [], [alert(1), alert(2), alert(3)])
    numbers = {one.alert.item[-1]: one.number for one in alerts(store, "desk")}
    see(store, "desk", [numbers["1"]])
    snooze(store, "desk", [numbers["2"]], NINE + timedelta(hours=1))

    def waits(hours):
        return sorted(one.alert.item[-1] for one in waiting(alerts(store, "desk"), NINE + timedelta(hours=hours)))

    assert (waits(0.9), waits(1)) == (["3"], ["2", "3"])
    snooze(store, "desk", [numbers["1"]], NINE + timedelta(hours=1))
    assert waits(2) == ["1", "2", "3"]


def test_a_number_that_is_no_alert_changes_nothing(store):
    keep(store, "desk", "BTC", Progress(NINE), [], [alert(1)])
    (one,) = alerts(store, "desk")
    with pytest.raises(BadInputError, match="has no such alert"):
        see(store, "desk", [one.number, one.number + 1])
    with pytest.raises(BadInputError, match="has no such alert"):
        see(store, "other", [one.number])
    assert [each.state for each in alerts(store, "desk")] == ["new"]


def test_alerts_and_drafts_are_numbered_within_their_feed(store, make):
    for number, feed in enumerate(("desk", "other", "desk", "other", "desk")):
        draft = make(number)
        one = Kept(draft, item_of(draft, feed), {})
        keep(store, feed, "BTC", Progress(NINE), [one], [alert(number, feed=feed)])
    for feed, items in (("desk", "024"), ("other", "13")):
        assert sorted((one.number, one.alert.item[-1]) for one in alerts(store, feed)) == list(enumerate(items, 1))
        assert [(one.number, one.id[-1]) for one in headlines(store, feed)] == list(enumerate(items, 1))
        assert [draft_of(store, feed, str(number + 1)).id[-1] for number in range(len(items))] == list(items)
    see(store, "other", [2])
    assert [(one.alert.item[-1], one.state) for one in alerts(store, "other")] == [("3", "seen"), ("1", "new")]
    assert {one.state for one in alerts(store, "desk")} == {"new"}
    with pytest.raises(BadInputError, match="has no such alert"):
        see(store, "other", [3])
    with pytest.raises(BadInputError, match="has no such draft"):
        draft_of(store, "other", "3")


READERS = (progress, alerts, mutes, headlines, Store.history, lambda store, feed: draft_of(store, feed, "1"))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE watched SET tick = 'yesterday'",
            "how far the watch of desk has come with BTC is damaged (write a time",
        ),
        ("UPDATE watched SET tick = '2026-11-22T09:00:00'", "damaged (write a time with its zone"),
        ("UPDATE watched SET tick = '9999-12-31T23:59:59Z'", "damaged (write a time of the years 2009 to 2199)"),
        ("UPDATE watched SET held_since = '0001-01-01T00:00:00+23:59'", "damaged (write a time of the years"),
        ("UPDATE watched SET tick = ''", "damaged (write a time with its zone"),
        ("UPDATE watched SET figures = '{'", "damaged (Expecting property name"),
        ("UPDATE watched SET figures = '[1]'", "damaged (input should be a valid dictionary"),
        ("""UPDATE watched SET figures = '{"oi_coin": "x"}'""", "damaged (oi_coin: write a JSON number"),
        ("""UPDATE watched SET figures = '{"oi_coin": NaN}'""", "damaged (oi_coin: "),
        (f"UPDATE watched SET figures = '{'[' * 9999}'", "damaged (it is nested too deeply"),
        ("UPDATE watched SET asset = char(27) || 'BTC', tick = ''", "has come with ?BTC is damaged"),
        ("UPDATE alert SET document = '{}'", "the alert 1 of desk is damaged (feed: field required"),
        ("UPDATE alert SET document = 'x'", "the alert 1 of desk is damaged (invalid JSON"),
        ("UPDATE alert SET document = replace(document, 'desk', 'task')", "it says that it is of task"),
        ("UPDATE alert SET document = replace(document, '2026-', '12026-')", "the alert 1 of desk is damaged (as_of: "),
        ("UPDATE alert SET state = 'gone'", "the alert 1 of desk is damaged (state: input should be 'new', 'seen' or"),
        ("UPDATE alert SET snoozed_until = 'later'", "the alert 1 of desk is damaged (snoozed_until: "),
        ("UPDATE mute SET kind = 'venue'", "what is muted of venue BTC in desk is damaged (kind: "),
        ("UPDATE mute SET until = 'never'", "what is muted of asset BTC in desk is damaged (until: "),
        ("UPDATE item SET document = '{}'", "the item 0000000000000000 is damaged (id: field required"),
        ("UPDATE item SET draft = '{}'", "the draft 0000000000000000 is damaged (id: field required"),
    ],
)
def test_what_is_damaged_is_told_with_its_place_and_what_to_do(path, kept, statement, words):
    with Store(path, writes=True) as store:
        mute(store, "desk", Mute(kind="asset", what="BTC"))
        keep(store, "desk", "BTC", Progress(NINE, NINE, {"oi_coin": Decimal(3)}), [kept()], [alert()])
        with store.writing() as connection:
            connection.exec_driver_sql(statement)
    told = []
    for read in READERS:
        with Store(path) as store:
            try:
                read(store, "desk")
            except StoreError as error:
                told.append(str(error))
    assert told
    for one in told:
        assert one.startswith(f"{path}: ")
        assert words in one
        assert one.endswith("; put a copy of the store in its place, or name another file and begin the feed anew")
        assert one.isprintable()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    figures=st.dictionaries(
        st.text(st.characters(blacklist_categories=("Cs",)), max_size=8),
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6),
        max_size=4,
    ),
    minutes=st.integers(0, 10**6),
)
def test_progress_read_is_progress_written(tmp_path_factory, figures, minutes):
    made = Progress(NINE + timedelta(minutes=minutes), None, figures)
    with Store(tmp_path_factory.mktemp("store") / "desk.sqlite", writes=True) as store:
        note(store, "desk", {"BTC": made})
        assert progress(store, "desk") == {"BTC": made}

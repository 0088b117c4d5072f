"""What is saved is read back as it was, once, in its order, whatever else is saved meanwhile."""

import multiprocessing
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commentary.errors import BadInputError, ConflictError
from commentary.pipeline.remembering import item_of
from commentary.records.draft import ConditionRecord, Draft
from commentary.records.history import History, Outcome
from commentary.store import Store, save

WORKERS, EACH = 4, 6


def test_what_is_saved_is_read_back(make, keep, history):
    draft = make()
    assert keep(draft).is_new
    assert history() == History.of("desk", [item_of(draft, "desk")])


def test_the_draft_itself_is_kept_to_the_last_digit(make, keep, path):
    draft = make()
    keep(draft)
    with sqlite3.connect(path) as connection:
        ((document,),) = connection.execute("SELECT draft FROM item").fetchall()
    connection.close()
    assert Draft.model_validate_json(document) == draft


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    headline=st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=60),
    skeletons=st.lists(st.text(st.characters(blacklist_categories=("Cs",)), max_size=40), max_size=4),
    numbers=st.lists(st.integers(0, 10**6), min_size=1, max_size=4, unique=True),
    feed=st.sampled_from(["desk", "Bitcoin desk", "ether"]),
)
def test_saving_and_reading_is_identity(make, tmp_path_factory, headline, skeletons, numbers, feed):
    path = tmp_path_factory.mktemp("store") / "desk.sqlite"
    items = []
    with Store(path, writes=True) as store:
        for number in numbers:
            draft = make(number % 9000, id=f"{number:016d}", headline=headline)
            item = item_of(draft, feed).model_copy(update={"skeletons": tuple(skeletons)})
            save(store, draft, item, {})
            items.append(item)
    with Store(path) as store:
        assert store.history(feed) == History.of(feed, items)
        assert History.model_validate_json(store.history(feed).model_dump_json()) == store.history(feed)


def test_the_same_draft_is_saved_once(make, keep, history):
    draft = make()
    keep(draft)
    before = history().sha256
    assert not keep(draft).is_new
    assert history().sha256 == before


def test_feeds_are_apart(make, keep, history):
    keep(make(1), "one")
    keep(make(1), "two")
    keep(make(2), "two")
    assert [len(history(feed).items) for feed in ("one", "two", "three")] == [1, 2, 0]


def test_items_come_in_the_order_they_were_saved(make, keep, history):
    for number in (5, 1, 3):
        keep(make(number))
    assert [one.id[-1] for one in history().items] == ["5", "1", "3"]


def test_a_draft_with_errors_or_a_broken_seal_is_refused(make, keep, path):
    draft = make()
    with pytest.raises(BadInputError, match="changed after it was made"):
        keep(draft.model_copy(update={"headline": "Another"}))
    failed = draft.checks.model_copy(update={"ok": False})
    with pytest.raises(BadInputError, match="errors"):
        keep(draft.model_copy(update={"checks": failed}))


def test_what_became_of_a_test_is_written_once_and_settles_its_event(make, keep, history, path):
    level = next(one.id for one in make().facts if one.subject.metric == "reach_price")
    test = ConditionRecord(metric="price", relation="below", threshold=level, window_hours=72, text="A test.")
    told = make(1, conditions=(test,))
    keep(told)
    when = datetime(2026, 11, 25, 14, tzinfo=UTC)
    hit = Outcome(result="hit", reached=True, as_of=when, item="f")
    follow = make(70, story_key=told.story_key)
    assert keep(follow, outcomes={(told.id, 0): hit}.items()).settled == 1
    assert history().items[0].conditions[0].outcome == hit
    miss = hit.model_copy(update={"result": "miss", "as_of": when + timedelta(hours=1)})
    assert keep(make(71), outcomes={(told.id, 0): miss, ("nobody", 0): miss}.items()).settled == 0
    assert history().items[0].conditions[0].outcome == hit
    with sqlite3.connect(path) as connection:
        states = dict(connection.execute("SELECT key, state FROM event").fetchall())
    connection.close()
    assert states[told.story_key] == "settled"


def test_an_event_that_was_told_meanwhile_is_a_conflict(make, keep, history):
    keep(make(1))
    known = history().sha256
    # Both drafts knew the same history, and both tell one new event.
    first = make(2, history_sha256=known, story_key="BTC/level/long-61000/2026-11-22")
    second = make(3, history_sha256=known, story_key="BTC/level/long-61000/2026-11-22")
    keep(first)
    with pytest.raises(ConflictError, match="draft it again"):
        keep(second)
    assert len(history().items) == 2


def test_another_event_that_was_told_meanwhile_is_none(make, keep, history):
    keep(make(1))
    known = history().sha256
    keep(make(2, history_sha256=known))
    keep(make(3, history_sha256=known))
    assert len(history().items) == 3


def _write(path, number, draft):
    with Store(path, writes=True, wait_seconds=60) as store:
        for k in range(EACH):
            one = draft.model_copy(update={"id": f"{number}-{k}"})
            save(store, _sealed(one), item_of(one, "desk"), {})


def _sealed(draft):
    from commentary.records.hashes import checks_sha256, content_sha256

    content = content_sha256(draft)
    checks = draft.checks.model_copy(update={"sha256": checks_sha256(draft.checks.findings, content)})
    return draft.model_copy(update={"sha256": content, "checks": checks})


def test_processes_that_save_at_once_lose_nothing(make, path, history):
    # None of them finds the file made: the first makes it, while the others wait.
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(path, number, make())) for number in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * WORKERS
    kept = [one.id for one in history().items]
    assert sorted(kept) == sorted(f"{number}-{k}" for number in range(WORKERS) for k in range(EACH))
    # Of each the order is its own.
    for number in range(WORKERS):
        assert [name for name in kept if name.startswith(f"{number}-")] == [f"{number}-{k}" for k in range(EACH)]

"""Replies kept in a folder and read again: the same, or an error; never something else."""

import hashlib
import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.errors import BadInputError
from commentary.net import Failure, Reply, Request
from commentary.net.kept import Kept, keep
from commentary.net.kept_index import file_of
from commentary.records.replies import FILE

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PRICE = Request("binance", "price.BTC", "https://fapi.binance.com/fapi/v1/premiumIndex?symbol=BTCUSDT")
META = Request("hyperliquid", "meta", "https://api.hyperliquid.xyz/info", "POST", b'{"type":"meta"}')
OPEN = Request("binance", "open_interest.BTC", "https://fapi.binance.com/fapi/v1/openInterest?symbol=BTCUSDT")
REPLY = Reply(PRICE, 200, {"date": "Mon, 30 Nov 2026 12:00:00 GMT"}, b'{"markPrice":"77200.5"}', NOON, NOON)
ERROR = Failure(META, "status", "answered with status 422, Unprocessable Entity", 422, 1, b"no such type")
SILENT = Failure(OPEN, "timeout", "did not answer within 20 s", tries=3)
INFO = {"assets": ["BTC"], "asked_at": "2026-11-30T12:00:00Z", "count": 3, "share": 0.5}


@pytest.fixture
def folder(tmp_path):
    """A collection of a reply, an error and a silence."""
    keep(tmp_path / "round", INFO, [REPLY, ERROR, SILENT])
    return tmp_path / "round"


def index(folder):
    return json.loads((folder / "index.json").read_bytes())


def rewrite(folder, change):
    document = index(folder)
    change(document)
    (folder / "index.json").write_text(json.dumps(document))


def entry(folder, name):
    return next(one for one in index(folder)["entries"] if one["name"] == name)


def test_the_index_tells_all_of_a_reply(folder):
    told = index(folder)
    assert told["format"] == "commentary.replies/1"
    assert told["collection"] == INFO
    assert entry(folder, "price.BTC") == {
        "source": "binance",
        "name": "price.BTC",
        "method": "GET",
        "url": "https://fapi.binance.com/fapi/v1/premiumIndex?symbol=BTCUSDT",
        "status": 200,
        "tries": 1,
        "headers": {"date": "Mon, 30 Nov 2026 12:00:00 GMT"},
        "sent_at": "2026-11-30T12:00:00Z",
        "received_at": "2026-11-30T12:00:00Z",
        "sha256": hashlib.sha256(b'{"markPrice":"77200.5"}').hexdigest(),
        "bytes": 23,
        "file": file_of(PRICE, b"{"),
    }
    assert (folder / file_of(PRICE, b"{")).read_bytes() == b'{"markPrice":"77200.5"}'


def test_failures_are_entries_too(folder):
    assert entry(folder, "meta")["body"] == '{"type":"meta"}'
    assert entry(folder, "meta")["kind"] == "status"
    assert (folder / entry(folder, "meta")["file"]).read_bytes() == b"no such type"
    assert entry(folder, "open_interest.BTC")["reason"] == "did not answer within 20 s"
    assert "file" not in entry(folder, "open_interest.BTC")
    assert len(list(folder.iterdir())) == 3


def test_what_was_kept_comes_back_with_the_request_that_asks_for_it(folder):
    kept = Kept(folder)
    assert kept.info == INFO
    keyed = PRICE._replace(secrets=(("X-KEY", "a-key-of-now"),), costs=(("all", 1),))
    assert kept([keyed, META, OPEN], {"binance": 5.0}) == [REPLY._replace(request=keyed), ERROR, SILENT]


def test_what_was_not_asked_is_a_failure(folder):
    other = PRICE._replace(name="price.ETH")
    assert Kept(folder).outcome(other) == Failure(other, "offline", "is not in the kept replies", tries=0)


@pytest.mark.parametrize(
    "changed", [PRICE._replace(url=PRICE.url + "&a=1"), PRICE._replace(method="POST"), META._replace(body=b"{}")]
)
def test_another_question_under_the_same_name_is_a_failure(folder, changed):
    reason = "was asked something else in the kept replies"
    assert Kept(folder).outcome(changed) == Failure(changed, "offline", reason, tries=0)


def test_the_same_outcomes_make_the_same_bytes_in_whatever_order_they_came(folder, tmp_path):
    keep(tmp_path / "again", INFO, [SILENT, REPLY, ERROR])
    for path in folder.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TIME = st.timedeltas(timedelta(0), timedelta(days=3000)).map(lambda later: NOON + later)
BODY = st.dictionaries(TEXT, TEXT, max_size=3).map(json.dumps).map(str.encode)
NONE = st.just(())
REQUEST = st.one_of(
    st.builds(Request, TEXT, TEXT, TEXT, st.just("GET"), st.just(b""), NONE, NONE),
    st.builds(Request, TEXT, TEXT, TEXT, st.just("POST"), BODY, NONE, NONE),
)
OUTCOME = st.one_of(
    st.builds(Reply, REQUEST, st.integers(200, 299), st.dictionaries(TEXT, TEXT), st.binary(min_size=1), TIME, TIME),
    st.builds(
        Failure,
        REQUEST,
        st.sampled_from(["timeout", "connection", "status", "size", "redirect", "address", "limit"]),
        TEXT,
        st.none() | st.integers(300, 599),
        st.integers(0, 8),
        st.binary(max_size=20),
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(TEXT, JSON, max_size=4),
    st.lists(OUTCOME, max_size=6, unique_by=lambda one: (one.request.source, one.request.name)),
)
def test_a_round_trip_changes_nothing(info, outcomes):
    with TemporaryDirectory() as place:
        keep(Path(place) / "round", info, outcomes)
        kept = Kept(Path(place) / "round")
        assert kept.info == info
        assert kept([one.request for one in outcomes]) == outcomes
        keep(Path(place) / "again", kept.info, kept([one.request for one in outcomes]))
        assert (Path(place) / "again" / "index.json").read_bytes() == (
            Path(place) / "round" / "index.json"
        ).read_bytes()


@given(REQUEST, st.binary(max_size=3))
def test_a_files_name_is_one_on_every_file_system(request_, content):
    import re

    assert re.fullmatch(FILE, file_of(request_, content))


def test_names_that_differ_in_case_alone_have_files_of_their_own(tmp_path):
    pair = [REPLY, REPLY._replace(request=PRICE._replace(name="PRICE.btc"))]
    keep(tmp_path / "round", {}, pair)
    names = [path.name.lower() for path in (tmp_path / "round").iterdir()]
    assert len(set(names)) == 3


def test_a_key_is_in_no_file(tmp_path):
    key = "a-key-of-twenty-chars"
    asked = PRICE._replace(secrets=(("X-KEY", key),))
    reply = REPLY._replace(request=asked, content=f'{{"key":"{key}"}}'.encode(), headers={"date": key})
    keep(tmp_path / "round", {"note": key}, [reply])
    for path in (tmp_path / "round").iterdir():
        assert key.encode() not in path.read_bytes()
    assert Kept(tmp_path / "round").outcome(PRICE).content == b'{"key":"[key]"}'


def test_a_collection_is_never_written_over_another(folder):
    before = (folder / "index.json").read_bytes()
    with pytest.raises(BadInputError, match="there is something in it; name a folder that is not there yet"):
        keep(folder, {}, [])
    assert (folder / "index.json").read_bytes() == before
    assert [path.name for path in folder.parent.iterdir()] == ["round"]


def test_one_that_was_made_in_the_meantime_stays(tmp_path, monkeypatch):
    """Another round is kept under the same name between our look and our move."""
    rename = Path.rename

    def late(self, target):
        keep_other()
        return rename(self, target)

    def keep_other():
        monkeypatch.setattr(Path, "rename", rename)
        keep(tmp_path / "round", {"who": "other"}, [])

    monkeypatch.setattr(Path, "rename", late)
    with pytest.raises(BadInputError, match="there is something in it"):
        keep(tmp_path / "round", {"who": "we"}, [REPLY])
    assert index(tmp_path / "round")["collection"] == {"who": "other"}
    assert [path.name for path in tmp_path.iterdir()] == ["round"]


def test_half_a_collection_is_never_there(tmp_path, monkeypatch):
    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BadInputError, match=r"it cannot be written \(No space left on device\); name another folder"):
        keep(tmp_path / "round", {}, [REPLY])
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_used_and_missing_ones_are_made(tmp_path):
    (tmp_path / "empty").mkdir()
    keep(tmp_path / "empty", {}, [REPLY])
    keep(tmp_path / "a" / "b" / "c", {}, [REPLY])
    assert Kept(tmp_path / "empty").outcome(PRICE) == Kept(tmp_path / "a" / "b" / "c").outcome(PRICE) == REPLY


def test_a_place_that_is_no_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(BadInputError, match="it is no folder"):
            keep(tmp_path / name, {}, [])
    with pytest.raises(BadInputError, match="it cannot be written"):
        keep(tmp_path / "file" / "round", {}, [])


def test_a_question_asked_twice_is_refused(tmp_path):
    with pytest.raises(BadInputError, match=r"binance/price\.BTC: it was asked twice"):
        keep(tmp_path / "round", {}, [REPLY, REPLY])
    assert not (tmp_path / "round").exists()


def file(folder):
    return folder / file_of(PRICE, b"{")


def shorten(folder):
    file(folder).write_bytes(file(folder).read_bytes()[:-1])


def lengthen(folder):
    file(folder).write_bytes(file(folder).read_bytes() + b" ")


def alter(folder):
    file(folder).write_bytes(file(folder).read_bytes().replace(b"77200", b"77201"))


def remove(folder):
    file(folder).unlink()


def link(folder):
    file(folder).rename(folder.parent / "outside")
    file(folder).symlink_to(folder.parent / "outside")


def pipe(folder):
    file(folder).unlink()
    os.mkfifo(file(folder))


def nest(folder):
    file(folder).unlink()
    file(folder).mkdir()


def link_index(folder):
    (folder / "index.json").rename(folder.parent / "outside")
    (folder / "index.json").symlink_to(folder.parent / "outside")


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (shorten, r"index.json/entries/1/sha256: '.*' cannot be used; its content is not what came; collect again"),
        (lengthen, "it has more than 23 bytes; collect again"),
        (alter, "its content is not what came; collect again"),
        (remove, "no such file or directory; name a folder that a collection was kept in"),
        (link, "it is a link; name a folder"),
        (pipe, "it is no file; name a folder"),
        (nest, "it is no file; name a folder"),
        (link_index, "it is a link; name a folder"),
        (lambda folder: (folder / "index.json").unlink(), "no such file or directory"),
        (lambda folder: (folder / "index.json").write_text("{"), "collect again"),
        (lambda folder: (folder / "index.json").write_bytes(b"\xff"), "collect again"),
        (lambda folder: (folder / "index.json").write_text("[" * 100_000), "collect again"),
        (shutil.rmtree, "no such file or directory"),
    ],
)
def test_a_collection_that_was_harmed_is_refused_as_it_is_opened(folder, harm, message):
    harm(folder)
    with pytest.raises(BadInputError, match=message):
        Kept(folder)


def test_a_file_that_changes_after_it_was_opened_is_refused(folder):
    kept = Kept(folder)
    alter(folder)
    with pytest.raises(BadInputError, match="its content is not what came"):
        kept.outcome(PRICE)


def first(**changes):
    return lambda document: document["entries"][1].update(changes)


def without(*names):
    def change(document):
        for name in names:
            del document["entries"][1][name]

    return change


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda document: document.update(format="commentary.replies/2"), "index.json/format: 'commentary.replies/2'"),
        (lambda document: document.update(more=1), "index.json/more"),
        (lambda document: document.pop("collection"), "index.json/collection"),
        (first(file="../outside.json"), "index.json/entries/1/file: '../outside.json'"),
        (first(file="/etc/passwd"), "index.json/entries/1/file"),
        (first(file="sub/file.json"), "index.json/entries/1/file"),
        (first(file="index.json\n"), "index.json/entries/1/file"),
        (first(sha256="0"), "index.json/entries/1/sha256"),
        (first(bytes=-1), "index.json/entries/1/bytes"),
        (first(bytes=10**12), "index.json/entries/1/bytes"),
        (first(bytes="23"), "index.json/entries/1/bytes"),
        (first(method="PUT"), "index.json/entries/1/method"),
        (first(kind="other"), "index.json/entries/1/kind"),
        (first(sent_at="2026-11-30T12:00:00"), "index.json/entries/1/sent_at"),
        (without("sent_at"), "a reply has status, headers, sent_at, received_at and file"),
        (without("sha256"), "file, sha256 and bytes stand together"),
        (first(kind="timeout"), "a failure has a reason"),
        (first(name="open_interest.BTC"), "entry 1 has the source and name of an earlier one"),
        (lambda document: document["entries"][2].update(file=document["entries"][1]["file"]), "an earlier one"),
    ],
)
def test_an_index_that_breaks_the_format_is_refused_with_the_place(folder, change, path):
    rewrite(folder, change)
    with pytest.raises(BadInputError) as raised:
        Kept(folder)
    assert path in str(raised.value)
    assert str(raised.value).endswith("; collect again")


def text(folder):
    return (folder / "index.json").read_text()


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [
        ("format", "commentary.replies/1", "/format"),
        ("assets", ["ETH"], "/collection/assets"),
        ("headers", {}, "/entries/1/headers"),
        ("date", "", "/entries/1/headers/date"),
    ],
)
def test_a_name_that_stands_twice_is_refused_with_its_place(folder, name, value, place):
    before = text(folder)
    twice = before.replace(f'"{name}"', f'"{name}": {json.dumps(value)}, "{name}"', 1)
    assert twice != before
    (folder / "index.json").write_text(twice)
    with pytest.raises(BadInputError) as raised:
        Kept(folder)
    where = f"{folder / 'index.json'}{place}"
    assert str(raised.value) == f"{where}: '{name}' cannot be used; the name stands twice in one object; collect again"


ABSURD = (
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-23:59",
    "1970-01-01T00:00:00Z",
    "2300-01-01T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "noon",
    "",
    0,
    1e300,
    -1,
    True,
    [],
    {},
)


@pytest.mark.parametrize("field", ["sent_at", "received_at"])
@pytest.mark.parametrize("time", ABSURD)
def test_a_time_that_cannot_be_is_refused_with_its_place(folder, field, time):
    rewrite(folder, first(**{field: time}))
    with pytest.raises(BadInputError, match=f"/entries/1/{field}: .*; collect again"):
        Kept(folder)


def test_times_are_told_in_utc(tmp_path):
    from datetime import timezone

    east = timezone(timedelta(hours=9))
    keep(tmp_path / "round", {}, [REPLY._replace(sent_at=NOON.astimezone(east))])
    assert entry(tmp_path / "round", "price.BTC")["sent_at"] == "2026-11-30T12:00:00Z"
    assert Kept(tmp_path / "round").outcome(PRICE).sent_at.tzinfo is UTC

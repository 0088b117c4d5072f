"""Drafts of bundled snapshots that a good model reworded."""

from functools import cache

from commentary import Draft, Settings, draft_snapshots, read_snapshot
from commentary.pipeline import check_draft
from commentary.pipeline.open_sentences import open_sentences
from commentary.pipeline.rewording_draft import Model
from commentary.records.writer import Returned, Task
from commentary.resources import folder
from tests.rewording.fake_writer import FakeWriter, otherwise, shown

NAME = "btc-short-side"
"""Two open sentences; one of them has other wordings of the same facts."""
OTHERS = ("market-liquidations", "eth-funding-spread", "btc-flush")


def read(name):
    return read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())


@cache
def plain(name=NAME):
    draft = draft_snapshots([read(name)], settings=Settings())
    assert isinstance(draft, Draft)
    return draft


def good(task: Task) -> Returned:
    """Answer as a good model would: in another wording of the same facts, where there is one."""
    return Returned(_others().get(shown(task), shown(task)), 9)


@cache
def _others():
    known = {}
    for name in (NAME, *OTHERS):
        for one in open_sentences(plain(name), Settings()):
            if words := list(otherwise(one.sentence)):
                known[one.sentence.text] = words[len(one.text) % len(words)]
    return known


def reworded(*answers, name=NAME, **options):
    """Return a draft that a model reworded, and what it was told of that."""
    told = []
    model = Model(FakeWriter(*answers), told=told.append, **options)
    draft = draft_snapshots([read(name)], settings=Settings(), model=model)
    assert isinstance(draft, Draft)
    return draft, told[0]


@cache
def made(name=NAME):
    return reworded(good, name=name)[0]


def codes(draft, **options):
    return sorted({one.code for one in check_draft(draft, **options).findings})

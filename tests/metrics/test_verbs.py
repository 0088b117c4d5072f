"""A verb is earned by size: in usual days, and by floors in percent."""

from decimal import Decimal

import pytest

from commentary.config.verbs import verb_of, verbs
from commentary.metrics import compute
from commentary.metrics.base import Given
from commentary.metrics.verbs import verbs as metric_verbs
from commentary.resources import folder
from commentary.sources.snapshot_file import read_snapshot


@pytest.mark.parametrize(
    ("percent", "sigmas", "verb"),
    [
        # The floors of an editor for bitcoin: no "tumbled" under 4%, no "plunged" under 8%, no small verb from 1.5%.
        ("-3.9", "5", None),
        ("-4", "2.5", "tumbled"),
        ("-7.9", "9", "tumbled"),
        ("-8", "4", "plunged"),
        ("-8", "3.9", "tumbled"),
        ("-12", "2.4", None),  # in a coin whose usual day is 5%, twelve percent is no more than a fall
        ("8.6", "4.1", "surged"),
        ("5", "3", "jumped"),
        ("0.4", "0.2", "edged up"),
        ("-0.4", "0.2", "slipped"),
        ("-0.4", "0.5", None),
        ("1.5", "0.3", None),
        ("0", "0", None),
    ],
)
def test_the_verb_of_a_move(percent, sigmas, verb):
    assert verb_of(Decimal(percent), Decimal(sigmas)) == verb


def test_a_verb_says_which_way():
    for verb in verbs():
        assert verb.up != verb.down


def told(name):
    read = read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())
    sheet = compute(read, now=read.snapshot.as_of)
    again = list(metric_verbs(Given(read.snapshot, (), read.snapshot.as_of, sheet, ())))
    assert again == sheet.all("price_verb")
    return again


def test_a_fall_of_the_bundled_flush_is_told_by_its_size():
    # 5.4% is 3.16 usual days: over 2.5 and over 4%, below 4 usual days.
    assert [fact.value for fact in told("btc-flush")] == ["tumbled"]


def test_a_quiet_day_has_the_verb_of_one():
    # 0.3% is about a sixth of the usual 1.8%.
    assert [fact.value for fact in told("btc-calm")] == ["slipped"]


def test_without_a_usual_move_there_is_no_verb():
    assert told("btc-long-side") == []

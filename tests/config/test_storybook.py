"""Story files: what they must hold, and the desk's own figures in them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.config.storybook import house_facts, read_storybook, storybook, with_thresholds
from commentary.errors import ConfigError
from commentary.resources import folder

NAMES = sorted(path.stem for path in (folder("data") / "stories").glob("*.toml"))
NOW = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", NAMES)
def test_every_threshold_and_figure_says_why(name):
    book = storybook(name)
    assert set(book.why) == set(book.thresholds)
    assert all(len(why.split()) >= 3 for why in book.why.values())
    assert all(len(entry.why.split()) >= 2 for entry in book.facts)


@pytest.mark.parametrize("name", NAMES)
def test_every_threshold_is_used(name):
    text = (folder("data") / "stories" / f"{name}.toml").read_text(encoding="utf-8")
    # A story's own sentences stand in data/claims, and ask for its thresholds there.
    text += "".join(path.read_text(encoding="utf-8") for path in (folder("data") / "claims").glob("*.toml"))
    source = "".join(path.read_text(encoding="utf-8") for path in (folder("data").parent / "commentary").rglob("*.py"))
    for threshold in storybook(name).thresholds:
        assert f"${threshold}" in text or f'"{threshold}"' in source, threshold


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[thresholds]\nfloor = 5", "floor"),
        ("[thresholds]\nfloor = { value = 5 }", "floor"),
        ("fires = []\nscore = 1", "missing"),
    ],
)
def test_an_incomplete_file_is_refused_by_name(tmp_path, text, reason):
    path = tmp_path / "odd.toml"
    path.write_text('title = "Odd"\n' + text if "[thresholds]" not in text else text)
    with pytest.raises(ConfigError, match=rf"odd\.toml.*{reason}"):
        read_storybook(path)


def test_an_overlay_of_an_unknown_threshold_is_refused():
    with pytest.raises(ConfigError, match=r"thresholds\.calm\.volume"):
        with_thresholds(storybook("calm"), {"volume": Decimal(5)})


def test_the_desks_own_figures_are_asserted_by_the_publisher():
    book = storybook("flush_reset")
    facts = {fact.subject.metric: fact for fact in house_facts(book, "BTC", NOW, "The Desk")}
    assert all((fact.evidence, fact.source) == ("asserted", ("The Desk",)) for fact in facts.values())
    # The file says 72 hours after the snapshot.
    assert facts["test_deadline"].value == NOW + timedelta(hours=72)
    assert facts["test_share"].value == Decimal("0.5")


def test_without_a_publisher_nobody_is_named():
    assert {fact.source for fact in house_facts(storybook("calm"), "BTC", NOW, "")} == {()}

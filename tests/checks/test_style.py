"""Rules of style that only a draft's own fields show, the house's own rules, and the file that they stand in."""

import pytest

from commentary import Draft, Settings, check_text, draft_snapshots, read_snapshot
from commentary.checks import style_lists as lists
from commentary.checks.style import count_words, leftovers_in
from commentary.checks.style_lists import style_lists
from commentary.config.style_rules import HouseRules
from commentary.errors import ConfigError
from commentary.pipeline.checking import check_fields
from commentary.resources import folder

LEAD = "/sections/0/paragraphs/0"


def made(name, **options):
    read = read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())
    draft = draft_snapshots([read], settings=Settings(), **options)
    assert isinstance(draft, Draft)
    return draft


@pytest.fixture(scope="module")
def draft():
    return made("btc-long-side")


def styled(draft, settings=None):
    found = check_fields(draft, settings=settings).findings
    return [(one.code, one.path) for one in found if one.code.startswith("style.")]


def with_copies(draft, count):
    """Return a draft that tells its first paragraph so many times more, each with all its figures."""
    lead, *others = draft.sections
    told = range(len(lead.paragraphs), len(lead.paragraphs) + count)
    paths = [f"/sections/0/paragraphs/{i}" for i in told]
    lead = lead.model_copy(update={"paragraphs": (*lead.paragraphs, *(lead.paragraphs[0] for _ in told))})

    def copied(records):
        own = [one for one in records if one.path == LEAD]
        return (*records, *(one.model_copy(update={"path": path}) for path in paths for one in own))

    update = {
        "sections": (lead, *others),
        "mentions": copied(draft.mentions),
        "sentences": copied(draft.sentences),
    }
    return draft.model_copy(update=update)


def test_a_draft_of_ours_reads_well(draft):
    assert styled(draft) == []


def test_a_sentence_that_reads_like_another_of_the_draft_is_told(draft):
    found = styled(with_copies(draft, 1))
    assert ("style.skeleton", f"/sections/0/paragraphs/{len(draft.sections[0].paragraphs)}") in found
    # Once for the sentences that are copied, and not for those that stand there first.
    assert ("style.skeleton", LEAD) not in found


def test_a_fact_that_is_told_again_and_again_is_told_once_too_often(draft):
    found = check_fields(with_copies(draft, 4)).findings
    told = [one.facts for one in found if one.code == "style.repeated"]
    assert ("BTC/reach_size/side=long/window=168h/at=60593",) in told
    # A fact is told of once, however often it stands there.
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It fell.  It rose.", "  "),
        ("It *fell* by a lot.", "*fell*"),
        ("It **fell** then.", "**fell**"),
        ("The {{ price }} fell.", "{{"),
        ("It was null then.", "null"),
        ("the longs, None of them", "None"),
        ("It fell fell then.", "fell fell"),
    ],
)
def test_what_is_left_of_a_template_is_found_as_it_stands(text, left):
    start, end = next(iter(leftovers_in(text, "en")))
    assert text[start:end] == left


@pytest.mark.parametrize(
    "text",
    [
        "None of it fell.",
        "5*6 coins and 7*8 more",
        "Longs that had had it. It said that that was so.",
        "a_b_c and x__y",
        "The nanny fell.",
        "It fell in the 24 hours to 08:55 UTC.",
    ],
)
def test_what_only_looks_so_is_left_alone(text):
    assert list(leftovers_in(text, "en")) == []


def test_what_is_left_of_a_template_is_an_error_of_a_draft(draft):
    broken = draft.model_copy(update={"standfirst": f"{draft.standfirst}  It  fell."})
    found = [one for one in check_fields(broken).findings if one.code == "style.leftover"]
    assert {one.severity for one in found} == {"error"}
    assert {one.path for one in found} == {"/standfirst"}


def test_a_stretch_that_is_read_as_a_whole_is_one_word():
    # It, fell, at, the stamp of five words.
    text = "It fell at 08:55 UTC on Nov. 22"
    assert count_words(text) == 8
    assert count_words(text, [(11, len(text))]) == 4


def test_the_houses_own_rules_stand_beside_ours(draft):
    headline = len(draft.headline)
    rules = HouseRules(
        sentence_words=12, headline_characters=headline - 1, instead=(("funding", "the cost of holding"), ("sum", ""))
    )
    settings = Settings(rules=rules)
    codes = {code for code, _ in styled(draft, settings)}
    assert codes == {"style.sentence", "style.headline", "style.house"}
    found = check_fields(draft, settings=settings).findings
    assert {one.severity for one in found} == {"warning"}
    own = [one for one in found if one.code == "style.house"]
    assert {one.suggest for one in own if one.text.casefold() == "funding"} == {("the cost of holding",)}
    assert {one.suggest for one in own if one.text.casefold() == "sum"} == {()}


def test_a_looser_limit_of_the_house_stands_in_the_place_of_ours(sheet):
    text = "A sum is " + "of a sum " * 12 + "and no more."
    facts = sheet("btc-long-side")

    def found(rules):
        settings = Settings(rules=rules)
        codes = {one.code for one in check_text(text, facts, settings=settings, scope="passage").findings}
        return "style.sentence" in codes

    assert found(HouseRules())
    assert not found(HouseRules(sentence_words=50))


def test_every_limit_says_why(tmp_path, monkeypatch):
    assert style_lists("en").limits["sentence_words"] == 35
    monkeypatch.setattr(lists, "__file__", str(tmp_path / "style_lists.py"))
    style_lists.cache_clear()
    with pytest.raises(ConfigError, match=r"no style-en\.toml"):
        style_lists("en")
    tables = "".join(f"[{name}]\n" for name in ("headlines", "hedges", "idioms", "cliches", "leftovers"))
    words = (
        tables.replace("[headlines]\n", '[headlines]\nclickbait = ["x"]\n')
        .replace("[hedges]\n", '[hedges]\nfirst = ["x"]\nsecond = ["x"]\nbetween = ["x"]\n')
        .replace("[leftovers]\n", '[leftovers]\nsigns = ["x"]\nwords = ["x"]\ninside = ["x"]\ntwice = []\n')
    )
    (tmp_path / "style-en.toml").write_text(words + "[limits]\nsentence_words = { value = 35 }\n")
    with pytest.raises(ConfigError, match="a whole number and a sentence why"):
        style_lists("en")
    (tmp_path / "style-en.toml").write_text(words)
    with pytest.raises(ConfigError, match="needs the tables"):
        style_lists("en")
    style_lists.cache_clear()

"""What packs ask a draft to say of itself: label, lines and disclaimer, and the house's own words."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from commentary import Draft, Settings, check_text, draft_snapshots, read_snapshot, render
from commentary.config import Publisher
from commentary.config.style_rules import HouseRules
from commentary.errors import ConfigError
from commentary.languages import language
from commentary.pipeline import check_draft, check_edit, facts_of
from commentary.pipeline.house import house_texts
from commentary.pipeline.sealing import seal
from commentary.pipeline.tracing import traced
from commentary.publishing.base import View
from commentary.resources import folder

HOUSE = Publisher(
    name="Harbour Wire",
    responsible_person="A. Editor",
    disclaimer="Harbour Wire gives news. It does not give investment advice, and takes no part in any trade.",
    holdings="The desk's editors hold bitcoin and ether.",
    corrections_contact="corrections24@harbour.example",
)
EU = Settings(publisher=HOUSE, packs=("global", "eu"))


def read(name="btc-long-side"):
    return read_snapshot((folder("data") / "snapshots" / f"{name}.json").read_bytes())


def made(settings, name="btc-long-side", **options):
    draft = draft_snapshots([read(name)], settings=settings, **options)
    assert isinstance(draft, Draft)
    return draft


@pytest.fixture(scope="module")
def eu():
    return made(EU)


def codes(findings):
    return sorted({one.code for one in findings})


def test_without_settings_the_floor_is_in_force():
    draft = made(Settings())
    assert draft.packs == ("global",)
    assert draft.plan["packs"] == {"global": "1"}
    assert draft.ai_disclosure.startswith("This text was generated automatically")
    assert draft.disclaimer == language("en").frames["disclaimer"]
    assert draft.checks.findings == ()
    # Nobody is named, and nothing is made up.
    imprint = {"publisher", "responsible_person", "data_as_of", "written_at"}
    assert not imprint & {one.subject.metric for one in draft.facts}


def test_the_union_asks_for_lines_on_who_when_and_what_is_held(eu):
    assert eu.packs == ("global", "eu")
    assert "Responsible for this text: A. Editor, Harbour Wire." in eu.disclosures
    assert "The data is as of 09:00 UTC on Nov. 22." in eu.disclosures
    # Nobody said when it was completed.
    assert not any("completed" in line for line in eu.disclosures)
    assert "Mistakes can be reported to corrections24@harbour.example." in eu.disclosures
    assert "What a model holds is an estimate, and not a forecast." in eu.disclosures
    assert eu.disclosures[-1] == HOUSE.holdings
    assert eu.disclaimer == HOUSE.disclaimer
    assert eu.checks.findings == ()


def test_names_and_times_of_a_legal_line_are_facts(eu):
    fields = dict(zip((f"/disclosures/{i}" for i in range(len(eu.disclosures))), eu.disclosures, strict=True))
    told = {fields[one.path][one.start : one.end] for one in eu.mentions if one.path in fields}
    assert {"A. Editor", "Harbour Wire", "09:00 UTC on Nov. 22", "corrections24@harbour.example"} <= told


def test_a_line_that_the_layout_asks_for_is_not_said_twice(eu):
    assert len(set(eu.disclosures)) == len(eu.disclosures)


@pytest.mark.parametrize("form", ["markdown", "text", "html"])
def test_the_label_stands_above_the_body_and_the_printed_page_passes(eu, form):
    page = render(eu, form, View(settings=EU))
    label = eu.ai_disclosure.split(":")[0]
    body = _plain(eu.sections[0].paragraphs[0])
    assert _plain(page).index(_plain(label)) < _plain(page).index(body)
    sheet = facts_of(read(), settings=EU)
    found = check_text(page if form != "html" else _html(page), sheet, settings=EU, scope="article").findings
    assert [(one.code, one.text) for one in found if one.severity == "error"] == []


def _plain(page):
    """Without the ends of lines, the tags and the entities of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def _html(page):
    from commentary.checks.pages import read_page

    return read_page(page, "page.html")


def test_the_draft_can_be_checked_again_and_traced(eu):
    assert check_draft(eu, settings=EU).findings == ()
    assert list(traced(eu, read(), EU)) == []
    # Without its settings a warning says so, and the house's own words are judged as words.
    assert codes(check_draft(eu).findings) == ["draft.settings", "roles.asset"]


@pytest.mark.parametrize(
    ("setting", "code"),
    [("responsible_person", "packs.missing"), ("holdings", "packs.missing"), ("name", "packs.metadata")],
)
def test_what_the_union_asks_for_and_nobody_gave_is_missed(setting, code):
    settings = EU.__class__(publisher=HOUSE._replace(**{setting: ""}), packs=EU.packs)
    (found,) = made(settings).checks.findings
    assert (found.code, found.severity) == (code, "error")
    assert f"write publisher.{setting} in commentary.toml" in found.message
    assert "European Union" in found.message


def test_a_disclaimer_of_the_house_has_to_say_that_it_is_no_advice():
    settings = Settings(publisher=Publisher(disclaimer="Harbour Wire gives news, and nothing else."))
    (found,) = made(settings).checks.findings
    assert (found.code, found.path) == ("packs.missing", "/disclaimer")


@pytest.mark.parametrize(
    ("packs", "line"),
    [
        (("global", "us"), "This text is the same for every reader and takes nobody's circumstances into account."),
        (("global", "uk"), "This text is news, and neither an invitation nor an inducement to trade."),
    ],
)
def test_each_pack_has_its_line(packs, line):
    draft = made(Settings(publisher=HOUSE, packs=packs))
    assert line in draft.disclosures
    assert draft.checks.findings == ()


def test_the_label_cannot_be_edited_away(eu):
    found = check_edit(eu, {"/ai_disclosure": "Written by the desk."}, settings=EU).findings
    assert "packs.missing" in codes(found)


def test_an_edited_disclaimer_may_stand_while_it_says_that_it_is_no_advice(eu):
    edited = HOUSE.disclaimer.replace("in any trade", "in trades")
    found = check_edit(eu, {"/disclaimer": edited}, settings=EU).findings
    assert "packs.missing" not in codes(found)
    edited = "Harbour Wire gives news."
    found = check_edit(eu, {"/disclaimer": edited}, settings=EU).findings
    assert "packs.missing" in codes(found)


def test_a_label_that_says_another_making_is_found(eu):
    other = "A person wrote this text with the help of a language model."
    told = seal(eu.model_copy(update={"ai_disclosure": other}), EU)
    assert "packs.missing" in codes(told.checks.findings) or "draft.rewritten" in codes(
        check_draft(told, settings=EU).findings
    )


def test_a_publisher_that_the_settings_do_not_name_is_found(eu):
    facts = tuple(
        one.model_copy(update={"value": "Other Wire"}) if one.subject.metric == "publisher" else one for one in eu.facts
    )
    told = check_draft(seal(eu.model_copy(update={"facts": facts}), EU), settings=EU).findings
    assert [one.code for one in told if one.path == "/facts"] == ["draft.rewritten"]


def test_a_publisher_whose_name_says_something_is_found(eu):
    facts = tuple(
        one.model_copy(update={"value": "Binance lost everything"}) if one.subject.metric == "publisher" else one
        for one in eu.facts
    )
    told = check_draft(seal(eu.model_copy(update={"facts": facts}), EU)).findings
    assert "draft.beside" in codes(told)


def test_packs_leave_no_trace_in_an_unknown_name():
    draft = made(Settings())
    for packs, path in ((("mars", "global"), "/packs/0"), ((), "/packs")):
        told = check_draft(seal(draft.model_copy(update={"packs": packs}))).findings
        assert ("draft.beside", path) in [(one.code, one.path) for one in told]


def test_the_time_is_that_at_which_it_was_written():
    now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    draft = made(EU, now=now)
    assert "This text was completed at 09:30 UTC on Nov. 22." in draft.disclosures
    assert "The data is as of 09:00 UTC on Nov. 22." in draft.disclosures
    assert check_draft(draft, settings=EU).findings == ()


@pytest.mark.parametrize(
    "byline",
    [
        "the desk",
        "By A. Writer and Béla O’Hara",
        "A. Writer, markets reporter; edited by B. Editor",
        "Jean-Luc Writer | Harbour Wire & Partners",
        "written and reviewed by: A. Writer, B. Writer, C. Writer and D. Writer of the markets desk",
    ],
)
def test_a_byline_names_people_and_what_they_did(byline):
    assert house_texts(Settings(publisher=Publisher(byline=byline))) == {}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(publisher=Publisher(disclaimer="No advice. Up 40% this year.")), "publisher.disclaimer: 'Up 40%'"),
        (Settings(publisher=Publisher(holdings="The writer holds three coins.")), "publisher.holdings: 'three coins'"),
        (Settings(publisher=Publisher(disclaimer="You should buy now, as it is free money.")), "'You should'"),
        (Settings(publisher=Publisher(disclaimer="This is  no advice, {{ name }}.")), "'{{'"),
        (Settings(publisher=Publisher(disclaimer="This is no no advice.")), "'no no'"),
        (Settings(publisher=Publisher(disclaimer="No advice. " * 200)), "write 1,000 at most"),
        (Settings(publisher=Publisher(name="Binance lost everything")), "publisher.name"),
        (Settings(publisher=Publisher(byline="A. Writer, who says buy bitcoin")), "publisher.byline"),
        (Settings(publisher=Publisher(byline="By Buy Now Desk")), "publisher.byline"),
        (Settings(publisher=Publisher(byline="A. Writer, up 40%")), "publisher.byline"),
        (Settings(publisher=Publisher(byline="A. Writer,\nBitcoin")), "a line break"),
        (Settings(publisher=Publisher(byline="Bitcoin rises forever and B. Editor")), "publisher.byline"),
        (Settings(publisher=Publisher(name="Buy Now Wire")), "publisher.name"),
        (Settings(publisher=Publisher(site="file:///etc/passwd")), "publisher.site"),
        (Settings(publisher=Publisher(corrections_contact="call us")), "write an address of mail"),
        (Settings(rules=HouseRules(instead=(("massive", "a billion"),))), "style.rules.instead: 'a billion'"),
        (Settings(publisher=Publisher(disclaimer="No advice. Not FSCS."), packs=("global", "uk")), None),
        (Settings(publisher=Publisher(disclaimer="No advice. FSCS protected."), packs=("global", "uk")), "'FSCS"),
        (Settings(publisher=Publisher(disclaimer="No advice. FSCS protected.")), None),
    ],
)
def test_the_houses_own_words_are_linted(settings, words):
    if words is None:
        assert house_texts(settings)
        return
    with pytest.raises(ConfigError) as caught:
        made(settings)
    assert words in str(caught.value)

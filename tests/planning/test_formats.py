"""The short forms of a story: what fits is chosen, nothing is cut, and no figure stands in them alone."""

import re

import pytest

from commentary.config.storybook import read_storybook
from commentary.planning.formats import CAVEAT, FormPlanner
from commentary.records.plan import Claim
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention, Passage

WORDINGS = {
    # frame: its wordings; {a} spells the fact a
    "head": ("Head {a}",),
    "two": ("Two {b}", "Second {b}"),
    "long": ("Long " + "x" * 106 + " {a}", "Short {a}"),
    "longer": ("x" * 400,),
    "digest": ("One " + "word " * 30 + "{a}.", "Other " + "word " * 30 + "{a}."),
    "more": ("And " + "word " * 14 + "{b}.",),
    "tail": ("Not known.",),
    "search.plain": ("Plain",),
    "mail.plain": ("Plain mail",),
    "frame.reading": ("A reading.",),
}
LAYOUT = """
title = "T"
fires = []
score = 0.5
[layout]
headlines = []
standfirst = []
sections = []
brief = []
unknowns = []
unknowns_at_most = 0
digest_title = "head"
short_term = []
long_term = []
disclosures = []
"""


class Writer:
    """Words claims by the table above; figures are marked by the fact's name."""

    def _wordings(self, claim):
        fitting = [text for text in WORDINGS.get(claim.frame, ()) if not 0 < claim.at_most < len(text)]
        return fitting[claim.turn % len(fitting) :] + fitting[: claim.turn % len(fitting)] if fitting else []

    def can_say(self, claim):
        return bool(self._wordings(claim))

    def passage(self, claims):
        text = " ".join(self._wordings(claim)[0] for claim in claims)
        mentions = [Mention(m.start(), m.end(), f"BTC/{m[1]}", "usd", m[1]) for m in re.finditer(r"{(\w)}", text)]
        return Passage(text, tuple(mentions), ())

    def states(self, mention):
        return mention.style == "usd"


@pytest.fixture
def planned(tmp_path, fact):
    """Return a function: a layout's lines and the body's claims in, the planner of forms out."""

    def make(lines="", body=("head", "two"), missing=()):
        path = tmp_path / "t.toml"
        given = {line.split(" =")[0] for line in lines.splitlines()}
        defaults = [line for line in ("digest = []", 'push = ""') if line.split(" =")[0] not in given]
        path.write_text(LAYOUT + "\n".join((*defaults, lines)), encoding="utf-8")
        sheet = FactSheet("BTC", None, (fact("a", 1), fact("b", 2)))
        roles = {"head": "a", "two": "b", "long": "a", "digest": "a", "more": "b"}

        def claim(frame, told=None):
            if frame not in WORDINGS or frame in missing:
                return None
            return Claim(frame, ((roles[frame], sheet[f"BTC/{roles[frame]}"]),) if frame in roles else ())

        paragraphs = [(claim(frame),) for frame in body]
        return FormPlanner(read_storybook(path).layout, sheet, claim, Writer(), paragraphs, {})

    return make


def frames(claims):
    return [claim.frame for claim in claims]


def text(claims):
    return Writer().passage(claims).text


def test_candidates_are_of_other_claims_first_and_then_in_other_words(planned):
    found = planned().headlines(["head", "two", "head"], None)
    assert [text([one]) for one in found] == ["Head {a}", "Two {b}", "Second {b}"]
    found = planned().headlines(["head", "two", "head"], Claim("tail"))
    assert [text([one]) for one in found] == ["Head {a}", "Two {b}", "Second {b}", "Not known."]


def test_a_candidate_whose_figure_the_body_lacks_is_none(planned):
    assert frames(planned(body=("head",)).headlines(["two", "head"], None)) == ["head"]
    # Where nothing is borne the first is told, and the check says what it lacks.
    assert frames(planned(body=()).headlines(["two", "head"], None)) == ["two"]


def test_a_headline_that_is_too_long_is_worded_otherwise(planned):
    assert text(planned().headlines(["long"], None)) == "Short {a}"


def test_a_title_is_the_first_that_fits(planned):
    forms = planned('search_title = ["long", "two"]\nmail_subject = ["longer | two"]').forms(Claim("head"), ())
    assert (text([forms.search_title]), text([forms.mail_subject])) == ("Short {a}", "Second {b}")


def test_titles_come_from_the_headlines_where_a_layout_has_none_and_then_from_a_plain_line(planned):
    forms = planned().forms(Claim("two"), ())
    assert (forms.search_title.frame, forms.mail_subject.frame) == ("head", "mail.plain")


def test_the_subject_of_a_mail_is_another_claim_than_headline_and_search_title(planned):
    forms = planned('search_title = ["two"]\nmail_subject = ["head", "two", "tail"]').forms(Claim("head"), ())
    assert (forms.search_title.frame, forms.mail_subject.frame) == ("two", "tail")


def test_a_figure_that_only_the_digest_has_may_stand_in_a_form_but_in_no_headline(planned):
    planner = planned('push = "two"', body=("head",))
    assert planner.forms(Claim("head"), (Claim("two"),)).push.frame == "two"
    assert planner.forms(Claim("head"), ()).push is None


def test_a_post_has_a_first_sentence_and_its_caveat(planned):
    forms = planned('social = ["two", "tail"]').forms(Claim("head"), ())
    assert text(forms.social) == "Second {b} Not known."
    assert forms.social[0].turn == 1


def test_a_post_without_a_layout_is_the_digests_sentence_in_other_words(planned):
    assert CAVEAT.endswith("frame.reading")
    forms = planned('digest = ["digest"]').forms(Claim("head"), ())
    assert text(forms.social).startswith("Other")
    assert text(forms.social).endswith("A reading.")


def test_a_post_leaves_out_what_does_not_fit_and_never_cuts(planned):
    forms = planned('social = ["longer | two", "longer", "tail"]').forms(Claim("head"), ())
    assert frames(forms.social) == ["two", "tail"]
    assert planned('social = ["longer", "tail"]').forms(Claim("head"), ()).social == ()


def test_a_post_without_its_caveat_is_better_than_none(planned):
    assert frames(planned('social = ["two", "tail"]', missing=("tail",)).forms(Claim("head"), ()).social) == ["two"]


def test_a_blurb_has_as_many_sentences_as_make_its_words(planned):
    # 32 words, and 16: together 48; with two words more it is 50.
    forms = planned('blurb = ["digest", "more", "tail"]').forms(Claim("head"), ())
    assert frames(forms.blurb) == ["digest", "more", "tail"]
    assert frames(planned('blurb = ["digest", "tail"]').forms(Claim("head"), ()).blurb) == []


def test_a_blurb_that_cannot_be_made_of_its_layout_is_made_of_the_digest(planned):
    forms = planned('blurb = ["tail"]\ndigest = ["digest", "more"]').forms(Claim("head"), ())
    assert frames(forms.blurb) == ["digest", "more", "frame.reading"]

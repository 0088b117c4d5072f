"""Where a fact stands in a text is known, not searched for; a wording is used only where every slot spells."""

from dataclasses import replace
from decimal import Decimal

import pytest

from commentary.errors import TemplateError
from commentary.languages import language
from commentary.records.plan import Claim

LONG = "It is {{ size | usd }}, {{ move | a_fall }} away."
SUM = "{% say 'sum' kind='fact' %}The sum is {{ size | usd }} of {{ size | longs }}.{% endsay %}"


def test_every_mention_spells_its_fact_where_it_says(realiser, edition, size, move):
    source = SUM + "{% say 'way' kind='derived' %}{{ move | a_fall }} would do it.{% endsay %}"
    passage = realiser(source).passage([Claim("sum", (("size", size),)), Claim("way", (("move", move),))])
    assert passage.text == "The sum is $1.07 billion of longs. A 2.5% fall would do it."
    facts = {fact.id: fact for fact in (size, move)}
    for mention in passage.mentions:
        spelled = language("en").spell(facts[mention.fact], mention.style, edition)
        assert passage.text[mention.start : mention.end] == spelled
    assert [(m.fact, m.style, m.role) for m in passage.mentions] == [
        (size.id, "usd", "size"),
        (size.id, "longs", "size"),
        (move.id, "a_fall^", "move"),
    ]


def test_sentences_cover_the_text_and_name_their_origin(realiser, size):
    passage = realiser(SUM).passage([Claim("sum", (("size", size),)), Claim("frame.reading")])
    assert [passage.text[s.start : s.end] for s in passage.sentences] == [
        "The sum is $1.07 billion of longs.",
        language("en").frames["reading"],
    ]
    assert [(s.origin, s.kind, s.claim) for s in passage.sentences] == [
        ("template@sum#1", "fact", "sum"),
        ("frame@reading", "definition", "frame.reading"),
    ]


def test_a_slot_at_the_start_of_a_sentence_has_a_capital(realiser, move):
    source = "{% say 'a' kind='fact' %}{{ move | a_fall }} came, {{ move | a_fall }} it was.{% endsay %}"
    assert realiser(source).passage([Claim("a", (("move", move),))]).text == "A 2.5% fall came, a 2.5% fall it was."


def test_a_wording_whose_slot_cannot_spell_is_passed_over(realiser, size):
    # Dollars have no style for a change in percent.
    source = "{% say 'a' kind='fact' %}It is {{ size | moved }}.{% or %}It is {{ size | usd }}.{% endsay %}"
    for seed in range(8):
        assert realiser(source, seed).passage([Claim("a", (("size", size),))]).text == "It is $1.07 billion."


def test_a_wording_that_needs_a_fact_that_is_not_there_is_passed_over(realiser, size):
    source = f"{{% say 'a' kind='fact' %}}{LONG}{{% or %}}It is {{{{ size | usd }}}}.{{% endsay %}}"
    assert realiser(source).passage([Claim("a", (("size", size),))]).text == "It is $1.07 billion."


def test_wordings_that_say_more_of_what_is_known_go_first(realiser, size, move):
    source = f"{{% say 'a' kind='fact' %}}{LONG}{{% or %}}It is {{{{ size | usd }}}}.{{% endsay %}}"
    claim = Claim("a", (("size", size), ("move", move)))
    for seed in range(8):
        assert realiser(source, seed).passage([claim]).text == "It is $1.07 billion, a 2.5% fall away."


def test_a_claim_that_no_wording_fits_cannot_be_said(realiser, size):
    writer = realiser("{% say 'a' kind='fact' %}It is {{ size | moved }}.{% endsay %}")
    claim = Claim("a", (("size", size),))
    assert not writer.can_say(claim)
    assert not writer.can_say(Claim("b"))
    with pytest.raises(TemplateError, match="no wording of 'a' fits"):
        writer.passage([claim])


def test_what_did_not_move_went_to_no_value(realiser, move, size):
    still = replace(move, value=Decimal(0))
    source = (
        "{% say 'a' kind='fact' %}It {{ move | moved }} over those hours, to {{ size | usd }}.{% or %}"
        "At {{ size | usd }} it was {{ move | up_down }}.{% endsay %}"
    )
    dealt = {
        realiser(source, seed).passage([Claim("a", (("move", one), ("size", size)))]).text
        for seed in range(8)
        for one in (still, move)
    }
    assert dealt == {
        "At $1.07 billion it was unchanged.",
        "At $1.07 billion it was down 2.5%.",
        "It fell 2.5% over those hours, to $1.07 billion.",
    }


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("It was unchanged to $5.", False),
        ("It was unchanged in coin in the 24 hours to 08:00 UTC on Aug. 12, to 269,800 BTC.", False),
        ("It was unchanged in the 24 hours to 08:00 UTC on Aug. 12.", True),
        ("Price was unchanged, and open interest rose 1% to 269,800 BTC.", True),
    ],
)
def test_a_time_is_reached_by_what_did_not_move_and_a_value_is_not(text, sound):
    assert language("en").reads(text) == sound


def test_the_seed_deals_the_wordings_and_the_same_seed_the_same(realiser):
    source = "{% say 'a' kind='fact' %}It is so.{% or %}So it is.{% or %}That is it.{% endsay %}"
    dealt = [realiser(source, seed).passage([Claim("a")]).text for seed in range(40)]
    assert set(dealt) == {"It is so.", "So it is.", "That is it."}
    assert dealt == [realiser(source, seed).passage([Claim("a")]).text for seed in range(40)]


def test_an_approved_frame_is_written_as_it_stands(realiser):
    text = realiser("").passage([Claim("frame.disclaimer", (), "definition")]).text
    assert text == language("en").frames["disclaimer"]

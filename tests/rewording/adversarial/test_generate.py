"""The generator makes enough of each class, with the right slots, and nothing that the template says itself."""

import re
from collections import Counter

import pytest

from commentary.languages import language
from commentary.pipeline.materials import sayings
from commentary.rewording.slots import wording_of
from tests.rewording.adversarial import generate
from tests.rewording.adversarial.entries import sentence_of
from tests.rewording.adversarial.opened_sentences import Source, slots_of, stood_in
from tests.rewording.adversarial.swaps import swapped


def swaps_of(say, number):
    source = Source(sentence_of(say, number), {}, {}, "")
    return {pattern: output for _, pattern, output in swapped(source)}


def test_the_sums_of_two_sides_are_swapped():
    assert swaps_of("liq.lead", 4)["swap MONEY size osize"] == (
        "By [WHOSE_A] count, [MONEY_B] of [ASSET_A] [SIDE_A] and [MONEY_A] of [SIDE_B] were liquidated [PERIOD_A]."
    )


def test_both_a_side_and_its_sum_are_not_swapped_at_a_time_as_that_would_be_true():
    assert "swap MONEY and SIDE" not in swaps_of("liq.lead", 4)


def test_the_ends_of_a_range_are_left_where_they_are():
    assert not any("low high" in pattern for pattern in swaps_of("own.lead", 1) if "MONEY" in pattern)
    assert "swap PRICE low high" not in swaps_of("calm.lead.width", 5)


def test_a_slot_that_tells_the_same_fact_in_the_same_style_is_not_swapped():
    """Both exchanges of the first sentence come again in the second."""
    assert all("high high" not in pattern and "low low" not in pattern for pattern in swaps_of("spread.lead", 3))


def test_times_that_some_drafts_spell_alike_are_not_swapped_without_a_draft():
    assert not any(pattern.startswith("swap TIME") for pattern in swaps_of("map.lead", 1))


def test_facts_that_a_draft_spells_alike_are_not_swapped():
    say = sayings("en", None)["oi.lead.alone"]
    sentence = stood_in(say, 1, language("en"))
    alike = dict.fromkeys((place.name for place in sentence.places), "270,300 BTC")
    assert [one for one in swapped(Source(sentence, alike, {}, "a draft")) if "COIN" in one[1]] == []


def test_a_text_whose_movements_all_fall_is_told_as_a_rise():
    sentence = sentence_of("positions.lead.alone", 1)
    spelled = dict.fromkeys((place.name for place in sentence.places), "") | {"CHANGE_A": "fell 5.1%"}
    source = Source(sentence, spelled, {}, "a draft")
    outputs = [output for _, output in generate._inserted(source, "direction")]
    assert any(output.endswith(", as the coin rallied.") for output in outputs)
    assert not any(output.endswith(", as the coin sold off.") for output in outputs)


@pytest.mark.slow
def test_five_thousand_are_made_alike_each_time_with_the_right_slots():
    made = generate.made()
    assert [one[:2] + one[3:] for one in made] == [one[:2] + one[3:] for one in generate.made()]
    assert len(made) >= 5000
    counts = Counter(one.wrong for one in made)
    assert set(counts) == set(generate.CLASSES)
    assert min(counts.values()) >= 500
    for one in made:
        assert slots_of(one.output) == slots_of(one.sentence.text)
        assert not re.search(r"\d", one.output)
        assert one.output not in {wording_of(other, "en")[0] for other in one.sentence.say.alternatives}

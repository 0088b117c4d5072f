"""The hand-written outputs are what they say they are."""

import re
from collections import Counter

from commentary.pipeline.materials import sayings
from commentary.rewording.slots import wording_of
from tests.rewording.adversarial.entries import CLASSES, read, sentence_of
from tests.rewording.adversarial.opened_sentences import slots_of

WRONG = read("hand_written")
TRUE = read("true")


def test_each_output_has_the_slots_of_its_wording_each_once_and_no_digit():
    for entry in [*WRONG, *TRUE]:
        assert sayings("en", None)[entry.say].open, entry
        assert sentence_of(entry.say, entry.number).text == entry.sentence, entry
        assert slots_of(entry.output) == slots_of(entry.sentence), entry
        assert len(set(slots_of(entry.output))) == len(slots_of(entry.output)), entry
        assert not re.search(r"\d", entry.output), entry


def test_no_output_is_a_wording_of_its_template():
    for entry in [*WRONG, *TRUE]:
        assert entry.output not in {wording_of(one, "en")[0] for one in sayings("en", None)[entry.say].alternatives}


def test_no_output_stands_twice():
    counts = Counter((one.say, one.output) for one in [*WRONG, *TRUE])
    assert [one for one, count in counts.items() if count > 1] == []


def test_there_are_enough_of_each_class_and_of_many_sayings():
    counts = Counter(one.wrong for one in WRONG)
    assert set(counts) == set(CLASSES)
    assert min(counts.values()) >= 25
    assert len(WRONG) >= 340
    assert len({one.say for one in WRONG}) >= 70


def test_each_wrong_one_says_what_is_wrong_and_no_true_one_does():
    assert [one.output for one in WRONG if not one.why] == []
    assert [one.output for one in TRUE if one.why or one.wrong] == []


def test_at_least_sixty_only_rearrange_the_words_of_the_templates():
    """Such as [MONEY_B] in the place of [MONEY_A]: a list of forbidden words finds none of them."""
    found = [one for one in WRONG if one.file == "rearranged"]
    for one in found:
        wordings = [wording_of(other, "en")[0] for other in sayings("en", None)[one.say].alternatives]
        assert _words(one.output) <= set().union(*map(_words, wordings))
    assert len(found) >= 60


def test_there_are_enough_true_ones_near_the_template_and_far_from_it():
    counts = Counter(one.file for one in TRUE)
    assert set(counts) == {"close", "freer"}
    assert min(counts.values()) >= 80
    assert len({one.say for one in TRUE}) >= 60


def _words(text):
    return set(re.findall(r"[a-z']+", re.sub(r"\[[A-Z_]+\]", " ", text).lower()))

"""A model's sentence is accepted where it says what an approved wording says, and refused where it may say more."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.pipeline.materials import sayings
from commentary.rewording.judge import faults
from commentary.rewording.slots import SLOT

CASES = tomllib.loads((Path(__file__).parent / "judged.toml").read_text(encoding="utf-8"))["sentence"]
OPEN = sorted(name for name, say in sayings("en", None).items() if say.open)
MAY = [(case["say"], case["number"], answer) for case in CASES for answer in case["may"]]
MAY_NOT = [(case["say"], case["number"], *answer) for case in CASES for answer in case["may_not"]]


@pytest.mark.parametrize(("say", "number", "answer"), MAY)
def test_what_says_the_same_is_accepted(say, number, answer, open_sentence):
    assert faults(open_sentence(say, number), answer, "en") == ()


@pytest.mark.parametrize(("say", "number", "answer", "code"), MAY_NOT)
def test_what_says_something_else_is_refused(say, number, answer, code, open_sentence):
    assert code in {one.code for one in faults(open_sentence(say, number), answer, "en")}


@pytest.mark.parametrize("name", OPEN)
def test_approved_wordings_with_the_same_slots_stand_for_one_another(name, open_sentence):
    groups = {}
    for i in range(len(sayings("en", None)[name].alternatives)):
        sentence = open_sentence(name, i + 1)
        groups.setdefault(frozenset(slots(sentence).items()), []).append(sentence)
    for alike in groups.values():
        # Each for the next, and the first for the last.
        for one, other in zip(alike, (*alike[1:], alike[0]), strict=True):
            assert faults(one, renamed(other, one), "en") == (), other.text


@given(data=st.data())
def test_any_word_put_in_that_no_list_has_is_refused(open_sentence, data):
    name = data.draw(st.sampled_from(OPEN))
    sentence = open_sentence(name, 1)
    words = sentence.text.split(" ")
    at = data.draw(st.integers(1, len(words) - 1))
    put_in = data.draw(st.sampled_from(["sharply", "whales", "because", "record", "Kraken", "likely", "today", "buy"]))
    assert faults(sentence, " ".join((*words[:at], put_in, *words[at:])), "en")


def slots(sentence):
    return Counter((place.role, place.style) for place in sentence.places)


def renamed(wording, sentence):
    """Return a wording with its slots named as the sentence's."""
    names = {}
    for place in sentence.places:
        names.setdefault((place.role, place.style), []).append(place.name)
    left = {key: iter(value) for key, value in names.items()}
    own = iter([next(left[place.role, place.style]) for place in wording.places])
    return SLOT.sub(lambda _: f"[{next(own)}]", wording.text)

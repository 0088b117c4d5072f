"""The tokens that may come next are those, and only those, that lead to a complete sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.models.in_process.choices import Choices
from commentary.models.in_process.vocabulary import Vocabulary, vocabulary_of
from commentary.models.in_process.walk import State, advance

END = 0
SLOTS = ("MONEY_A", "MONEY_B", "PRICE_A", "SIDE_A")


def choices_of(*texts):
    return Choices(Vocabulary([None, *texts], [END]))


def offered(choices, state, *, closing=False):
    choice = choices.after(state, closing=closing)
    tokens = {*choice.tokens, *(choices.vocabulary.plain if choice.plain else ())}
    return {choices.vocabulary.texts[token] or "the end" for token in tokens}


LETTERS = choices_of("[", "]", "A", "B", "AB", " so", " so [", "] so", "] [", "so it", "[A]", "[A][B]", ".", "%", " [C")


def test_outside_a_slot_may_begin_or_be_written_whole():
    state = State(frozenset({"A", "B"}))
    assert offered(LETTERS, state) == {"[", "A", "B", "AB", " so", " so [", "[A]", "[A][B]", "."}


def test_inside_only_what_is_left_of_a_slot():
    state = State(frozenset({"A", "AB"}), inside="A")
    assert offered(LETTERS, state) == {"]", "B", "] so", "] ["}


def test_no_bracket_when_no_slot_is_left_and_no_end_before():
    assert "the end" not in offered(LETTERS, State(frozenset({"A"})))
    assert offered(LETTERS, State(frozenset())) == {"the end", "A", "B", "AB", " so", "."}
    assert "] [" not in offered(LETTERS, State(frozenset({"A"}), inside="A"))


def test_when_room_is_over_only_slots_then_one_full_stop_and_the_end():
    assert offered(LETTERS, State(frozenset({"A", "B"}), glued=True), closing=True) == {"[", "[A]", "[A][B]"}
    assert offered(LETTERS, State(frozenset({"A", "B"}), inside="A"), closing=True) == {"]", "] ["}
    assert offered(LETTERS, State(frozenset()), closing=True) == {".", "the end"}
    assert offered(LETTERS, State(frozenset(), stopped=True), closing=True) == {"the end"}


def test_a_slot_that_could_not_be_completed_is_not_begun():
    """Behind "[A" stands "B]", but nothing goes on behind a lone "[", and nothing writes a C."""
    choices = choices_of("[", "[A", "B]", "so")
    assert choices.unwritable(["AB", "AC"]) == ["AC"]
    assert offered(choices, State(frozenset({"AB"}))) == {"[A", "so"}


def every(choices, state):
    """Return by trial which tokens are possible, without the index."""
    alone = state._replace(words=0, glued=False)
    return {text for text in choices.vocabulary.texts if text and (after := advance(alone, text)) and after.words <= 1}


COMPLETE = ("byte_level", "unigram")
"""Tokenizers that can spell every slot from everywhere, so that all that is possible leads on."""


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_the_index_finds_what_trying_every_token_finds(all_loaded, data):
    for name, loaded in all_loaded.items():
        choices = Choices(vocabulary_of(loaded.tokenizer, loaded.ends))
        state = State(frozenset(SLOTS))
        assert choices.unwritable(SLOTS) == []
        for _ in range(12):
            possible = offered(choices, state) - {"the end"}
            assert possible <= every(choices, state)
            if name in COMPLETE:
                assert possible == every(choices, state)
            state = advance(state, data.draw(st.sampled_from(sorted(possible))))


def test_a_token_is_read_as_its_tokenizer_decodes_it(loaded):
    vocabulary = vocabulary_of(loaded.tokenizer, loaded.ends)
    ids = [token for token in vocabulary.plain if vocabulary.texts[token].strip()][:40]
    joined = "".join(vocabulary.texts[token] for token in ids)
    assert loaded.tokenizer.decode(ids).strip() == joined.strip()


def test_special_tokens_parts_of_characters_and_line_breaks_are_never_plain(loaded):
    vocabulary = vocabulary_of(loaded.tokenizer, loaded.ends)
    assert not set(loaded.tokenizer.all_special_ids) & set(vocabulary.plain)
    written = "".join(vocabulary.texts[token] for token in vocabulary.plain)
    assert not set("\ufffd\n$%€‰½Ⅷ٣﹪0123456789[]") & set(written)


def test_a_byte_level_tokenizer_has_parts_of_characters_and_none_can_be_chosen(of_bytes):
    vocabulary = vocabulary_of(of_bytes.tokenizer, of_bytes.ends)
    lone = [token for text, token in of_bytes.tokenizer.get_vocab().items() if text == "Ã"]  # byte C3: half an é
    assert lone
    assert vocabulary.texts[lone[0]] is None


@pytest.fixture(scope="module")
def all_loaded():
    from .tiny import TOKENIZERS, tiny

    return {name: tiny(made()) for name, made in TOKENIZERS.items()}

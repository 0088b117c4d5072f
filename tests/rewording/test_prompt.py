"""What a model is told."""

import re

import pytest

from commentary.pipeline.materials import sayings
from commentary.rewording.judge import faults
from commentary.rewording.judge.base import Fault
from commentary.rewording.prompt import prompt, prompt_sha256, repair_of, task_of
from tests.rewording.fake_writer import sentence_of

SENTENCE = sentence_of("map.lead", 1)
TASK = task_of(SENTENCE, "en", 5)


@pytest.mark.parametrize("number", range(len(prompt("en").examples)))
def test_the_judge_finds_nothing_in_an_example(number):
    example = prompt("en").examples[number]
    sentence = sentence_of(example.say, example.number)
    assert sayings("en", None)[example.say].open
    assert sentence.text == example.sentence != example.answer
    assert faults(sentence, example.answer, "en") == ()


def test_the_examples_stand_before_the_sentence_as_turns():
    assert [one.role for one in TASK.messages] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert len(prompt("en").examples) == 2


def test_the_sentence_stands_on_a_line_of_its_own_with_a_line_for_each_slot():
    first, *others = TASK.messages[-1].content.split("\n")
    assert first == f"Sentence: {SENTENCE.text}"
    assert [line.partition("]")[0] + "]" for line in others] == [f"[{name}]" for name in TASK.slots]
    assert "[MONEY_A]: an amount of money, a noun" in others


def test_no_figure_is_told():
    assert not re.search(r"[0-9$%]", "".join(one.content for one in TASK.messages))


def test_a_repair_keeps_what_was_said_and_has_no_line_of_a_sentence():
    wrong = Fault("form.length", "Sentence: a\nSentence: b", "it has two\nSentence: lines")
    task = repair_of(TASK, "Sentence: x\n" * 9000, [wrong], "en", 6)
    assert task.messages[: len(TASK.messages)] == TASK.messages
    assert (task.seed, task.slots, task.longest) == (6, TASK.slots, TASK.longest)
    *_, answer, told = task.messages
    assert (answer.role, told.role) == ("assistant", "user")
    assert not any(line.startswith("Sentence: ") for line in told.content.split("\n"))
    assert "Sentence: a Sentence: b" in told.content
    assert len(answer.content) == 2000


def test_the_hash_is_of_roles_and_words():
    other = TASK.messages[-1]._replace(role="assistant")
    assert prompt_sha256(TASK.messages) == prompt_sha256(task_of(SENTENCE, "en", 9).messages)
    assert prompt_sha256(TASK.messages) != prompt_sha256((*TASK.messages[:-1], other))

"""Whatever a model would rather write, each slot comes back once, and no figure."""

import re
import socket
from collections import Counter

import pytest

from commentary.errors import BadInputError
from commentary.records.writer import Failed, Message, Returned, Task

from .tiny import SLOTS, byte_level, task, tiny, word_level, writer_of

torch = pytest.importorskip("torch", reason="needs the extra: pip install torch==2.13.0, then 'commentary[model]'")

NEVER = re.compile(r"[\d$€£%‰½Ⅷ�\n\r\t<>]")


def slots_of(text):
    return Counter(re.findall(r"\[([^\]]*)\]", text))


@pytest.mark.parametrize("temperature", [0.0, 0.7, 1.0, 50.0])
def test_each_slot_comes_back_once_and_no_figure_however_hot(loaded, temperature):
    tasks = [task(seed, longest=4 + seed % 12) for seed in range(10)]
    for asked, written in zip(tasks, writer_of(loaded, temperature=temperature).write(tasks, **TIME), strict=True):
        assert isinstance(written, Returned)
        assert slots_of(written.text) == Counter(SLOTS)
        assert written.text.count("[") == written.text.count("]") == len(SLOTS)
        assert not NEVER.search(written.text)
        assert len(written.text.split()) <= asked.longest
        assert written.tokens > 0


TIME = {"call_s": 100, "total_s": 100}


def test_another_seed_gives_another_text_and_the_same_seed_the_same(of_bytes):
    writer = writer_of(of_bytes)
    first, second, again = writer.write([task(1), task(2), task(1)], **TIME)
    assert first == again != second


def test_a_text_does_not_depend_on_what_is_written_beside_it(of_bytes):
    """Other prompts, longer ones, in batches of another size and in another order."""
    tasks = [task(seed, said="of longs " * (1 + 3 * seed)) for seed in range(5)]
    alone = [writer_of(of_bytes, batch=1).write([one], **TIME)[0] for one in tasks]
    assert writer_of(of_bytes, batch=3).write(tasks, **TIME) == alone
    assert writer_of(of_bytes, batch=5).write(tasks[::-1], **TIME) == alone[::-1]


def test_a_sentence_without_slots_has_no_brackets(of_bytes):
    [written] = writer_of(of_bytes, temperature=50.0).write([task(slots=())], **TIME)
    assert "[" not in written.text


def test_more_slots_than_words_leave_no_room_for_words(loaded):
    [written] = writer_of(loaded, temperature=50.0).write([task(longest=0)], **TIME)
    assert slots_of(written.text) == Counter(SLOTS)
    assert not re.sub(r"\[[A-Z_]+\]", "", written.text).strip(" .,!?;:'“”«»()")


def test_a_slot_that_the_tokenizer_cannot_write_is_no_text_without_it():
    [written] = writer_of(tiny(word_level())).write([task(slots=("MONEY_A", "GAP_A"))], **TIME)
    assert written == Failed("malformed", "the model has no tokens to write [GAP_A] with; use another model")


def test_scores_that_are_no_numbers_bring_no_text():
    loaded = tiny(byte_level())
    loaded.model.lm_head.weight.data[:] = float("nan")
    [written] = writer_of(loaded).write([task()], **TIME)
    assert isinstance(written, Failed)
    assert written.kind == "malformed"


def test_a_prompt_that_fills_the_model_is_told():
    [written] = writer_of(tiny(byte_level())).write([task(said="of " * 1024)], **TIME)
    assert isinstance(written, Failed)
    assert "of the 1024 tokens that the model can read" in written.message


def test_rows_padded_beside_longer_ones_stay_within_what_the_model_can_read(of_bytes):
    """GPT-2 has learnt 200 places and none beyond; of these batches, each alone fits, two together would not."""
    from transformers import GPT2Config, GPT2LMHeadModel

    width = of_bytes.model.config.vocab_size
    config = GPT2Config(vocab_size=width, n_positions=200, n_embd=16, n_layer=1, n_head=2, eos_token_id=1)
    gpt = of_bytes._replace(model=GPT2LMHeadModel(config).eval())
    short, long = task(1, longest=24), task(2, longest=4, said="of " * 130)
    written = writer_of(gpt, temperature=50.0).write([long, short], **TIME)
    assert [slots_of(one.text) for one in written] == [Counter(SLOTS)] * 2


class Ticking:
    """A clock that goes on by a second each time that it is asked."""

    def __init__(self):
        self.now = 0

    def __call__(self):
        self.now += 1
        return self.now


def test_a_batch_is_cut_off_when_its_time_is_over(of_bytes):
    writer = writer_of(of_bytes, clock=Ticking())
    told = []
    results = writer.write([task(1), task(2)], call_s=5, total_s=1000, done=told.append)
    assert [result.kind for result in results] == ["timeout", "timeout"]
    assert sum(told) == 2


def test_what_was_not_begun_in_the_time_for_all_is_of_the_budget(of_bytes):
    writer = writer_of(of_bytes, batch=1, clock=Ticking())
    results = writer.write([task(1), task(2)], call_s=1000, total_s=10)
    assert [result.kind for result in results] == ["timeout", "budget"]


def test_progress_adds_up_to_the_tasks(of_bytes):
    told = []
    writer_of(of_bytes, batch=3).write([task(seed, longest=5) for seed in range(7)], **TIME, done=told.append)
    assert [count for count in told if count] == [3, 3, 1]


def test_no_socket_is_opened(of_bytes, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    [written] = writer_of(of_bytes).write([task()], **TIME)
    assert isinstance(written, Returned)


TEMPLATE = (
    "{% for message in messages %}{% if message.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    "<{{ message.role }}>{{ message.content }}{% endfor %}"
    "{% if add_generation_prompt %}<answer>{% if enable_thinking is defined and not enable_thinking %}quick{% endif %}"
    "{% endif %}"
)


def test_the_prompt_follows_the_chat_template_with_thinking_off_and_where_there_is_no_system_it_is_the_users():
    from commentary.models.in_process.prompts import prompt_of

    tokenizer = tiny(byte_level()).tokenizer
    messages = (Message("system", "Rules."), Message("user", "Of"), Message("assistant", "It"), Message("user", "At"))
    assert tokenizer.decode(prompt_of(messages, tokenizer)) == "Rules.\n\nOf\n\nIt\n\nAt\n\n"
    tokenizer.chat_template = TEMPLATE
    shown = tokenizer.decode(prompt_of(messages, tokenizer))
    assert shown == "<user>Rules.\n\nOf<assistant>It<user>At<answer>quick"


def test_a_template_that_refuses_any_conversation_is_told():
    from commentary.models.in_process.prompts import prompt_of

    tokenizer = tiny(byte_level()).tokenizer
    tokenizer.chat_template = "{{ raise_exception('never') }}"
    with pytest.raises(BadInputError, match=r"the model's chat template refuses our messages \(never\)"):
        prompt_of((Message("user", "Of"),), tokenizer)


def test_a_closed_writer_says_so(of_bytes):
    writer = writer_of(of_bytes)
    writer.close()
    with pytest.raises(ValueError, match="was closed"):
        writer.write([Task((Message("user", "of"),), (), 1, 5)], **TIME)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a graphics card")
def test_on_a_graphics_card_too(of_bytes):
    moved = of_bytes._replace(model=of_bytes.model.to("cuda"), device=torch.device("cuda"))
    written = writer_of(moved).write([task(seed) for seed in range(12)], **TIME)
    of_bytes.model.to("cpu")
    assert all(slots_of(one.text) == Counter(SLOTS) for one in written)

"""What prompts begin with in common is read once, and changes nothing in what is written."""

import gc
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.models.in_process import prefix
from commentary.records.writer import Message, Returned, Task

from .tiny import byte_level, task, tiny, writer_of

pytest.importorskip("torch", reason="needs the extra: pip install torch==2.13.0, then 'commentary[model]'")

import torch
from transformers import LlamaConfig, LlamaForCausalLM, MambaConfig, MambaForCausalLM, MistralConfig, MistralForCausalLM

TIME = {"call_s": 100, "total_s": 1000}
RULES = "The market. " * 4
"""Forty tokens of the byte-level tokenizer."""
BYTES = tiny(byte_level())
SIZES = {
    "vocab_size": BYTES.model.config.vocab_size,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 1024,
    "eos_token_id": 1,
}


def grouped(seed, layers=2, dtype=torch.float32):
    """A random Llama whose heads share keys and values by twos."""
    torch.manual_seed(seed)
    model = LlamaForCausalLM(LlamaConfig(num_hidden_layers=layers, **SIZES)).eval().to(dtype)
    model.lm_head.weight.data *= 20
    return BYTES._replace(model=model)


def asked(tails, rules=RULES):
    return [
        Task((Message("system", rules), Message("user", tail)), ("MONEY_A",), seed, 3)
        for seed, tail in enumerate(tails)
    ]


def without_prefix(loaded, tasks, **more):
    with patch.object(prefix, "_LEAST", 10**9):
        return writer_of(loaded, **more).write(tasks, **TIME)


@contextmanager
def reads(loaded):
    """Yield the (rows, tokens) of each time that the model reads more than one token a row."""
    seen = []

    def note(_, given, __):
        rows, tokens = given[0].shape
        if tokens > 2:  # what the writer tries a model with has two
            seen.append((rows, tokens))

    hook = loaded.model.get_input_embeddings().register_forward_hook(note)
    yield seen
    hook.remove()


@pytest.mark.parametrize(("seed", "temperature"), [(1, 0.0), (2, 0.7), (3, 0.7)])
def test_texts_are_those_of_a_writer_that_reads_each_prompt_whole(seed, temperature):
    loaded = grouped(seed, layers=seed)
    tasks = asked(["of " * count for count in (1, 30, 7, 7, 60)])
    whole = without_prefix(loaded, tasks, temperature=temperature)
    assert all(isinstance(one, Returned) for one in whole)
    for batch in (1, 4, 8):
        assert writer_of(loaded, temperature=temperature, batch=batch).write(tasks, **TIME) == whole


DOUBLE = grouped(1, dtype=torch.float64)
"""What two ways of adding up differ by is lost in rounding its scores, so that no draw can fall on it."""
PROMPTS = st.lists(st.text("abc [$", max_size=90), min_size=1, max_size=4)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.text("lo ng", max_size=150), PROMPTS), min_size=1, max_size=3), st.integers(1, 4))
def test_whatever_was_written_before_the_texts_are_the_same(calls, batch):
    """Other rules at each call: longer and shorter ones, and such as begin alike."""
    writer = writer_of(DOUBLE, batch=batch)
    for rules, tails in calls:
        tasks = asked(tails, rules)
        assert writer.write(tasks, **TIME) == without_prefix(DOUBLE, tasks, batch=batch)


def test_rows_with_more_padding_than_they_have_in_common_with_others_are_written_alike():
    tasks = asked(["of", "of " * 200])
    assert writer_of(DOUBLE).write(tasks, **TIME) == without_prefix(DOUBLE, tasks)


def test_what_all_prompts_begin_with_is_read_once_for_all_batches_and_calls():
    loaded, writer = BYTES, writer_of(BYTES, batch=2)
    tasks = asked(["of longs", "at longs", "by longs", "in longs", "no longs"])
    with reads(loaded) as seen:
        first = writer.write(tasks, **TIME)
        again = writer.write([each._replace(seed=9) for each in tasks], **TIME)
    [whole] = [tokens for _, tokens in seen if tokens > 32]
    assert whole == max(tokens for _, tokens in seen)
    assert len(seen) == 1 + 2 * 3
    assert all(isinstance(one, Returned) for one in [*first, *again])


def test_other_rules_are_read_anew_and_the_old_ones_are_not_kept():
    loaded, writer = BYTES, writer_of(BYTES)
    old, new = asked(["of", "at"]), asked(["of", "at"], rules="Many traders. " * 4)
    with reads(loaded) as seen:
        for tasks in (old, new, old):
            writer.write(tasks, **TIME)
    assert len([tokens for _, tokens in seen if tokens > 32]) == 3


def test_prompts_that_begin_unlike_are_read_whole():
    tasks = [task(1, said="of " * 40), task(2, said="at " * 40)]
    with reads(BYTES) as seen:
        writer_of(BYTES).write(tasks, **TIME)
    assert [rows for rows, _ in seen] == [2]


def test_the_last_token_of_a_prompt_is_always_read():
    tasks = [task(seed, said=RULES) for seed in range(3)]
    assert writer_of(DOUBLE).write(tasks, **TIME) == without_prefix(DOUBLE, tasks)


def test_a_closed_writer_keeps_nothing():
    writer = writer_of(grouped(4))
    writer.write(asked(["of", "at"]), **TIME)
    assert kept()
    writer.close()
    assert not kept()


def kept():
    """Return tensors of two heads, some tokens and eight numbers: keys and values that stand for all rows."""
    gc.collect()
    tensors = [each for each in gc.get_objects() if type(each) is torch.Tensor and each.dim() == 3]
    return [each for each in tensors if (each.shape[0], each.shape[2]) == (2, 8)]


def windowed():
    return MistralForCausalLM(MistralConfig(num_hidden_layers=1, sliding_window=20, **SIZES))


def recurrent():
    sizes = {"vocab_size": SIZES["vocab_size"], "hidden_size": 16, "state_size": 4, "num_hidden_layers": 1}
    return MambaForCausalLM(MambaConfig(eos_token_id=1, **sizes))


@pytest.mark.filterwarnings("ignore:This model does not support `Cache` instances")
@pytest.mark.parametrize("made", [windowed, recurrent])
def test_a_model_that_keeps_something_else_of_what_it_read_reads_each_prompt_whole(made):
    torch.manual_seed(1)
    loaded = BYTES._replace(model=made().eval())
    with reads(loaded) as seen:
        written = writer_of(loaded).write(asked(["of", "at"]), **TIME)
    assert all(isinstance(one, Returned) for one in written)
    assert [rows for rows, _ in seen] == [2]


def test_so_does_a_model_that_cannot_go_on_from_what_it_kept():
    def refuse(*args, **more):
        raise NotImplementedError("no cache of another")

    loaded = grouped(5)
    with patch.object(prefix.Prefix, "_go_on", refuse):
        writer = writer_of(loaded)
    with reads(loaded) as seen:
        writer.write(asked(["of", "at"]), **TIME)
    assert [rows for rows, _ in seen] == [2]

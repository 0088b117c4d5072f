"""A model with random weights and a tokenizer of 32,768 tokens, made on the spot, to time what writing costs."""

from random import Random

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from commentary.models.in_process.loading import Loaded
from commentary.models.in_process.writer import InProcessWriter
from commentary.records.writer import Message, ModelIdentity, Task

VOCABULARY = 32_768
SLOTS = ("SOURCE_A", "MONEY_A", "ASSET_A", "SIDE_A", "PRICE_A", "TIME_A", "MODEL_A", "COVERAGE_A")


def tokenizer() -> PreTrainedTokenizerFast:
    """Return a byte-level tokenizer of words from random syllables, with figures and brackets among them."""
    random = Random(1)
    syllables = [first + vowel + last for first in "bcdfgklmnprstvw" for vowel in "aeiou" for last in "lmnrst"]
    words = {"".join(random.choices(syllables, k=random.randint(1, 4))) for _ in range(60_000)}
    lines = [
        f"{word} [{word.upper()}_A] ({word}), {word.title()}: ${random.randint(1, 9999)}." for word in sorted(words)
    ]
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        lines,
        trainers.BpeTrainer(
            vocab_size=VOCABULARY, special_tokens=["<s>", "</s>"], initial_alphabet=alphabet, show_progress=False
        ),
    )
    return PreTrainedTokenizerFast(tokenizer_object=made, bos_token="<s>", eos_token="</s>")


def loaded(width: int, layers: int) -> Loaded:
    """Return a Llama of some hidden width and number of layers, with heads of 64."""
    torch.manual_seed(1)
    words = tokenizer()
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=width,
        intermediate_size=3 * width,
        num_hidden_layers=layers,
        num_attention_heads=width // 64,
        max_position_embeddings=4096,
    )
    model = LlamaForCausalLM(config).eval()
    return Loaded(model, words, (words.eos_token_id,), torch.device("cpu"))


def writer(made: Loaded, *, temperature: float = 1.0, batch: int = 1) -> InProcessWriter:
    """Return a writer with a random model."""
    return InProcessWriter(made, ModelIdentity("random"), temperature=temperature, batch=batch)


def task(seed: int, *, prompt_words: int = 200, longest: int = 60) -> Task:
    """Return a task with eight slots."""
    return Task((Message("user", "word " * prompt_words),), SLOTS, seed, longest)

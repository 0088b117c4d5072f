"""Tokenizers of every kind, and a tiny model with random weights for each: all made on the spot."""

from string import ascii_letters, ascii_uppercase

import pytest

pytest.importorskip("torch", reason="needs the extra: pip install torch==2.13.0, then 'commentary[model]'")

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from commentary.models.in_process.loading import Loaded
from commentary.models.in_process.writer import InProcessWriter
from commentary.records.writer import Message, ModelIdentity, Task

SLOTS = ("MONEY_A", "MONEY_B", "PRICE_A", "SIDE_A")
PROSE = [
    "[SOURCE_A] models [MONEY_A] of [ASSET_A] [SIDED_A] liquidations within [PERCENT_A] of [PRICE_A] (see below).",
    "Longs of $1.07 billion would be liquidated, 3.4% below 62,870 €, or 5‰; ½ of it is «ours»: naïve, 東京 ٣ Ⅷ ﹪.",
    "The exchange held [MONEY_A] of [MONEY_B] at [TIME_A], and [SIDE_A] paid [SIDE_B].\nSo it was; was it? It was!",
]
SPECIAL = ["<s>", "</s>", "<unk>"]


def byte_level():
    """Each byte a token, and some pairs: parts of characters among them."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=420, special_tokens=SPECIAL, initial_alphabet=alphabet, show_progress=False
    )
    made.train_from_iterator(PROSE, trainer)
    return made


def across_brackets():
    """Tokens that end one slot and begin another, or hold text and a slot, as merges across punctuation do."""
    pieces = ["][", "] [", "].", "] and [", "s [M", " of [", "x]", " a b", "[MONEY_A]", " [MONEY_B] [", "[PRICE_A] of"]
    pieces += [
        "MON",
        "EY_",
        "A] ",
        "[M",
        " [",
        "[",
        "]",
        " ",
        "  ",
        "$",
        "%",
        "9",
        "\n",
        "IDE_A]",
        "[S",
        "word",
        " word",
    ]
    made = Tokenizer(models.WordLevel({text: at for at, text in enumerate([*SPECIAL, *pieces, *ascii_uppercase, "_"])}))
    made.decoder = decoders.Fuse()
    return made


def unigram():
    """As sentencepiece does: a low line for the space, and bytes for what is no piece."""
    made = Tokenizer(models.Unigram())
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    trainer = trainers.UnigramTrainer(
        vocab_size=200,
        special_tokens=[*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256))],
        unk_token="<unk>",
        show_progress=False,
        initial_alphabet=list(ascii_letters + "[]_▁"),
    )
    made.train_from_iterator(PROSE, trainer)
    return made


def word_level():
    """Whole words, slots among them, with spaces between."""
    words = ["of", "longs", "at", ".", ",", "5", "$", "%", "percent", *(f"[{name}]" for name in SLOTS), "[TIME_A]"]
    made = Tokenizer(models.WordLevel({word: at for at, word in enumerate([*SPECIAL, *words])}, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return made


TOKENIZERS = {made.__name__: made for made in (byte_level, across_brackets, unigram, word_level)}


def tiny(made):
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token="<s>", eos_token="</s>", unk_token="<unk>", clean_up_tokenization_spaces=False
    )
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=len(tokenizer) + 7,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=1024,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=tokenizer.bos_token_id,
    )
    model = LlamaForCausalLM(config).eval()
    # Sharper than random weights are, so that temperature matters.
    model.lm_head.weight.data *= 20
    return Loaded(model, tokenizer, (tokenizer.eos_token_id,), torch.device("cpu"))


def writer_of(loaded, *, temperature=1.0, batch=8, **more):
    return InProcessWriter(loaded, ModelIdentity("tiny"), temperature=temperature, batch=batch, **more)


def task(seed=1, *, slots=SLOTS, longest=14, said="of longs at"):
    return Task((Message("user", said),), slots, seed, longest)


# Threads would wait for each other on a shared machine.
torch.set_num_threads(1)

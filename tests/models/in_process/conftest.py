"""Tiny models with random weights; where torch is not installed, the tests that need one are skipped."""

import pytest


@pytest.fixture(scope="session", params=["byte_level", "across_brackets", "unigram", "word_level"])
def loaded(request):
    """A random model, with a tokenizer of each kind."""
    from .tiny import TOKENIZERS, tiny

    return tiny(TOKENIZERS[request.param]())


@pytest.fixture(scope="session")
def of_bytes():
    """A random model with a byte-level tokenizer."""
    from .tiny import byte_level, tiny

    return tiny(byte_level())

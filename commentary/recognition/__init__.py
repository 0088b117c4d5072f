"""A text read as what our templates would say: each sentence with its claim and facts, and where it was altered."""

from commentary.recognition.casting import Casting, Telling
from commentary.recognition.proof import Prover
from commentary.recognition.recogniser import Recogniser, Written, carried
from commentary.recognition.wordings import Wordings

__all__ = ["Casting", "Prover", "Recogniser", "Telling", "Wordings", "Written", "carried"]

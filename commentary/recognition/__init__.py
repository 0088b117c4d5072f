"""A text read as what our templates would say: each sentence with its claim and facts, and where it was altered."""

from commentary.recognition.casting import Telling
from commentary.recognition.recogniser import Recogniser
from commentary.recognition.wordings import Wordings

__all__ = ["Recogniser", "Telling", "Wordings"]

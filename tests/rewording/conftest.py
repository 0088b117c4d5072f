"""Open sentences as a model is shown them, without facts: what is judged is slotted."""

import pytest

from commentary.pipeline.materials import sayings
from commentary.rewording.slots import SLOT, OpenSentence, Place, wording_of
from commentary.writing.templates import Slot


@pytest.fixture(scope="session")
def open_sentence():
    """Return a function: a template's name and the number of a wording in, the open sentence out."""
    every = sayings("en", None)

    def make(name, number):
        say = every[name]
        alternative = say.alternatives[number - 1]
        text, slots = wording_of(alternative, "en")
        styles = [part.style for part in alternative.parts if isinstance(part, Slot)]
        # Facts of one role are one fact; of two roles they may differ.
        places = tuple(
            Place(name, concept, f"fact of {role}", style, role)
            for name, (role, concept), style in zip(SLOT.findall(text), slots, styles, strict=True)
        )
        return OpenSentence(text, places, say, number)

    return make

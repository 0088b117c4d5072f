"""Reads the hand-written outputs: what a fluent model might return, wrong in hand_written/, right in true/."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from commentary.languages import language
from commentary.pipeline.materials import sayings
from commentary.rewording.slots import OpenSentence
from tests.rewording.adversarial.opened_sentences import stood_in

FOLDER = Path(__file__).parent
CLASSES = (
    "direction", "side", "role", "modality", "entity", "window", "cause", "advice", "claim", "colour", "scope",
    "comparison",
)  # fmt: skip
"""How an output is wrong."""


class Entry(NamedTuple):
    """One output."""

    say: str
    number: int
    sentence: str
    """The wording that it was written from, with its slots."""
    output: str
    file: str
    """It stands in, without ending."""
    wrong: str = ""
    """One of CLASSES; empty for a true one."""
    why: str = ""


def read(folder: str) -> list[Entry]:
    """Return the entries of hand_written or true."""
    found = []
    for path in sorted((FOLDER / folder).glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["entry"]:
            wrong, why = one.get("class", ""), one.get("why", "")
            found.append(Entry(one["say"], one["number"], one["sentence"], one["output"], path.stem, wrong, why))
    return found


@cache
def sentence_of(say: str, number: int) -> OpenSentence:
    """Return the open sentence of a wording, with stand-ins for its facts."""
    return stood_in(sayings("en", None)[say], number, language("en"))

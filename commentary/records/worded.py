"""Who worded a draft: templates, or templates and a model that reworded some of their sentences."""

from typing import Literal

from pydantic import Field

from commentary.records.fact_file import Record


def is_empty(value: object) -> bool:
    """Say whether a field is left out of the file: what a draft from templates has none of does not change it."""
    return not value


class Writer(Record):
    """Who worded the text: templates alone, or templates and a model that reworded some of their sentences."""

    kind: Literal["template", "model"]
    name: str
    version: str
    """Of the templates."""
    revision: str = Field(default="", exclude_if=is_empty)
    """Of the model, as its publisher counts; empty where it is not known."""
    weights_sha256: str = Field(default="", exclude_if=is_empty)
    """Over the files of the model's weights; empty where a server does not show them."""


class Reworded(Record):
    """A sentence in a model's words, with all that is needed to check it again without the model."""

    path: str
    start: int
    end: int
    template: str
    """Origin of the template's sentence that it stands for: template@name#number."""
    instead_of: str
    """That sentence."""
    returned: str
    """What the model wrote: its words, with a slot in brackets for each thing that a fact spells."""
    seed: int
    """Of the call."""
    prompt_sha256: str
    """Of what the model was told, over role and words of each message."""
    attempts: int
    """So many calls it took."""

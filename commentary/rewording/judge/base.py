"""What is wrong with a model's sentence."""

from typing import NamedTuple


class Fault(NamedTuple):
    """One reason why a sentence is refused."""

    code: str
    """rule.reason, such as slots.missing."""
    text: str
    """The words that it is about; empty where something lacks."""
    message: str
    """What to do about it, in words that a model can repair by."""

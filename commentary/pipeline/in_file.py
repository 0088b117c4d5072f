"""Where in an edited file a field stands: a finding counts in its field, and an editor looks for it in the file."""

from collections.abc import Sequence

from commentary.checks.blocks import Block
from commentary.recognition.differences import differences


def places_of(text: str, blocks: Sequence[Block]) -> tuple[int, ...]:
    """Return where each character of a field stands in the file, and where it ends.

    Args:
        text: the field, as it was read out of the file.
        blocks: the paragraphs that it was read out of, in the order of its words.
    """
    joined = " ".join(block.text for block in blocks)
    places = [place for block in blocks for place in (*block.places, block.places[-1] + 1)]
    if (at := joined.find(text)) >= 0:
        return tuple(places[at : at + len(text) + 1])
    # Words between its own belong to another field: what is its own keeps its order.
    found = [places[0]] * (len(text) + 1)
    for kept in differences(joined, text).kept:
        size = kept.end - kept.start
        found[kept.place : kept.place + size] = places[kept.start : kept.end]
        found[kept.place + size :] = [places[kept.end]] * (len(text) + 1 - kept.place - size)
    return tuple(found)

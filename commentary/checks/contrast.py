"""Words of what something is not: "a reach rather than a cluster"."""

import re

from commentary.checks.scene import Scene

_CONTRAST = re.compile(
    r"\b(?:rather than|instead of|as opposed to|and not|, not) (?:(?:a|an|the|as|in|by|of|any) )*\Z", re.I
)


def contrasted(scene: Scene, at: int) -> bool:
    """Say whether a word stands right behind what sets it against what is meant."""
    return _CONTRAST.search(scene.text, scene.start, at) is not None

"""commentary: market commentary in which every figure traces to a computed fact.

The public names load on first use, so that `import commentary` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commentary.checks.pages import read_page as read_page
    from commentary.config import Settings as Settings
    from commentary.config import load_settings as load_settings
    from commentary.errors import CommentaryError as CommentaryError
    from commentary.pipeline import NoStoryResult as NoStoryResult
    from commentary.pipeline import check_draft as check_draft
    from commentary.pipeline import check_text as check_text
    from commentary.pipeline import draft_snapshots as draft_snapshots
    from commentary.pipeline import explain as explain
    from commentary.pipeline import facts_of as facts_of
    from commentary.pipeline import stories_of as stories_of
    from commentary.publishing.base import render as render
    from commentary.records.draft import Draft as Draft
    from commentary.sources.snapshot_file import read_snapshot as read_snapshot

__version__ = "0.1.0"

_HOME = {
    "CommentaryError": "commentary.errors",
    "Draft": "commentary.records.draft",
    "NoStoryResult": "commentary.pipeline",
    "Settings": "commentary.config",
    "check_draft": "commentary.pipeline",
    "check_text": "commentary.pipeline",
    "draft_snapshots": "commentary.pipeline",
    "explain": "commentary.pipeline",
    "facts_of": "commentary.pipeline",
    "load_settings": "commentary.config",
    "read_page": "commentary.checks.pages",
    "read_snapshot": "commentary.sources.snapshot_file",
    "render": "commentary.publishing.base",
    "stories_of": "commentary.pipeline",
}

__all__ = [
    "CommentaryError",
    "Draft",
    "NoStoryResult",
    "Settings",
    "__version__",
    "check_draft",
    "check_text",
    "draft_snapshots",
    "explain",
    "facts_of",
    "load_settings",
    "read_page",
    "read_snapshot",
    "render",
    "stories_of",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'commentary' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

"""Every error the program shows a person, each with the exit code it ends in.

A message says what is wrong, where, which value, and what to do about it.
"""

from collections.abc import Sequence


class CommentaryError(Exception):
    """Base of all errors that are printed as one sentence, without a traceback."""

    exit_code = 2


class BadInputError(CommentaryError):
    """A file or option holds a value that cannot be used.

    Args:
        path: where the value stands, as a JSON Pointer or an option's name.
        value: the value itself, as it was written; None or empty where there is none to show.
        remedy: what to write instead.
        others: what else of the same file cannot be used, for who wants to know all of it at once.
    """

    def __init__(self, path: str, value: object, remedy: str, others: "Sequence[BadInputError]" = ()) -> None:
        self.path = path
        self.value = value
        self.remedy = remedy
        self.others = tuple(others)
        super().__init__(f"{path}: {self.without_path}")

    @property
    def without_path(self) -> str:
        """The message for a reader who knows where the value stands: "'cheap' cannot be used; write a price"."""
        shown = "" if self.value is None else str(self.value)
        if len(shown) > 80:
            shown = shown[:77] + "..."
        return f"{shown!r} cannot be used; {self.remedy}" if shown else self.remedy


class ConfigError(CommentaryError):
    """A setting in commentary.toml, a story file or a lexicon is wrong."""


class TemplateError(CommentaryError):
    """A template breaks a rule that keeps its text traceable."""


class SpellingError(CommentaryError):
    """A fact was asked for in a style that cannot spell it."""


class MissingResourceError(CommentaryError):
    """templates/ or data/ lies neither in the package nor beside it."""


class MissingExtraError(CommentaryError):
    """What was asked for needs packages that are not installed with the rest."""


class ConflictError(CommentaryError):
    """Two versions of the same thing disagree."""

    exit_code = 3


class NotPermittedError(CommentaryError):
    """The act is refused by a rule of the desk."""

    exit_code = 4


class RemoteError(CommentaryError):
    """A remote system did not do what was asked."""

    exit_code = 5

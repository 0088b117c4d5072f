"""Long regular expressions, kept in a toml beside the rules that use them.

A file holds tables of expressions; one may run over several lines, whose breaks are nothing. "(number)" stands for
every number word and digits.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from commentary.checks.numerals import NUMERALS

_NUMBER = f"(?:{'|'.join(NUMERALS)}|[0-9]+)"


@cache
def tables(file: str) -> dict[str, dict[str, str]]:
    """Return the tables of a file of this folder, by its name without the ending."""
    return tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text(encoding="utf-8"))


def joined(words: str) -> str:
    """Return the lines of an expression as one, as a group."""
    return f"(?:{''.join(words.splitlines()).replace('(number)', _NUMBER)})"


@cache
def pattern(file: str, table: str, name: str) -> re.Pattern[str]:
    """Return an expression of whole words, upper and lower case alike."""
    return re.compile(rf"(?<![\w-]){joined(tables(file)[table][name])}(?![\w-])", re.I)


@cache
def before(file: str, table: str, name: str) -> re.Pattern[str]:
    """Return an expression that has to end where the searched stretch ends, or one space before."""
    return re.compile(rf"(?<![\w-]){joined(tables(file)[table][name])} ?\Z", re.I)

"""The questions of `commentary snapshot new` on a terminal: each answer is read at once, and asked for again."""

import sys
from collections.abc import Mapping
from typing import NamedTuple

from commentary.errors import BadInputError

Options = dict[str, object]


class Question(NamedTuple):
    """One thing a desk may know."""

    option: str
    words: str
    sample: str
    several: bool = False
    """Asked again until the answer is empty."""
    after: str = ""
    """Asked only if this option was answered."""


QUESTIONS = (
    Question("asset", "Ticker of the asset", "BTC"),
    Question("price", "Price in dollars", "77,200"),
    Question("price_kind", "Kind of price: last, mark, index or spot", "mark", after="price"),
    Question("venue", "Exchange of the price", "Binance", after="price"),
    Question("below", "Longs a map sums down to a price, as PRICE=SIZE", "60593=1.07B", several=True),
    Question("above", "Shorts a map sums up to a price, as PRICE=SIZE", "85,010=412M", several=True),
    Question("map_hours", "Window of the map", "7d", after="below above"),
    Question("funding", "Funding rate, as RATE%/INTERVAL@VENUE", "0.0024%/8h@Binance", several=True),
    Question("open_interest", "Open interest, in coin or dollars", "270300BTC or $35.2B", several=True),
    Question("liquidations", "Recorded liquidations", "long=412M,short=56M/24h", several=True),
    Question("source", "Who says so", "CoinGlass"),
)


def ask(options: Mapping[str, object]) -> Options:
    """Return the options with what the person at the terminal answers.

    Raises:
        BadInputError: the questions end before there is a figure.
    """
    answers: Options = dict(options)
    sys.stderr.write("An empty answer goes on to the next question.\n")
    for question in QUESTIONS:
        if question.after and not any(answers.get(option) for option in question.after.split()):
            continue
        if question.several:
            while (answer := _answer(question, answers)) is not None:
                answers = answer
        elif (answer := _answer(question, answers)) is not None:
            answers = answer
    return answers


def _answer(question: Question, answers: Options) -> Options | None:
    """Return the options with one answer; None for an empty one."""
    from commentary.sources.editor_entry import build_snapshot
    from commentary.sources.snapshot_file import read_snapshot

    while written := _line(question):
        held = answers.get(question.option)
        value = (*held, written) if isinstance(held, tuple) else written
        tried = {**answers, question.option: value}
        try:
            from commentary.cli.output import dumps

            read_snapshot(dumps(build_snapshot(**tried)).encode(), name="snapshot")  # type: ignore[arg-type]
        except BadInputError as error:
            sys.stderr.write(f"  {error.without_path}\n")
        else:
            return tried
    return None


def _line(question: Question) -> str:
    more = "; one at a time" if question.several else ""
    sys.stderr.write(f"{question.words} (such as {question.sample}{more}): ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")
        raise BadInputError("standard input", None, "answer the questions, or give flags: --help lists them")
    return line.strip()

"""What a person signs for: an editor's figures and quotations laid beside the facts, and soft findings answered."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from commentary.checks.blocks import blocks
from commentary.checks.sentences import sentence_spans
from commentary.errors import BadInputError
from commentary.languages import language as load_language
from commentary.languages.base import Language
from commentary.records.editor_fact import EditorFact
from commentary.records.fact import Fact
from commentary.records.finding import Finding, Findings
from commentary.records.override import SIGNABLE, Override
from commentary.records.sheet import FactSheet

PLAIN = "/text"
"""Path of a plain text, which is read block by block."""
_NUMBER = re.compile(
    r"([0-9][0-9,'’]*(?:\.[0-9]+)?)(?: ?(k|thousand|mn?|mln|million|bn?|bln|billion|tn?|trillion)\b)?", re.I
)
_SCALES = {"k": 1, "thousand": 1, "m": 2, "b": 3, "t": 4}
"""Powers of a thousand, by the word or its first letter."""


def with_editor_facts(sheet: FactSheet, signed: Iterable[EditorFact], language: str, place: str) -> FactSheet:
    """Return a sheet that also holds what editors signed for.

    Args:
        sheet: the facts at hand.
        signed: the editors' facts, in the order of their file.
        language: the language of the text, by which the words of a quote are read.
        place: where they stand, such as "facts.toml/facts", for messages.

    Raises:
        BadInputError: one stands twice, or its quote does not hold its figure.
    """
    entries = tuple(signed)
    if not entries:
        return sheet
    facts: dict[str, Fact] = {}
    for i, entry in enumerate(entries):
        fact = entry.fact(sheet.asset)
        if fact.id in facts or fact.id in sheet:
            raise BadInputError(f"{place}/{i}", entry.quote, "this stands twice; keep one")
        if isinstance(fact.value, Decimal) and not _states(load_language(language), entry.quote, fact):
            remedy = (
                f"the figure, {fact.value:f} {fact.unit}, does not stand in these words; copy the words in which the "
                "source gives it, or correct value and unit"
            )
            raise BadInputError(f"{place}/{i}/quote", entry.quote, remedy)
        facts[fact.id] = fact
    signatures = tuple(entry.signature(sheet.asset) for entry in entries)
    return sheet.with_facts(facts.values()).with_signed(signatures)


def _states(language: Language, quote: str, fact: Fact) -> bool:
    """Say whether words give a figure: by a spelling that the language reads, else by its digits and their scale.

    With more digits than the source gives it would be a figure of nobody's.
    """
    value = abs(fact.number)
    read = [
        (figure.text, min(abs(one.low), abs(one.high)) <= value <= max(abs(one.low), abs(one.high)))
        for figure in language.figures(quote)
        for one in language.readings(figure)
        if one.unit == fact.unit
    ]
    if read:
        return any(fits and (_gives(text, value) or not _NUMBER.search(text)) for text, fits in read)
    return _gives(unicodedata.normalize("NFKC", quote), value)


def _gives(text: str, value: Decimal) -> bool:
    return any(value in _values(number) for number in _NUMBER.finditer(text))


def _values(number: re.Match[str]) -> set[Decimal]:
    """Return what a number of a table can stand for: times its own scale, else in ones, thousands or more."""
    digits = Decimal(re.sub(r"[^0-9.]", "", number[1]).rstrip(".") or "0")
    if number[2]:
        word = number[2].casefold()
        return {digits * 1000 ** _SCALES.get(word, _SCALES.get(word[0], 0))}
    return {digits * 1000**power for power in range(5)}


def with_overrides(
    found: Findings, overrides: Iterable[Override], text_at: Callable[[str], str | None], place: str
) -> Findings:
    """Return findings of which those that somebody signed for are notes; of a signature that fits none it is said.

    Args:
        found: what the check found.
        overrides: the signatures.
        text_at: the text at a path; None where there is no such field.
        place: where the signatures stand, such as "signed.toml/overrides", for messages.

    Raises:
        BadInputError: a signature is put under an error that none can answer.
    """
    entries = tuple(overrides)
    used: set[int] = set()
    findings = tuple(_signed_for(finding, entries, used, text_at, place) for finding in found.findings)
    lapsed = (_lapsed(entry, found, text_at) for i, entry in enumerate(entries) if i not in used)
    told = (*findings, *lapsed)
    return Findings.of(told)


def _signed_for(
    finding: Finding,
    overrides: tuple[Override, ...],
    used: set[int],
    text_at: Callable[[str], str | None],
    place: str,
) -> Finding:
    for i, entry in enumerate(overrides):
        if (entry.code, entry.path, _settled(entry.text)) != (finding.code, finding.path, _settled(finding.text)):
            continue
        if _settled(entry.sentence) != _settled(sentence_of(finding, text_at(finding.path) or "")):
            continue
        if finding.severity == "error" and finding.code not in SIGNABLE:
            remedy = f"{finding.code} is an error here, and nobody can sign for it: {finding.message}"
            raise BadInputError(f"{place}/{i}", entry.text, remedy)
        used.add(i)
        if finding.severity != "note":
            who = f"signed for by {entry.name} on {entry.time:%Y-%m-%d %H:%M} UTC: {entry.reason}"
            return finding.model_copy(update={"severity": "note", "message": f"{finding.message} ({who})"})
    return finding


def _lapsed(entry: Override, found: Findings, text_at: Callable[[str], str | None]) -> Finding:
    """Return the note that a signature holds for nothing in the text, and why."""
    alike = [one for one in found.findings if one.code == entry.code and _settled(one.text) == _settled(entry.text)]
    if alike:
        now = sentence_of(alike[0], text_at(alike[0].path) or "")
        why = f"the words stand in another sentence, at {alike[0].path}: “{_short(now)}”; sign anew, or leave it out"
    else:
        why = "nothing like it is found any more; leave it out"
    message = f"{entry.name}'s signature under {entry.code} has lapsed: {why}"
    return Finding(code="override.lapsed", severity="note", path=entry.path, span=(0, 0), text="", message=message)


def sentence_of(finding: Finding, text: str) -> str:
    """Return the sentence, or the sentences, that a finding's words stand in, with its spaces settled."""
    start, end = finding.span
    for written, places in _pieces(finding.path, text):
        if not places or not (places[0] <= start <= places[-1] + 1):
            continue
        # A finding of no words is of what stands there.
        inside = [
            (a, b)
            for a, b in sentence_spans(written)
            if places[a] < max(end, start + 1) and start <= places[b - 1] + (0 if end > start else 1)
        ]
        if inside:
            return _settled(written[inside[0][0] : inside[-1][1]])
    return ""


def _pieces(path: str, text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the blocks of a plain text, or a field as a whole, each with the places of its characters."""
    if path == PLAIN:
        for block in blocks(text):
            yield block.text, block.places
    else:
        yield text, tuple(range(len(text)))


def _settled(words: str) -> str:
    return " ".join(words.split())


def _short(words: str) -> str:
    return words if len(words) <= 120 else words[:119] + "…"

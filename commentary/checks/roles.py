"""Roles: words of side and direction agree with the facts beside them.

roles.side: a sentence calls longs what its facts know as shorts, or the reverse.
roles.direction: a word of rise or fall beside a change with the other sign.
"""

from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import Document, Field, sentence_spans
from commentary.records.fact import Fact
from commentary.records.finding import Finding
from commentary.records.spelled import Mention


@checks.add("roles")
def roles(document: Document) -> Iterator[Finding]:
    """Find side and direction words that contradict the facts of their sentence."""
    for field in document.fields:
        watched = [
            (start, end, category)
            for start, end, category in document.language.watched(field.text)
            if category in ("side", "direction")
            and not any(mention.start <= start and end <= mention.end for mention in field.mentions)
            and not any(s.origin.startswith("frame@") and s.start <= start < s.end for s in field.sentences)
        ]
        if not watched:
            continue
        for start, end in sentence_spans(field.text):
            words = [(a, b, category) for a, b, category in watched if start <= a < end]
            if words:
                facts = _facts(document, field, start, end)
                yield from _sides(document, field, words, facts)
                yield from _directions(document, field, words, facts)


def _facts(document: Document, field: Field, start: int, end: int) -> list[tuple[Mention, Fact]]:
    return [
        (mention, document.sheet[mention.fact])
        for mention in field.mentions
        if start <= mention.start < end and mention.fact in document.sheet
    ]


def _sides(
    document: Document, field: Field, words: list[tuple[int, int, str]], facts: list[tuple[Mention, Fact]]
) -> Iterator[Finding]:
    sides = {fact.subject.side for _, fact in facts if fact.subject.side and fact.unit == "usd"}
    if len(sides) != 1:
        return
    (side,) = sides
    for start, end, category in words:
        if category != "side":
            continue
        said = document.language.side_of(field.text[start:end])
        if said is not None and said != side and not _other_side_named(document, field, words, side):
            yield document.finding(
                "roles.side",
                "error",
                field,
                (start, end),
                f"the facts of this sentence are about {side}s; write that, or name the fact that is meant",
                tuple(fact.id for _, fact in facts if fact.subject.side == side),
            )


def _other_side_named(document: Document, field: Field, words: list[tuple[int, int, str]], side: str | None) -> bool:
    return any(document.language.side_of(field.text[a:b]) == side for a, b, category in words if category == "side")


def _directions(
    document: Document, field: Field, words: list[tuple[int, int, str]], facts: list[tuple[Mention, Fact]]
) -> Iterator[Finding]:
    for start, end, category in words:
        if category != "direction":
            continue
        sign = document.language.sign_of(field.text[start:end])
        near = [
            (min(abs(mention.start - end), abs(start - mention.end)), mention, fact)
            for mention, fact in facts
            if fact.quantity == "delta" and fact.unit != "name"
        ]
        if not near or sign == 0:
            continue
        distance, mention, fact = min(near, key=lambda item: item[0])
        if distance <= 12 and fact.number * sign < 0:
            yield document.finding(
                "roles.direction",
                "error",
                field,
                (start, end),
                f"{fact.id} is {fact.number:f}, which goes the other way",
                (fact.id,),
            )

"""What is only modelled or conditional is not told as done.

A map says what would be liquidated if price went somewhere; "was liquidated" belongs to what an exchange
recorded.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement, Told
from commentary.checks.market_words import in_list
from commentary.checks.passed import price_passed
from commentary.checks.supposed import supposes
from commentary.records.fact import BOUNDS
from commentary.records.finding import Finding

_MODELLED = ("reach_", "cluster_", "within_", "side_total", "told_reach_", "told_cluster_")
_GAP = 60


def modality(document: Document, statement: Statement) -> Iterator[Finding]:
    """Find modelled sums in the indicative past."""
    said = document.cues
    if statement.asks or supposes(statement.scene) or statement.scene.said(("denial", "lacks_data")):
        return
    yield from _happened(document, statement)
    yield from _told_as_done(document, statement)
    yield from _liquidated(document, statement)
    text = statement.field.text
    sums = [told for told in statement.figures() if told.fact.unit in ("usd", "coin") and _counts(told)]
    for match in said["realised"].finditer(statement.text):
        start, end = statement.start + match.start(), statement.start + match.end()
        told = _subject(statement, sums, start, end)
        if told is not None and told.metric.startswith(_MODELLED):
            yield _finding(document, statement, (start, end), told)
    for told in sums:
        if told.metric.startswith(_MODELLED):
            before = text[statement.clause(told.mention.start)[0] : told.mention.start]
            verbs = list(said["saw"].finditer(before))
            # "The map counts $1.07 billion": whose count it is, the subject says.
            owned = bool(verbs) and re.search(r"\b(?:map|model|estimate) \Z", before[: verbs[-1].start()])
            if verbs and not owned and re.fullmatch(r"\s?(?:[\w-]+ )?", before[verbs[-1].end() :]):
                start = told.mention.start - len(before) + verbs[-1].start()
                yield _finding(document, statement, (start, told.mention.end), told)


def _happened(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said to have happened, beside no figure of anything that did, is no more than a model's."""
    if any(
        told.metric.startswith(("liq_", "order_", "passed", "price", "oi_", "funding")) for told in statement.figures()
    ):
        return
    for mark in statement.scene.longest("happened"):
        if price_passed(document.sheet, statement.scene, mark.start) or _is_measured(statement, mark.start):
            continue
        message = "no fact shows that it happened; say what would happen if price went there"
        yield document.finding("wording.modality", "error", statement.field, (mark.start, mark.end), message)


_EVERY = re.compile(r"\b(?:every|all)(?: the| of the)? (?:longs?|shorts?)\b", re.I)
_WORD = re.compile(r"[A-Za-z]{4,}")
_PERFECT = re.compile(r"\b(?:has|have|had|was|were|got)(?: [a-z]+){0,4} \Z", re.I)


def _liquidated(document: Document, statement: Statement) -> Iterator[Finding]:
    """What a map holds has not been forced out: "every long on the map has by now been liquidated"."""
    scene = statement.scene
    counted = any(told.metric.startswith(("liq_", "order_")) for told in statement.figures())
    modelled = [told for told in statement.figures() if told.metric.startswith(_MODELLED) and told.fact.unit == "usd"]
    if counted or not scene.said("side:"):
        return
    unnamed = bool(modelled) and not scene.said("kind:map")
    for match in _WORD.finditer(statement.text) if unnamed else ():
        if _is_forced(match[0], document):
            yield _finding(document, statement, _placed(statement, match), modelled[0])
            return
    for match in _WORD.finditer(statement.text) if scene.said("kind:map") else ():
        every = _EVERY.search(statement.text)
        if not every and price_passed(document.sheet, scene, statement.start + match.start()):
            continue
        if _is_forced(match[0], document) and _PERFECT.search(statement.text, 0, match.start()):
            message = "no fact shows that it happened; say what would happen if price went there"
            span = _placed(statement, match)
            yield document.finding("wording.modality", "error", statement.field, span, message)
            return


def _is_forced(word: str, document: Document) -> bool:
    """Say whether a word tells of force as done: "ejected", "wiped", "swept"."""
    done = word.casefold().endswith(("ed", "en", "ut", "pt", "urnt", "led"))
    return done and in_list(word.casefold(), "force", document.language.code)


def _placed(statement: Statement, match: re.Match[str]) -> tuple[int, int]:
    return statement.start + match.start(), statement.start + match.end()


def _is_measured(statement: Statement, at: int) -> bool:
    """Say whether a clause tells of what is measured alone: a rate printed, a price that has gone up."""
    scene = statement.scene
    clause = scene.clause(at)
    kinds = {mark.name.removeprefix("kind:") for mark in scene.said("kind:", clause)}
    return bool(kinds) and kinds <= {"price", "funding", "open_interest"} and not scene.said("side:", clause)


def _told_as_done(document: Document, statement: Statement) -> Iterator[Finding]:
    """What only a rule or a probability says is not told as done, or as sure."""
    scene = statement.scene
    ruled = any(
        (told.fact.is_house and told.metric != "example_notional") or told.metric.endswith(BOUNDS)
        for told in statement.told
    )
    # What was paid at a settlement is done: "longs handed shorts $7.60".
    paid = any(told.metric.startswith("funding") for told in statement.figures()) and scene.said("payers:")
    if paid and not ruled:
        return
    for mark in (*scene.longest("unhedged"), *(scene.longest("done") if ruled or scene.said("awaited") else ())):
        message = "this is what would be, or is likely; say so"
        yield document.finding("wording.modality", "error", statement.field, (mark.start, mark.end), message)


def _counts(told: Told) -> bool:
    return told.metric.startswith((*_MODELLED, "liq_", "order_", "position"))


def _subject(statement: Statement, sums: list[Told], start: int, end: int) -> Told | None:
    """Return the sum that a verb is about: the last before it in its sentence, else the one right behind it."""
    before = [told for told in sums if told.mention.end <= start and start - told.mention.end <= _GAP]
    if before:
        return before[-1]
    behind = [told for told in sums if 0 <= told.mention.start - end <= 5]
    return behind[0] if behind else None


def _finding(document: Document, statement: Statement, span: tuple[int, int], told: Told) -> Finding:
    message = f"{told.fact.id} is a model's estimate; say what would be liquidated if price went there"
    return document.finding("wording.modality", "error", statement.field, span, message, (told.fact.id,))

"""A draft held to the snapshot it was made from: what its facts and its record say otherwise.

draft.source: a fact, a flag, the label, a condition or a name is not what the snapshot gives; of a snapshot of another
asset or another time that alone is said.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from commentary.config import Settings
from commentary.config.imprint import imprint_facts, imprint_in, imprint_of
from commentary.config.storybook import house_facts
from commentary.metrics import compute
from commentary.pipeline.materials import book_of, edition_of
from commentary.pipeline.opening import edition_of as written_in
from commentary.pipeline.opening import sheet_of
from commentary.pipeline.restoring import restored
from commentary.pipeline.rewriting import Origin, again, at_hand, differences, unlike
from commentary.records.draft import REMAKE, Draft, Input
from commentary.records.fact_file import FactRecord
from commentary.records.finding import Finding
from commentary.records.history import is_remembered
from commentary.records.labels import label, origin_of, value_of
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import ReadSnapshot
from commentary.sentiment import read_sentiment
from commentary.stories import stories

_RECORD = frozenset(
    {
        "id",
        "assets",
        "story",
        "emphasis",
        "slug",
        "story_key",
        "as_of",
        "conditions",
        "packs",
        "sentiment",
        "flags",
        "sources",
        "plan",
        "names",
    }
)
"""Parts of a draft that are its record. Its text is held to its facts, and those to the snapshot."""


def traced(draft: Draft, read: ReadSnapshot, settings: Settings) -> Iterator[Finding]:
    """Yield what a draft says otherwise than the snapshot it was made from.

    Args:
        draft: the draft.
        read: the snapshot.
        settings: those that the draft was made with: its thresholds and names decide some of the facts.

    Raises:
        BadInputError: a fact of the draft cannot be read.
    """
    carried = sheet_of(draft)
    draft = restored(draft, carried, written_in(draft), settings).draft
    if len(draft.assets) > 1:
        yield from _of_a_wrap(draft, read, settings)
        return
    if strange := _stranger(draft, read):
        yield Finding(code="draft.source", severity="error", path="/as_of", span=(0, 0), text="", message=strange)
        return
    for i, one in enumerate(draft.inputs):
        if one.sha256 != read.sha256:
            yield _finding(f"/inputs/{i}/sha256", "the draft was made from another snapshot than this one")
    sheet = _with_past(_sheet(draft, read, settings), carried)
    yield from _facts(draft, sheet)
    if not at_hand(draft, settings):
        return
    origin = Origin((Input(sha256=read.sha256, as_of=read.snapshot.as_of),), read.notes)
    made = again(draft, sheet, edition_of([read.snapshot], sheet, settings), settings, origin)
    if isinstance(made, str):
        yield _finding("/story", f"{draft.story} is no story of this snapshot: {made}")
        return
    for path, said, found in differences(draft, made, _RECORD):
        yield _finding(path, unlike(said, "the snapshot", found))


def _of_a_wrap(draft: Draft, read: ReadSnapshot, settings: Settings) -> Iterator[Finding]:
    """Yield what a draft of several assets says of one of them otherwise than that one's snapshot."""
    asset = read.snapshot.asset
    if read.sha256 not in {one.sha256 for one in draft.inputs}:
        yield _finding("/inputs", f"the draft was not made from this snapshot of {asset}")
        return
    sheet = compute(read, now=draft.generated_at, thresholds=settings.thresholds)
    made = {one.id: one for one in map(FactRecord.of, sheet.facts) if one.subject.asset == asset}
    said = {one.id: (i, one) for i, one in enumerate(draft.facts)}
    for name, true in made.items():
        i, one = said.get(name, (-1, None))
        if one is None:
            yield _finding("/facts", f"the draft leaves out “{label(true.subject)}”")
        elif _shown(one) != _shown(true):
            yield _finding(f"/facts/{i}", unlike(value_of(one), "the snapshot", value_of(true)))


def _stranger(draft: Draft, read: ReadSnapshot) -> str:
    """Return that a snapshot is not of the draft's asset and time, so that all else would differ too; or nothing."""
    snapshot = read.snapshot
    if (*draft.assets, draft.as_of) == (snapshot.asset, snapshot.as_of):
        return ""
    is_of, other = f"{', '.join(draft.assets)} at {_when(draft.as_of)}", f"{snapshot.asset} at {_when(snapshot.as_of)}"
    return f"the draft is of {is_of}, and this snapshot of {other}; give the snapshot that the draft was made from"


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _sheet(draft: Draft, read: ReadSnapshot, settings: Settings) -> FactSheet:
    """Return the facts of a snapshot as the draft would carry them."""
    sheet = compute(read, now=draft.generated_at, thresholds=settings.thresholds)
    sheet = sheet.with_facts(read_sentiment(sheet).facts(sheet))
    own = imprint_of(settings, draft.generated_at, draft.as_of)
    if not at_hand(draft, settings):
        # Of other settings than those at hand nobody can say what their imprint was.
        own = imprint_in(sheet_of(draft), draft.generated_at, draft.as_of)
    sheet = sheet.with_facts(imprint_facts(own, sheet.asset, sheet.as_of))
    if draft.story not in stories:
        return sheet
    book = book_of(draft.story, settings)
    return sheet.with_facts(house_facts(book, sheet.asset, sheet.as_of, settings.publisher.name))


def _with_past(sheet: FactSheet, carried: FactSheet) -> FactSheet:
    """Return a snapshot's facts with what the draft says of its feed's past, which no snapshot gives."""
    gaps = [gap for gap in sheet.missing if not is_remembered(gap.subject.metric)]
    gaps += [gap for gap in carried.missing if is_remembered(gap.subject.metric)]
    known = replace(sheet, missing=tuple(gaps))
    return known.with_facts(fact for fact in carried if is_remembered(fact.subject.metric))


def _facts(draft: Draft, sheet: FactSheet) -> Iterator[Finding]:
    made = {one.id: one for one in (*map(FactRecord.of, sheet.facts), *map(FactRecord.of, sheet.missing))}
    for i, said in enumerate(draft.facts):
        path, true = f"/facts/{i}", made.pop(said.id, None)
        name = f"“{label(said.subject, sheet.asset)}”"
        if true is None:
            yield _finding(path, f"the draft says {value_of(said)} of {name}, and the snapshot nothing")
        elif _shown(said) != _shown(true):
            one, other = (f"{value_of(each)} ({origin_of(each) or each.reason})" for each in (said, true))
            if one == other:
                one, other = (f"{each.formula!r} of {', '.join(each.inputs) or 'no inputs'}" for each in (said, true))
            yield _finding(path, f"the draft says {one} of {name}, and the snapshot {other}")
    for true in made.values():
        name = f"“{label(true.subject, sheet.asset)}”"
        yield _finding("/facts", f"the draft leaves out {name}, of which the snapshot says {value_of(true)}")


def _shown(record: FactRecord) -> str:
    """Return a fact as it stands in a file, where a number has the digits that a reader could see."""
    return record.model_dump_json()


def _finding(path: str, said: str) -> Finding:
    message = f"{said}; {REMAKE}"
    return Finding(code="draft.source", severity="error", path=path, span=(0, 0), text="", message=message)

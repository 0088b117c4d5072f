"""A snapshot of one asset from the replies of live sources: rows, our own map where no vendor's is there, and gaps.

It is read as any file is. What the reader refuses is taken out with all that the same call gave to the section,
and leaves a gap: one source's absurd figure does not cost the others theirs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from commentary.errors import BadInputError
from commentary.liquidation_map.from_snapshot import estimated_maps
from commentary.records.laid_out import laid_out
from commentary.records.rows import Series
from commentary.records.snapshot import FORMAT, Gap, ReadSnapshot, Snapshot
from commentary.sources.live.base import Source
from commentary.sources.questions import Round
from commentary.sources.readings import Lack, Missed, Reading, Replies, gaps_of, lacks, readings
from commentary.sources.snapshot_file import CLOCK_MARGIN, judged


class LiveSnapshot(NamedTuple):
    """What one round gave of an asset."""

    asset: str
    given: Snapshot
    """Its rows as the sources gave them."""
    read: ReadSnapshot
    readings: tuple[Reading, ...]

    @property
    def content(self) -> bytes:
        """The file: commentary.snapshot/1, laid out to be read."""
        given = self.given
        return laid_out(_told({name: getattr(given, name) for name in type(given).model_fields}))

    @property
    def answered(self) -> bool:
        """Whether any source gave a row."""
        return any(one.rows for one in self.readings)


class _Placed(NamedTuple):
    """A row, and whose it is: the place of its reading, or None for our own."""

    section: str
    row: Series
    owner: int | None


def live_snapshot(
    round_: Round, replies: Replies, asset: str, as_of: datetime, *, name: str | None = None, own_map: bool = True
) -> LiveSnapshot:
    """Return the snapshot of an asset.

    Args:
        round_: what was asked.
        replies: what came back.
        asset: one of the round's.
        as_of: the time of the snapshot: the end of the round.
        name: the asset in running text.
        own_map: estimate liquidation maps where no source gave one with levels.
    """
    found = readings(round_, replies, asset, as_of)
    head: dict[str, Any] = {"format": FORMAT, "asset": asset, "name": name, "quote": "USD", "as_of": as_of}
    asked = next(one for one in round_.asked if one.asset == asset)
    missing = [*gaps_of(lacks(found, round_.without_key, asked), as_of), *_clocks(round_.sources, replies, as_of)]
    placed = [_Placed(section, row, i) for i, one in enumerate(found) for section, row in one.by_section]
    placed += [_Placed("gaps", gap, None) for gap in missing]
    given, read, refused = _read(head, placed)
    if own_map and not any(each.levels for each in read.snapshot.liquidation_maps):
        placed = [one for one in placed if (one.owner, one.section) not in refused]
        placed += [_Placed("liquidation_maps", each, None) for each in estimated_maps(read.snapshot)]
        given, read, later = _read(head, placed)
        refused |= later
    if refused:
        lacking = [*lacks(found, round_.without_key, asked), *_refused(found, refused)]
        gaps = (*gaps_of(lacking, as_of), *_clocks(round_.sources, replies, as_of))
        given = given.model_copy(update={"gaps": gaps})
        read = judged(given)
    return LiveSnapshot(asset, given, read, found)


def _read(
    head: dict[str, Any], placed: Sequence[_Placed]
) -> tuple[Snapshot, ReadSnapshot, dict[tuple[int | None, str], BadInputError]]:
    """Read rows as a snapshot without what is refused, and say of whose rows and of which section that was."""
    refused: dict[tuple[int | None, str], BadInputError] = {}
    while True:
        owners: dict[str, list[_Placed]] = {}
        for one in placed:
            if (one.owner, one.section) not in refused:
                owners.setdefault(one.section, []).append(one)
        sections = {section: tuple(one.row for one in rows) for section, rows in owners.items()}
        given = Snapshot.model_validate({**head, **sections})
        try:
            return given, judged(given), refused
        except BadInputError as error:
            owner = _owner(error, owners)
            if owner is None or owner.owner is None:
                raise
            refused[owner.owner, owner.section] = error


def _refused(found: Sequence[Reading], refused: Mapping[tuple[int | None, str], BadInputError]) -> Iterator[Lack]:
    for (i, section), error in refused.items():
        assert i is not None
        question = found[i].question
        yield Lack(question.source, section, Missed("unreadable", f"{question.call.name}: {error}"))


def _owner(error: BadInputError, owners: dict[str, list[_Placed]]) -> _Placed | None:
    """Return the row that an error is about, by its JSON Pointer."""
    parts = error.path.split("/")
    rows = owners.get(parts[1], []) if len(parts) > 2 else []
    return rows[int(parts[2])] if rows and parts[2].isdigit() and int(parts[2]) < len(rows) else None


def _clocks(asked: Iterable[Source], replies: Replies, as_of: datetime) -> list[Gap]:
    """Return a gap for each source whose clock is further from ours than rows may be: its times cannot be trusted."""
    found = []
    for source in asked:
        skew = replies.skew(source)
        if skew is not None and abs(skew) > CLOCK_MARGIN:
            told = f"its clock is {skew_in_words(skew)}"
            found.append(Gap(source=source.title, of="clock", reason="clock", detail=told, time=as_of))
    return found


def skew_in_words(skew: timedelta) -> str:
    """Return how far a clock is off: "0.3 s behind ours"."""
    seconds = skew.total_seconds()
    return f"{abs(seconds):.1f} s {'ahead of' if seconds > 0 else 'behind'} ours" if round(seconds, 1) else "as ours"


def _plain(row: Series) -> dict[str, Any]:
    """Return a row as JSON holds it, without the fields that say nothing."""
    return _told({name: getattr(row, name) for name in type(row).model_fields})


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in fields.items() if value is not None and value != ()}


def _json(value: object) -> object:
    if isinstance(value, Series):
        return _plain(value)
    return [_json(item) for item in value] if isinstance(value, tuple) else value

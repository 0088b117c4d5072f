"""A snapshot of one asset from the replies of live sources: rows, our own map where no vendor's is there, and gaps.

It is read as any file is. What other rows of the round contradict, and what the reader refuses, is taken out with all
that the same call gave to the section, and leaves a gap: one source's absurd figure does not cost the others theirs.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from commentary.config.tolerances import tolerance
from commentary.errors import BadInputError
from commentary.liquidation_map.from_snapshot import Estimate, estimate
from commentary.liquidation_map.history import Behind
from commentary.records.fact import OURS
from commentary.records.laid_out import snapshot_file
from commentary.records.snapshot import FORMAT, Gap, LiquidationMap, ReadSnapshot, Snapshot
from commentary.sources.candle_conflicts import without_left_out
from commentary.sources.doubted_candles import doubted_candles
from commentary.sources.doubted_open_interest import doubted_open_interest
from commentary.sources.live.base import Source
from commentary.sources.placed import Doubted, Placed
from commentary.sources.questions import Round
from commentary.sources.readings import Lack, Missed, Reading, Replies, gaps_of, lacks, plain_line, readings
from commentary.sources.rolling import rolled
from commentary.sources.settle import settle
from commentary.sources.snapshot_file import CLOCK_MARGIN, judged, sealed
from commentary.sources.told_twice import told_once


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
        return snapshot_file(self.given)

    @property
    def answered(self) -> bool:
        """Whether any source gave a row of the asset: what it says of all coins together says nothing of this one."""
        return any(row.asset in (None, self.asset) for one in self.readings for row in one.rows)


def live_snapshot(
    round_: Round,
    replies: Replies,
    asset: str,
    as_of: datetime,
    *,
    name: str | None = None,
    own_map: bool = True,
    known: ReadSnapshot | None = None,
) -> LiveSnapshot:
    """Return the snapshot of an asset.

    Args:
        round_: what was asked.
        replies: what came back.
        asset: one of the round's.
        as_of: the time of the snapshot: the end of the round.
        name: the asset in running text.
        own_map: estimate liquidation maps where no source gives one with levels that is fresh.
        known: an earlier snapshot of the asset, whose histories this one rolls on.
    """
    found = readings(round_, replies, asset, as_of)
    head: dict[str, Any] = {"format": FORMAT, "asset": asset, "name": name, "quote": "USD", "as_of": as_of}
    asked = next(one for one in round_.asked if one.asset == asset)
    missing = [*gaps_of(lacks(found, round_.without_key, asked), as_of), *_clocks(round_.sources, replies, as_of)]
    placed = [Placed(section, row, i) for i, one in enumerate(found) for section, row in one.by_section]
    once = told_once(placed, asset)
    doubted = _doubted(once.placed)
    placed = [*once.placed, *(Placed("gaps", gap, None) for gap in missing)]
    given, read, refused = _read(head, placed, doubted)
    if refused or once.contradicted:
        wrong = (*_refused(found, once.contradicted), *_refused(found, refused))
        lacking = [*lacks(found, round_.without_key, asked), *wrong]
        gaps = (*gaps_of(lacking, as_of), *_clocks(round_.sources, replies, as_of))
        given = given.model_copy(update={"gaps": gaps})
        read = judged(given)
    follows = known is not None and known.snapshot.as_of <= read.snapshot.as_of
    whole = rolled(known.snapshot, read.snapshot) if known is not None and follows else read.snapshot
    maps, behind = estimate(without_left_out(whole)) if own_map and not _has_vendor_map(whole) else Estimate((), ())
    if maps or behind or follows:
        late = tuple(_late(one, as_of) for one in behind)
        whole = whole.model_copy(update={"gaps": (*whole.gaps, *late)})
        read, maps = _joined(whole, maps, read.notes)
        sections = {"liquidation_maps": (*given.liquidation_maps, *maps), "gaps": (*given.gaps, *late)}
        given = given.model_copy(update=sections)
    return LiveSnapshot(asset, given, read, found)


def _late(one: Behind, as_of: datetime) -> Gap:
    """Return the gap of a map of ours that is not drawn, since what it would be drawn from ended too long ago."""
    return Gap(source=one.venue, of="liquidation_maps", reason="stale", detail=plain_line(one), time=as_of)


def _has_vendor_map(snapshot: Snapshot) -> bool:
    """Say whether a source gave a map with levels that is not stale."""
    age = timedelta(minutes=float(tolerance(LiquidationMap.METRIC).max_age_minutes))
    vendors = (row for row in snapshot.liquidation_maps if row.source != OURS)
    return any(row.levels and snapshot.as_of - row.at <= age for row in vendors)


def _joined(
    whole: Snapshot, maps: tuple[LiquidationMap, ...], notes: tuple[str, ...]
) -> tuple[ReadSnapshot, tuple[LiquidationMap, ...]]:
    """Return a snapshot with our own maps, and those; without them where the reader refuses them."""
    if maps:
        redrawn = {_drawing(row) for row in maps}
        kept = (row for row in whole.liquidation_maps if _drawing(row) not in redrawn)
        drawn = whole.model_copy(update={"liquidation_maps": (*kept, *maps)})
        try:
            read = judged(drawn)
            return read._replace(notes=(*notes, *read.notes)), maps
        except BadInputError as error:
            notes = (*notes, f"our own map is left out: {error}")
    read = sealed(settle(whole))
    return read._replace(notes=(*notes, *read.notes)), ()


def _drawing(row: LiquidationMap) -> tuple[object, ...]:
    """Return what tells one map of ours from another; drawn again, it counts as it is drawn last."""
    return row.source, row.venue, row.model, row.prior, row.window_hours, row.time


def _doubted(placed: Sequence[Placed]) -> Doubted:
    """Return what others contradict: candles, and then open interest by what candles that are left say was traded."""
    candles = doubted_candles(placed)
    kept = [one for one in placed if (one.owner, one.section) not in candles]
    return {**candles, **doubted_open_interest(kept)}


def _read(head: dict[str, Any], placed: Sequence[Placed], doubted: Doubted) -> tuple[Snapshot, ReadSnapshot, Doubted]:
    """Read rows as a snapshot without what is refused, and say of whose rows and of which section that was."""
    refused = dict(doubted)
    while True:
        owners: dict[str, list[Placed]] = {}
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
            refused[owner.owner, owner.section] = Missed("unreadable", str(error))


def _refused(found: Sequence[Reading], refused: Doubted) -> Iterator[Lack]:
    for (i, section), missed in refused.items():
        assert i is not None
        question = found[i].question
        yield Lack(question.source, section, missed._replace(detail=f"{question.call.name}: {missed.detail}"))


def _owner(error: BadInputError, owners: dict[str, list[Placed]]) -> Placed | None:
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

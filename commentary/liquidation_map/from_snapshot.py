"""Our own maps of a snapshot (written in another clone)."""

from commentary.records.snapshot import LiquidationMap, Snapshot


def estimated_maps(snapshot: Snapshot) -> tuple[LiquidationMap, ...]:
    """Return none yet."""
    return ()

"""What one quiet asset costs a watch at one tick, in seconds of a processor: python tests/benchmarks/watch_cost.py

Bundled snapshots are looked at, without the time that asking sources takes. What holds on any machine is the ratio to
the time in which json reads the same bytes.
"""

import json
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from commentary.config import Settings
from commentary.resources import folder
from commentary.runs.watch import Order, Told
from commentary.runs.watch.asset import Desk, Looked, look_at
from commentary.sources.snapshot_file import read_snapshot
from commentary.store import Store
from commentary.store.watching import Progress

FILES = ("btc-calm.json", "eth-august.json", "sol-late-monday.json", "link-small-rise.json")
TIMES = 5


def best(work) -> float:
    found = []
    for _ in range(TIMES):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def main() -> None:
    with tempfile.TemporaryDirectory() as place, Store(Path(place) / "desk.sqlite", writes=True) as store:
        desk = Desk(
            Order("desk", ("BTC",), Settings()), store, Told(lambda event: print(event), lambda words: print(words))
        )
        for name in FILES:
            content = (folder("data") / "snapshots" / name).read_bytes()
            read = read_snapshot(content)
            at = read.snapshot.as_of
            done = Progress(at - timedelta(minutes=15))
            looked = Looked(read.snapshot.asset, at, at, at, done)
            one = looked._replace(done=Progress())
            whole = best(lambda looked=one, content=content: look_at(desk, looked, content))
            held = best(lambda looked=one, read=read: look_at(desk, looked, read))
            plain = best(lambda content=content: json.loads(content))
            kilobytes = len(content) / 1000
            print(
                f"{name}: {kilobytes:.0f} kB, {whole * 1000:.0f} ms from bytes ({whole / plain:.0f} times json), "
                f"{held * 1000:.0f} ms from a snapshot that is rolled on; 300 such: {held * 300:.1f} s"
            )


if __name__ == "__main__":
    main()

"""Writes data/formats: the JSON Schema of each file format, and an example, all of one market.

Run: python -m commentary.runs.formats data/formats
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from commentary.config import Settings
from commentary.errors import BadInputError, CommentaryError
from commentary.net import Failure, Outcome, Reply, Request
from commentary.net.kept_index import entry_of, index_of
from commentary.pipeline import check_text, facts_of
from commentary.pipeline.remembering import item_of
from commentary.records.editor_fact import EditorFact, EditorFacts
from commentary.records.fact_file import FactRecord, FactsFile
from commentary.records.formats import NAMES, schema
from commentary.records.history import History
from commentary.records.laid_out import laid_out
from commentary.records.override import Override, Overrides
from commentary.records.snapshot import Snapshot
from commentary.runs.model_eval.sample import sample
from commentary.runs.readme import EXAMPLE, bundled_draft, bundled_snapshot
from commentary.sources.json_text import load
from commentary.sources.snapshot_file import normalised

PASSAGE = (
    "The model of CoinGlass has $1.07 billion of bitcoin longs between the market and $60,593. "
    "Funding soared to 0.5% because traders are greedy."
)
"""A figure that stands, and a sentence that does not."""
EDITOR_FACTS = EditorFacts(
    facts=(
        EditorFact(
            value=Decimal(-412_000_000),
            unit="usd",
            quantity="delta",
            source="Glassnode",
            speaker="Jane Doe",
            quote="Exchange balances fell by $412 million",
            date=date(2026, 11, 22),
            signer="A. Editor",
            signed_at=datetime(2026, 11, 22, 10, tzinfo=UTC),
        ),
    )
)
ASKED = datetime(2026, 11, 22, 9, tzinfo=UTC)
COLLECTION = {
    "assets": ["BTC"],
    "sources": ["binance", "okx"],
    "without_key": ["coinglass"],
    "base_urls": {"binance": "https://fapi.binance.com", "okx": "https://www.okx.com"},
    "scope": "full",
    "asked_at": "2026-11-22T09:00:00Z",
    "as_of": "2026-11-22T09:00:20Z",
}
REPLIES: tuple[Outcome, ...] = (
    Reply(
        Request("binance", "open_interest.BTC", "https://fapi.binance.com/fapi/v1/openInterest?symbol=BTCUSDT"),
        200,
        {"content-type": "application/json", "date": "Sun, 22 Nov 2026 09:00:00 GMT"},
        b'{"symbol": "BTCUSDT", "openInterest": "86760.123", "time": 1795338000000}',
        ASKED,
        ASKED + timedelta(milliseconds=120),
    ),
    Failure(
        Request("okx", "open_interest", "https://www.okx.com/api/v5/public/open-interest?instType=SWAP"),
        "timeout",
        "did not answer within 20 s",
        tries=3,
    ),
)
"""A reply, and a source that gave none."""
OVERRIDES = Overrides(
    overrides=(
        Override(
            code="wording.magnitude",
            text="massive",
            sentence="The model of CoinGlass has $1.07 billion of bitcoin longs down to $60,593, a massive sum.",
            reason="The largest sum of this model in the year that we kept by hand",
            name="A. Editor",
            time=datetime(2026, 11, 22, 10, tzinfo=UTC),
        ),
    )
)


def main(arguments: list[str]) -> int:
    """Write every file into the folder named, and say how a wrong call is put right."""
    try:
        if len(arguments) != 1 or not Path(arguments[0]).is_dir():
            raise BadInputError("FOLDER", " ".join(arguments), "name one folder: data/formats")
        for name, content in files():
            (Path(arguments[0]) / name).write_bytes(content)
    except CommentaryError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file of data/formats."""
    for name in NAMES:
        yield f"{name}.schema.json", (json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n").encode()
    read = bundled_snapshot(EXAMPLE)
    sheet = facts_of(read, settings=Settings())
    records = (*map(FactRecord.of, sheet.facts), *map(FactRecord.of, sheet.missing))
    facts = FactsFile(asset=sheet.asset, as_of=sheet.as_of, facts=records)
    yield "snapshot.example.json", _as_read(read.snapshot)
    yield "replies.example.json", index_of(COLLECTION, map(entry_of, REPLIES))
    for name, made in (
        ("facts", facts),
        ("draft", bundled_draft(EXAMPLE, length="brief")),
        ("findings", check_text(PASSAGE, sheet, settings=Settings())),
        ("editor_facts", EDITOR_FACTS),
        ("overrides", OVERRIDES),
        ("model_eval", sample(EXAMPLE)),
        ("history", History.of("desk", [item_of(bundled_draft(EXAMPLE, length="brief"), "desk")])),
    ):
        yield f"{name}.example.json", (made.model_dump_json(indent=2) + "\n").encode()


def _as_read(snapshot: Snapshot) -> bytes:
    """Return a snapshot with its rows filled in and sorted, the form whose hash stands in a draft."""
    document = load(normalised(snapshot), "snapshot")
    if not isinstance(document, dict):
        raise TypeError("a snapshot is an object")
    first = ("format", "asset", "quote", "as_of")
    return laid_out({**{name: document.pop(name) for name in first}, **document})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

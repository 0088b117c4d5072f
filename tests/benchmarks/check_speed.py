"""What a check costs, as a ratio to the same article rendered by plain Jinja2: run it by hand, on a quiet machine.

    python tests/benchmarks/check_speed.py [--repeat 20]

The article is a bundled draft in full length, printed. Plain Jinja2 renders the same words from a cached template with
strings that are already formatted, without a finalize. Targets: a template draft at most 8 times that, the same text
by itself through every checker at most 60 times. Before anything is timed, one word is made wrong for each checker and
has to be found, so that no check can be left out. What a draft's record costs stands apart: its facts are computed and
its text is written again.
"""

import argparse
import gc
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment

from commentary import Draft, Settings, check_text, draft_snapshots, read_snapshot, render
from commentary.pipeline import check_edit, sheet_of
from commentary.pipeline.checking import check_fields, record_findings
from commentary.records.draft import texts
from commentary.records.hashes import content_sha256

SNAPSHOT = Path(__file__).parents[2] / "data" / "snapshots" / "btc-flush.json"
CORRUPTED = {
    # checker: a word or figure of the printed draft, and what stands there instead
    "numbers": ("9.2%", "9.3%"),
    "roles": ("longs", "shorts"),
    "direction": ("fell", "rose"),
    "wording": ("incomplete", "guaranteed"),
    "names": ("CoinGlass", "Glasshouse"),
    "altered": ("unchanged", "changed"),
    "completeness": ("not investment advice", "a text"),
    "freshness": ("It leaves fewer contracts", "Of the $1.07 billion of modelled longs it leaves fewer contracts"),
    "agreement": ("the most in\nthe 90 days we hold", "$573 million\nof longs and shorts liquidated"),
}
"""The last of them puts a true figure into the headline that the body never states."""


def plain_jinja(draft: Draft) -> Callable[[], str]:
    """Return a function that renders every field of a draft from strings."""
    values: dict[str, str] = {}
    parts = []
    for path, text in texts(draft):
        at = 0
        for mention in sorted((one for one in draft.mentions if one.path == path), key=lambda one: one.start):
            name = f"m{len(values)}"
            values[name] = text[mention.start : mention.end]
            parts.append(f"{text[at : mention.start]}{{{{ {name} }}}}")
            at = mention.end
        parts.append(f"{text[at:]}\n")
    template = Environment(autoescape=False).from_string("".join(parts))
    return lambda: template.render(values)


def median_ms(work: Callable[[], object], repeat: int) -> float:
    """Return the median of the times that some work takes, in milliseconds."""
    times = []
    for _ in range(repeat):
        gc.collect()
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def assert_every_checker_works(draft: Draft, printed: str) -> None:
    """Make one word wrong for each checker, and see that it is found."""
    sheet = sheet_of(draft)

    def found(text: str) -> Counter[str]:
        findings = check_text(text, sheet, settings=Settings(), scope="article").findings
        return Counter(finding.code for finding in findings)

    for checker, (word, wrong) in CORRUPTED.items():
        assert word in printed, (checker, word)
        new = found(printed.replace(word, wrong)) - found(printed)
        assert any(code.startswith(f"{checker}.") for code in new), (checker, new)
    path, text = next((path, text) for path, text in texts(draft) if path.startswith("/sections/0/paragraphs"))
    assert not check_edit(draft, {path: f"{text} Buy now."}).ok


def main() -> None:
    """Print the costs and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=20)
    repeat = parser.parse_args().repeat
    draft = draft_snapshots([read_snapshot(SNAPSHOT.read_bytes())], settings=Settings(), length="full")
    assert isinstance(draft, Draft)
    printed, sheet = render(draft, "text"), sheet_of(draft)
    # As it is when it is made: what a seal costs stands by itself.
    unsealed = draft.model_copy(update={"sha256": "", "checks": None})
    assert_every_checker_works(draft, printed)
    rendered = plain_jinja(draft)
    base = median_ms(lambda: [rendered() for _ in range(100)], repeat) / 100
    rows = {
        "a template draft, all checks": (median_ms(lambda: check_fields(unsealed), repeat), 8),
        "the text by itself, all checks": (
            median_ms(lambda: check_text(printed, sheet, settings=Settings(), scope="article"), repeat),
            60,
        ),
        "its record, worked out again": (median_ms(lambda: record_findings(draft, Settings()), repeat), None),
        "sha256 of the draft": (median_ms(lambda: content_sha256(draft), repeat), None),
        "the draft as JSON": (median_ms(draft.model_dump_json, repeat), None),
    }
    print(f"{len(printed.split())} words; plain Jinja2 {base:.3f} ms")
    for name, (cost, target) in rows.items():
        bound = f"at most {target}" if target else ""
        print(f"{name:34} {cost:8.2f} ms {cost / base:8.0f} times  {bound}")


if __name__ == "__main__":
    main()

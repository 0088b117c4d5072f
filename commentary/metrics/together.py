"""Several assets' facts as one sheet, for a wrap: no figure is added up or compared across assets."""

from collections.abc import Sequence
from decimal import Decimal

from commentary.records.fact import Fact, MissingFact, Subject
from commentary.records.sheet import FactSheet


def together(sheets: Sequence[FactSheet]) -> FactSheet:
    """Return one sheet of the facts of several, in the order given; it is about the first asset.

    A fact that two sheets hold under one id, such as a count over all coins, is kept as the first has it. A flag of one
    is a flag of all: the reader must be told.
    """
    facts: dict[str, Fact] = {}
    missing: dict[str, MissingFact] = {}
    for sheet in sheets:
        facts = {**{fact.id: fact for fact in sheet.facts}, **facts}
        missing = {**{gap.id: gap for gap in sheet.missing}, **missing}
    # In the order of the sheets, so that the first asset's facts are preferred where nothing else is asked.
    ordered = [fact for sheet in sheets for fact in sheet.facts if facts.get(fact.id) is fact]
    gaps = [gap for sheet in sheets for gap in sheet.missing if missing.get(gap.id) is gap and gap.id not in facts]
    flags = tuple(dict.fromkeys(flag for sheet in sheets for flag in sheet.flags))
    as_of = max(sheet.as_of for sheet in sheets)
    count = Fact(
        Subject(sheets[0].asset, "wrap_assets"),
        Decimal(len(sheets)),
        "count",
        "count",
        "asserted",
        (),
        as_of,
        "the assets of this text",
    )
    assets = tuple(sheet.asset for sheet in sheets)
    return FactSheet(sheets[0].asset, as_of, (*ordered, count), tuple(gaps), flags, assets=assets)

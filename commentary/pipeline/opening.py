"""What a draft carries to be checked by: its facts, and the moment, names and style that it was written in."""

from collections.abc import Iterator

from commentary.errors import BadInputError
from commentary.pipeline.signing import with_editor_facts
from commentary.records.draft import REMAKE, Draft
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import Fact, MissingFact
from commentary.records.sheet import FactSheet


def sheet_of(draft: Draft) -> FactSheet:
    """Return the fact sheet that a draft carries.

    Raises:
        BadInputError: it names no asset, or a fact contradicts itself or another.
    """
    if not draft.assets:
        raise BadInputError("/assets", list(draft.assets), f"a draft is about one asset at least; {REMAKE}")
    facts = dict(_facts(draft))
    sheet = FactSheet(
        draft.assets[0],
        draft.as_of,
        tuple(fact for fact in facts.values() if isinstance(fact, Fact)),
        tuple(fact for fact in facts.values() if not isinstance(fact, Fact)),
        draft.flags,
        assets=draft.assets if len(draft.assets) > 1 else (),
    )
    return with_editor_facts(sheet, draft.editor_facts, draft.language, "/editor_facts")


def _facts(draft: Draft) -> Iterator[tuple[str, Fact | MissingFact]]:
    known: set[str] = set()
    for i, record in enumerate(draft.facts):
        place = f"/facts/{i}"
        if record.id in known:
            raise BadInputError(f"{place}/id", record.id, f"another fact has this id; {REMAKE}")
        known.add(record.id)
        try:
            yield record.id, record.fact()
        except (ValueError, ArithmeticError) as error:
            raise BadInputError(place, record.id, f"{error or 'the value does not fit the unit'}; {REMAKE}") from error


def edition_of(draft: Draft) -> Edition:
    """Return the moment, the names and the house style that a draft was written in.

    Raises:
        BadInputError: it holds no house style that can be read.
    """
    if not isinstance(house := draft.plan.get("house"), dict):
        raise BadInputError("/plan/house", house, f"the house style of the text belongs here; {REMAKE}")
    for name, value in house.items():
        if name not in HouseStyle._fields or not isinstance(value, str):
            known = ", ".join(HouseStyle._fields)
            raise BadInputError(f"/plan/house/{name}", value, f"a house style has {known}; {REMAKE}")
    return Edition(draft.as_of, tuple(draft.names.items()), HouseStyle(**house))

"""The imprint: who answers for a text, who publishes it, where mistakes go and of what time it is, as asserted facts.

They are the newsroom's own words on itself, so that a legal line can print them as any sentence prints a fact.
"""

from datetime import datetime
from typing import NamedTuple

from commentary.config.packs import pack_rules
from commentary.config.settings import Settings
from commentary.records.fact import Fact, Quantity, Subject, Unit, Value
from commentary.records.sheet import FactSheet

DATED = "data_as_of"
WRITTEN = "written_at"


class Imprint(NamedTuple):
    """What a text says of its making; a field is named as its fact is, and an empty one is not known."""

    publisher: str = ""
    responsible_person: str = ""
    corrections_contact: str = ""
    data_as_of: datetime | None = None
    written_at: datetime | None = None


def imprint_of(settings: Settings, now: datetime, as_of: datetime) -> Imprint:
    """Return the imprint that settings give a text; its times only where a pack in force asks for them.

    When a text was completed is known only where somebody said what time it is: else `now` is the time of the data.
    """
    publisher = settings.publisher
    names = (publisher.name, publisher.responsible_person, publisher.corrections_contact)
    if not any(need.fact == DATED for need in pack_rules(settings.packs).needs):
        return Imprint(*names)
    return Imprint(*names, as_of, now if now > as_of else None)


def imprint_in(sheet: FactSheet, now: datetime, as_of: datetime) -> Imprint:
    """Return the imprint whose facts a sheet holds; `now` and `as_of` stand for its times, if it has them."""
    held = {name: fact.value for name in Imprint._fields if (fact := sheet.get(name)) is not None}
    names = {name: str(value) for name, value in held.items() if name not in (DATED, WRITTEN)}
    return Imprint(**names, data_as_of=as_of if DATED in held else None, written_at=now if WRITTEN in held else None)


def imprint_facts(imprint: Imprint, asset: str, as_of: datetime) -> tuple[Fact, ...]:
    """Return an imprint as facts of the publisher."""
    source = (imprint.publisher,) if imprint.publisher else ()
    made = []
    for metric, value in imprint._asdict().items():
        if not value:
            continue
        kinds: tuple[Unit, Quantity] = ("time", "time") if metric in (DATED, WRITTEN) else ("name", "entity")
        given: Value = value
        made.append(Fact(Subject(asset, metric), given, *kinds, "asserted", source, as_of))
    return tuple(made)

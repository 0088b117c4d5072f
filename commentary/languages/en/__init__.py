"""English (AP style unless the house says otherwise)."""

from pathlib import Path

from commentary.languages.base import Composed, Language, Scanner
from commentary.languages.en import changes, figures, forms, hedges, residue, styles, words
from commentary.records.edition import HouseStyle


def _house(text: str, house: HouseStyle) -> str:
    return text if house.percents == "5.4%" else text.replace("%", house.percents.removeprefix("5.4"))


LANGUAGE = Language(
    "en",
    (*styles.STYLES.values(), *words.STYLES.values()),
    Scanner(
        residue.quantities,
        residue.watched,
        residue.exempt,
        residue.side_of,
        residue.sign_of,
        figures.figures,
        figures.readings,
        forms.forms,
        forms.shown,
        figures.hours_of,
        {name: residue.LEXICON["direction"][name] for name in ("up", "down")},
        {name: residue.LEXICON["side"][name] for name in ("long", "short")},
    ),
    Composed(hedges.parse, hedges.write, _house, changes.reads),
    Path(__file__).parent,
)

"""English (AP style unless the house says otherwise)."""

from pathlib import Path

from commentary.languages.base import Language, Scanner
from commentary.languages.en import residue, styles, words

LANGUAGE = Language(
    "en",
    (*styles.STYLES.values(), *words.STYLES.values()),
    Scanner(residue.quantities, residue.watched, residue.side_of, residue.sign_of),
    Path(__file__).parent,
)

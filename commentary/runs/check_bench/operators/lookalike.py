"""A wrong figure written so that a machine may not see it, or may read it as another."""

from collections.abc import Callable
from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import amount, pick
from commentary.runs.check_bench.target import Target, Told
from commentary.runs.check_bench.written import Figure, figure_in

Disguise = Callable[[str], str]

_FULLWIDTH = str.maketrans("0123456789$%,.", "０１２３４５６７８９＄％，．")
_FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_OTHERS = (
    str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), str.maketrans("0123456789", "०१२३४५६७८९"),
    str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"), str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"), str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨"),
)  # fmt: skip
_LETTERS = str.maketrans("01oeaicB", "Oloеаіс" + "В")
_HIDDEN = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200c")
_SPACES = ("\u00a0", "\u202f", "\u2009", "\u2007", "\u3000", "\u2002")
_MARKS = (("*", "*"), ("**", "**"), ("<b>", "</b>"), ("<span>", "</span>"), ("<!-- -->", ""), ("_", "_"), ("`", "`"))


@operator("fullwidth digits")
def fullwidth(target: Target, chance: Random) -> Edit | None:
    """Write a wrong figure in fullwidth digits."""
    return _disguised(target, chance, lambda text: text.translate(chance.choice((_FULLWIDTH, _FULL_DIGITS))))


@operator("Arabic digits")
def arabic(target: Target, chance: Random) -> Edit | None:
    """Write a wrong figure in Arabic-Indic digits."""
    return _disguised(target, chance, lambda text: text.translate(_ARABIC))


@operator("digits of other scripts")
def other_digits(target: Target, chance: Random) -> Edit | None:
    """Write a wrong figure in digits of another script or form."""
    return _disguised(target, chance, lambda text: text.translate(chance.choice(_OTHERS)))


@operator("letters for digits")
def letters(target: Target, chance: Random) -> Edit | None:
    """Write a wrong figure with letters that look like its digits or letters."""
    return _disguised(target, chance, lambda text: text.translate(_LETTERS))


@operator("other minus signs")
def minus(target: Target, chance: Random) -> Edit | None:
    """Put a dash that looks like a minus before a wrong figure."""
    return _disguised(target, chance, lambda text: chance.choice(("−", "‐", "‑", "–", "﹣", "－")) + text)


@operator("hidden character")
def hidden(target: Target, chance: Random) -> Edit | None:
    """Put a character that takes no room within a wrong figure."""

    def split(text: str) -> str:
        place = chance.randint(1, max(1, len(text) - 1))
        return text[:place] + chance.choice(_HIDDEN) + text[place:]

    return _disguised(target, chance, split)


@operator("other spaces")
def spaces(target: Target, chance: Random) -> Edit | None:
    """Write a wrong figure with spaces of another kind within it."""

    def spaced(text: str) -> str:
        space = chance.choice(_SPACES)
        for old in (" ", ",", "."):
            if old in text:
                return text.replace(old, space + ("" if old in " ," else "."), 1)
        return text[:-1] + space + text[-1]

    return _disguised(target, chance, spaced)


@operator("split by markup")
def markup(target: Target, chance: Random) -> Edit | None:
    """Write a wrong figure with marks of Markdown or HTML within it."""

    def marked(text: str) -> str:
        place = chance.randint(1, max(1, len(text) - 1))
        left, right = chance.choice(_MARKS)
        return f"{text[:place]}{left}{text[place : place + 1]}{right}{text[place + 1 :]}"

    made = _disguised(target, chance, marked)
    return made._replace(markup=True) if made else None


def wrong(told: Told, figure: Figure, chance: Random) -> str:
    """Return a figure with one of its digits another."""
    places = [i for i, character in enumerate(figure.digits) if character.isdigit()]
    place = chance.choice(places)
    lowest = "1" if place == 0 and len(places) > 1 else "0"
    new = chance.choice([each for each in "0123456789" if each != figure.digits[place] and each >= lowest])
    digits = figure.digits[:place] + new + figure.digits[place + 1 :]
    return told.text[: figure.start] + digits + told.text[figure.end :]


def _disguised(target: Target, chance: Random, disguise: Disguise) -> Edit | None:
    told = pick(target.figures, chance)
    figure = figure_in(told.text) if told else None
    if told is None or figure is None:
        return None
    changed = wrong(told, figure, chance)
    read = figure_in(changed)
    if read is None:
        return None
    start, end = read.whole
    new = changed[:start] + disguise(changed[start:end]) + changed[end:]
    # With the disguise taken off the figure must still be the wrong one.
    return Edit(told.start, told.end, new, (amount(told, read),)) if new != told.text else None

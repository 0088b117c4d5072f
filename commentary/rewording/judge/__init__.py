"""Whether a model's sentence says what the template's says; each rule one file, and what none allows is refused."""

from commentary.rewording.judge.base import Fault
from commentary.rewording.judge.binding import binding_faults
from commentary.rewording.judge.form import form_faults
from commentary.rewording.judge.grammar import grammar_faults
from commentary.rewording.judge.known import known_of, units_of
from commentary.rewording.judge.lexicon import lexicon
from commentary.rewording.judge.meaning import meaning_faults
from commentary.rewording.judge.order import order_faults
from commentary.rewording.slots import OpenSentence


def faults(sentence: OpenSentence, returned: str, code: str) -> tuple[Fault, ...]:
    """Return why a text may not stand for a sentence; nothing where it may.

    Pure: the same sentence and text are judged alike everywhere, so that a draft can be judged again by anybody.

    Args:
        sentence: what the model was shown.
        returned: what it wrote, with its slots in brackets.
        code: the language of both.
    """
    found = form_faults(sentence, returned, code)
    if found:
        # Words of a text in another form cannot be told from its slots.
        return found
    known = known_of(sentence.say, code)
    units = units_of(returned, sentence, known, code)
    return (
        meaning_faults(units, sentence, known)
        or binding_faults(units, sentence, known, lexicon(code).articles)
        or order_faults(units, sentence, known, lexicon(code))
        or grammar_faults(units, known, code)
    )

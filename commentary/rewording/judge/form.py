"""Form: a text is one passage of plain words and the slots that were asked for, each once.

slots.unknown, slots.missing, slots.twice: a slot that was not given, is not there, or stands more than once.
form.character: a digit, a sign of currency or percent, a bracket, or anything that is no plain text.
form.length: much longer than the sentence, or in more sentences than any approved wording.
form.end: it does not begin with a capital or a slot, or does not end as the sentence does.
"""

import re
from collections import Counter

from commentary.languages import language
from commentary.rewording.judge.base import Fault
from commentary.rewording.judge.known import known_of
from commentary.rewording.judge.units import TOKEN
from commentary.rewording.slots import SLOT, OpenSentence

_PLAIN = re.compile(r"[A-Za-z ,.;:?()'’–-]")
_TWICE = re.compile(r"\b([a-z]+) \1\b", re.IGNORECASE)
_SPACING = re.compile(r"  |\s[,.;:?)]|\(\s|[,;:][^\s]|^\s|\s$|\]\[|\][A-Za-z]|[A-Za-z]\[")
_LONGER = 1.5
_ROOM = 4
"""So many words more, at least, an answer may have than the sentence."""
_STOP = re.compile(r"[.?](?= |$)")


def form_faults(sentence: OpenSentence, returned: str, code: str) -> tuple[Fault, ...]:
    """Return what is wrong with the form of a text."""
    return (
        *_slots(sentence, returned),
        *_characters(returned),
        *_length(sentence, returned, code),
        *_ends(sentence, returned),
        *_quantities(returned, code),
    )


def longest(sentence: OpenSentence, code: str) -> int:
    """Return the most words that an answer may have, a slot counted as one."""
    own = len(TOKEN.findall(sentence.text))
    return max(int(own * _LONGER), own + _ROOM, *map(len, known_of(sentence.say, code).wordings))


def _slots(sentence: OpenSentence, returned: str) -> list[Fault]:
    asked = [place.name for place in sentence.places]
    there = Counter(SLOT.findall(returned))
    found = [Fault("slots.missing", "", f"[{name}] is missing; write it once") for name in asked if name not in there]
    found += [
        Fault("slots.twice", f"[{name}]", f"[{name}] stands {count} times; write it once")
        for name, count in there.items()
        if count > 1 and name in asked
    ]
    found += [
        Fault("slots.unknown", f"[{name}]", f"[{name}] is no slot of this sentence; leave it out")
        for name in there
        if name not in asked
    ]
    return found


def _characters(returned: str) -> list[Fault]:
    odd = sorted({character for character in SLOT.sub("", returned) if not _PLAIN.match(character)})
    found = [
        Fault("form.character", character, f"{character!r} may not stand in the text; write plain words and slots")
        for character in odd
    ]
    twice = _TWICE.search(returned)
    if twice:
        found.append(Fault("form.twice", twice[0], f"“{twice[0]}” says a word twice; write it once"))
    spacing = _SPACING.search(returned)
    if spacing:
        at = returned[max(0, spacing.start() - 8) : spacing.end() + 8]
        found.append(Fault("form.spacing", at, f"“{at}” is not spaced as plain text is; write one space between words"))
    return found


def _length(sentence: OpenSentence, returned: str, code: str) -> list[Fault]:
    words, most = len(TOKEN.findall(returned)), longest(sentence, code)
    if words > most:
        return [Fault("form.length", "", f"it has {words} words; write at most {most}, and add nothing")]
    stops = max(sum(unit.key == "." for unit in wording) for wording in known_of(sentence.say, code).wordings)
    found = len(_STOP.findall(returned))
    if found > stops:
        return [Fault("form.length", "", f"it has {found} sentences; write at most {stops}")]
    return []


def _ends(sentence: OpenSentence, returned: str) -> list[Fault]:
    if "?" in returned[:-1]:
        return [Fault("form.end", "?", "it asks in its middle; write it as the sentence does")]
    if returned[-1:] != sentence.text[-1:]:
        return [Fault("form.end", returned[-12:], f"end it with “{sentence.text[-1:]}”")]
    starts = [returned[:1], *(returned[match.end() + 1 : match.end() + 2] for match in _STOP.finditer(returned))]
    if any(start and not (start.isupper() or start == "[") for start in starts):
        return [Fault("form.end", returned[:12], "begin each sentence with a capital letter or a slot")]
    return []


def _quantities(returned: str, code: str) -> list[Fault]:
    text = SLOT.sub(" — ", returned)
    return [
        Fault("form.quantity", text[start:end], f"“{text[start:end]}” states a quantity; only slots may")
        for start, end in language(code).quantities(text)
    ]

"""A cause that the data does not hold."""

from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import follow, lead, tail
from commentary.runs.check_bench.target import Target

_EVENTS = (
    "the Federal Reserve's remarks", "profit-taking", "a large holder's sale", "fears over new tariffs",
    "weak jobs data", "the expiry of options", "an outage at an exchange", "outflows from funds",
    "a hack at a lending protocol", "miners' selling", "Chinese stimulus", "a stronger dollar", "the court's ruling",
    "fresh demand from treasuries", "stop orders", "thin weekend trading",
)  # fmt: skip
_LINKS = (
    ", because of {event}", ", due to {event}", ", driven by {event}", ", triggered by {event}", ", thanks to {event}",
    ", on the back of {event}", ", caused by {event}", ", as a result of {event}", ", owing to {event}",
    ", in response to {event}", ", amid {event}", ", spurred by {event}", ", on {event}", ", fuelled by {event}",
    ", sparked by {event}", ", which {event} set off", ", brought on by {event}", ", in the wake of {event}",
    ", a consequence of {event}", ", hit by {event}", ", weighed down by {event}", ", lifted by {event}",
)  # fmt: skip
_REASONS = (
    ", because traders were too leveraged", ", since buyers had run out", ", as whales took profit",
    ", because market makers pulled their quotes", ", as holders rushed for the exit", ", since nobody would bid",
    ", because sentiment had soured", ", as arbitrageurs closed their books", ", because funding had become too costly",
    ", as a wave of margin calls forced it", ", since the dollar strengthened", ", as fear took hold",
    ", for traders expected worse",
)  # fmt: skip
_SENTENCES = (
    "The reason is {event}.", "Behind it was {event}.", "{Event} explains it.", "The trigger was {event}.",
    "That is down to {event}.", "{Event} lay behind the move.", "It came about through {event}.",
    "Blame {event}.", "The culprit was {event}.", "It followed {event}.", "{Event} did the rest.",
    "What moved it was {event}.", "The cause was {event}.", "This was a reaction to {event}.",
)  # fmt: skip
_OPENINGS = (
    "After {event},", "Because of {event},", "Following {event},", "Owing to {event},", "With {event} to blame,",
    "On the back of {event},", "Spooked by {event},", "As a result of {event},", "Thanks to {event},",
    "In reaction to {event},", "Driven by {event},", "Due to {event},",
)  # fmt: skip


@operator("cause in a clause")
def clause(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence by why it came so."""
    if chance.random() < 0.3:
        return tail(target, chance, _REASONS)
    return tail(target, chance, [chance.choice(_LINKS).format(event=chance.choice(_EVENTS))])


@operator("cause in a sentence")
def sentence(target: Target, chance: Random) -> Edit | None:
    """Put why it came so behind a sentence."""
    event = chance.choice(_EVENTS)
    capital = event[:1].upper() + event[1:]
    return follow(target, chance, [chance.choice(_SENTENCES).format(event=event, Event=capital)])


@operator("cause before")
def opening(target: Target, chance: Random) -> Edit | None:
    """Open a sentence with why it came so."""
    return lead(target, chance, [chance.choice(_OPENINGS).format(event=chance.choice(_EVENTS))])

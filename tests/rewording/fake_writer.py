"""A writer that answers what a test asks for, and sentences for it to answer."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from commentary.languages.base import CAPITAL
from commentary.pipeline.materials import sayings
from commentary.records.writer import Failed, ModelIdentity, Returned, Task
from commentary.rewording.slots import SLOT, OpenSentence, Place, wording_of
from commentary.writing.templates import Slot

Result = Returned | Failed
Answer = Callable[[Task], Result]


class FakeWriter:
    """Answers by round: each of its answers takes one call of `write`, the last of them all that follow."""

    identity = ModelIdentity("fake-1", "r7", "ab" * 32, "in process")

    def __init__(self, *answers: Answer) -> None:
        self.answers = answers
        self.asked: list[Sequence[Task]] = []
        self.seconds: list[float] = []
        self.closed = False

    def write(
        self, tasks: Sequence[Task], *, call_s: float, total_s: float, done: Callable[[int], None] = lambda count: None
    ) -> list[Result]:
        answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append(tuple(tasks))
        self.seconds.append(total_s)
        done(len(tasks))
        return [answer(task) for task in tasks]

    def close(self) -> None:
        self.closed = True


def says(text: str) -> Answer:
    """Return an answer that is the same whatever is asked."""
    return lambda task: Returned(text, 7)


def fails(kind: str) -> Answer:
    return lambda task: Failed(kind, "as the test asks")


def shown(task: Task) -> str:
    """Return the sentence that a task asks to reword."""
    lines = [line for message in task.messages if message.role == "user" for line in message.content.split("\n")]
    return [line for line in lines if line.startswith("Sentence: ")][-1].removeprefix("Sentence: ")


def echo(task: Task) -> Result:
    """Answer with the sentence as it was shown."""
    return Returned(shown(task), 7)


def sentence_of(name: str, number: int) -> OpenSentence:
    """Return a wording of ours as an open sentence, of no facts."""
    say = sayings("en", None)[name]
    alternative = say.alternatives[number - 1]
    text, slots = wording_of(alternative, "en")
    styles = [part.style for part in alternative.parts if isinstance(part, Slot)]
    rows = zip(SLOT.findall(text), slots, styles, strict=True)
    places = tuple(Place(slot, word, "", style, role) for slot, (role, word), style in rows)
    return OpenSentence(text, places, say, number)


def otherwise(sentence: OpenSentence) -> Iterator[str]:
    """Yield the other approved wordings of a sentence with the same facts, in its own slots."""
    own = Counter((place.role, place.style.removesuffix(CAPITAL)) for place in sentence.places)
    for number, alternative in enumerate(sentence.say.alternatives, 1):
        slots = [part for part in alternative.parts if isinstance(part, Slot)]
        if number == sentence.number or Counter((slot.role, slot.style) for slot in slots) != own:
            continue
        left = [(place.role, place.style, place.name) for place in sentence.places]
        text = ""
        for part in alternative.parts:
            if isinstance(part, Slot):
                entry = next(one for one in left if one[:2] == (part.role, part.style))
                left.remove(entry)
                text += f"[{entry[2]}]"
            else:
                text += part
        yield text

"""The writer that runs a model in this process."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import NamedTuple

from commentary.models.in_process.choices import Choices
from commentary.models.in_process.chooser import Chooser
from commentary.models.in_process.loading import Loaded
from commentary.models.in_process.masks import Masks
from commentary.models.in_process.prefix import Prefix
from commentary.models.in_process.prompts import prompt_of
from commentary.models.in_process.row import Row
from commentary.models.in_process.stop import Stop
from commentary.models.in_process.vocabulary import vocabulary_of
from commentary.records.writer import Failed, ModelIdentity, Returned, Task


class _Asked(NamedTuple):
    """A task on its way through a batch."""

    place: int
    """Among the tasks that were handed in."""
    prompt: list[int]
    row: Row


class InProcessWriter:
    """Writes with a model of this process.

    What it returns holds each slot of its task once, no other, and no digit, currency or percent sign, whatever the
    model would rather write.

    Args:
        loaded: the model.
        identity: which it is.
        temperature: what scores are divided by before a token is drawn; at 0 the most probable one is taken.
        batch: how many tasks are written at once.
        clock: seconds that only go up.
    """

    def __init__(
        self,
        loaded: Loaded,
        identity: ModelIdentity,
        *,
        temperature: float,
        batch: int,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._loaded: Loaded | None = loaded
        self._identity = identity
        self._temperature = temperature
        self._batch = batch
        self._clock = clock
        self._choices = Choices(vocabulary_of(loaded.tokenizer, loaded.ends))
        config = loaded.model.config.get_text_config()
        self._context: int | None = getattr(config, "max_position_embeddings", None)
        self._masks = Masks(self._choices, config.vocab_size, loaded.device)
        self._prefix = Prefix(loaded)

    @property
    def identity(self) -> ModelIdentity:
        """Which model it is, with a hash over its files."""
        return self._identity

    def write(
        self, tasks: Sequence[Task], *, call_s: float, total_s: float, done: Callable[[int], None] = lambda count: None
    ) -> Sequence[Returned | Failed]:
        """Return what became of each task, in their order.

        Args:
            tasks: the sentences.
            call_s: seconds that a batch may take for each of its sentences.
            total_s: seconds that all of them may take; a batch that is being written by then is cut off.
            done: told how many were answered since it was last told: after each batch.

        Raises:
            BadInputError: the model's chat template refuses our messages.
            ValueError: the writer was closed.
        """
        end = self._clock() + total_s
        results: dict[int, Returned | Failed] = {}
        asked: list[_Asked] = []
        for place, task in enumerate(tasks):
            one = self._asked(place, task)
            if isinstance(one, Failed):
                results[place] = one
            else:
                asked.append(one)
        done(len(results))
        for group in self._groups(asked):
            now = self._clock()
            if now < end:
                failed = self._written(group, min(now + call_s * len(group), end))
            else:
                failed = Failed("budget", f"the {total_s:g} seconds for all sentences were used up before this one")
            results.update((one.place, _outcome(one.row, failed)) for one in group)
            done(len(group))
        return [results[place] for place in range(len(tasks))]

    def close(self) -> None:
        """Let go of the model's memory."""
        self._loaded = None
        self._prefix.forget()

    def _asked(self, place: int, task: Task) -> _Asked | Failed:
        """Return a task as tokens, or why the model cannot write it."""
        missing = self._choices.unwritable(task.slots)
        if missing:
            return Failed("malformed", f"the model has no tokens to write [{missing[0]}] with; use another model")
        prompt = prompt_of(task.messages, self._open.tokenizer)
        room = None if self._context is None else self._context - len(prompt)
        row = Row(task, self._choices, room)
        if row.most < row.state.longest_way:
            return Failed(
                "malformed",
                f"the prompt takes {len(prompt)} of the {self._context} tokens that the model can read, which leaves "
                "too few for an answer; use a model with a longer context",
            )
        return _Asked(place, prompt, row)

    def _groups(self, asked: Sequence[_Asked]) -> Iterator[list[_Asked]]:
        """Yield tasks in batches.

        Prompts of one length need no padding, and rows with as much to write end at about the same time. Rows that have
        ended are padded until the last has, so the longest prompt and the longest answer must fit in together.
        """
        group: list[_Asked] = []
        for one in sorted(asked, key=lambda one: (len(one.prompt), one.row.most)):
            longest = len(one.prompt) + max(each.row.most for each in [*group, one])
            beyond = self._context is not None and longest > self._context
            if group and (len(group) == self._batch or beyond):
                yield group
                group = []
            group.append(one)
        if group:
            yield group

    @property
    def _open(self) -> Loaded:
        if self._loaded is None:
            raise ValueError("the writer was closed; open another")
        return self._loaded

    def _written(self, group: Sequence[_Asked], at: float) -> Failed:
        """Write a batch until a time, and return what holds of the rows that have not ended by then."""
        import torch
        from transformers import GenerationConfig

        loaded = self._open
        rows = [one.row for one in group]
        prompts = [one.prompt for one in group]
        longest, most = max(map(len, prompts)), max(row.most for row in rows)
        # Padded on the left, so that all answers begin at one place.
        tokens = [[loaded.ends[0]] * (longest - len(prompt)) + prompt for prompt in prompts]
        seen = [[0] * (longest - len(prompt)) + [1] * len(prompt) for prompt in prompts]
        began = self._clock()
        try:
            begun = self._prefix.begun(loaded, prompts, longest + most)
            # Room for the whole text at once: a cache that grows is copied at every token, which takes half the time.
            kept = {"use_cache": True} if begun else {"cache_implementation": "static"}
            config = GenerationConfig(
                **kept,
                do_sample=False,
                disable_compile=True,
                max_new_tokens=most,
                eos_token_id=list(loaded.ends),
                pad_token_id=loaded.ends[0],
            )
            loaded.model.generate(
                torch.tensor(tokens, device=loaded.device),
                attention_mask=torch.tensor(seen, device=loaded.device),
                generation_config=config,
                logits_processor=[Chooser(rows, self._masks, self._temperature)],
                stopping_criteria=[Stop(rows, at, self._clock)],
                **begun,
            )
        except torch.OutOfMemoryError:
            return Failed(
                "transport",
                f"{loaded.device} has too little memory for {len(group)} sentences at once; set a smaller model.batch",
            )
        return Failed("timeout", f"not written within {at - began:g} seconds; raise model.call_s, or use another model")


def _outcome(row: Row, otherwise: Failed) -> Returned | Failed:
    """Return what became of a row; otherwise where it did not end."""
    if row.broken:
        return Failed("malformed", "the model's scores are no numbers; fetch its weights again")
    if not row.finished:
        return otherwise
    return Returned(row.text, len(row.tokens)) if row.text else Failed("empty", "the model wrote nothing")

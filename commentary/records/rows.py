"""The rows of a snapshot: one observation each, as commentary.snapshot/1 writes it.

Money is US dollars unless the field says otherwise, prices are in the snapshot's quote, sizes are
0 or more, and a sign is stated where a value has one. A row's `key` says what it observes, when
(time is always last), but not by whom; `values` are what it says. Numbers are exact decimals, kept
without trailing zeros, so that 1 and 1.0 are the same row.
"""

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from commentary.records.values import Name, Ticker, Time, refusal

Sided = Literal["long", "short"]


class Series(BaseModel):
    """What a row and a series of rows share: about what, where, and who says so."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    METRIC: ClassVar[str]
    """Its table in data/tolerances.toml."""
    KEY: ClassVar[tuple[str, ...]] = ()
    """The fields that, with asset, venue and time, say what is observed."""
    VALUES: ClassVar[tuple[str, ...]] = ()
    COMPARED: ClassVar[tuple[str, ...]]
    """The values in which two sources should agree; all, unless a type says otherwise."""
    ONE_OF: ClassVar[tuple[str, ...]] = ()
    """Without any of these the row says nothing."""

    asset: Ticker | None = None
    """Ticker or "market"; the snapshot's asset where it is not given."""
    venue: Name | None = None
    """Exchange, or "all"; None: not known."""
    source: Name | None = None
    """Who says so; None: not known."""

    KEY_OF: ClassVar[Callable[[Any], tuple[object, ...]]]
    """Takes the key out of a row; made once a type, since keys are asked for by the hundred thousand."""

    @classmethod
    def __pydantic_init_subclass__(cls, **settings: object) -> None:
        if "COMPARED" not in vars(cls):
            cls.COMPARED = cls.VALUES
        timed = ("time",) if "time" in cls.model_fields else ()
        cls.KEY_OF = attrgetter("asset", "venue", *cls.KEY, *timed)

    @property
    def key(self) -> tuple[object, ...]:
        """What is observed: asset, venue, the fields in KEY, and the time last if it has one."""
        return type(self).KEY_OF(self)

    @property
    def values(self) -> tuple[object, ...]:
        """What the row says, in the order of VALUES."""
        return tuple(getattr(self, name) for name in self.VALUES)

    @property
    def about(self) -> str:
        """The asset, in a row that was read.

        Raises:
            ValueError: the row did not come through read_snapshot and names no asset.
        """
        if self.asset is None:
            raise ValueError(f"{self!r} has no asset; read it with read_snapshot")
        return self.asset

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.ONE_OF and not any(getattr(self, name) not in (None, ()) for name in self.ONE_OF):
            raise refusal(f"a row without any of {', '.join(self.ONE_OF)} says nothing; give one")
        return self


class Row(Series):
    """One observation at one time."""

    time: Time | None = None
    """When it held, UTC; the snapshot's as_of where it is not given."""

    @property
    def at(self) -> datetime:
        """The time, in a row that was read.

        Raises:
            ValueError: the row did not come through read_snapshot and has no time.
        """
        if self.time is None:
            raise ValueError(f"{self!r} has no time; read it with read_snapshot")
        return self.time

"""Which findings count as having found an error of a class.

A finding of another rule at the same place is luck, and is counted apart. The patterns name codes as findings
show them, such as "numbers.untraced"; a star stands for any rest.
"""

from fnmatch import fnmatchcase

_FIGURE = (
    "numbers.*",
    "agreement.*",
    "roles.metric",
    "roles.unit",
    "roles.part",
    "roles.rule",
    "wording.magnitude",
)
"""What a checker can say of a figure: it is no fact's, it is another fact's, two of them disagree."""

CODES: dict[str, tuple[str, ...]] = {
    "number": (*_FIGURE, "roles.*", "direction.no_change"),
    "unit": (*_FIGURE, "roles.interval", "completeness.interval"),
    "sign": (*_FIGURE, "direction.*", "roles.payer"),
    "swap": (*_FIGURE, "roles.*", "direction.*"),
    "foreign": (*_FIGURE, "roles.*", "direction.*"),
    "direction": ("direction.*", "roles.order", "roles.reach", "roles.mechanism", "numbers.*"),
    "comparison": (
        "roles.larger",
        "roles.order",
        "roles.reach",
        "roles.rule",
        "roles.earlier",
        "roles.part",
        "direction.*",
        "wording.superlative",
        "wording.comparison",
        "wording.record",
        "numbers.*",
    ),
    "side": (
        "roles.side",
        "roles.mechanism",
        "roles.payer",
        "roles.larger",
        "roles.reach",
        "roles.order",
        "roles.metric",
        "direction.*",
        "numbers.*",
        "wording.label",
        "wording.density",
    ),
    "entity": ("roles.asset", "roles.scope", "names.*", "numbers.*"),
    "venue": ("names.*", "roles.source", "roles.venue", "roles.scope", "roles.asset", "numbers.*"),
    "source": (
        "names.*",
        "roles.source",
        "wording.source",
        "wording.attribution",
        "numbers.*",
    ),
    "quote": (
        "names.*",
        "roles.source",
        "wording.quot*",
        "wording.source",
        "wording.attribution",
        "wording.sentiment",
    ),
    "window": (
        "completeness.window",
        "roles.window",
        "roles.interval",
        "roles.rule",
        "wording.relative_time",
        "freshness.*",
        *_FIGURE,
    ),
    "time": (
        "freshness.*",
        "wording.relative_time",
        "roles.time",
        "roles.earlier",
        "roles.window",
        "completeness.*",
        *_FIGURE,
    ),
    "modality": (
        "wording.modality",
        "wording.certainty",
        "roles.mechanism",
        "roles.reach",
        "roles.metric",
        "roles.denied",
        "direction.crossed",
    ),
    "cause": ("wording.cause",),
    "prediction": (
        "wording.prediction",
        "wording.certainty",
        "wording.modality",
        "wording.trigger",
    ),
    "certainty": (
        "wording.certainty",
        "wording.modality",
        "wording.prediction",
        "roles.denied",
    ),
    "advice": ("wording.advice",),
    "intent": ("wording.intent", "wording.sentiment"),
    "superlative": (
        "wording.superlative",
        "wording.record",
        "wording.comparison",
        "wording.magnitude",
        "roles.larger",
        "wording.sentiment",
    ),
    "negation": (
        "roles.denied",
        "wording.negation",
        "direction.*",
        "roles.side",
        "roles.metric",
        "numbers.*",
    ),
    "payer": ("roles.payer", "roles.side", "direction.*"),
    "range": (
        "roles.order",
        "roles.reach",
        "roles.part",
        "roles.metric",
        "direction.*",
        "numbers.*",
        "agreement.*",
    ),
    "movement": (
        "roles.order",
        "roles.earlier",
        "roles.metric",
        "roles.window",
        "roles.part",
        "direction.*",
        "numbers.*",
        "completeness.window",
    ),
    "evidence": (
        "wording.modality",
        "wording.certainty",
        "roles.metric",
        "roles.mechanism",
        "roles.source",
        "roles.evidence",
        "roles.model",
    ),
    "lookalike": (*_FIGURE, "roles.*", "names.*", "lookalikes.*"),
    "placement": (*_FIGURE, "roles.*", "direction.no_change"),
}


ALTERED: dict[str, tuple[str, ...]] = {
    "figure": ("numbers.*",),
    "side": ("roles.side",),
    "payer": ("roles.payer",),
    "direction": ("direction.*",),
    "comparison": ("roles.larger", "wording.comparison"),
    "negation": ("roles.denied", "wording.negation"),
    "modality": ("wording.modality",),
    "evidence": ("roles.evidence",),
    "window": ("roles.window", "completeness.window"),
    "time": ("roles.time", "roles.earlier"),
    "range": ("roles.order",),
    "order": ("roles.order",),
    "unit": ("roles.interval",),
    "asset": ("roles.asset",),
    "source": ("roles.source",),
    "quote": ("wording.quot*", "wording.attribution"),
    "cause": ("wording.cause",),
    "prediction": ("wording.prediction",),
    "certainty": ("wording.certainty",),
    "advice": ("wording.advice",),
    "intent": ("wording.intent", "wording.sentiment"),
    "record": ("wording.record",),
    "foreign": (),
    "words": (),
}
"""The rules on altered approved wording, with the codes that say the same of other text."""


def belongs(code: str, kind: str) -> bool:
    """Say whether a finding of this code is one of an error of this class."""
    checker, _, rule = code.partition(".")
    if checker == "altered":
        return any(pattern in CODES[kind] for pattern in ALTERED[rule])
    return any(fnmatchcase(code, pattern) for pattern in CODES[kind])

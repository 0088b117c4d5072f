"""Words of rise and fall, by form, as a writer would vary them."""

RISES = {
    "past": (
        "rose", "climbed", "gained", "advanced", "jumped", "increased", "grew", "rallied", "surged", "expanded",
        "picked up", "went up", "ticked up", "swelled", "soared", "edged higher", "moved up",
    ),
    "present": (
        "rises", "climbs", "gains", "advances", "jumps", "increases", "grows", "rallies", "surges", "expands",
        "picks up", "goes up", "ticks up", "swells", "soars", "edges higher",
    ),
    "noun": (
        "rise", "gain", "climb", "advance", "jump", "increase", "rally", "surge", "upswing", "rebound", "uptick",
        "pickup",
    ),
    "short": (
        "up", "higher by", "gaining", "plus", "adding", "climbing", "ahead", "in the green,", "rising", "advancing",
        "growing", "increasing",
    ),
    "compared": (
        "higher", "larger", "greater", "up", "elevated", "bigger", "increased", "stronger", "raised", "richer",
        "firmer", "steeper",
    ),
}  # fmt: skip
FALLS = {
    "past": (
        "fell", "dropped", "declined", "slid", "sank", "decreased", "shrank", "slipped", "tumbled", "lost",
        "contracted",
        "went down", "ticked down", "eased", "plunged", "edged lower", "retreated",
    ),
    "present": (
        "falls", "drops", "declines", "slides", "sinks", "decreases", "shrinks", "slips", "tumbles", "loses",
        "contracts", "goes down", "ticks down", "eases", "plunges", "retreats",
    ),
    "noun": (
        "fall", "drop", "decline", "slide", "loss", "decrease", "retreat", "slump", "dip", "downtick", "pullback",
        "contraction",
    ),
    "short": (
        "down", "lower by", "losing", "minus", "shedding", "sliding", "off", "in the red,", "falling", "declining",
        "shrinking", "dropping",
    ),
    "compared": (
        "lower", "smaller", "reduced", "down", "depressed", "decreased", "weaker", "softer", "cheaper", "diminished",
        "thinner", "slimmer",
    ),
}  # fmt: skip

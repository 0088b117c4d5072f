"""Words of more and of less that several rules ask for."""

import re

LOW = "lower|smaller|lesser|lowest|smallest|fewer|less|lighter|cheaper|milder|gentler|slighter|thinner|lower-end"
HIGH = "higher|larger|bigger|greater|highest|largest|biggest|steeper|more|heavier|dearer|costlier|stiffer|taller|fuller"
BELOW = frozenset({"below", "under", "beneath"})
THAN = re.compile(
    rf"\b(?P<word>{LOW}|{HIGH})\b(?: (?!than\b)[\w'-]+){{0,5}}? than (?:it does )?(?:on |at |in |to |for "
    rf"|from )?(?:the )?",
    re.I,
)
LESSER = re.compile(rf"(?:{LOW}|slower|shallower)", re.I)

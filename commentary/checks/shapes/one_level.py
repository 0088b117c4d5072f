"""One level of a map is not its side, a smaller cluster not the largest, and a sum on the way not one level's."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_LARGEST = re.compile(
    r"\b(?:largest|biggest|heaviest|densest|main) (?:\w+ ){0,2}?cluster\b"
    r"|\blargest\b[^.;]{0,45}?\bcluster\b",
    re.I,
)
_SMALLEST = re.compile(r"\b(?:smallest|lightest|thinnest|least|tiniest) (?:\w+ ){0,2}?(?:bucket|level)\b", re.I)
_CLUSTER = ("cluster_near", "cluster_far", "cluster_peak", "cluster_size", "cluster_distance", "cluster_share")


def of_largest(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is told of a side's largest cluster is of that one."""
    if (small := _SMALLEST.search(statement.text)) and not statement.scene.said("denial"):
        for told in statement.figures():
            if told.metric == "cluster_level_largest":
                message = f"{told.fact.id} is the largest; write that"
                yield error(document, statement, "roles.larger", absolute(statement, small), message, told.fact)
    matches = list(_LARGEST.finditer(statement.text))
    if len(matches) != 1 or statement.scene.said("denial"):
        return
    span = absolute(statement, matches[0])
    low, high = statement.clause(span[0])
    figures = [told for told in statement.figures() if low <= told.mention.start < high]
    for told in figures:
        if not told.metric.startswith(_CLUSTER) or len({one.fact.subject.at for one in figures}) != 1:
            continue
        rivals = document.sheet.all("cluster_size", side=told.fact.subject.side)
        own = next((fact for fact in rivals if fact.subject.at == told.fact.subject.at), None)
        larger = [fact for fact in rivals if own is not None and fact.number > own.number]
        if own is not None and larger:
            message = f"{told.fact.id} is of a smaller cluster; write that, or the largest one's"
            place = (told.mention.start, told.mention.end)
            yield error(document, statement, "roles.larger", place, message, told.fact, larger[0])
            return


_ONE_LEVEL = re.compile(
    r"\b(?:single|one|lone) (?:price )?(?:level|bucket|price)\b|\b(?:at|on) [$€][0-9.,]+ alone\b|\b(?:at|on) that"
    r" (?:level"
    r"|price)"
    r" alone\b",
    re.I,
)
_ONE_CLUSTER = re.compile(r"\b(?:single|one|lone) (?:dense )?cluster\b", re.I)
_AT_ONE = re.compile(
    r"\b(?:at|on) (?:the |a |one )?single (?:price|level|bucket)\b|\b(?:at|on) [$€][0-9.,]+ alone\b|\bat (?:exactly"
    r"|precisely) [$€]"
    r"|\b(?:a single|one single|one) (?:price|level|bucket)(?: alone)?, [$€]",
    re.I,
)
_WAY = re.compile(
    r"\b(?:climb|rise|rally|fall|drop|slide|move|gain|decline|dip)\b[^.;,]{0,40}? to [$€]|\bin all\b|\ball the way\b"
    r"|\bfrom (?:the )?(?:price|mark) (?:down|up) to\b|\baltogether\b"
    r"|\bin total\b|\bon the way\b|\bcumulative",
    re.I,
)


def one_level(document: Document, statement: Statement) -> Iterator[Finding]:
    """What stands at one level is not told as the sum on the way there, nor a side's sum as that of one level."""
    if statement.scene.said("denial"):
        return
    for told in statement.figures():
        single = told.metric in ("cluster_level", "cluster_level_largest")
        runs = told.metric in ("reach_size", "reach_sum")
        pattern = _WAY if single else _AT_ONE if runs else _ONE_LEVEL
        match = pattern.search(statement.text)
        if match is None and told.metric == "side_total":
            match = _ONE_CLUSTER.search(statement.text)
        if (
            match
            and told.fact.unit == "usd"
            and (single or told.metric in ("side_total", "cluster_size", "reach_size", "reach_sum"))
        ):
            what = "of one level" if single else "of more than one level"
            message = f"{told.fact.id} is {what}; write that"
            yield error(document, statement, "roles.reach", (told.mention.start, told.mention.end), message, told.fact)
            return

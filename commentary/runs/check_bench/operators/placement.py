"""A wrong figure in a place that is read over: headings, answers, alt text, tables, titles and addresses of links."""

from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import amount, over, pick, put
from commentary.runs.check_bench.operators.lookalike import wrong
from commentary.runs.check_bench.target import Target, Told
from commentary.runs.check_bench.written import figure_in

_ALTS = (
    "Chart: {figure}", "A bar chart in which {figure} stands out", "Map of liquidations, {figure}", "{figure} in red",
    "Screenshot showing {figure}", "Figure: {figure}", "Line chart ending at {figure}", "{figure}, as a pie",
    "Heat map with {figure} marked", "Two bars, the taller {figure}", "Photo of a screen with {figure}", "{figure}",
)  # fmt: skip
_TITLES = (
    "{figure} explained", "see {figure}", "why {figure}", "data behind {figure}", "{figure}", "full table, {figure}",
    "source of {figure}", "{figure} in detail", "more on {figure}", "chart of {figure}", "background: {figure}",
    "how {figure} came about",
)  # fmt: skip
_HEADS = ("what | value", "measure | size", "side | sum", "item | figure", "level | amount", "name | number")


@operator("wrong figure in the headline")
def headline(target: Target, chance: Random) -> Edit | None:
    """Change a digit of the headline, or of the standfirst below it."""
    return _in(target, chance, ("/headline", "/standfirst"))


@operator("wrong figure in a heading")
def heading(target: Target, chance: Random) -> Edit | None:
    """Change a digit of a section's heading or of a question."""
    told_in = target.path.endswith(("/heading", "/question"))
    return _in(target, chance, (target.path,)) if told_in else None


@operator("wrong figure in an answer")
def answer(target: Target, chance: Random) -> Edit | None:
    """Change a digit of questions and answers."""
    return _in(target, chance, ("/faq/",))


@operator("wrong figure in the digest")
def digest(target: Target, chance: Random) -> Edit | None:
    """Change a digit of the digest or of the label's reasons."""
    return _in(target, chance, ("/digest/", "/sentiment/"))


@operator("wrong figure in alt text")
def alt_text(target: Target, chance: Random) -> Edit | None:
    """Put a picture behind a sentence whose words for those who do not see it hold a wrong figure."""
    return _behind(target, chance, f" ![{chance.choice(_ALTS)}](chart.png)")


@operator("wrong figure in a link's title")
def title(target: Target, chance: Random) -> Edit | None:
    """Put a link behind a sentence whose title holds a wrong figure."""
    return _behind(target, chance, f' [more](https://example.org/map "{chance.choice(_TITLES)}")')


@operator("wrong figure in a link")
def link(target: Target, chance: Random) -> Edit | None:
    """Put a link behind a sentence whose words hold a wrong figure."""
    return _behind(target, chance, f" [{chance.choice(_TITLES)}](https://example.org/map)")


@operator("wrong figure in an address")
def address(target: Target, chance: Random) -> Edit | None:
    """Put a link behind a sentence whose address holds a wrong figure."""
    return _behind(target, chance, " [more](https://example.org/{slug})")


@operator("wrong figure in a table")
def table(target: Target, chance: Random) -> Edit | None:
    """Put a table behind a paragraph with a wrong figure in a cell."""
    if target.end != len(target.text) or not target.path.startswith("/sections"):
        return None
    name = chance.choice(("total", "longs", "shorts", "latest", "sum", "now"))
    return _behind(target, chance, f"\n\n| {chance.choice(_HEADS)} |\n|---|---|\n| {name} | {{figure}} |\n")


def _in(target: Target, chance: Random, places: tuple[str, ...]) -> Edit | None:
    if not target.path.startswith(places):
        return None
    told = pick(target.figures, chance)
    new = _wrong(told, chance) if told else None
    read = figure_in(new) if new else None
    return over(told, new, amount(told, read)) if told and new and read else None


def _behind(target: Target, chance: Random, words: str) -> Edit | None:
    told = pick([each for each in target.figures if each.style in ("usd", "price", "percent", "coin")], chance)
    new = _wrong(told, chance) if told and target.stops else None
    read = figure_in(new) if new else None
    if told is None or new is None or read is None:
        return None
    slug = new.lower().replace("$", "").replace("%", "-percent").replace(" ", "-").replace(",", "")
    place = target.stops[-1] + 1
    return put(place, place, words.format(figure=new, slug=slug), amount(told, read), markup=True)


def _wrong(told: Told, chance: Random) -> str | None:
    figure = figure_in(told.text)
    return wrong(told, figure, chance) if figure else None

"""Plain text: wrapped for reading, figures kept whole, bold only where it can be shown."""

import re

import pytest

from commentary.publishing.base import View, render, status_line
from commentary.records.draft import Draft, texts


@pytest.mark.parametrize("width", [10, 40, 64, 78, 200])
def test_lines_keep_to_the_width_and_never_part_a_figure(draft: Draft, width: int) -> None:
    shown = render(draft, "text", View(width=width))
    assert max(map(len, shown.splitlines())) <= max(40, min(width, 88))
    assert not re.search(r"\$[\d.]+\n", shown)


def test_all_words_are_there_in_order(draft: Draft) -> None:
    shown = " ".join(re.sub(r"^(?:[=-]+$|- )", "", render(draft, "text"), flags=re.MULTILINE).split())
    places = [shown.index(text) for path, text in texts(draft) if not path.startswith(("/headlines", "/variants"))]
    assert places == sorted(places)


def test_bold_only_on_a_terminal_that_shows_it(draft: Draft) -> None:
    plain = render(draft, "text")
    assert "\033" not in plain
    assert "What the sum is, and is not\n---" in plain
    assert "\033[1mWhat the sum is, and is not\033[0m" in render(draft, "text", View(colour=True))


def test_the_status_line_counts_figures_and_findings(draft: Draft) -> None:
    line = status_line(draft)
    assert line.startswith("story liquidation_map, standard · flags map_exchanges_unknown · ")
    assert f"{len(draft.mentions)} mentions traced to 7 facts · 0 errors, 0 warnings" in line
    assert status_line(draft.model_copy(update={"checks": None})).endswith("not checked")

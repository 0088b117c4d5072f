"""How findings are told: a place and a change are one line, with all that is said of them."""

import pytest

from commentary.cli.findings import lines, summary
from commentary.records.finding import Finding, Findings, Severity

TEXT = "# Head\n\nOpen interest rose to $9.99.\n"
PATH = "/sections/0/paragraphs/0"
APPROVED = "the approved sentence says 'fell', and no fact vouches for the change; take it back"


def _one(
    code: str, span: tuple[int, int], message: str = "", path: str = PATH, severity: Severity = "error"
) -> Finding:
    text = "Open interest rose to $9.99."[slice(*span)]
    return Finding(code=code, severity=severity, path=path, span=span, text=text, message=message or f"no {code}")


def test_all_that_is_said_of_one_change_is_one_line() -> None:
    found = [
        _one("altered.direction", (14, 18), APPROVED),
        _one("altered.asset", (14, 18), APPROVED),
        _one("direction.moved", (14, 18)),
        _one("direction.moved", (14, 18)),
        _one("roles.asset", (5, 18)),
    ]
    assert list(lines(found)) == [
        f"error: {PATH} 14-18: “rose” {APPROVED} [altered.direction, altered.asset, direction.moved, roles.asset]"
    ]
    assert summary(found) == "1 error"


def test_what_an_edit_is_told_by_stands_before_what_a_rule_says_of_its_words() -> None:
    untraced = _one("numbers.untraced", (22, 27)).model_copy(update={"suggest": ("$9.90",)})
    assert list(lines([untraced, _one("altered.figure", (22, 27), APPROVED)])) == [
        f"error: {PATH} 22-27: “$9.99” {APPROVED} [altered.figure, numbers.untraced]",
        "    write “$9.90”",
    ]


def test_two_rules_say_what_each_of_them_found_in_the_same_words() -> None:
    found = [_one("wording.cause", (14, 18), severity="warning"), _one("direction.moved", (14, 18))]
    assert list(lines(found)) == [
        f"error: {PATH} 14-18: “rose” no wording.cause; and no direction.moved [wording.cause, direction.moved]"
    ]


def test_what_begins_another_message_is_said_once() -> None:
    found = [_one("roles.held", (0, 4), "no fact"), _one("wording.foreign", (0, 4), "no fact; take it out")]
    assert list(lines(found)) == [f"error: {PATH} 0-4: “Open” no fact; take it out [roles.held, wording.foreign]"]


@pytest.mark.parametrize(
    "other",
    [
        _one("altered.direction", (14, 18), APPROVED, "/headline"),
        _one("roles.side", (5, 18)),
        _one("altered.figure", (22, 27), APPROVED),
    ],
)
def test_another_place_or_another_fault_keeps_its_line(other: Finding) -> None:
    found = [_one("altered.direction", (14, 18), APPROVED), other]
    assert len(list(lines(found))) == 2
    assert summary(found) == "2 errors"


def test_what_stands_at_no_words_is_told_one_by_one() -> None:
    found = [_one("completeness.source", (0, 0), path="/text"), _one("completeness.time", (0, 0), path="/text")]
    assert len(list(lines(found, TEXT))) == 2


def test_a_field_that_stands_in_a_file_is_told_by_line_and_column() -> None:
    found = [_one("altered.direction", (14, 18), APPROVED)]
    assert list(lines(found, TEXT, place_of=lambda finding: 8 + finding.span[0])) == [
        f"error: line 3, column 15 ({PATH}): “rose” {APPROVED} [altered.direction]"
    ]


def test_the_findings_as_data_stay_one_by_one() -> None:
    found = Findings(ok=False, findings=(_one("altered.asset", (14, 18)), _one("altered.side", (14, 18))))
    list(lines(found.findings))
    assert [one.code for one in found.findings] == ["altered.asset", "altered.side"]

"""A slip is mended where one wording is the only one that fits, and no mending makes a new error."""

import pytest

from commentary import Settings, check_text, facts_of, read_page, read_snapshot
from commentary.pipeline.fixing import fix
from commentary.records.finding import Finding, Findings
from commentary.resources import folder

SHORT = "CoinGlass's model has $1.07 billion of bitcoin longs down to $60,593."


@pytest.fixture(scope="module")
def check():
    read = read_snapshot((folder("data") / "snapshots" / "btc-long-side.json").read_bytes())
    sheet = facts_of(read, settings=Settings(), now=read.snapshot.as_of)
    return lambda text: check_text(text, sheet, settings=Settings(), scope="passage")


@pytest.fixture(scope="module")
def check_markdown(check):
    return lambda text: check(read_page(text, "t.md"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (SHORT.replace("$1.07", "$1.\u200b07"), SHORT),
        (SHORT.replace("$1.07", "$１.07"), SHORT),
        (SHORT.replace("$1.07", "$l.O7"), SHORT),
        (SHORT.replace("$1.07 b", "$1.07\u00adb"), SHORT),
        (SHORT.replace("bitcoin", "bit\u200bcoin"), SHORT),
        (
            "On average that is about $403 million for each 1% of price on the long side.",
            "On average that is about $430 million for each 1% of price on the long side.",
        ),
        (
            "On average that is about $403\nmillion for each 1% of price on the long side.",
            "On average that is about $430\nmillion for each 1% of price on the long side.",
        ),
    ],
)
def test_a_slip_is_mended(check, written, meant):
    mended = fix(written, check)
    assert (mended.content, mended.findings.findings) == (meant, ())
    assert len(mended.changes) == 1


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (SHORT.replace("$1.07", "$1.24"), "one wording fits, and nothing else says"),
        ("Bitcoin would have to reach $64,000.", "one wording fits"),
        (SHORT.replace("longs", "longs of 5,000 staff"), ""),
        ("Price will fall.", ""),
    ],
)
def test_what_is_no_slip_is_left_with_the_reason_if_a_wording_fits(check, written, why):
    mended = fix(written, check)
    assert (mended.content, mended.changes) == (written, ())
    assert any(one.why.startswith(why) for one in mended.left)
    assert why or not any(one.why for one in mended.left)


def test_markdown_keeps_its_signs_and_a_figure_across_them_is_left(check_markdown):
    written = f"# Head\n\n**{SHORT.replace('$1.07', '$1.​07')}** [More](https://x.y/1)\n"
    mended = fix(written, check_markdown)
    assert mended.content == f"# Head\n\n**{SHORT}** [More](https://x.y/1)\n"
    across = SHORT.replace("$1.07", "$1.**1**7")
    mended = fix(across, check_markdown)
    assert mended.content == across
    assert "signs of the layout" in mended.left[0].why


def finding(text, words, code="numbers.untraced", mend=""):
    start = text.index(words)
    return Finding(
        code=code,
        severity="error",
        path="/text",
        span=(start, start + len(words)),
        text=words,
        message="",
        suggest=(mend,) if mend else (),
        mend=mend,
    )


def test_a_wording_that_brings_another_error_is_not_written():
    def check(text):
        old = "$1.17" in text
        one = finding(text, "$1.17", mend="$1.07") if old else finding(text, "$1.07", "roles.side")
        return Findings(ok=False, findings=(one,))

    mended = fix("Shorts hold $1.17.", check)
    assert (mended.content, mended.changes) == ("Shorts hold $1.17.", ())
    assert "brings another finding" in mended.left[0].why


def test_where_one_of_several_changes_brings_an_error_the_others_are_made(check):
    def checked(text):
        found = [finding(text, old, mend=new) for old, new in (("$1.70", "$1.07"), ("$4.21", "$4.12")) if old in text]
        found += [finding(text, "$4.12", "roles.side")] if "$4.12" in text else []
        return Findings(ok=not found, findings=tuple(found))

    mended = fix("Longs hold $1.70 and shorts $4.21.", checked)
    assert mended.content == "Longs hold $1.07 and shorts $4.21."
    assert [one.after for one in mended.changes] == ["$1.07"]


def test_what_a_change_leaves_right_is_mended_too():
    """The second slip can be mended only where the first is."""

    def checked(text):
        if "$1.70" in text:
            found = (finding(text, "$1.70", mend="$1.07"), finding(text, "$4.21"))
        else:
            found = (finding(text, "$4.21", mend="$4.12"),) if "$4.21" in text else ()
        return Findings(ok=not found, findings=found)

    mended = fix("Longs hold $1.70 and shorts $4.21.", checked)
    assert mended.content == "Longs hold $1.07 and shorts $4.12."
    assert fix(mended.content, checked).content == mended.content


def test_two_alike_slips_are_both_mended(check):
    twice = f"{SHORT} {SHORT}".replace("$1.07", "$1.\u200b07")
    mended = fix(twice, check)
    assert (mended.content, len(mended.changes)) == (f"{SHORT} {SHORT}", 2)

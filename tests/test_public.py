"""What `import commentary` gives: the names of the library, loaded on first use."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import commentary

ROOT = Path(__file__).parents[1]


def test_every_public_name_can_be_had() -> None:
    for name in commentary.__all__:
        assert getattr(commentary, name) is not None
    assert set(dir(commentary)) == set(commentary.__all__)
    with pytest.raises(AttributeError, match="nothing_such"):
        commentary.nothing_such  # noqa: B018


def test_importing_it_loads_nothing_else() -> None:
    code = "import sys; import commentary; print([name for name in sys.modules if name.startswith('commentary.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_a_draft_is_made_checked_explained_and_rendered_through_public_names_alone() -> None:
    settings = commentary.Settings()
    read = commentary.read_snapshot(ROOT / "data" / "snapshots" / "btc-long-side.json")
    draft = commentary.draft_snapshots([read], settings=settings)
    assert isinstance(draft, commentary.Draft)
    assert commentary.check_draft(draft).ok
    assert commentary.explain(draft, "$1.07 billion")[0].fact.source == ("CoinGlass",)
    assert commentary.render(draft, "markdown").startswith("# ")
    sheet = commentary.facts_of(read, settings=settings)
    assert commentary.stories_of(sheet, settings=settings)[0].name == draft.story
    assert not commentary.check_text("Bitcoin fell to $3.", sheet, settings=settings).ok


def test_the_version_is_the_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["version"]["path"] == "commentary/__init__.py"
    assert commentary.__version__.count(".") == 2

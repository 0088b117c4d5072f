"""The folders hold what their names promise: plugins, their tests, claims, say blocks, frames."""

import re
import tomllib
from pathlib import Path

import pytest

from commentary.checks import checks
from commentary.config.packs import pack, pack_names
from commentary.config.storybook import storybook
from commentary.languages import language
from commentary.metrics import metrics
from commentary.pipeline.materials import sayings
from commentary.planning.claims import load_claims
from commentary.planning.formats import CAVEAT, MAIL_SUBJECT, SEARCH_TITLE
from commentary.planning.questions import load_questions
from commentary.publishing.base import formats
from commentary.sources.live.base import sources
from commentary.stories import stories

ROOT = Path(__file__).parents[1]
REGISTRIES = {"checks": checks, "metrics": metrics, "publishing": formats, "stories": stories}
PLUGINS = [(folder, name) for folder, registry in REGISTRIES.items() for name in registry]
STORIES = list(stories)
CLAIMS = load_claims(ROOT / "data" / "claims")
QUESTIONS = load_questions(ROOT / "data" / "faq")
SAYINGS = sayings("en", None)
_FRAME = "frame."
_SOURCE = re.compile(r'^sources\.add\("(\w+)"\)', re.MULTILINE)
_FEWER = ("boilerplate",)
"""Kinds that say the same each day."""


def registered(path):
    """Return the names under which a file registers functions of its own."""
    return re.findall(r'^@(?:\w+\.add|metric)\("(\w+)"', path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("folder", "name"), PLUGINS)
def test_a_plugin_is_registered_by_the_file_of_its_name(folder, name):
    path = ROOT / "commentary" / folder / f"{name}.py"
    assert path.is_file()
    assert registered(path) == [name]


@pytest.mark.parametrize("folder", REGISTRIES)
def test_a_file_registers_its_own_name_or_none(folder):
    for path in sorted((ROOT / "commentary" / folder).glob("*.py")):
        names = registered(path)
        assert names in ([], [path.stem]), path.name


@pytest.mark.parametrize("name", list(metrics))
def test_a_metric_is_tested(name):
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "metrics").glob("test_*.py"))
    assert re.search(rf"\bcommentary\.metrics(?:\.{name}\b| import .*\b{name}\b)", tests)


@pytest.mark.parametrize("name", STORIES)
def test_a_story_has_its_test_its_conditions_and_its_templates(name):
    assert (ROOT / "tests" / "stories" / f"test_{name}.py").is_file()
    assert (ROOT / "data" / "stories" / f"{name}.toml").is_file()
    templates = {path.name for path in (ROOT / "templates" / "en" / "stories" / name).iterdir()}
    assert templates >= {"article.j2", "digest.j2", "brief.j2"}


def test_no_story_file_or_template_is_left_without_its_story():
    assert {path.stem for path in (ROOT / "data" / "stories").glob("*.toml")} == set(STORIES)
    assert {path.name for path in (ROOT / "templates" / "en" / "stories").iterdir() if path.is_dir()} == set(STORIES)


@pytest.mark.parametrize("name", list(checks))
def test_a_checker_has_cases_that_an_editor_can_read(name):
    assert (ROOT / "tests" / "checks" / f"{name}.toml").is_file()


@pytest.mark.parametrize("name", list(formats))
def test_a_format_is_tested(name):
    assert (ROOT / "tests" / "publishing" / f"test_{name}.py").is_file()


LIVE = ROOT / "commentary" / "sources" / "live"
LIVE_TESTS = ROOT / "tests" / "sources" / "live"


def live_sources():
    """Return the files and packages of the folder of live sources by name, but for what says what one is."""
    return {path.stem: path for path in LIVE.iterdir() if path.stem not in ("__init__", "__pycache__", "base")}


def test_all_that_stands_among_the_live_sources_is_one():
    assert set(live_sources()) == set(sources)


@pytest.mark.parametrize("name", live_sources())
def test_a_live_source_registers_its_own_name_and_no_other(name):
    path = live_sources()[name]
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    found = {file: _SOURCE.findall(file.read_text(encoding="utf-8")) for file in files}
    assert {file.name: names for file, names in found.items() if names} == {files[0].name: [name]}


@pytest.mark.parametrize("name", live_sources())
def test_a_live_source_has_its_tests_and_its_recorded_replies(name):
    own = LIVE_TESTS / f"test_{name}.py"
    assert own.is_file() or list((LIVE_TESTS / name).glob("test_*.py"))
    assert (LIVE_TESTS / "recorded" / name / "metadata.json").is_file()


def test_no_recorded_reply_is_left_without_its_source():
    assert {path.name for path in (LIVE_TESTS / "recorded").iterdir()} == set(sources)


def asked_for():
    """Yield every sentence that a layout, the bank of questions or the label's rules ask for."""

    def split(entry):
        return [frame.strip().lstrip("+-?") for frame in entry.split("|")]

    books = [storybook(name) for name in STORIES]
    for layout in (*(book.layout for book in books), *(book.developing.layout for book in books if book.developing)):
        entries = [*layout.headlines, *layout.standfirst, *layout.unknowns, layout.digest_title, *layout.digest]
        entries += [layout.push, *layout.social, *layout.blurb, *layout.search_title, *layout.mail_subject]
        entries += [*layout.short_term, *layout.long_term, *layout.disclosures]
        for section in layout.sections:
            entries += [section.heading, *(entry for paragraph in section.paragraphs for entry in paragraph)]
        entries += [entry for paragraph in layout.brief for entry in paragraph]
        for question, answers in layout.faq:
            entries += [question, *answers]
        entries += [condition["say"] for condition in layout.conditions]
        for entry in entries:
            yield from split(entry)
    for entry in (CAVEAT, SEARCH_TITLE, MAIL_SUBJECT):
        yield from split(entry)
    for question in QUESTIONS:
        for entry in (question.question, *question.answer):
            yield from split(entry)
    rules = tomllib.loads((ROOT / "data" / "sentiment.toml").read_text(encoding="utf-8"))["text"]
    for entries in rules.values():
        for entry in entries:
            yield from split(entry)
    for name in pack_names():
        yield from (frame for block in pack(name).blocks for frame in block.say.values())


ASKED = {frame for frame in asked_for() if frame}


def test_every_sentence_that_is_asked_for_exists():
    frames = language("en").frames
    missing = {
        frame
        for frame in ASKED
        if (frame.removeprefix(_FRAME) not in frames if frame.startswith(_FRAME) else frame not in CLAIMS)
    }
    assert missing == set()


def test_every_claim_is_asked_for():
    assert set(CLAIMS) - ASKED == set()


def test_every_claim_can_be_said_and_every_say_block_is_a_claim():
    # A frame that is said only at times has a condition there, and its wording in the language.
    assert {spec.say for spec in CLAIMS.values() if not spec.say.startswith(_FRAME)} == set(SAYINGS)


def test_every_frame_is_used():
    used = {frame.removeprefix(_FRAME) for frame in ASKED if frame.startswith(_FRAME)}
    assert set(language("en").frames) - used - {"disclaimer", "disclaimer.short"} == set()


def test_a_frame_holds_no_digit():
    frames = language("en").frames
    assert {name for name, text in frames.items() if any(character.isdigit() for character in text)} == set()


def reads_alike(name):
    """Whether a sentence may read alike each day."""
    return SAYINGS[name].kind in _FEWER or name.endswith((".push", ".plain")) or ".push." in name


def test_a_sentence_has_three_wordings_unless_it_reads_alike_each_day():
    few = {name for name, say in SAYINGS.items() if len(say.alternatives) < (1 if reads_alike(name) else 3)}
    assert few == set()


def specs_of(name):
    return [spec for spec in CLAIMS.values() if spec.say == name]


def test_a_wording_asks_for_no_role_that_its_claims_do_not_have():
    lacking = [
        (name, alternative.roles)
        for name, say in SAYINGS.items()
        for alternative in say.alternatives
        if not any(alternative.roles <= {role for role, _ in (*spec.roles, *spec.optional)} for spec in specs_of(name))
    ]
    assert lacking == []


def test_a_wording_is_not_always_beaten_by_one_that_prints_more():
    beaten = []
    for name, say in SAYINGS.items():
        held = [{role for role, _ in spec.roles} for spec in specs_of(name)]
        for alternative in say.alternatives:
            more = [other.roles for other in say.alternatives if len(other.roles) > len(alternative.roles)]
            if all(any(roles <= has for roles in more) for has in held):
                beaten.append((name, alternative.roles))
    assert beaten == []

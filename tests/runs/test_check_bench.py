"""The benchmark of the check from end to end, on a few drafts; its bounds by hand; its files."""

import tomllib
from pathlib import Path

import pytest

from commentary.errors import BadInputError
from commentary.records.finding import Finding
from commentary.runs.check_bench.chance import UNITS, chance_acceptance
from commentary.runs.check_bench.choosing import mutants
from commentary.runs.check_bench.drafts import make
from commentary.runs.check_bench.entering import Entrance, Seen
from commentary.runs.check_bench.judging import judge
from commentary.runs.check_bench.mutant import Mutant, widened
from commentary.runs.check_bench.operators import by_class
from commentary.runs.check_bench.result import BenchResult
from commentary.runs.check_bench.run import Order, run
from commentary.runs.check_bench.sentences import judge_sentences
from commentary.runs.check_bench.tables import percent, wilson
from commentary.runs.check_bench.target import targets_of
from commentary.runs.check_bench.wordings import try_wordings
from commentary.runs.readme import BENCHMARK, bench_tables

SMALL = Order(per_class=1, clean=2)
SENTENCES = """
[[sentence]]
snapshot = "btc-long-side"
true = true
verb = "has"
text = "CoinGlass's model has $1.07 billion of bitcoin longs between the market and $60,593."
why = "reach_size"

[[sentence]]
snapshot = "btc-long-side"
true = false
text = "CoinGlass's model has $1.17 billion of bitcoin longs between the market and $60,593."
"""


@pytest.fixture(scope="module")
def small():
    return run(SMALL)


def test_a_small_run_has_every_class_both_ways(small):
    for counts in small.result.counts.values():
        assert {count.kind for count in counts if count.mutants} == set(by_class())
        for count in counts:
            assert count.found + count.beside + count.otherwise <= count.mutants
    assert {clean.drafts for clean in small.result.clean} == {2}
    assert small.result.wording.seen <= small.result.wording.alternatives
    lost = sum(count.mutants - count.found for counts in small.result.counts.values() for count in counts)
    assert len(small.misses) == lost


def test_the_same_seed_gives_the_same_run_on_two_processes(small):
    assert run(SMALL._replace(jobs=2)) == small


def test_the_same_seed_gives_the_same_mutants_and_another_others():
    def made(seed):
        found = next(each for number in range(20) if (each := make(seed, number)))
        return list(mutants(list(targets_of(found.draft)), dict.fromkeys(by_class(), 2), found.chance))

    assert made(0) == made(0)
    assert made(0) != made(1)


def test_the_result_is_read_back_from_its_file(small):
    assert BenchResult.model_validate_json(small.result.model_dump_json()) == small.result


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [
        # z is 1.96, z² 3.8415. 8 of 10: (0.8 + 0.19207 ± 1.96 √(0.016 + 0.0096)) / 1.38415.
        (8, 10, 0.490, 0.943),
        # None of 20: 0 and 3.8415 / (20 + 3.8415).
        (0, 20, 0.0, 0.161),
        # All of 3,000: 3000 / (3000 + 3.8415).
        (3000, 3000, 0.9987, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_bounds(found, of, low, high):
    assert wilson(found, of) == (pytest.approx(low, abs=0.0005), pytest.approx(high, abs=0.0005))


def test_a_share_is_not_rounded_up_to_all_of_it():
    assert [percent(share) for share in (0.0, 0.5, 0.99999, 1.0)] == ["0.0%", "50.0%", "99.9%", "100%"]


MUTANT = Mutant("cause", "made up", "/headline", 10, 10, ", why not", "Price fell, why not.", "Price fell.", (0, 20))


@pytest.mark.parametrize(
    ("code", "severity", "span", "verdict"),
    [
        ("wording.cause", "error", (12, 15), "found"),
        # Not the change, but the sentence.
        ("wording.cause", "error", (0, 5), "beside"),
        # On the change, but of another class, or no error.
        ("wording.advice", "error", (12, 15), "otherwise"),
        ("wording.cause", "warning", (12, 15), "otherwise"),
        ("wording.cause", "note", (12, 15), "missed"),
        ("wording.advice", "error", (0, 5), "missed"),
        ("wording.cause", "error", (0, 0), "missed"),
    ],
)
def test_found_is_an_error_of_the_class_on_the_change(code, severity, span, verdict):
    finding = Finding(code=code, severity=severity, path="/headline", span=span, text="x", message="no")
    seen = Seen((finding,), "/headline", MUTANT.changed, MUTANT.sentence)
    assert judge(MUTANT, seen, ()) == verdict


def test_what_was_found_before_is_no_merit():
    finding = Finding(code="wording.cause", severity="error", path="/headline", span=(0, 5), text="Price", message="no")
    seen = Seen((finding,), "/headline", MUTANT.changed, MUTANT.sentence)
    assert judge(MUTANT, seen, (finding,)) == "missed"


def test_a_gap_is_widened_to_the_words_beside_it():
    # "not" is gone between "is" and "so".
    assert widened("It is so.", 6, 6) == (3, 9)
    assert widened("It is so.", 3, 5) == (3, 5)


def test_the_change_is_where_the_printed_text_says():
    made = next(each for number in range(20) if (each := make(0, number)))
    entrance = Entrance(made.draft)
    targets = [target for target in targets_of(made.draft) if target.path in entrance.fields]
    for mutant in mutants(targets, dict.fromkeys(by_class(), 2), made.chance):
        text, start, end = entrance.print(mutant)
        assert text[start:end].replace("\\", "") == mutant.replacement.replace("\\", "")
        assert text[:20] == entrance.printed[:20] or mutant.path == "/headline"
        assert abs(len(text) - len(entrance.printed) - (len(mutant.text) - len(mutant.before))) < 20


def test_figures_from_nowhere_are_counted_by_unit():
    result = chance_acceptance(each=2)
    assert [unit.unit for unit in result.units] == list(UNITS)
    assert all(unit.figures >= 2 and 0 <= unit.accepted <= unit.figures for unit in result.units)


@pytest.mark.slow
def test_wordings_are_printed_with_many_facts(monkeypatch):
    monkeypatch.setattr("commentary.runs.check_bench.wordings._MOST", 1)
    # One of each kind of random snapshot, and each bundled one as it is.
    monkeypatch.setattr("commentary.runs.check_bench.wordings.kinds", lambda: 15)
    result = try_wordings(each=1)
    assert result.snapshots == 26
    assert result.full + len(result.short) == result.wordings
    assert result.full > 100
    assert all(alarmed.alarms <= alarmed.printed for alarmed in result.alarmed)


def test_sentences_by_other_hands(tmp_path):
    path = tmp_path / "sentences.toml"
    path.write_text(SENTENCES, encoding="utf-8")
    result = judge_sentences(path)
    assert (result.share(true=True), result.share(true=False)) == ((0, 1), (1, 1))
    assert not any(each.is_miss for each in result.sentences)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", "[[sentence]]"),
        ("sentence = [", "TOML"),
        ('[[sentence]]\nsnapshot = "btc"\ntrue = true\ntext = "x"', "/sentence/0/snapshot"),
        ('[[sentence]]\nsnapshot = "btc-calm"\ntrue = 1\ntext = "x"', "/sentence/0/true"),
        ('[[sentence]]\nsnapshot = "btc-calm"\ntrue = true\ntext = "x"\ncolour = "red"', "/sentence/0/colour"),
    ],
)
def test_a_file_of_sentences_that_cannot_be_used_is_refused(tmp_path, content, place):
    path = tmp_path / "sentences.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInputError, match=place.replace("[", r"\[")):
        judge_sentences(path)


@pytest.mark.parametrize(
    ("order", "option"),
    [
        (Order(per_class=-1), "--per-class"),
        (Order(clean=-2), "--clean"),
        (Order(seed=-1), "--seed"),
        (Order(jobs=3), "--jobs"),
    ],
)
def test_an_order_out_of_bounds_is_refused(order, option):
    with pytest.raises(BadInputError, match=option):
        run(order)


def test_the_readme_shows_what_was_measured(tmp_path):
    assert bench_tables().count("\n| ") > len(by_class())
    assert BENCHMARK.is_file()
    with pytest.raises(BadInputError, match="bench check --output"):
        bench_tables(tmp_path / "none.json")


def test_the_oracle_and_the_operators_are_kept_apart_from_the_checker():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    kept = {
        source: set(contract["forbidden_modules"])
        for contract in project["tool"]["importlinter"]["contracts"]
        for source in contract.get("source_modules", ())
    }
    for module in ("oracle", "recomputed", "operators"):
        forbidden = kept[f"commentary.runs.check_bench.{module}"]
        assert forbidden >= {"commentary.checks", "commentary.languages", "commentary.metrics"}

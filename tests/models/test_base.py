"""A model is a server's URL or a folder; nothing but what opens one loads torch."""

import socket
import subprocess
import sys
from typing import NamedTuple

import pytest

from commentary.errors import BadInputError, MissingExtraError
from commentary.models.base import open_writer
from commentary.models.in_process import loading
from commentary.models.in_process.weights import require_model, revision, weights_sha256
from commentary.records.writer import Message, Returned, Task

REASON = "needs the extra: pip install torch==2.13.0, then 'commentary[model]'"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Options(NamedTuple):
    name: str = ""
    temperature: float = 1.0
    batch: int = 4
    device: str = "cpu"
    concurrency: int = 1
    allowed_hosts: tuple[str, ...] = ()


@pytest.fixture
def folder(tmp_path):
    """A folder that looks like a model's."""
    made = tmp_path / "looks-like-one"
    made.mkdir()
    (made / "config.json").write_text("{}")
    (made / "model.safetensors").write_bytes(b"weights")
    return made


@pytest.fixture
def model(tmp_path):
    """A folder with a real model, of random weights."""
    pytest.importorskip("torch", reason=REASON)
    from .in_process.tiny import byte_level, tiny

    loaded = tiny(byte_level())
    loaded.model.save_pretrained(tmp_path / "tiny")
    loaded.tokenizer.save_pretrained(tmp_path / "tiny")
    return tmp_path / "tiny"


def test_a_url_is_the_servers_and_is_asked_as_is_set(fake_openai):
    fake_openai.writes = lambda sentence: "Said at [TIME_A]."
    options = Options(name="scripted-writer", temperature=0.25)
    writer = open_writer(fake_openai.url.replace("http", "HTTP"), options)
    try:
        task = Task((Message("user", "Sentence: At [TIME_A]."),), ("TIME_A",), 7, 9)
        (returned,) = writer.write([task], call_s=5, total_s=5)
    finally:
        writer.close()
    assert returned.text == "Said at [TIME_A]."
    body = fake_openai.questions[-1].body
    assert (body["model"], body["temperature"], body["seed"]) == ("scripted-writer", 0.25, 7)


@pytest.mark.parametrize("missing", ["torch", "transformers"])
def test_without_the_extra_the_line_that_installs_it_is_told(folder, monkeypatch, missing):
    monkeypatch.setattr(loading, "find_spec", lambda name: None if name == missing else object())
    with pytest.raises(MissingExtraError, match=rf"needs {missing}: pip install 'commentary\[model\]'") as told:
        open_writer(str(folder), Options())
    assert told.value.exit_code == 2
    assert "pip install torch==2.13.0 first" in str(told.value)


def test_a_path_is_whole_and_there(folder):
    assert require_model(str(folder)) == folder
    for where, remedy in (
        ("models/tiny", "write the whole path"),
        (str(folder / "none"), "there is no such folder"),
        (str(folder / "config.json"), "there is no such folder"),
    ):
        with pytest.raises(BadInputError, match=remedy):
            require_model(where)


def test_a_folder_without_config_or_with_weights_that_can_run_code_is_refused(folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(BadInputError, match=r"no \*\.safetensors; other formats of weights can run code"):
        require_model(str(folder))
    (folder / "config.json").unlink()
    with pytest.raises(BadInputError, match=r"no config\.json"):
        require_model(str(folder))


def test_the_hash_is_over_what_is_loaded_and_nothing_else(folder):
    before = weights_sha256(folder)
    (folder / "README.md").write_text("A model.")
    assert weights_sha256(folder) == before
    for name in ("model.safetensors", "config.json", "tokenizer.json", "merges.txt", "chat_template.jinja"):
        (folder / name).write_bytes(b"other")
        assert weights_sha256(folder) != before
        before = weights_sha256(folder)
    (folder / "merges.txt").rename(folder / "vocab.txt")
    assert weights_sha256(folder) != before


def test_the_revision_is_told_by_the_config_or_by_a_download_cache(folder, tmp_path):
    assert revision(folder) == ""
    snapshot = tmp_path / "snapshots" / COMMIT
    snapshot.parent.mkdir()
    folder.rename(snapshot)
    assert revision(snapshot) == COMMIT
    (snapshot / "config.json").write_text('{"revision": "v2", "_name_or_path": "elsewhere/tiny"}')
    assert revision(snapshot) == "v2"
    (snapshot / "config.json").write_text("[")
    with pytest.raises(BadInputError, match="it is no JSON"):
        revision(snapshot)


TASK = Task((Message("user", "Sentence: [MONEY_A] at [PRICE_A]"),), ("MONEY_A", "PRICE_A"), 1, 6)


def test_a_folder_is_opened_and_writes_with_all_sockets_closed(model, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    writer = open_writer(str(model), Options())
    assert writer.identity == ("tiny", "", weights_sha256(model), "in process")
    [written] = writer.write([TASK], call_s=100, total_s=100)
    assert isinstance(written, Returned)
    assert written == open_writer(str(model), Options(name="ours")).write([TASK], call_s=100, total_s=100)[0]


def test_what_a_publisher_recommends_for_sampling_changes_nothing(model):
    before = open_writer(str(model), Options()).write([TASK], call_s=100, total_s=100)
    recommended = '{"eos_token_id": [1], "do_sample": true, "top_k": 1, "repetition_penalty": 9.0, "max_length": 3}'
    (model / "generation_config.json").write_text(recommended)
    assert open_writer(str(model), Options()).write([TASK], call_s=100, total_s=100) == before


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_file_that_was_cut_short_is_told_and_no_traceback(model, name):
    whole = (model / name).read_bytes()
    (model / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInputError, match="fetch"):
        open_writer(str(model), Options())


def test_code_that_comes_with_a_model_is_not_run(model):
    (model / "config.json").write_text(
        '{"model_type": "ours", "auto_map": {"AutoConfig": "code.Ours", "AutoModelForCausalLM": "code.Ours"}}'
    )
    (model / "code.py").write_text(f"open({str(model / 'ran')!r}, 'w')")
    with pytest.raises(BadInputError, match="transformers cannot load it"):
        open_writer(str(model), Options())
    assert not (model / "ran").exists()


def test_a_device_that_is_not_there_is_told(model):
    for device in ("cuda:99", "abacus"):
        with pytest.raises(BadInputError, match=r"model\.device"):
            open_writer(str(model), Options(device=device))


@pytest.mark.parametrize(
    "command", [[], ["--help"], ["draft"]], ids=["import commentary", "commentary --help", "commentary draft"]
)
def test_nothing_else_loads_torch_or_transformers(command):
    pytest.importorskip("torch", reason=REASON)
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('loaded:', sorted({'torch', 'transformers'} & set(sys.modules))))\n"
        "import commentary, commentary.models.base\n"
        f"sys.argv = ['commentary', *{command!r}]\n"
        "from commentary.cli import main\n"
        f"{'main()' if command else ''}\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.endswith("loaded: []\n")

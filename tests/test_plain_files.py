"""What a person names is a file, or is refused at once: nothing is waited for, and nothing is read without an end."""

import os
import socket
from pathlib import Path

import pytest

from commentary.plain_files import LargeFileError, SpecialFileError, read_plain, read_plain_text, refuse_special

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")


@pytest.fixture
def special(tmp_path, monkeypatch):
    """Return a function: a kind in, a place that is one, out."""
    monkeypatch.chdir(tmp_path)

    def make(kind):
        place = Path("place")
        match kind:
            case "a pipe":
                os.mkfifo(place)
            case "a folder":
                place.mkdir()
            case "a socket":
                held = socket.socket(socket.AF_UNIX)
                held.bind(str(place))
                held.close()
            case "a device":
                place.symlink_to("/dev/zero")
        return place

    return make


@pytest.mark.parametrize("kind", ["a pipe", "a folder", "a socket", "a device"])
def test_what_is_no_file_is_refused_and_told_what_it_is(special, kind):
    place = special(kind)
    with pytest.raises(SpecialFileError) as refused:
        refuse_special(place)
    assert refused.value.strerror == f"it is {kind} and no file"
    with pytest.raises(OSError, match=r"no file|No such device"):
        read_plain(place)


def test_a_file_is_read_by_a_link_too_and_what_is_not_there_may_become_one(tmp_path):
    file, link = tmp_path / "file", tmp_path / "link"
    refuse_special(file)
    file.write_bytes(b"\xef\xbb\xbfa\r\nb")
    link.symlink_to(file)
    refuse_special(link)
    assert read_plain(link) == b"\xef\xbb\xbfa\r\nb"
    assert read_plain_text(link) == "a\nb"


def test_a_file_that_is_too_large_is_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")
    assert read_plain(tmp_path / "file", 3) == b"abc"
    with pytest.raises(LargeFileError) as refused:
        read_plain(tmp_path / "file", 2)
    assert refused.value.strerror == "it has more than 2 bytes"

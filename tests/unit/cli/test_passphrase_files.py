"""A passphrase is read from a file as its owner would type it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from face_match.cli.opening import MAX_PASSPHRASE_BYTES, passphrase_in

PASSPHRASE = "Pä ßﬁ\u00a0Å é"
UTF8 = PASSPHRASE.encode()


@pytest.mark.parametrize(
    "content",
    [UTF8, UTF8 + b"\n", UTF8 + b"\r\n", UTF8 + b"\r", UTF8 + b"\n\n", b"\xef\xbb\xbf" + UTF8 + b"\r\n"],
    ids=["plain", "LF", "CRLF", "CR", "two LF", "byte order mark"],
)
def test_marks_and_ends_of_lines_do_not_count(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(content)
    assert passphrase_in(path) == PASSPHRASE


@pytest.mark.parametrize("content", [" two words ", "\ttab", "nul\0", "", "a \ufeff mark within"])
def test_all_else_counts(content: str, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(content, "utf-8")
    assert passphrase_in(path) == content


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_the_same_however_they_end(end: str, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(f"one{end}two{end}".encode())
    assert passphrase_in(path) == "one\ntwo"


@pytest.mark.parametrize("content", [PASSPHRASE.encode("utf-16"), b"\xff\xfe\xff", "é".encode("latin-1")])
def test_another_encoding_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(content)
    with pytest.raises(UnicodeDecodeError):
        passphrase_in(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"x" * MAX_PASSPHRASE_BYTES)
    assert len(passphrase_in(path)) == MAX_PASSPHRASE_BYTES
    with path.open("ab") as file:
        file.truncate(1 << 40)  # takes no room on the disk
    with pytest.raises(OSError, match="too large"):
        passphrase_in(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such devices")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(device: str) -> None:
    with pytest.raises(OSError, match="neither a file nor a pipe"):
        passphrase_in(Path(device))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[UTF8 + b"\n"])
    writer.start()
    assert passphrase_in(pipe) == PASSPHRASE
    writer.join()

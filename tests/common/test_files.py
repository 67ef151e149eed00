"""Output files are replaced only once complete, and failures leave nothing behind."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kg.common.errors import ExportError, SourceError
from kg.common.files import decode_utf8, open_output


def permissions(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with open_output(target) as stream:
        stream.write(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_failure_keeps_the_old_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def fail() -> None:
        with open_output(target) as stream:
            stream.write(b"half of the ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_the_permissions_of_the_umask(
    tmp_path: Path, umask: int, expected: int
) -> None:
    before = os.umask(umask)
    try:
        with open_output(tmp_path / "a.txt") as stream:
            stream.write(b"new")
    finally:
        os.umask(before)
    assert permissions(tmp_path / "a.txt") == expected


@pytest.mark.parametrize("mode", [0o664, 0o600, 0o640, 0o444])
def test_an_existing_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "a.txt"
    target.touch()
    target.chmod(mode)
    with open_output(target) as stream:
        stream.write(b"new")
        # Nor may the part that is written already be open to others.
        assert {permissions(file) for file in tmp_path.iterdir()} == {mode}
    assert permissions(target) == mode
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("/no-such-folder/a.txt", "^/no-such-folder: no such folder: create it first$"),
        ("/proc/a.txt", r"^/proc/a\.txt: .+: name another folder$"),
    ],
)
def test_errors_name_the_requested_file(file: str, message: str) -> None:
    with pytest.raises(ExportError, match=message), open_output(Path(file)):
        pass


def test_text_is_utf_8_with_or_without_a_bom() -> None:
    assert decode_utf8("\ufeffé".encode(), "x") == "é"
    with pytest.raises(SourceError, match="x:1: not UTF-8 at byte 1: convert it"):
        decode_utf8(b"a\xff", "x")

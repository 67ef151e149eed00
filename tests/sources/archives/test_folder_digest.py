"""Only files whose size or times changed are read again, and the digest is that of all contents."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kg.sources.archives import files, folder_digest
from kg.sources.source import Form, Source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "r"
    (folder / "data").mkdir(parents=True)
    for name in ("a", "b", "c"):
        (folder / "data" / f"{name}.yaml").write_text(f"id: {name}\n", encoding="utf-8")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose content was read."""
    names: list[str] = []
    original = files.hash_file

    def hash_file(file: Path) -> object:
        names.append(file.name)
        return original(file)

    monkeypatch.setattr(files, "hash_file", hash_file)
    return names


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file counts as changed just now."""
    monkeypatch.setattr(folder_digest, "_TICK", -(10**12))


def digest(folder: Path, kept: Path | None) -> str:
    return Source(folder, "r", Form.FOLDER, kept).digest


def replace_unnoticed(file: Path, text: str) -> None:
    """Write as many bytes, and set the time of the content back."""
    before = file.stat()
    time.sleep(0.02)
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size


@pytest.mark.usefixtures("settled")
def test_only_what_changed_is_read(folder: Path, tmp_path: Path, read: list[str]) -> None:
    kept = tmp_path / "cache" / "r.files.zst"
    first = digest(folder, kept)
    assert read == ["a.yaml", "b.yaml", "c.yaml"]
    read.clear()
    assert digest(folder, kept) == first
    assert read == []
    replace_unnoticed(folder / "data" / "b.yaml", "id: x\n")
    (folder / "data" / "d.yaml").write_text("id: d\n", encoding="utf-8")
    (folder / "data" / "a.yaml").unlink()
    second = digest(folder, kept)
    assert read == ["b.yaml", "d.yaml"]
    assert second == digest(folder, None) != first
    read.clear()
    assert digest(folder, kept) == second
    assert read == []


def test_a_file_that_changed_just_now_is_read_again(
    folder: Path, tmp_path: Path, read: list[str]
) -> None:
    kept = tmp_path / "r.files.zst"
    for path in folder.rglob("*.yaml"):
        os.utime(path, (1e9, 1e9))
    digest(folder, kept)
    read.clear()
    # The times of the inodes are of this moment.
    digest(folder, kept)
    assert read == ["a.yaml", "b.yaml", "c.yaml"]


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("damage", ["cut", "bytes", "other folder"])
def test_what_is_kept_of_another_folder_or_damaged_is_not_used(
    folder: Path, tmp_path: Path, read: list[str], damage: str
) -> None:
    kept = tmp_path / "r.files.zst"
    first = digest(folder, kept)
    (folder / "data" / "a.yaml").write_text("id: more\n", encoding="utf-8")
    data = kept.read_bytes()
    if damage == "cut":
        kept.write_bytes(data[:-9])
    elif damage == "bytes":
        kept.write_bytes(data[:-9] + b"damaged!!")
    else:
        folder = folder.rename(tmp_path / "other")
    read.clear()
    assert digest(folder, kept) == digest(folder, None) != first
    assert read[:3] == ["a.yaml", "b.yaml", "c.yaml"]

"""Checksums of the files of a folder, to notice what a disk has changed, cut short or lost."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_EDGE: Final = 4096
"""Bytes at each end of a file that are compared at every opening: formats keep headers there."""

_SMALL: Final = 1 << 16
"""Bytes up to which a file is compared in full at every opening."""

MISSING: Final = "it is missing"
CHANGED: Final = "its content has changed"


@dataclass(frozen=True)
class Checksum:
    """The size of a file, and the SHA-256 of its content and of its two ends."""

    size: int
    content: str
    edges: str


@dataclass(frozen=True)
class Damage:
    """A damaged file, by its path in the folder, and what is wrong with it."""

    file: str
    fault: str

    def __str__(self) -> str:
        return f"{self.file}: {self.fault}"


def checksums(folder: Path) -> dict[str, Checksum]:
    """Return the checksums of all files in a folder, by their paths in it."""
    # Importing it takes longer than opening a graph.
    from concurrent.futures import ThreadPoolExecutor

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [file.relative_to(folder).as_posix() for file in files]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return dict(zip(names, threads.map(_checksum, files), strict=True))


def find_damage(folder: Path, expected: Mapping[str, Checksum]) -> list[Damage]:
    """Read all files in full; return those that differ from their checksums."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        faults = threads.map(lambda name: _fault(folder / name, expected[name], True), expected)
        return [Damage(name, fault) for name, fault in zip(expected, faults, strict=True) if fault]


def find_obvious_damage(folder: Path, expected: Mapping[str, Checksum]) -> Iterator[Damage]:
    """Yield the files that are missing, have another size, or differ at their ends.

    This takes a few milliseconds: small files are read in full, of others only their ends.
    """
    for name, checksum in expected.items():
        fault = _fault(folder / name, checksum, False)
        if fault:
            yield Damage(name, fault)


def content_digest(*files: Path) -> str:
    """Return the SHA-256 of the contents of files, one after the other."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _checksum(file: Path) -> Checksum:
    return Checksum(file.stat().st_size, content_digest(file), _edges(file))


def _edges(file: Path) -> str:
    with file.open("rb") as opened:
        ends = opened.read(_EDGE)
        opened.seek(max(len(ends), os.fstat(opened.fileno()).st_size - _EDGE))
        return hashlib.sha256(ends + opened.read(_EDGE)).hexdigest()


def _fault(file: Path, expected: Checksum, in_full: bool) -> str:
    """Return what is wrong with a file; empty if nothing is."""
    try:
        size = file.stat().st_size
        if size != expected.size:
            return f"it has {size} bytes instead of {expected.size}"
        if in_full or size <= _SMALL:
            same = content_digest(file) == expected.content
        else:
            same = _edges(file) == expected.edges
    except FileNotFoundError:
        return MISSING
    except OSError as error:
        return f"it can't be read: {error.strerror}"
    return "" if same else CHANGED

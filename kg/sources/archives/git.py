"""Find the day of the checked-out commit in git's own files.

Git itself is not run: the configuration in an untrusted folder can make it run any program.
"""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

_OBJECT_NAME: Final = re.compile(r"[0-9a-f]{40}")
_REF: Final = re.compile(r"refs/(?!.*\.\.)[\w./-]+")
_COMMITTER: Final = re.compile(rb"^committer .*> (\d{1,11}) [+-]\d{4}$", re.MULTILINE)
_MAX_BYTES: Final = 1 << 16
_MAX_REFS: Final = 1 << 26
"""Bytes of the list of packed references, in which repositories have a line for each tag."""
_INDEX: Final = b"\xfftOc\x00\x00\x00\x02"
_FANOUT: Final = len(_INDEX)
_NAMES: Final = _FANOUT + 256 * 4
_COMMIT: Final = 1


def commit_day(folder: Path) -> str | None:
    """Return the UTC day (ISO 8601) of the commit checked out in a folder; None if unknown.

    Reads loose objects and packs (gitformat-pack(5), version 2). Unknown without ``.git``, for a
    commit stored as a delta, and in repositories with SHA-256 names.
    """
    home = folder / ".git"
    try:
        name = _read_head(home)
        commit = name and (_read_loose(home, name) or _read_packed(home, name))
    except (OSError, ValueError, zlib.error, IndexError):
        # The caller falls back on another day.
        return None
    committer = _COMMITTER.search((commit or b"").partition(b"\n\n")[0])
    return datetime.fromtimestamp(int(committer[1]), UTC).date().isoformat() if committer else None


def _read_head(home: Path) -> str | None:
    text = _read_start(home / "HEAD").decode().strip()
    if text.startswith("ref: "):
        ref = text.removeprefix("ref: ")
        if not _REF.fullmatch(ref):
            return None
        if (home / ref).is_file():
            text = _read_start(home / ref).decode().strip()
        else:
            packed = _read_start(home / "packed-refs", _MAX_REFS).decode().splitlines()
            text = next((line.split(" ")[0] for line in packed if line.endswith(f" {ref}")), "")
    return text if _OBJECT_NAME.fullmatch(text) else None


def _read_start(file: Path, size: int = _MAX_BYTES) -> bytes:
    """Return the first bytes of a file; none of a device, or of a pipe that nobody writes to."""
    if not file.is_file():
        return b""
    with file.open("rb") as opened:
        return opened.read(size)


def _read_loose(home: Path, name: str) -> bytes | None:
    file = home / "objects" / name[:2] / name[2:]
    if not file.is_file():
        return None
    kind, _, body = _inflate(_read_start(file)).partition(b"\0")
    return body if kind.startswith(b"commit ") else None


def _read_packed(home: Path, name: str) -> bytes | None:
    for index in sorted((home / "objects" / "pack").glob("*.idx")):
        with index.open("rb") as table:
            offset = _find_offset(table, bytes.fromhex(name))
        if offset is not None:
            with index.with_suffix(".pack").open("rb") as pack:
                pack.seek(offset)
                return _read_commit(pack.read(_MAX_BYTES))
    return None


def _find_offset(table: BinaryIO, name: bytes) -> int | None:
    """Return the offset of an object in its pack; None if it is not in the pack."""
    if table.read(len(_INDEX)) != _INDEX:
        return None
    first = _read_number(table, _FANOUT + 4 * (name[0] - 1), 4) if name[0] else 0
    last = _read_number(table, _FANOUT + 4 * name[0], 4)
    total = _read_number(table, _FANOUT + 4 * 255, 4)
    table.seek(_NAMES + 20 * first)
    names = table.read(20 * (last - first))
    for position in range(last - first):
        if names[20 * position : 20 * position + 20] == name:
            offset = _read_number(table, _NAMES + 24 * total + 4 * (first + position), 4)
            if offset >> 31:
                return _read_number(table, _NAMES + 28 * total + 8 * (offset & 0x7FFFFFFF), 8)
            return offset
    return None


def _read_number(table: BinaryIO, place: int, size: int) -> int:
    table.seek(place)
    return int.from_bytes(table.read(size), "big")


def _read_commit(data: bytes) -> bytes | None:
    """Return the commit at the start of the data; None for other objects, including deltas."""
    if data[0] >> 4 & 7 != _COMMIT:
        return None
    position = 0
    while data[position] & 0x80:
        position += 1
    return _inflate(data[position + 1 :])


def _inflate(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _MAX_BYTES)

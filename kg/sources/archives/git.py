"""The day of the commit that a checkout stands at, read from the files of git's own store.

Git itself is not called: a folder that comes from a stranger can hold settings by which git runs
any program.
"""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

_NAME: Final = re.compile(r"[0-9a-f]{40}")
_REF: Final = re.compile(r"refs/(?!.*\.\.)[\w./-]+")
_COMMITTER: Final = re.compile(rb"^committer .*> (\d{1,11}) [+-]\d{4}$", re.MULTILINE)
_LONGEST: Final = 1 << 16
_INDEX: Final = b"\xfftOc\x00\x00\x00\x02"
_FANOUT: Final = len(_INDEX)
_NAMES: Final = _FANOUT + 256 * 4
_COMMIT: Final = 1


def commit_day(folder: Path) -> str | None:
    """The UTC day of the commit that is checked out in a folder; None where that can't be told.

    Reads loose objects and packs (gitformat-pack(5), version 2). None for a folder without
    ``.git``, for a commit that is stored as a difference to another, and for SHA-256 names.
    """
    home = folder / ".git"
    try:
        name = _head(home)
        commit = name and (_loose(home, name) or _packed(home, name))
    except (OSError, ValueError, zlib.error, IndexError):
        # Nothing of this is needed: the caller has another day to fall back on.
        return None
    found = _COMMITTER.search((commit or b"").partition(b"\n\n")[0])
    return datetime.fromtimestamp(int(found[1]), UTC).date().isoformat() if found else None


def _head(home: Path) -> str | None:
    text = (home / "HEAD").read_text(encoding="utf-8")[:_LONGEST].strip()
    if text.startswith("ref: "):
        ref = text.removeprefix("ref: ")
        if not _REF.fullmatch(ref):
            return None
        if (home / ref).is_file():
            text = (home / ref).read_text(encoding="utf-8")[:_LONGEST].strip()
        else:
            packed = (home / "packed-refs").read_text(encoding="utf-8").splitlines()
            text = next((line.split(" ")[0] for line in packed if line.endswith(f" {ref}")), "")
    return text if _NAME.fullmatch(text) else None


def _loose(home: Path, name: str) -> bytes | None:
    file = home / "objects" / name[:2] / name[2:]
    if not file.is_file():
        return None
    kind, _, body = _inflated(file.read_bytes()).partition(b"\0")
    return body if kind.startswith(b"commit ") else None


def _packed(home: Path, name: str) -> bytes | None:
    for index in sorted((home / "objects" / "pack").glob("*.idx")):
        with index.open("rb") as table:
            offset = _offset(table, bytes.fromhex(name))
        if offset is not None:
            with index.with_suffix(".pack").open("rb") as pack:
                pack.seek(offset)
                return _object(pack.read(_LONGEST))
    return None


def _offset(table: BinaryIO, name: bytes) -> int | None:
    """Where an object stands in its pack; None if the pack does not have it."""
    if table.read(len(_INDEX)) != _INDEX:
        return None
    first = _number(table, _FANOUT + 4 * (name[0] - 1), 4) if name[0] else 0
    last = _number(table, _FANOUT + 4 * name[0], 4)
    total = _number(table, _FANOUT + 4 * 255, 4)
    table.seek(_NAMES + 20 * first)
    names = table.read(20 * (last - first))
    for at in range(last - first):
        if names[20 * at : 20 * at + 20] == name:
            offset = _number(table, _NAMES + 24 * total + 4 * (first + at), 4)
            if offset >> 31:
                return _number(table, _NAMES + 28 * total + 8 * (offset & 0x7FFFFFFF), 8)
            return offset
    return None


def _number(table: BinaryIO, place: int, size: int) -> int:
    table.seek(place)
    return int.from_bytes(table.read(size), "big")


def _object(data: bytes) -> bytes | None:
    """The commit that begins here; None for anything else, differences among it."""
    if data[0] >> 4 & 7 != _COMMIT:
        return None
    at = 0
    while data[at] & 0x80:
        at += 1
    return _inflated(data[at + 1 :])


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _LONGEST)

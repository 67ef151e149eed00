"""The digest of a folder, from kept digests of those files whose size and times are the same.

Reading hundreds of thousands of small files takes a minute, listing them a few seconds. As in Git's
index, a file that changed in the same moment in which it was read is not trusted: it is read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import zstandard

_STATE: Final = struct.Struct("<Qqq")
_CONTENT: Final = hashlib.sha256().digest_size
_TICK: Final = 2 * 10**9
"""The coarsest clock of a file system in use, in nanoseconds (FAT)."""
_VERSION: Final = 1

DIGESTS: Final = ".files.zst"
"""How the names of files end that keep the digests of a folder's files."""


class Entry(NamedTuple):
    """A file of a folder: its path there, and its size and times (see :func:`state_of`)."""

    name: str
    state: bytes


@dataclass(frozen=True)
class _Kept:
    """What is kept of a folder: of all files together, and the content of each by name and state.

    ``since`` is the time from which a changed file is not to be trusted, in nanoseconds.
    """

    listing: str = ""
    digest: str = ""
    since: int = 0
    contents: dict[bytes, bytes] = field(default_factory=dict)


def state_of(status: os.stat_result) -> bytes:
    """Return the size and the times of a file, of its content and of its inode, packed.

    The second can't be set by a program, as ``cp --preserve`` sets the first.
    """
    return _STATE.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def digest_of(entries: Sequence[Entry], content: Callable[[str], bytes]) -> str:
    """Return the SHA-256 of the paths and contents of files, in hexadecimal.

    ``content`` returns the SHA-256 of the content of a file.
    """
    digest = hashlib.sha256()
    for entry in entries:
        # Paths contain no NUL and digests have a fixed length, so folders can't collide.
        digest.update(os.fsencode(entry.name) + b"\0" + content(entry.name))
    return digest.hexdigest()


def kept_digest(
    folder: Path, entries: Sequence[Entry], content: Callable[[str], bytes], file: Path
) -> str:
    """Return what :func:`digest_of` returns, reading only what differs from what ``file`` keeps.

    ``file`` is written if something differs; one that is damaged, or of another folder, is not
    used.
    """
    begin = time.time_ns()
    listing = _listing(entries)
    kept = _read(file, folder, listing)
    if kept.digest and kept.listing == listing:
        return kept.digest
    contents = {
        entry.name: (_changed(entry) < kept.since and kept.contents.get(_key(entry)))
        or content(entry.name)
        for entry in entries
    }
    digest = digest_of(entries, contents.__getitem__)
    # A file that changed just now may change once more at the same time.
    since = begin - _TICK
    is_settled = all(_changed(entry) < since for entry in entries)
    header = {
        "version": _VERSION,
        "folder": str(folder.absolute()),
        "listing": listing,
        "digest": digest if is_settled else "",
        "since": since,
    }
    _write(file, header, entries, contents)
    return digest


def _changed(entry: Entry) -> int:
    """Return the later of the times of a file, in nanoseconds."""
    _, content, inode = _STATE.unpack(entry.state)
    return int(max(content, inode))


def _key(entry: Entry) -> bytes:
    return os.fsencode(entry.name) + b"\0" + entry.state


def _listing(entries: Sequence[Entry]) -> str:
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(_key(entry))
    return digest.hexdigest()


def _read(file: Path, folder: Path, listing: str) -> _Kept:
    """Return what a file keeps of a folder; of each file only if something differs."""
    try:
        with file.open("rb") as packed:
            reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
            size = int.from_bytes(reader.read(4), "little")
            header = json.loads(reader.read(size))
            if header["version"] != _VERSION or header["folder"] != str(folder.absolute()):
                return _Kept()
            kept = _Kept(header["listing"], header["digest"], header["since"])
            if not kept.digest or kept.listing != listing:
                kept.contents.update(_contents(reader.read()))
            return kept
    except FileNotFoundError:
        return _Kept()
    except (OSError, ValueError, KeyError, zstandard.ZstdError):
        # Damaged: everything is read, and it is written again.
        return _Kept()


def _contents(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position < len(data):
        end = data.index(b"\0", position) + 1 + _STATE.size
        yield data[position:end], data[end : end + _CONTENT]
        position = end + _CONTENT


def _write(
    file: Path, header: dict[str, object], entries: Sequence[Entry], contents: dict[str, bytes]
) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(file.name + ".part")
    head = json.dumps(header).encode()
    compressor = zstandard.ZstdCompressor(level=1, write_checksum=True)
    try:
        with draft.open("wb") as out:
            out.write(compressor.compress(len(head).to_bytes(4, "little") + head))
            with compressor.stream_writer(out, closefd=False) as packed:
                for entry in entries:
                    packed.write(_key(entry) + contents[entry.name])
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)

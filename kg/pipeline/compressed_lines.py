"""Read compressed N-Triples in blocks of whole lines."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from kg.common.errors import BuildError

_BLOCK: Final = 1 << 20
_NEARBY: Final = 32
"""Number of blocks in which no line is written twice; more take more memory."""


def read_blocks(file: Path) -> Iterator[bytes]:
    """Yield blocks of whole lines of a compressed file; BuildError if it can't be read."""
    import zstandard

    try:
        with file.open("rb") as packed:
            yield from _blocks(packed)
    except (OSError, zstandard.ZstdError) as error:
        raise BuildError(f"{file} can't be read: {error}; remove it and build again") from error


def _blocks(packed: BinaryIO) -> Iterator[bytes]:
    import zstandard

    reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
    with io.BufferedReader(reader, _BLOCK) as text:
        while block := text.read(_BLOCK):
            yield block + text.readline()


def compress_lines(text: bytes, level: int = 3) -> bytes:
    """Return lines as a compressed frame, which can follow others; no lines give no frame."""
    import zstandard

    # The checksum reveals bytes that have changed on disk.
    return zstandard.ZstdCompressor(level, write_checksum=True).compress(text) if text else b""


def write_distinct(blocks: Iterable[bytes], out: BinaryIO) -> int:
    """Write blocks of whole lines as compressed frames; return the number of lines written.

    Lines that are repeated nearby are written once.
    """
    count = 0
    for batch in _batches(blocks):
        lines = dict.fromkeys(b"".join(batch).split(b"\n"))
        lines.pop(b"", None)
        count += len(lines)
        out.write(compress_lines(b"\n".join([*lines, b""])))
    return count


def _batches(blocks: Iterable[bytes]) -> Iterator[list[bytes]]:
    remaining = iter(blocks)
    while batch := list(islice(remaining, _NEARBY)):
        yield batch

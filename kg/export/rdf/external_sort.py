"""Sorts any number of lines in little memory (external merge sort).

Sorted chunks are written to temporary files and merged. They are compressed, since sorted lines
resemble each other: that takes a quarter of the time of sorting, and a twentieth of the space.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Final

from kg.common.errors import ExportError

CHUNK_SIZE: Final = 48_000_000
"""Bytes of memory that the lines of a chunk take."""
_OBJECT_SIZE: Final = 64  # Bytes that Python needs for a line besides its text.
_READ_SIZE: Final = 1 << 18
_LINES_PER_WRITE: Final = 2048
_MEGABYTES_PER_MILLION: Final = 10  # Measured: 8.


class Sorter(AbstractContextManager["Sorter"]):
    """Sorts lines without line feeds by their bytes; keeps duplicates, which become neighbors.

    The temporary files are deleted with the context. Raises ExportError if they can't be written.
    """

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._size = 0
        self._chunks: list[Path] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def add(self, lines: Sequence[bytes]) -> None:
        """Add lines, in any order."""
        self._lines += lines
        self._size += sum(map(len, lines)) + _OBJECT_SIZE * len(lines)
        if self._size > CHUNK_SIZE:
            self._write_chunk()

    def lines(self) -> Iterator[bytes]:
        """Yield all lines in order; may be called repeatedly."""
        if not self._chunks:
            self._lines.sort()
            return iter(self._lines)
        if self._lines:
            self._write_chunk()
        return heapq.merge(*map(_read_lines, self._chunks))

    def _write_chunk(self) -> None:
        import zstandard

        self._lines.sort()
        try:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="kg-export-")
            chunk = Path(self._folder.name) / str(len(self._chunks))
            with (
                chunk.open("wb") as file,
                zstandard.ZstdCompressor(1).stream_writer(file) as compressed,
            ):
                for start in range(0, len(self._lines), _LINES_PER_WRITE):
                    lines = self._lines[start : start + _LINES_PER_WRITE]
                    compressed.write(b"\n".join(lines) + b"\n")
        except OSError as error:
            raise ExportError(
                f"temporary files can't be written: {error.strerror}: an export takes about"
                f" {_MEGABYTES_PER_MILLION} MB per million quads; free some space, or name another"
                " folder with TMPDIR"
            ) from error
        self._chunks.append(chunk)
        self._lines = []
        self._size = 0


def _read_lines(chunk: Path) -> Iterator[bytes]:
    import zstandard

    with chunk.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as text:
        rest = b""
        while block := text.read(_READ_SIZE):
            *lines, rest = (rest + block).split(b"\n")
            yield from lines

"""Decode UTF-8, and write files atomically."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

from kg.common.errors import ExportError, SourceError

_HEAD_BYTES: Final = 60
"""Number of leading bytes in which a null byte indicates UTF-16."""


def decode_utf8(data: bytes, name: str) -> str:
    """Decode UTF-8 with or without a byte order mark.

    Raises SourceError with ``name`` and the line and position of the first invalid byte.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:_HEAD_BYTES]:
        raise SourceError(f"{name}: not UTF-8 but UTF-16: convert it to UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{name}:{line}: not UTF-8 at byte {error.start}: convert it (from GB18030, perhaps)"
        ) from error


@contextmanager
def open_output(output: Path | None) -> Iterator[BinaryIO]:
    """Open standard output (None or ``-``), or a file that only appears when it is complete.

    An existing file is replaced and keeps its permissions; a symbolic link keeps pointing to it.
    Raises ExportError if the folder is missing or can't be written to.

    ``click.open_file(atomic=True)`` is unsuitable: it also replaces the file when the block fails
    (its ``close`` ignores ``delete``), and names its temporary file in error messages.
    """
    if output is None or str(output) == "-":
        yield sys.stdout.buffer
        return
    if output.exists() and not output.is_file():
        # Devices and pipes can't be replaced.
        with output.open("wb") as file:
            yield file
        return
    target = output.resolve()
    if not target.parent.is_dir():
        raise ExportError(f"{output.parent}: no such folder: create it first")
    # Not tempfile: its files are readable by their owner alone.
    part = target.with_name(f".kg-{uuid4().hex}")
    try:
        file = part.open("xb")
    except OSError as error:
        raise ExportError(f"{output}: {error.strerror}: name another folder") from error
    try:
        with file:
            yield file
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)

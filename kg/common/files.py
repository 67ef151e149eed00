"""Decode UTF-8, and write files atomically."""

from __future__ import annotations

import os
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


def is_stdout(output: Path | None) -> bool:
    """Return whether an output file (None or ``-``) is standard output."""
    return output is None or str(output) == "-"


def check_folder(output: Path) -> None:
    """Raise ExportError if the folder of a file is missing."""
    if not output.resolve().parent.is_dir():
        raise ExportError(f"{output.parent}: no such folder: create it first")


@contextmanager
def open_output(output: Path | None) -> Iterator[BinaryIO]:
    """Open standard output (None or ``-``), or a file that only appears when it is complete.

    An existing file is replaced and keeps its permissions; a symbolic link keeps pointing to it.
    Raises ExportError if the folder is missing or can't be written to.

    ``click.open_file(atomic=True)`` is unsuitable: it also replaces the file when the block fails
    (its ``close`` ignores ``delete``), and names its temporary file in error messages.
    """
    if output is None or is_stdout(output):
        yield sys.stdout.buffer
        return
    if output.exists() and not output.is_file():
        # Devices and pipes can't be replaced.
        with output.open("wb") as file:
            yield file
        return
    check_folder(output)
    target = output.resolve()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    # Not tempfile: its files are readable by their owner alone.
    part = target.with_name(f".kg-{uuid4().hex}")
    try:
        # Never open to more readers than the file that it replaces, not even before it is complete.
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0)
    except OSError as error:
        raise ExportError(f"{output}: {error.strerror}: name another folder") from error
    try:
        with os.fdopen(number, "wb") as file:
            if mode is not None:
                os.fchmod(number, mode)
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)

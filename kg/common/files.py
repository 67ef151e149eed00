"""Reads text from bytes and writes files that appear only when they are complete."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from kg.common.errors import KgError


def decoded(data: bytes, name: str) -> str:
    """Text from UTF-8 with or without a BOM; KgError names the place of the first wrong byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KgError(f"{name}: not UTF-8 at byte {error.start}: convert it") from error


@contextmanager
def binary(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears only when it is whole."""
    if output is None or str(output) == "-":
        yield sys.stdout.buffer
        return
    if output.exists() and not output.is_file():
        # A device or a pipe is written to, never replaced.
        with output.open("wb") as file:
            yield file
        return
    target = output.resolve()
    if not target.parent.is_dir():
        raise KgError(f"{output.parent}: no such folder: make it first")
    try:
        made = tempfile.NamedTemporaryFile(dir=target.parent, prefix=".kg-", delete=False)  # noqa: SIM115
    except OSError as error:
        # Else it would name the part, which nobody has asked for.
        raise KgError(f"{output}: {error.strerror}: name another folder") from error
    with made as part:
        try:
            yield cast("BinaryIO", part.file)
            part.close()
            Path(part.name).chmod(0o644)
            Path(part.name).replace(target)
        finally:
            Path(part.name).unlink(missing_ok=True)

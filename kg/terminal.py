"""Where the command line meets the terminal: streams, files to write, errors, progress."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import click

from kg.errors import KgError


def prepare_streams() -> None:
    """Let the standard streams speak UTF-8, whatever the locale; stand in for closed ones."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # Open as long as the program runs.
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def told(error: Exception) -> str:
    """An error on one line."""
    if isinstance(error, click.ClickException):
        text = error.format_message()
    elif isinstance(error, OSError):
        text = f"{error.filename or 'output'}: {error.strerror or error}"
    elif isinstance(error, KgError):
        text = str(error)
    elif isinstance(error, UnicodeError):
        text = f"a text that is no Unicode: {error}: use UTF-8"
    else:
        text = f"unexpected: {error or type(error).__name__}: run 'kg --debug ...' to see where"
    return " ".join(text.split())


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


@contextmanager
def steps(names: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Show on a terminal which of the steps is being done; elsewhere show nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns: tuple[Any, ...] = (
        TextColumn("{task.description:<9}"),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(names))

        def step(name: str) -> None:
            progress.update(task, description=name, completed=names.index(name))

        yield step

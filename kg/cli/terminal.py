"""Standard streams, error messages and progress display of the command line."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import click

from kg.cli.language import fault, say
from kg.common import files
from kg.common.control_characters import printable
from kg.common.errors import KgError

FOR_PEOPLE: Final = ("table", "md")
"""Formats of output that people read."""


def prepare_streams() -> None:
    """Make the standard streams use UTF-8 in every locale, and replace closed ones."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # Stays open until the program ends.
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def error_line(error: Exception) -> str:
    """Return the message of an error on one line."""
    if isinstance(error, click.ClickException):
        text = error.format_message()
    elif isinstance(error, OSError):
        text = f"{error.filename or 'output'}: {error.strerror or error}"
    elif isinstance(error, KgError):
        text = str(error)
    elif isinstance(error, UnicodeError):
        text = f"text that is not valid Unicode: {error}: use UTF-8"
    else:
        text = f"unexpected: {error or type(error).__name__}: run 'kg --debug ...' to see where"
    return " ".join(text.split())


def echo(text: object, *, nl: bool = True, err: bool = False, format: str = "table") -> None:
    """Print a text; the only door to the standard streams for what commands say.

    Data must not steer a terminal: control and bidirectional characters are replaced. The
    ``format`` of a program, such as ``json``, keeps them unless a terminal shows it.
    """
    stream = sys.stderr if err else sys.stdout
    text = str(text) + "\n" * nl
    on_terminal = stream.isatty()
    if on_terminal or format in FOR_PEOPLE:
        text = printable(text, styled=on_terminal)
    stream.write(text)
    stream.flush()


class _Screen(io.RawIOBase):
    """Standard output for bytes, where a terminal shows them."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        echo(self._decode(bytes(data)), nl=False)
        return len(data)


@contextmanager
def open_output(output: Path | None) -> Iterator[BinaryIO]:
    """Open a file or standard output, as :func:`kg.common.files.open_output`."""
    if files.is_stdout(output) and sys.stdout.isatty():
        yield cast(BinaryIO, _Screen())
        return
    with files.open_output(output) as stream:
        yield stream


def warn(line: str) -> None:
    """Print one line on stderr, marked as an error's is."""
    echo(fault(line), err=True)


@contextmanager
def progress_bar(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Show progress through named steps on a terminal, and nothing elsewhere.

    The context gives a function to call with the name of each step as it begins.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns: tuple[Any, ...] = (
        TextColumn("{task.description:<9}"),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(steps))

        def begin(step: str) -> None:
            progress.update(task, description=say(step), completed=steps.index(step))

        yield begin


@contextmanager
def count_bar(description: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how many of a number are done, and nothing elsewhere.

    The context gives a function to call with the number done and that of all.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns: tuple[Any, ...] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(description, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)

"""Standard streams, error messages and progress display of the command line."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kg.common.errors import KgError


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


def warn(line: str) -> None:
    """Print one line on stderr, marked as an error's is."""
    click.echo(f"kg: {line}", err=True)


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
            progress.update(task, description=step, completed=steps.index(step))

        yield begin

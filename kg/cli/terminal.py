"""Where the command line meets the terminal: streams, files to write, errors, progress."""

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


@contextmanager
def steps(names: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Show on a terminal which of the steps is being done; elsewhere show nothing."""
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
        task = progress.add_task("", total=len(names))

        def step(name: str) -> None:
            progress.update(task, description=name, completed=names.index(name))

        yield step

"""Writes a view in one of its file formats, for ``kg view`` and ``kg export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output_files import write_output
from kg.common import files

if TYPE_CHECKING:
    from kg.pictures.drawing import Drawing


def write_drawing(
    drawing: Drawing, format: str, output: Path | None, lang: str, *, dark: bool = False
) -> None:
    """Write a view to a file, or to standard output where ``output`` is None or ``-``.

    The csv of a network goes to two files, ``NAME.nodes.csv`` and ``NAME.edges.csv``. Raises
    click.UsageError when those have no name.
    """
    if format != "csv":
        parts = {"": drawing.write(format, lang, dark=dark)}
    else:
        tables = drawing.csv(lang)
        if len(tables) > 1:
            check_csv_name(output)
        parts = {
            f".{name}" if len(tables) > 1 else "": text.encode("utf-8")
            for name, text in tables.items()
        }
    for part, content in parts.items():
        file = (
            output.with_name(f"{output.stem}{part}{output.suffix}") if output and part else output
        )
        write_output(content, format, file)


def check_csv_name(output: Path | None) -> None:
    """Refuse to write the csv of a network to standard output; raises click.UsageError."""
    if files.is_stdout(output):
        raise click.UsageError("csv writes two files: name them with -o, such as -o graph.csv")

"""Write what commands return to standard output or to a file, in the format its name tells."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import click

from kg.cli import terminal
from kg.common import files
from kg.common.control_characters import printable

TABLE_FORMATS: Final = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".md": "md",
    ".txt": "table",
}
"""Formats of tables by the extension of a file."""

_BOM: Final = b"\xef\xbb\xbf"
_BINARY: Final = ("png", "xlsx", "parquet", "docx", "pdf")


def choose_format(
    format: str | None, output: Path | None, by_extension: Mapping[str, str], default: str
) -> str:
    """Return the format given by ``--format`` or by the extension of a file.

    ``default`` is the format of standard output, and of devices and pipes, whose name a user can't
    choose. Raises click.UsageError if extension and ``--format`` differ, if neither is given, and
    for a format that would garble a terminal; ExportError for a file in a missing folder.
    """
    if output is None or files.is_stdout(output):
        if format in _BINARY and sys.stdout.isatty():
            raise click.UsageError(f"{format} is not text: name a file with -o")
        return format or default
    files.check_folder(output)
    known = by_extension.get(output.suffix.casefold())
    if known is None and format is None:
        if output.exists() and not output.is_file():
            return default
        extensions = " ".join(by_extension)
        raise click.UsageError(f"{output}: give --format, or one of the extensions {extensions}")
    if known and format and known != format:
        raise click.UsageError(
            f"{output}: the extension means {known}, --format says {format}: leave one out"
        )
    return format or known or default


def check_not_input(output: Path | None, inputs: Iterable[Path]) -> None:
    """Raise click.UsageError if the output would replace one of the input files."""
    if output is not None and output.resolve() in {file.resolve() for file in inputs}:
        raise click.UsageError(f"{output}: is the input file: name another one")


def write_output(content: bytes, format: str, output: Path | None) -> None:
    """Write the content in a format to standard output, or to a file that appears complete.

    CSV in a file begins with a byte order mark: otherwise Excel reads UTF-8 in the local encoding.
    Text for people has no control characters: whoever shows the file later may do so on a terminal.
    """
    to_stdout = files.is_stdout(output)
    if format in terminal.FOR_PEOPLE and not (to_stdout and sys.stdout.isatty()):
        content = printable(content.decode("utf-8"), styled=False).encode("utf-8")
    with terminal.open_output(output) as stream:
        if format == "csv" and not to_stdout:
            stream.write(_BOM)
        stream.write(content)

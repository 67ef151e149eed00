"""``kg match``: find the documents or bodies that references mean."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli import limits, options, terminal
from kg.cli.output_files import check_not_input, choose_format, write_output
from kg.common import files

if TYPE_CHECKING:
    from kg.tables.spreadsheet import Sheet

_FORMAT_BY_EXTENSION: Final = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".xlsx": "xlsx",
    ".txt": "table",
    ".md": "md",
}
_OTHER_FILES: Final = (".xls", ".xlsm", ".xlsb", ".ods", ".doc", ".docx", ".pdf")


@click.command()
@click.argument("references", metavar="LIST")
@click.option(
    "--column",
    metavar="C",
    help="Column to match: name or number (from 1).  [default: the only one]",
)
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook.  [default: the first]")
@click.option("--encoding", help="Encoding of a text file, such as gb18030.  [default: UTF-8]")
@click.option(
    "--format",
    type=click.Choice(tuple(_FORMAT_BY_EXTENSION.values())),
    help="Output format; table and md are short, to read.  [default: that of FILE, else csv]",
)
@options.as_of
@options.output
@options.store
@options.lang
@limits.limited
def match(
    references: str,
    column: str | None,
    sheet: str | None,
    encoding: str | None,
    format: str | None,
    as_of: str,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Match references or names against the graph.

    LIST is a table (.csv .tsv .xlsx) with a column of references, a bibliography (.bib .ris, .json
    of CSL), a text file (.txt, or - for standard input) with one reference a line, or a single
    reference. Writes its rows with added
    columns: the IRI that each reference means, its name, score and status (current, draft,
    withdrawn, replaced by another where a source says so), a later edition if one is listed, the
    evidence, other candidates, and reasons. A reference to several entities, or to none, has no
    match. With --column, text is read as CSV.
    """
    from kg.analysis.match_rows import COLUMNS, match_rows
    from kg.cli.reports import match as report
    from kg.tables import spreadsheet

    file = _file_of(references)
    format = choose_format(format, output, _FORMAT_BY_EXTENSION, "csv")
    check_not_input(output, [file] if file else [])
    table = _read(references, file, column, sheet, encoding)
    texts = table.references(table.column_index(column))
    graph = options.open_graph(store)
    matches = graph.match(texts, as_of=as_of)
    rows = list(match_rows(graph.store, matches, lang))
    if format in terminal.FOR_PEOPLE:
        write_output(report.short_table(texts, rows, format, lang), format, output)
    else:
        table = table.with_columns(COLUMNS, rows)
        with terminal.open_output(output) as stream:
            spreadsheet.write_table(
                table,
                f".{format}",
                stream,
                added=len(COLUMNS),
                bom=not files.is_stdout(output),
            )
    terminal.echo(report.totals(matches, lang), err=True, nl=False)
    sys.exit(0 if any(match.iri for match in matches) else 1)


def _file_of(references: str) -> Path | None:
    """Return the file that is meant; None for standard input and for a reference."""
    from kg.tables.spreadsheet import LISTS

    path = Path(references)
    if references == "-":
        return None
    known = path.suffix.casefold() in (*LISTS, *_OTHER_FILES)
    return path if known or path.is_file() else None


def _read(
    references: str, file: Path | None, column: str | None, sheet: str | None, encoding: str | None
) -> Sheet:
    from kg.tables import spreadsheet

    if file is not None:
        return spreadsheet.read_table(file, encoding, sheet, lines=column is None)
    if references == "-" and sheet is None:
        data = sys.stdin.buffer.read()
        return spreadsheet.read_text("standard input", data, encoding, lines=column is None)
    if not references.strip():
        raise click.UsageError("name a list, or give a reference")
    for option, value in (("--sheet", sheet), ("--column", column), ("--encoding", encoding)):
        if value is not None:
            raise click.UsageError(f"{references!r} is no file, and {option} is for files")
    return spreadsheet.Sheet((spreadsheet.LIST_HEADER,), ((references.strip(),),))

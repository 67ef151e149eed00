"""``kg match``: find the documents or bodies that a list of references means."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options
from kg.common import files


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--column", required=True, metavar="C", help="Column to match: name or number (from 1)."
)
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook.  [default: the first]")
@click.option("--encoding", help="Encoding of a text file, such as gb18030.  [default: UTF-8]")
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="File to write: .csv, .tsv or .xlsx.  [default: CSV to standard output]",
)
@options.store
@options.lang
def match(
    file: Path,
    column: str,
    sheet: str | None,
    encoding: str | None,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Match a column of references or names against the graph.

    Writes the rows of FILE (.csv .tsv .xlsx) with added columns: the IRI that each reference means,
    its name, score and status (current, replaced by another, withdrawn, draft), other candidates,
    and reasons. A reference to several entities, or to none, has no match.
    """
    from kg.cli.reports import match as report
    from kg.tables import spreadsheet

    extension = spreadsheet.output_extension(output, file)
    references = spreadsheet.read_table(file, encoding, sheet)
    texts = references.column_texts(references.column_index(column))
    graph = options.open_graph(store)
    matches = graph.match(texts)
    table = references.with_columns(report.COLUMNS, report.rows(graph.store, matches, lang))
    with files.open_output(output) as stream:
        in_file = output is not None and str(output) != "-"
        spreadsheet.write_table(table, extension, stream, added=len(report.COLUMNS), bom=in_file)
    click.echo(report.totals(matches, lang), err=True, nl=False)
    sys.exit(0 if any(match.iri for match in matches) else 1)

"""``kg match``: what the references of a list mean."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options
from kg.common import files


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--column", required=True, metavar="C", help="Its name, or its number from 1 on.")
@click.option("--sheet", metavar="NAME", help="Of a workbook.  [default: the first]")
@click.option("--encoding", help="Of a text file, such as gb18030.  [default: UTF-8]")
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="File to write, .csv, .tsv or .xlsx; else CSV on standard output.",
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
    """Hold a column of references or names against the graph.

    FILE (.csv .tsv .xlsx) comes back with columns more: the IRI that each one means, name, score,
    status (current, replaced by which, withdrawn, draft), what else it may mean, and why. What
    means several things or none is no match.
    """
    from kg.cli.reports import match as reports
    from kg.tables import spreadsheet

    ending = spreadsheet.ending_of(output, file)
    listed = spreadsheet.read(file, encoding, sheet)
    texts = listed.texts(listed.column(column))
    graph = options.opened(store)
    found = graph.match(texts)
    table = listed.widened(reports.COLUMNS, reports.columns(graph.store, found, lang))
    with files.binary(output) as stream:
        in_file = output is not None and str(output) != "-"
        spreadsheet.write(table, ending, stream, own=len(reports.COLUMNS), marked=in_file)
    click.echo(reports.sums(found, lang), err=True, nl=False)
    sys.exit(0 if any(one.iri for one in found) else 1)

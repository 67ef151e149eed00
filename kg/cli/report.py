"""``kg report``: what references in lists and documents mean, as one file to hand on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli import limits, options, terminal
from kg.cli.output_files import check_not_input, choose_format, write_output

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.reporting.references import References
    from kg.scanning import Scan

_FORMATS: Final = {".html": "html", ".docx": "docx", ".pdf": "pdf"}


@click.command()
@click.argument("files", metavar="LIST...", nargs=-1, required=True, type=options.SourcePath())
@click.option("--scan", "scanned", is_flag=True, help="Scan .txt and .xlsx files as documents.")
@click.option(
    "--column",
    metavar="C",
    help="Column of a list to match: name or number (from 1).  [default: the only one]",
)
@click.option("--encoding", help="Encoding of a text file, such as gb18030.  [default: UTF-8]")
@click.option("--title", default="", metavar="TEXT", help="Title of the report.")
@click.option(
    "--format",
    type=click.Choice(tuple(_FORMATS.values())),
    help="Output format.  [default: that of FILE, else html]",
)
@options.as_of
@options.output
@options.store
@options.lang
@limits.limited
def report(
    files: Sequence[Path],
    scanned: bool,
    column: str | None,
    encoding: str | None,
    title: str,
    format: str | None,
    as_of: str,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Report what references mean, or what changed, as one file to hand on.

    LIST is a list of references (.txt with one a line, a table .csv .tsv .xlsx, or a
    bibliography .bib .ris .json), which is matched, a document (.docx .pdf .md .html), which
    is scanned, or the .json of kg changes. The report has a title, the day, the graph with its
    sources and their days, a summary, and a table in which each row has its evidence: as a page
    (.html), a Word document or a PDF.
    """
    from kg.reporting.changes import read_changes, report_changes
    from kg.reporting.formats import report_bytes
    from kg.reporting.references import report_references, totals

    format = choose_format(format, output, _FORMATS, "html")
    check_not_input(output, files)
    if (compared := read_changes(files[0])) is not None:
        if len(files) > 1 or as_of:
            raise click.UsageError(f"{files[0]} is a list of changes: report it alone")
        made = report_changes(compared, compared.events, lang, title=title)
        write_output(report_bytes(made, format), format, output)
        terminal.echo(totals(made), err=True, nl=False)
        return
    graph = options.open_graph(store)
    given = [_given(graph, file, scanned, column, encoding, as_of) for file in files]
    made = report_references(graph.store, given, lang, title=title, as_of=as_of)
    write_output(report_bytes(made, format), format, output)
    terminal.echo(totals(made), err=True, nl=False)
    sys.exit(0 if made.summary else 1)


def _given(
    graph: KnowledgeGraph,
    file: Path,
    scanned: bool,
    column: str | None,
    encoding: str | None,
    as_of: str,
) -> References | Scan:
    """Return the matches of a list, or the scan of a document."""
    from kg.tables import spreadsheet

    if scanned or file.suffix.casefold() not in spreadsheet.LISTS:
        from kg.scanning import read_document

        return graph.scan(read_document(file, encoding), as_of=as_of)
    table = spreadsheet.read_table(file, encoding, lines=column is None)
    texts = [text for text in table.references(table.column_index(column)) if text.strip()]
    return str(file), texts, graph.match(texts, as_of=as_of)

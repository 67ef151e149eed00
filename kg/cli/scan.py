"""``kg scan``: find the references to standards in documents, and what became of what they cite."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from kg.cli import limits, options, terminal
from kg.cli.output_files import check_not_input, choose_format, write_output

_FORMATS: Final = {
    ".txt": "table",
    ".md": "md",
    ".csv": "csv",
    ".json": "json",
    ".html": "html",
}


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=options.SourcePath())
@click.option(
    "--format",
    type=click.Choice(tuple(_FORMATS.values())),
    help="Output format; html is the text with its references marked.  [default: that of FILE, else"
    " table]",
)
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    metavar="COPY",
    help="Write a copy of a .docx or .pdf with its references marked.",
)
@click.option("--encoding", help="Encoding of a text file, such as gb18030.  [default: UTF-8]")
@options.as_of
@options.rows
@options.output
@options.store
@options.lang
@limits.limited
def scan(
    files: Sequence[Path],
    format: str | None,
    annotate: Path | None,
    encoding: str | None,
    as_of: str,
    limit: int | None,
    unlimited: bool,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Find the references to standards in documents.

    FILE is a document: .txt .md .html .docx .pdf (with a text layer) or .xlsx. Lists each
    reference with its place, the document that it means, the clauses cited, and its status
    (current, withdrawn, replaced by another where a source says so). Lists and ranges (ISO
    10303-1, -11 and -21), dual numbers, and words that refer back (that standard) count where it
    is certain what they mean; order numbers, quantities and film speeds don't.
    """
    from kg.scanning import read_document
    from kg.scanning.graph_words import describe_graph
    from kg.scanning.output import render, totals

    options.check_rows(limit, unlimited)
    format = choose_format(format, output, _FORMATS, "table")
    _check(files, annotate, output)
    documents = [read_document(file, encoding) for file in files]
    graph = options.open_graph(store)
    scans = [graph.scan(document, as_of=as_of) for document in documents]
    shown = options.rows_to_show(limit, unlimited, output, is_table=format in terminal.FOR_PEOPLE)
    described = describe_graph(graph.store, lang)
    content = render(graph.store, scans, format, lang, graph=described, limit=shown)
    write_output(content, format, output)
    if annotate is not None:
        from kg.scanning.annotation import annotate as write_copy

        unmarked = write_copy(graph.store, scans[0], files[0], annotate, lang)
        if unmarked:
            terminal.echo(f"{annotate}: {unmarked} references have no place to mark", err=True)
    terminal.echo(totals(scans, lang, graph=described, limit=shown), err=True, nl=False)
    sys.exit(0 if any(each.references for each in scans) else 1)


def _check(files: Sequence[Path], copy: Path | None, output: Path | None) -> None:
    """Raise errors for options that contradict each other, before anything is read."""
    check_not_input(output, files)
    if copy is None:
        return
    if len(files) > 1:
        raise click.UsageError("--annotate copies one document: name only one FILE")
    from kg.scanning.annotation import check_output

    check_output(files[0], copy)

"""``kg export``: write the whole graph to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kg.cli import limits, options, terminal
from kg.cli.drawing_files import check_csv_name, write_drawing
from kg.cli.output_files import choose_format

_FORMAT_BY_EXTENSION: Final = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".cyjs": "cytoscape",
    ".csv": "csv",
}


@click.command()
@click.option(
    "--format",
    type=click.Choice((*options.RDF_FORMATS, *options.CLAIM_FORMATS, *options.GRAPH_FORMATS)),
    help="Output format.  [default: from the extension of FILE]",
)
@options.output
@options.store
@options.lang
@limits.limited
def export(format: str | None, output: Path | None, store: str | None, lang: str) -> None:
    """Write the whole graph.

    turtle, ntriples and rdfxml hold the union of its named graphs; nanopub holds a nanopublication
    of each claim, as TriG; graphml, gexf, cytoscape and csv hold the view 'everything' (csv writes
    two files, NAME.nodes.csv and NAME.edges.csv).
    """
    # Nanopublications are TriG, too.
    meant = {**_FORMAT_BY_EXTENSION, ".trig": "nanopub"} if format == "nanopub" else None
    format = choose_format(format, output, meant or _FORMAT_BY_EXTENSION, "")
    if not format:
        raise click.UsageError("give --format, or a file with -o whose extension tells the format")
    if format == "csv":
        check_csv_name(output)
    graph = options.open_graph(store)
    if format in options.GRAPH_FORMATS:
        write_drawing(graph.view(), format, output, lang)
        return
    with terminal.open_output(output) as stream:
        graph.export(format, stream)

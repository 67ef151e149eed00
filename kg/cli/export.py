"""``kg export``: write the whole graph to a file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options, terminal
from kg.cli.drawing_files import check_csv_name, write_drawing


@click.command()
@click.option(
    "--format",
    type=click.Choice((*options.RDF_FORMATS, *options.GRAPH_FORMATS)),
    required=True,
)
@options.output
@options.store
@options.lang
def export(format: str, output: Path | None, store: str | None, lang: str) -> None:
    """Write the whole graph.

    turtle, ntriples and rdfxml hold the union of its named graphs; graphml, gexf, cytoscape and
    csv hold the view 'everything' (csv writes two files, NAME.nodes.csv and NAME.edges.csv).
    """
    if format == "csv":
        check_csv_name(output)
    graph = options.open_graph(store)
    if format in options.GRAPH_FORMATS:
        write_drawing(graph.view(), format, output, lang)
        return
    with terminal.open_output(output) as stream:
        graph.export(format, stream)

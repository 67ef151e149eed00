"""``kg export``: write the whole graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.view import _write
from kg.common import files


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice((*options.RDF_FORMATS, *options.GRAPH_FORMATS)),
    required=True,
)
@options.output
@options.store
@options.lang
def export(format_: str, output: Path | None, store: str | None, lang: str) -> None:
    """Write the whole graph.

    turtle, ntriples and rdfxml hold the union of its named graphs; graphml, gexf, cytoscape and
    csv the view 'everything' (csv makes two files: NAME.nodes.csv and NAME.edges.csv).
    """
    graph = options.opened(store)
    if format_ in options.GRAPH_FORMATS:
        _write(graph.view(), format_, output, lang)
        return
    with files.binary(output) as stream:
        graph.export(format_, stream)

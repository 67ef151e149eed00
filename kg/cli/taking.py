"""Commands that take the graph along, as files."""

from __future__ import annotations

from pathlib import Path

import click

from kg import terminal
from kg.cli import options


@click.command()
@click.option("--format", "format_", type=click.Choice(options.EXPORT_FORMATS), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File; - or nothing for standard output.",
)
@options.store
def export(format_: str, output: Path | None, store: str | None) -> None:
    """Write the whole graph; turtle, ntriples and rdfxml hold the union of its named graphs."""
    graph = options.opened(store)
    with terminal.binary(output) as stream:
        graph.export(format_, stream)

"""``kg relate``: show how two entities are related."""

from __future__ import annotations

import sys

import click

from kg.cli import options, terminal


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--paths", type=int, default=3, show_default=True, help="Maximum number of paths.")
@click.option("--hops", type=int, default=4, show_default=True, help="Maximum number of steps.")
@options.table_format
@options.store
@options.lang
def relate(
    start: str, end: str, paths: int, hops: int, format: str, store: str | None, lang: str
) -> None:
    """Show the best paths between A and B, each step with its evidence.

    Short paths rank first, as do paths through entities with few relations.
    """
    from kg.cli.reports import paths as report

    graph = options.open_graph(store)
    best_paths = graph.relate(start, end, paths=paths, hops=hops)
    names = graph.label(graph.resolve(start), lang), graph.label(graph.resolve(end), lang)
    text = report.paths(graph.store, best_paths, (*names, hops), format, lang)
    terminal.echo(text, nl=False, format=format)
    sys.exit(0 if best_paths else 1)

"""``kg relate``: show how two entities are related."""

from __future__ import annotations

import sys

import click

from kg.cli import options


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--paths", type=int, default=3, show_default=True, help="How many paths to show.")
@click.option("--hops", type=int, default=4, show_default=True, help="How many steps at most.")
@options.table_format
@options.store
@options.lang
def relate(
    start: str, end: str, paths: int, hops: int, format: str, store: str | None, lang: str
) -> None:
    """Show the best paths between A and B, each step with its evidence.

    A path is better the fewer steps it has, and the fewer relations its stations have.
    """
    from kg.cli.reports import paths as report

    graph = options.open_graph(store)
    best_paths = graph.relate(start, end, paths=paths, hops=hops)
    names = graph.label(graph.resolve(start), lang), graph.label(graph.resolve(end), lang)
    click.echo(report.paths(graph.store, best_paths, (*names, hops), format, lang), nl=False)
    sys.exit(0 if best_paths else 1)

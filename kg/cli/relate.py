"""``kg relate``: how two things are related."""

from __future__ import annotations

import sys

import click

from kg.cli import options


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--paths", type=int, default=3, show_default=True, help="How many ways to show.")
@click.option("--hops", type=int, default=4, show_default=True, help="How many steps at most.")
@click.option("--format", "format_", type=click.Choice(options.TABLE_FORMATS), default="table")
@options.store
@options.lang
def relate(
    one: str, other: str, paths: int, hops: int, format_: str, store: str | None, lang: str
) -> None:
    """Show the best ways in which A and B are related, each step with its evidence.

    A way is the better the fewer its steps, and the less its stations are joined to everything.
    """
    from kg.cli.reports import paths as reports

    graph = options.opened(store)
    ways = graph.relate(one, other, paths=paths, hops=hops)
    names = graph.label(graph.resolve(one), lang), graph.label(graph.resolve(other), lang)
    text = reports.ways(graph.store, ways, (*names, hops), format_, lang)
    click.echo(text, nl=False)
    sys.exit(0 if ways else 1)

"""``kg search``: find things by name, number or title."""

from __future__ import annotations

import sys

import click

from kg.cli import options


@click.command()
@click.argument("text")
@click.option(
    "--kind",
    metavar="CLASS|GROUP",
    help="Only things of this kind, such as std:Organization or event.",
)
@click.option("--limit", type=int, default=20, show_default=True, help="How many at most.")
@click.option("--format", "format_", type=click.Choice(options.TABLE_FORMATS), default="table")
@options.store
@options.lang
def search(
    text: str, kind: str | None, limit: int, format_: str, store: str | None, lang: str
) -> None:
    """Find things by a part of a name, other name or identifier.

    Chinese and English alike; full-width and half-width letters, traditional and simplified
    characters, case and punctuation make no difference.
    """
    from kg.cli.reports import search

    graph = options.opened(store)
    found = graph.search(text, within=kind, limit=limit)
    click.echo(search.hits(graph.store, found, format_, lang), nl=False)
    sys.exit(0 if found else 1)

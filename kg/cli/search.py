"""``kg search``: find entities by name, number or title."""

from __future__ import annotations

import sys

import click

from kg.cli import limits, options, terminal


@click.command()
@click.argument("text")
@click.option(
    "--kind",
    metavar="CLASS|GROUP",
    help="Only entities of this kind, such as std:Organization or event.",
)
@click.option("--limit", type=int, default=20, show_default=True, help="Maximum number of hits.")
@options.table_format
@options.store
@options.lang
@limits.limited
def search(
    text: str, kind: str | None, limit: int, format: str, store: str | None, lang: str
) -> None:
    """Find entities by a part of a name, other name or identifier.

    Names are searched in all languages. Full-width or half-width letters, traditional, simplified
    or Japanese forms of characters, case, plurals and punctuation make no difference. Words for
    topics also find what is commonly meant by them; such hits say so.
    """
    from kg.cli.reports import search as report

    graph = options.open_graph(store)
    hits = graph.search(text, within=kind, limit=limit)
    terminal.echo(report.hits(graph.store, hits, format, lang), nl=False, format=format)
    sys.exit(0 if hits else 1)

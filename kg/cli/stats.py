"""``kg stats``: count what the graph holds."""

from __future__ import annotations

import click

from kg.cli import options


@click.command()
@options.store
@options.lang
def stats(store: str | None, lang: str) -> None:
    """Count classes, properties, graphs, claims, sources, evidence, and the reach of the shapes.

    Of each catalogue: records, those rejected by reason, mendings, fields not known, and how many
    identifiers were parsed and committees resolved.
    """
    from kg.cli.reports import statistics as reports

    graph = options.opened(store)
    click.echo(reports.statistics(graph, lang), nl=False)

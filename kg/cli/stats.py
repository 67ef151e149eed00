"""``kg stats``: count the contents of the graph."""

from __future__ import annotations

import click

from kg.cli import limits, options, terminal


@click.command()
@options.store
@options.lang
@limits.limited
def stats(store: str | None, lang: str) -> None:
    """Count classes, properties, graphs, claims, sources, evidence, and the coverage of shapes.

    For each catalogue: records, rejects by reason, repairs, unknown fields, and how many
    identifiers were parsed and committees resolved.
    """
    from kg.cli.reports import statistics as report

    terminal.echo(report.statistics(options.open_graph(store), lang), nl=False)

"""``kg stats``: count the contents of the graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import limits, options
from kg.cli.output_files import write_output


@click.command()
@options.output
@options.store
@options.lang
@limits.limited
def stats(output: Path | None, store: str | None, lang: str) -> None:
    """Count classes, properties, graphs, claims, sources, evidence, and the coverage of shapes.

    For each catalogue: records, rejects by reason, repairs, unknown fields, and how many
    identifiers were parsed and committees resolved.
    """
    from kg.cli.reports import statistics as report

    if output is not None and output.suffix.casefold() not in ("", ".txt"):
        raise click.UsageError(f"{output}: the counts are text to read: name the file .txt")
    text = report.statistics(options.open_graph(store), lang)
    write_output(text.encode("utf-8"), "table", output)

"""``kg search``: find entities by name, number or title."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import limits, options
from kg.cli.output_files import TABLE_FORMATS, choose_format, write_output


@click.command()
@click.argument("text")
@click.option(
    "--kind",
    metavar="CLASS|GROUP",
    help="Only entities of this kind, such as std:Organization or event.",
)
@click.option("--limit", type=int, default=20, show_default=True, help="Maximum number of hits.")
@options.table_format
@options.output
@options.store
@options.lang
@limits.limited
def search(
    text: str,
    kind: str | None,
    limit: int,
    format: str | None,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Find entities by a part of a name, other name or identifier.

    Names are searched in all languages. Full-width or half-width letters, traditional, simplified
    or Japanese forms of characters, case, plurals and punctuation make no difference. Words for
    topics also find what is commonly meant by them; such hits say so.
    """
    from kg.cli.reports import search as report

    format = choose_format(format, output, TABLE_FORMATS, "table")
    graph = options.open_graph(store)
    hits = graph.search(text, within=kind, limit=limit)
    write_output(report.hits(graph.store, hits, format, lang).encode("utf-8"), format, output)
    sys.exit(0 if hits else 1)

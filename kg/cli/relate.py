"""``kg relate``: show how two entities are related."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import limits, options, terminal
from kg.cli.output_files import TABLE_FORMATS, choose_format, write_output


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--paths", type=int, default=3, show_default=True, help="Maximum number of ways.")
@click.option("--hops", type=int, default=4, show_default=True, help="Maximum number of steps.")
@options.as_of
@options.table_format
@options.output
@options.store
@options.lang
@limits.limited
def relate(
    start: str,
    end: str,
    paths: int,
    hops: int,
    as_of: str,
    format: str | None,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Show the best ways from A to B, each step with its evidence.

    Short ways rank first, as do ways through entities with few relations. Ways that say the same
    are shown as one, with their number. What stands for A or B counts as A or B: the bodies of a
    country, the parts of a whole, the editions of a standard.
    """
    from kg.cli.reports import paths as report

    format = choose_format(format, output, TABLE_FORMATS, "table")
    graph = options.open_graph(store)
    ways = graph.relate(start, end, paths=paths, hops=hops, as_of=as_of)
    if ways or format != "table":
        text = report.paths(graph.store, ways, format, lang)
    else:
        ends = [
            (graph.label(graph.resolve(name), lang), graph.count_relations(name, lang, as_of=as_of))
            for name in (start, end)
        ]
        text = report.no_path(ends, hops, lang)
    write_output(text.encode("utf-8"), format, output)
    for note in graph.left_out(as_of, lang):
        terminal.echo(note, err=True)
    sys.exit(0 if ways else 1)

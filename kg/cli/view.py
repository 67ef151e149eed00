"""``kg view``: show a view of the graph, or write it to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli import limits, options, terminal
from kg.cli.drawing_files import check_csv_name, write_drawing
from kg.cli.output_files import choose_format, write_output

if TYPE_CHECKING:
    from kg.queries.views import View

_FORMAT_BY_EXTENSION: Final = {
    ".html": "html",
    ".svg": "svg",
    ".png": "png",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".cyjs": "cytoscape",
    ".json": "cytoscape",
    ".csv": "csv",
    ".txt": "table",
}
_WITH_DARK: Final = ("svg", "png")
_NETWORK_FORMATS: Final = ("graphml", "gexf", "cytoscape")
_LIMITS: Final = {"html": 300, "svg": 300, "png": 300, "table": 20_000}
"""Maximum number of entities by format; a larger view is folded. Others have no limit."""


@click.command()
@click.argument("name", required=False)
@click.option("--around", metavar="ENTITY", help="Only entities connected to this one.")
@click.option("--hops", type=int, help="Maximum distance from it, in relations.  [default: 1]")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="CLASS|GROUP",
    help="Only entities of this kind, such as std:Standard or event; may be repeated.",
)
@click.option("--since", metavar="DATE", help="Only from this year, month or day on.")
@click.option("--until", metavar="DATE", help="Only up to this year, month or day.")
@click.option("--place", metavar="ENTITY", help="Only relations of entities in this area.")
@options.as_of
@click.option(
    "--format",
    type=click.Choice(options.VIEW_FORMATS),
    help="Output format.  [default: from the extension of FILE, else table]",
)
@click.option("--dark", is_flag=True, help="Draw svg and png of a network on a dark background.")
@options.output
@options.store
@options.lang
@limits.limited
def view(
    name: str | None,
    around: str | None,
    hops: int | None,
    kinds: tuple[str, ...],
    since: str | None,
    until: str | None,
    place: str | None,
    as_of: str,
    format: str | None,
    dark: bool,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Show a view of the graph by NAME, or list the views.

    With a filter, a file or a format and no NAME, the view is 'everything'. csv writes a network
    to two files, FILE.nodes.csv and FILE.edges.csv.
    """
    from kg.cli.reports import views as report
    from kg.common import resources
    from kg.queries.views import find_view

    filters = {"around": around, "since": since, "until": until, "place": place}
    arguments = (name, *filters.values(), hops, format, output)
    if all(argument is None for argument in arguments) and not (kinds or as_of or dark):
        terminal.echo(report.view_list(lang), nl=False)
        return
    for option, value in filters.items():
        # An unset shell variable must not select the whole graph instead of a part.
        if value == "":
            raise click.UsageError(f"--{option} is empty: give it a value or leave it out")
    format = choose_format(format, output, _FORMAT_BY_EXTENSION, "table")
    if dark and format not in _WITH_DARK:
        raise click.UsageError(f"--dark is for {' and '.join(_WITH_DARK)}: not {format}")
    name = "everything" if name is None else name
    _check_format(find_view(resources.queries() / "views", name), format, output, dark)
    drawing = options.open_graph(store).view(
        name,
        kinds=kinds,
        hops=hops,
        at_most=_LIMITS.get(format),
        around=around or "",
        since=since or "",
        until=until or "",
        place=place or "",
        as_of=as_of,
    )
    if format == "table":
        write_output(report.view_table(drawing, lang).encode("utf-8"), format, output)
    else:
        write_drawing(drawing, format, output, lang, dark=dark)
    for note in drawing.notes:
        terminal.echo(note.of(lang), err=True)
    # A network without edges can be drawn, but its table is empty.
    no_rows = format == "table" and drawing.view.kind == "network" and not drawing.network.size()
    sys.exit(1 if no_rows or drawing.empty else 0)


def _check_format(view: View, format: str, output: Path | None, dark: bool) -> None:
    """Refuse what the view can't be written as, before it is read, which can take a while."""
    network = view.kind == "network"
    if dark and not network:
        raise click.UsageError(f"the view {view.name!r} is not a network: leave out --dark")
    if format in _NETWORK_FORMATS and not network:
        raise click.UsageError(
            f"the view {view.name!r} is not a network: use html, svg, png, csv or table"
        )
    if format == "csv" and network:
        check_csv_name(output)

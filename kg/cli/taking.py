"""Commands that take the graph along, as files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import terminal
from kg.cli import options

if TYPE_CHECKING:
    from kg.pictures.drawing import Drawing

_FORMAT_OF_ENDING = {
    ".html": "html",
    ".svg": "svg",
    ".png": "png",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".cyjs": "cytoscape",
    ".json": "cytoscape",
    ".csv": "csv",
}


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice((*options.RDF_FORMATS, *options.GRAPH_FORMATS)),
    required=True,
)
@options.output
@options.store
@options.lang
def export(format_: str, output: Path | None, store: str | None, lang: str) -> None:
    """Write the whole graph.

    turtle, ntriples and rdfxml hold the union of its named graphs; graphml, gexf, cytoscape and
    csv the view 'everything' (csv makes two files: NAME.nodes.csv and NAME.edges.csv).
    """
    graph = options.opened(store)
    if format_ in options.GRAPH_FORMATS:
        _write(graph.view(), format_, output, lang)
        return
    with terminal.binary(output) as stream:
        graph.export(format_, stream)


@click.command()
@click.argument("name", required=False)
@click.option("--around", metavar="ENTITY", help="Only what lies around this thing.")
@click.option("--hops", type=int, default=1, show_default=True, help="How far around it.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="CLASS|GROUP",
    help="Only things of this kind, such as std:Standard or event; may be given again.",
)
@click.option("--since", default="", metavar="DATE", help="Only from this year, month or day on.")
@click.option("--until", default="", metavar="DATE", help="Only up to this year, month or day.")
@click.option("--place", default="", metavar="ENTITY", help="Only relations of things there.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(options.VIEW_FORMATS),
    help="Told by the ending of FILE unless given; else table.",
)
@click.option("--dark", is_flag=True, help="Draw svg and png of a network on a dark ground.")
@options.output
@options.store
@options.lang
def view(
    name: str | None,
    around: str | None,
    hops: int,
    kinds: tuple[str, ...],
    since: str,
    until: str,
    place: str,
    format_: str | None,
    dark: bool,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Look at a view of the graph by NAME, or list the views.

    With --around and no NAME, the view is 'everything'. csv makes two files of a network,
    FILE.nodes.csv and FILE.edges.csv.
    """
    from kg.reports import things as reports  # noqa: PLC0415

    if name is None and around is None:
        click.echo(reports.views(lang), nl=False)
        return
    if format_ is None:
        ending = output.suffix if output is not None else ""
        format_ = _FORMAT_OF_ENDING.get(ending, "table")
    drawing = options.opened(store).view(
        name or "everything",
        kinds=kinds,
        since=since,
        until=until,
        place=place,
        around=around or "",
        hops=hops,
    )
    if format_ == "table":
        text = reports.drawing(drawing, lang)
        with terminal.binary(output) as stream:
            stream.write(text.encode("utf-8"))
    else:
        _write(drawing, format_, output, lang, dark=dark)
    sys.exit(1 if drawing.empty else 0)


def _write(
    drawing: Drawing, format_: str, output: Path | None, lang: str, *, dark: bool = False
) -> None:
    if format_ != "csv":
        made = {"": drawing.write(format_, lang, dark=dark)}
    else:
        tables = drawing.csv(lang)
        if len(tables) > 1 and (output is None or str(output) == "-"):
            raise click.UsageError("csv makes two files: name them with -o, such as -o graph.csv")
        made = {
            f".{part}" if len(tables) > 1 else "": text.encode("utf-8")
            for part, text in tables.items()
        }
    for part, content in made.items():
        file = (
            output.with_name(f"{output.stem}{part}{output.suffix}") if output and part else output
        )
        with terminal.binary(file) as stream:
            stream.write(content)

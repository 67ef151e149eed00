"""Commands that take the graph along, as files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.common import files

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
    ".txt": "table",
}
_DARK = ("svg", "png")
# What nobody can look at is not drawn, and not loaded either; files for programs have no bounds.
_MOST = {"html": 2000, "svg": 2000, "png": 2000, "table": 20_000}


@click.command()
@click.argument("name", required=False)
@click.option("--around", metavar="ENTITY", help="Only what lies around this thing.")
@click.option("--hops", type=int, help="How far around it.  [default: 1]")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="CLASS|GROUP",
    help="Only things of this kind, such as std:Standard or event; may be given again.",
)
@click.option("--since", metavar="DATE", help="Only from this year, month or day on.")
@click.option("--until", metavar="DATE", help="Only up to this year, month or day.")
@click.option("--place", metavar="ENTITY", help="Only relations of things in this area.")
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
    hops: int | None,
    kinds: tuple[str, ...],
    since: str | None,
    until: str | None,
    place: str | None,
    format_: str | None,
    dark: bool,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Look at a view of the graph by NAME, or list the views.

    With a filter, a file or a format and no NAME, the view is 'everything'. csv makes two files of
    a network, FILE.nodes.csv and FILE.edges.csv.
    """
    from kg.cli.reports import views

    filters = {"around": around, "since": since, "until": until, "place": place}
    given = (name, *filters.values(), hops, format_, output)
    if all(one is None for one in given) and not kinds and not dark:
        click.echo(views.views(lang), nl=False)
        return
    for option, value in filters.items():
        # An empty variable of a shell must not turn a part into the whole.
        if value == "":
            raise click.UsageError(f"--{option} is empty: give it a value or leave it out")
    format_ = _format(format_, output)
    if dark and format_ not in _DARK:
        raise click.UsageError(f"--dark is for {' and '.join(_DARK)}: {format_} takes none")
    drawing = options.opened(store).view(
        "everything" if name is None else name,
        kinds=kinds,
        hops=hops,
        at_most=_MOST.get(format_),
        **{option: value or "" for option, value in filters.items()},
    )
    if dark and drawing.view.kind != "network":
        raise click.UsageError(f"the view {drawing.view.name!r} is no network: it takes no --dark")
    if format_ == "table":
        text = views.drawing(drawing, lang)
        with files.binary(output) as stream:
            stream.write(text.encode("utf-8"))
    else:
        _write(drawing, format_, output, lang, dark=dark)
    # A thing alone can be drawn, but the rows of a table are edges.
    bare = format_ == "table" and drawing.view.kind == "network" and not drawing.network.size()
    sys.exit(1 if bare or drawing.empty else 0)


def _format(format_: str | None, output: Path | None) -> str:
    if output is None or str(output) == "-":
        return format_ or "table"
    told = _FORMAT_OF_ENDING.get(output.suffix.casefold())
    if told is None and format_ is None:
        if output.exists() and not output.is_file():
            # Nobody chooses the name of a device or a pipe.
            return "table"
        endings = " ".join(_FORMAT_OF_ENDING)
        raise click.UsageError(f"{output}: give --format, or one of the endings {endings}")
    if told and format_ and told != format_:
        raise click.UsageError(
            f"{output}: its ending says {told}, --format says {format_}: leave one out"
        )
    return format_ or told or "table"


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
        with files.binary(file) as stream:
            stream.write(content)

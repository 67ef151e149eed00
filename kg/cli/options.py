"""What several commands share: options, and the graph they name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

# Names, not the modules that define them: those are loaded when a command needs them.
TABLE_FORMATS = ("table", "csv", "tsv", "json", "md")
RDF_FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")
GRAPH_FORMATS = ("graphml", "gexf", "cytoscape", "csv")
VIEW_FORMATS = ("table", "html", "svg", "png", *GRAPH_FORMATS)
KINDS = ("relaton", "relaton-sdo", "iso-committees", "iso-deliverables", "ics", "rdf")
ENGINES = ("auto", "pyshacl", "shacl")

store = click.option(
    "--store",
    metavar="DIR",
    help="Folder of the built graph; else KG_STORE, else one in the user's data folder.",
)
lang = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    envvar="KG_LANG",
    show_envvar=True,
    show_default=True,
    help="Language of labels, titles and the shapes' messages; both are always searched.",
)


class _File(click.Path):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        # To pathlib it would be the folder one stands in.
        if value == "":
            raise click.UsageError("-o names no file: give a name, or - for standard output")
        return super().convert(value, param, ctx)


output = click.option(
    "-o",
    "--output",
    type=_File(path_type=Path),
    help="File; - or nothing for standard output.",
)


def folder(store: str | None) -> Path:
    """The folder of the built graph."""
    from kg.store.generations import default_folder

    if store == "":
        raise click.UsageError("--store names no folder")
    return default_folder() if store is None else Path(store).expanduser()


def opened(store: str | None) -> KnowledgeGraph:
    """The built graph."""
    from kg.graph import KnowledgeGraph

    return KnowledgeGraph.open(folder(store))

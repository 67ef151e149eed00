"""Options that several commands share, and how to open the graph that ``--store`` names."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli import terminal
from kg.cli.endpoint_options import endpoint_options, given_endpoint
from kg.cli.language import current_language, set_language
from kg.common.files import is_stdout

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

# Repeated here so that `kg --help` doesn't import the modules that define them.
TABLE_FORMATS = ("table", "csv", "tsv", "json", "md")
QUERY_FORMATS = (
    *(*TABLE_FORMATS, "xlsx", "parquet"),
    *("turtle", "ntriples", "jsonld", "rdfxml"),
)
RDF_FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")
CLAIM_FORMATS = ("nanopub",)
GRAPH_FORMATS = ("graphml", "gexf", "cytoscape", "csv")
VIEW_FORMATS = ("table", "html", "svg", "png", *GRAPH_FORMATS)
KINDS = ("relaton", "relaton-sdo", "iso-committees", "iso-deliverables", "ics", "list", "rdf")
ENGINES = ("auto", "pyshacl", "shacl")

folder = click.option(
    "--store",
    metavar="DIR",
    help="Folder of the built graph.  [default: KG_STORE, or a folder in the user's data folder]",
)


def store(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which graph to read: ``--store``, or ``--endpoint`` and its own."""
    for option in (*reversed(endpoint_options(loads=False)), folder):
        command = option(command)
    return command


def _set_language(context: click.Context, param: click.Parameter, value: str) -> str:
    set_language(value)
    return value


def _lang(*, expose_value: bool) -> Callable[[Any], Any]:
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        default=current_language,
        callback=_set_language,
        expose_value=expose_value,
        help="Language of answers, help and messages.  [default: KG_LANG, or the locale]",
    )


lang = _lang(expose_value=True)
message_lang = _lang(expose_value=False)
evidence = click.option("--evidence", is_flag=True, help="Cite the evidence of each row in full.")
table_format = click.option(
    "--format",
    type=click.Choice(TABLE_FORMATS),
    help="Output format.  [default: from the extension of FILE, else table]",
)


def _day(context: click.Context, param: click.Parameter, value: str | None) -> str:
    # An unset shell variable must not give today's answer instead.
    if value == "":
        raise click.UsageError("--as-of is empty: give a day such as 2025-04-30, or leave it out")
    return value or ""


as_of = click.option(
    "--as-of",
    metavar="DAY",
    callback=_day,
    help="Answer as it stood on that day, such as 2025-04-30.  [default: the latest known]",
)


_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([KMG]?)B?", re.IGNORECASE)


class _Size(click.ParamType[int]):
    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        match = _SIZE.fullmatch(str(value))
        if match is None:
            self.fail(f"{value!r} is no size: write 500M or 2G", param, ctx)
        return int(float(match[1]) * _UNITS[match[2].upper()])


SIZE = _Size()
"""Bytes, with an optional unit."""

timeout = click.option(
    "--timeout",
    type=float,
    metavar="SECONDS",
    help="End the command if it takes longer.  [default: no limit]",
)
memory = click.option(
    "--memory",
    type=SIZE,
    metavar="SIZE",
    help="End the command if it needs more, such as 2G.  [default: half of what is free]",
)


def worker_limits(workers: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make the options of a server: limits of each query, and how many run at once."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for option in (
            click.option(
                "--workers",
                type=click.IntRange(1, 256),
                default=workers,
                show_default=True,
                help="Queries that run at once.",
            ),
            click.option(
                "--memory",
                type=SIZE,
                default="1G",
                show_default=True,
                metavar="SIZE",
                help="End a query that needs more.",
            ),
            click.option(
                "--timeout",
                type=float,
                default=10.0,
                show_default=True,
                metavar="SECONDS",
                help="End a query that takes longer.",
            ),
        ):
            command = option(command)
        return command

    return add


ROWS_ON_A_TERMINAL: Final = 100


def rows(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--limit`` and ``--all``, for the rows of an answer; see :func:`rows_to_show`."""
    unlimited = click.option(
        "--all", "unlimited", is_flag=True, help="Show all rows, even on a terminal."
    )
    limit = click.option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        help="Maximum number of rows.  [default: 100 on a terminal, otherwise all]",
    )
    return limit(unlimited(command))


def check_rows(limit: int | None, unlimited: bool) -> None:
    """Raise click.UsageError if ``--limit`` and ``--all`` are both given."""
    if unlimited and limit is not None:
        raise click.UsageError("--limit and --all can't be combined: give one of them")


def rows_to_show(
    limit: int | None, unlimited: bool, output: Path | None, *, is_table: bool
) -> int | None:
    """Return the maximum number of rows; None for all.

    A table for people on a terminal has :data:`ROWS_ON_A_TERMINAL` unless the options say other.
    """
    on_terminal = is_stdout(output) and sys.stdout.isatty()
    if limit is None and not unlimited and is_table and on_terminal:
        return ROWS_ON_A_TERMINAL
    return limit


class SourcePath(click.Path):
    """A file or folder to read; an empty name is refused."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, unless it is empty."""
        # pathlib would treat it as the current folder: an unset shell variable must not.
        if value == "":
            name = param.human_readable_name.strip("[].") if param else "a name"
            raise click.UsageError(f"{name} is empty: give a file or a folder")
        return super().convert(value, param, ctx)


articles = click.option(
    "--article",
    "articles",
    multiple=True,
    type=SourcePath(),
    metavar="FOLDER",
    help="Folder of an article of your own; may be repeated.",
)


class _OutputPath(click.Path):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        # pathlib would treat an empty name as the current folder.
        if value == "":
            raise click.UsageError("-o names no file: give a name, or - for standard output")
        return super().convert(value, param, ctx)


def output_option(text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make the option ``-o`` with a help text."""
    return click.option(
        "-o", "--output", type=_OutputPath(path_type=Path), metavar="FILE", help=text
    )


output = output_option("File to write, or - for standard output.  [default: -]")


def store_folder(store: str | None) -> Path:
    """Return the folder of the built graph, given the value of ``--store``."""
    from kg.store.generations import default_folder

    if store == "":
        raise click.UsageError("--store is empty: give a folder")
    return default_folder() if store is None else Path(store).expanduser()


def open_graph(store: str | None) -> KnowledgeGraph:
    """Open the graph, given the value of ``--store``: the built one, or that of an endpoint."""
    from kg.graph import KnowledgeGraph
    from kg.store.generations import outdated_note

    if (endpoint := given_endpoint(store)) is not None:
        return KnowledgeGraph.open(store, endpoint=endpoint)
    graph = KnowledgeGraph.open(store_folder(store))
    if graph.store.files and (note := outdated_note(graph.store.files)):
        terminal.warn(note)
    return graph

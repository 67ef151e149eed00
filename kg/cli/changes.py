"""``kg changes``: what happened between two states of catalogues."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli import limits, options, terminal
from kg.cli.output_files import choose_format, write_output
from kg.common.errors import StoreError

if TYPE_CHECKING:
    from kg.changes.model import Changes
    from kg.changes.watch import Resolve

_FORMATS: Final = {
    ".txt": "table",
    ".csv": "csv",
    ".json": "json",
    ".md": "md",
    ".html": "html",
    ".atom": "atom",
    ".xml": "atom",
    ".docx": "docx",
    ".pdf": "pdf",
}
_REPORTS: Final = ("docx", "pdf")


@click.command()
@click.argument("old", type=options.SourcePath(), required=False)
@click.argument("new", type=options.SourcePath(), required=False)
@click.option(
    "--watch",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Only events of what FILE lists: documents, committees, fields, countries or bodies.",
)
@click.option("--since", metavar="DATE", help="Only events from this day, month or year on.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only events of this kind.")
@click.option(
    "--as",
    "source_kind",
    type=click.Choice(options.KINDS),
    help="Kind of OLD and NEW.  [default: detected]",
)
@click.option(
    "--format",
    type=click.Choice(tuple(dict.fromkeys(_FORMATS.values()))),
    help="Output format.  [default: from the extension of FILE, else table]",
)
@options.output
@options.folder
@options.lang
@limits.limited
def changes(
    old: Path | None,
    new: Path | None,
    watch: Path | None,
    since: str | None,
    kinds: Sequence[str],
    source_kind: str | None,
    format: str | None,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Tell what happened between two states of catalogues.

    OLD and NEW are two states of a source (files, folders, archives, or a git checkout at a day:
    FOLDER@2025-04-30), or two folders of built graphs. Without them, the built graph is compared
    with the one before its last build. Events have the records that prove them, and a date if a
    record gives it; changes of form alone are counted.
    """
    from kg.changes.formats import changes_bytes
    from kg.changes.output import totals
    from kg.changes.watch import read_watch_list, select_events

    format = choose_format(format, output, _FORMATS, "table")
    watched = read_watch_list(watch, _resolver(store)) if watch else ()
    # Checks the options before the states are compared, which takes long.
    select_events((), kinds=kinds, since=since)
    compared = _compare(old, new, source_kind, store)
    events = select_events(compared.events, kinds=kinds, since=since, watched=watched)
    if format in _REPORTS:
        from kg.reporting.changes import report_changes
        from kg.reporting.formats import report_bytes

        content = report_bytes(report_changes(compared, events, lang), format)
    else:
        content = changes_bytes(compared, events, format, lang)
    write_output(content, format, output)
    terminal.echo(totals(compared, events, lang), err=True, nl=False)
    sys.exit(0 if events else 1)


def _compare(old: Path | None, new: Path | None, kind: str | None, store: str | None) -> Changes:
    from kg.changes.compare import compare_states
    from kg.pipeline import states

    if old is None:
        folder = options.store_folder(store)
        last = states.last_states(folder)
        if last is None:
            raise StoreError(
                f"{folder} has no earlier graph to compare: give two states, OLD and NEW"
            )
        return compare_states(*last)
    if new is None:
        raise click.UsageError("give both states, OLD and NEW, or none")
    return compare_states(*states.open_states(old, new, kind))


def _resolver(store: str | None) -> Resolve:
    """Return a function that finds a name in the built graph, which is opened when it is needed."""
    from kg.changes.watch import names_in
    from kg.graph import KnowledgeGraph
    from kg.store.generations import had_graph

    @cache
    def names() -> Resolve:
        return names_in(KnowledgeGraph.open(options.store_folder(store)).store)

    def resolve(name: str) -> Sequence[str]:
        return names()(name) if had_graph(options.store_folder(store)) else ()

    return resolve

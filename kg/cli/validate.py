"""``kg validate``: validate the graph, or RDF files, against the SHACL shapes."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import limits, options, terminal
from kg.cli.language import translate

if TYPE_CHECKING:
    from kg.validation.shacl import Engine


@click.command()
@click.argument("files", nargs=-1, type=options.SourcePath())
@click.option("--engine", type=click.Choice(options.ENGINES), default="auto", show_default=True)
@click.option("--format", type=click.Choice(["table", "json", "ttl", "csv"]), default="table")
@click.option("--coverage", is_flag=True, help="Show how many targets each shape found.")
@options.store
@options.lang
@limits.limited
def validate(
    files: tuple[Path, ...],
    engine: Engine,
    format: str,
    coverage: bool,
    store: str | None,
    lang: str,
) -> None:
    """Validate the built graph, or FILES, against the shapes.

    FILES (.trig .ttl .nt .nq .jsonld) are validated together with the ontology; give all files that
    belong together. The curated part and the catalogues have shapes of their own. The table counts
    the faults of catalogues by shape and body; other formats list every result.

    Exit code: 0 without violations, 1 with violations in the curated part, 3 with violations in
    catalogues only. Warnings and infos do not count.
    """
    from kg.cli.reports import validation as report
    from kg.graph import KnowledgeGraph

    graph = KnowledgeGraph.of_files(files) if files else options.open_graph(store)
    if coverage:
        if format != "table":
            raise click.UsageError("--coverage is only available as a table: leave out --format")
        rows = graph.shape_coverage()
        terminal.echo(report.shape_coverage(rows, lang), nl=False)
        sys.exit(1 if any(row.fault for row in rows) else 0)
    with terminal.progress_bar(("validate", "catalogues", "check")) as progress:
        progress("validate")
        curated = graph.validate(engine)
        progress("catalogues")
        catalogues = graph.validate_catalogues(engine)
        progress("check")
        defects = [] if files else graph.defects()
    for text in report.validation(graph.store, curated, catalogues, format, lang):
        terminal.echo(text, nl=False, format=format)
    for defect in defects:
        terminal.echo(str(replace(defect, meaning=translate(defect.meaning))), err=True)
    if defects or not curated.conforms:
        sys.exit(1)
    sys.exit(0 if catalogues is None or catalogues.conforms else 3)

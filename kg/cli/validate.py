"""``kg validate``: validate the graph, or RDF files, against the SHACL shapes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options, terminal


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--engine", type=click.Choice(options.ENGINES), default="auto", show_default=True)
@click.option(
    "--format", "format_", type=click.Choice(["table", "json", "ttl", "csv"]), default="table"
)
@click.option("--coverage", is_flag=True, help="How many targets each shape found.")
@options.store
@options.lang
def validate(
    files: tuple[Path, ...],
    engine: str,
    format_: str,
    coverage: bool,
    store: str | None,
    lang: str,
) -> None:
    """Hold the built graph, or FILES, against the shapes.

    FILES (.trig .ttl .nt .nq .jsonld) are taken together with the ontology; give all that belong
    together. What the curators wrote has shapes of its own, and so have the catalogues that joined
    it: their table counts faults by shape and body; the other formats give every result.

    Exit code: 0 where nothing is a violation, 1 where something is in the curated part, 3 where
    something is in the catalogues alone. Warnings and infos do not count.
    """
    from kg.cli.reports import validation as reports
    from kg.graph import KnowledgeGraph

    graph = KnowledgeGraph.of_files(files) if files else options.opened(store)
    if coverage:
        if format_ != "table":
            raise click.UsageError("--coverage comes as a table: leave out --format")
        rows = graph.shape_coverage()
        click.echo(reports.shape_coverage(rows, lang), nl=False)
        sys.exit(1 if any(row.fault for row in rows) else 0)
    with terminal.steps(("validate", "catalogues", "check")) as step:
        step("validate")
        report = graph.validate(engine)  # type: ignore[arg-type]
        step("catalogues")
        listed = graph.validate_catalogues(engine)  # type: ignore[arg-type]
        step("check")
        defects = [] if files else graph.defects()
    for piece in reports.validation(graph.store, report, listed, format_, lang):
        click.echo(piece, nl=False)
    for defect in defects:
        click.echo(str(defect), err=True)
    if defects or not report.conforms:
        sys.exit(1)
    sys.exit(0 if listed is None or listed.conforms else 3)

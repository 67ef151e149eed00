"""Commands that make the graph and hold it against what it should be."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg import terminal
from kg.cli import options


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice(options.KINDS),
    help="What the SOURCEs are; else told from their content.",
)
@click.option("--drop", multiple=True, metavar="NAME", help="Leave out a source added before.")
@click.option("--only", is_flag=True, help="Keep no source but those named here.")
@click.option("--abstracts", is_flag=True, help="Keep the abstracts of the SOURCEs too.")
@click.option("--again", is_flag=True, help="Build all of it from nothing, changed or not.")
@options.store
def build(
    sources: tuple[Path, ...],
    kind: str | None,
    drop: tuple[str, ...],
    only: bool,
    abstracts: bool,
    again: bool,
    store: str | None,
) -> None:
    """Build the graph of the article, and join each SOURCE to it.

    A SOURCE is a catalogue (ISO Open Data, a Relaton repository as folder or archive) or any RDF
    file. Sources added before stay, and are read again only where they have changed. The graph
    built before stays in place until the new one is complete, and where nothing has changed.
    """
    from kg.build import STEPS, RejectedError, Wanted  # noqa: PLC0415
    from kg.build import build as run  # noqa: PLC0415
    from kg.reports.building import rejected, summary  # noqa: PLC0415

    wanted = Wanted(sources, kind, drop, only, abstracts)
    try:
        with terminal.steps(STEPS) as step:
            made = run(options.folder(store), step, wanted, again=again)
    except RejectedError as error:
        click.echo(rejected(error), err=True, nl=False)
        click.echo(f"kg: {error}; nothing was published", err=True)
        sys.exit(1)
    click.echo(summary(made), nl=False)


@click.command()
@click.argument("textfile", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Record the positions found, beside the claims.")
@click.option("--coverage", is_flag=True, help="Show each sentence with its claims, and every gap.")
def verify(textfile: Path, write: bool, coverage: bool) -> None:
    """Hold the phrases of an article's claims against its text.

    TEXTFILE is the unchanged text; its SHA-256 tells which source it is.
    """
    from kg import resources  # noqa: PLC0415
    from kg import verify as checking  # noqa: PLC0415
    from kg.reports import making as reports  # noqa: PLC0415
    from kg.sources import article  # noqa: PLC0415

    found = checking.verify(article.read_all(resources.articles()), textfile)
    if write and not found.faults:
        click.echo(f"written: {checking.write(found)}")
        found = checking.verify(article.read_all(resources.articles()), textfile)
    covered = checking.cover(found) if coverage else None
    if covered is not None:
        click.echo(reports.coverage(found, covered, color=sys.stdout.isatty()), nl=False)
    for fault in (*found.faults, *found.outdated):
        click.echo(f"kg: {fault}", err=True)
    click.echo(reports.verified(found), nl=False)
    whole = covered is None or covered.complete
    sys.exit(0 if found.sound and whole else 1)


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
    from kg.graph import KnowledgeGraph  # noqa: PLC0415
    from kg.reports import making as reports  # noqa: PLC0415

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

"""Commands that ask the graph."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg import terminal
from kg.cli import options
from kg.errors import KgError


@click.command()
@click.argument("name", required=False)
@click.argument("params", nargs=-1, metavar="[PARAM=VALUE]...")
@click.option("--sparql", metavar="FILE|-", help="Run the SPARQL 1.1 query of a file, or of stdin.")
@click.option("--explain", is_flag=True, help="Show what would be asked, instead of asking it.")
@click.option("--format", "format_", type=click.Choice(options.TABLE_FORMATS), default="table")
@options.store
@options.lang
def query(
    name: str | None,
    params: tuple[str, ...],
    sparql: str | None,
    explain: bool,
    format_: str,
    store: str | None,
    lang: str,
) -> None:
    """Ask a canned question by NAME, or list them all by family (--format md: with descriptions).

    An entity is named in either language, by abbreviation, identifier or IRI:
    kg query ballot committee="ISO/TC 321"
    """
    from kg.reports import asking as reports  # noqa: PLC0415

    if sparql is not None:
        if name is not None or explain:
            raise click.UsageError("--sparql takes no question and no --explain")
        text = (
            _read(Path(sparql))
            if sparql != "-"
            else terminal.decoded(sys.stdin.buffer.read(), "stdin")
        )
        graph = options.opened(store)
        output, found = reports.answer(graph.store, graph.query(text), format_, lang)
        click.echo(output, nl=False)
        sys.exit(0 if found else 1)
    if name is None:
        if explain:
            raise click.UsageError("--explain needs the NAME of a question")
        if format_ not in ("table", "md"):
            raise click.UsageError("the list of questions comes as a table or md")
        page = format_ == "md"
        click.echo(reports.questions_page() if page else reports.questions(lang), nl=False)
        return
    given = _assigned(params)
    graph = options.opened(store)
    if explain:
        click.echo(reports.explanation(graph.store, name, given, lang), nl=False)
        return
    output, found = reports.question(graph.store, name, given, format_, lang)
    click.echo(output, nl=False)
    sys.exit(0 if found else 1)


@click.command()
@click.argument("text")
@click.option(
    "--kind",
    metavar="CLASS|GROUP",
    help="Only things of this kind, such as std:Organization or event.",
)
@click.option("--limit", type=int, default=20, show_default=True, help="How many at most.")
@click.option("--format", "format_", type=click.Choice(options.TABLE_FORMATS), default="table")
@options.store
@options.lang
def search(
    text: str, kind: str | None, limit: int, format_: str, store: str | None, lang: str
) -> None:
    """Find things by a part of a name, other name or identifier.

    Chinese and English alike; full-width and half-width letters, traditional and simplified
    characters, case and punctuation make no difference.
    """
    from kg.reports import things as reports  # noqa: PLC0415

    graph = options.opened(store)
    found = graph.search(text, within=kind, limit=limit)
    click.echo(reports.hits(graph.store, found, format_, lang), nl=False)
    sys.exit(0 if found else 1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--column", required=True, metavar="C", help="Its name, or its number from 1 on.")
@click.option("--sheet", metavar="NAME", help="Of a workbook.  [default: the first]")
@click.option("--encoding", help="Of a text file, such as gb18030.  [default: UTF-8]")
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="File to write, .csv, .tsv or .xlsx; else CSV on standard output.",
)
@options.store
@options.lang
def match(
    file: Path,
    column: str,
    sheet: str | None,
    encoding: str | None,
    output: Path | None,
    store: str | None,
    lang: str,
) -> None:
    """Hold a column of references or names against the graph.

    FILE (.csv .tsv .xlsx) comes back with columns more: the IRI that each one means, name, score,
    status (current, replaced by which, withdrawn, draft), what else it may mean, and why. What
    means several things or none is no match.
    """
    from kg.reports import matching as reports  # noqa: PLC0415
    from kg.spreadsheet import files  # noqa: PLC0415

    ending = files.ending_of(output, file)
    listed = files.read(file, encoding, sheet)
    texts = listed.texts(listed.column(column))
    graph = options.opened(store)
    found = graph.match(texts)
    table = listed.widened(reports.COLUMNS, reports.columns(graph.store, found, lang))
    with terminal.binary(output) as stream:
        in_file = output is not None and str(output) != "-"
        files.write(table, ending, stream, own=len(reports.COLUMNS), marked=in_file)
    click.echo(reports.sums(found, lang), err=True, nl=False)
    sys.exit(0 if any(one.iri for one in found) else 1)


@click.command()
@click.argument("entity")
@click.option(
    "--limit",
    type=int,
    default=20,
    show_default=True,
    help="How many relations of each kind; the others are counted.",
)
@click.option("--all", "all_", is_flag=True, help="All relations, however many.")
@click.option("--format", "format_", type=click.Choice(options.TABLE_FORMATS), default="table")
@options.store
@options.lang
def show(entity: str, limit: int, all_: bool, format_: str, store: str | None, lang: str) -> None:
    """Show what ENTITY is and everything known about it, with dates and evidence.

    ENTITY is a name in either language, an abbreviation, an identifier, an IRI, or a claim.
    """
    from kg.reports import things as reports  # noqa: PLC0415

    found = options.opened(store).profile(entity, None if all_ else limit)
    click.echo(reports.profile(found, format_, lang), nl=False)
    sys.exit(0 if found.facts else 1)


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--paths", type=int, default=3, show_default=True, help="How many ways to show.")
@click.option("--hops", type=int, default=4, show_default=True, help="How many steps at most.")
@click.option("--format", "format_", type=click.Choice(options.TABLE_FORMATS), default="table")
@options.store
@options.lang
def relate(
    one: str, other: str, paths: int, hops: int, format_: str, store: str | None, lang: str
) -> None:
    """Show the best ways in which A and B are related, each step with its evidence.

    A way is the better the fewer its steps, and the less its stations are joined to everything.
    """
    from kg.reports import things as reports  # noqa: PLC0415

    graph = options.opened(store)
    ways = graph.relate(one, other, paths=paths, hops=hops)
    names = graph.label(graph.resolve(one), lang), graph.label(graph.resolve(other), lang)
    text = reports.ways(graph.store, ways, (*names, hops), format_, lang)
    click.echo(text, nl=False)
    sys.exit(0 if ways else 1)


@click.command()
@options.store
@options.lang
def stats(store: str | None, lang: str) -> None:
    """Count classes, properties, graphs, claims, sources, evidence, and the reach of the shapes.

    Of each catalogue: records, those rejected by reason, mendings, fields not known, and how many
    identifiers were parsed and committees resolved.
    """
    from kg.reports import counting as reports  # noqa: PLC0415

    graph = options.opened(store)
    click.echo(reports.statistics(graph, lang), nl=False)


def _read(file: Path) -> str:
    try:
        return terminal.decoded(file.read_bytes(), str(file))
    except OSError as error:
        raise KgError(f"{file}: {error.strerror}: name a file with a query") from error


def _assigned(params: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.UsageError(f"{param!r}: write parameters as name=value")
        if name in given:
            raise click.UsageError(f"{name!r} is given twice: give it once")
        given[name] = value
    return given

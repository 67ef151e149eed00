"""Commands that ask the graph."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options
from kg.common import files
from kg.common.errors import KgError


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
    from kg.cli.reports import questions as reports

    if sparql is not None:
        if name is not None or explain:
            raise click.UsageError("--sparql takes no question and no --explain")
        text = (
            _read(Path(sparql))
            if sparql != "-"
            else files.decoded(sys.stdin.buffer.read(), "stdin")
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


def _read(file: Path) -> str:
    try:
        return files.decoded(file.read_bytes(), str(file))
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

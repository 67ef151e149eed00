"""``kg query``: ask a canned question or any SPARQL query."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options, terminal
from kg.common import files
from kg.common.errors import QueryError

_ROWS_ON_A_TERMINAL = 100


@click.command()
@click.argument("name", required=False)
@click.argument("params", nargs=-1, metavar="[PARAM=VALUE]...")
@click.option("--sparql", metavar="FILE|-", help="Run the SPARQL 1.1 query of a file, or of stdin.")
@click.option("--explain", is_flag=True, help="Show the query and its parameters; don't run it.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Maximum number of rows.  [default: 100 on a terminal, otherwise all]",
)
@click.option("--all", "unlimited", is_flag=True, help="Show all rows, even on a terminal.")
@options.timeout
@options.memory
@options.table_format
@options.store
@options.lang
def query(
    name: str | None,
    params: tuple[str, ...],
    sparql: str | None,
    explain: bool,
    limit: int | None,
    unlimited: bool,
    timeout: float | None,
    memory: int | None,
    format: str,
    store: str | None,
    lang: str,
) -> None:
    """Ask a canned question by NAME, or list them all by family (--format md: with descriptions).

    An entity is named in either language, by abbreviation, identifier or IRI:
    kg query ballot committee="ISO/TC 321"
    """
    from kg.cli.reports import questions as report

    if unlimited and limit is not None:
        raise click.UsageError("--limit and --all can't be combined: give one of them")
    if limit is None and not unlimited and format == "table" and sys.stdout.isatty():
        limit = _ROWS_ON_A_TERMINAL
    if sparql is not None:
        if name is not None or explain:
            raise click.UsageError("--sparql can't be combined with a question or --explain")
        text = _read_query(sparql)
        graph = options.open_graph(store)
        output, answered = report.sparql_answer(
            graph.store, graph.query(text, timeout, memory), format, lang, limit
        )
        terminal.echo(output, nl=False, format=format)
        sys.exit(0 if answered else 1)
    if name is None:
        if explain:
            raise click.UsageError("--explain needs the NAME of a question")
        if format not in ("table", "md"):
            raise click.UsageError("the list of questions is available as table or md only")
        as_page = format == "md"
        page = report.questions_page() if as_page else report.question_list(lang)
        terminal.echo(page, nl=False)
        return
    assignments = _parse_assignments(params)
    graph = options.open_graph(store)
    if explain:
        terminal.echo(report.explanation(graph.store, name, assignments, lang), nl=False)
        return
    output, answered = report.answer(graph.store, name, assignments, format, lang, limit)
    terminal.echo(output, nl=False, format=format)
    if not answered:
        terminal.echo(report.see_also(name, assignments, lang), nl=False, err=True)
    sys.exit(0 if answered else 1)


def _read_query(file: str) -> str:
    if file == "-":
        return files.decode_utf8(sys.stdin.buffer.read(), "stdin")
    try:
        return files.decode_utf8(Path(file).read_bytes(), file)
    except OSError as error:
        raise QueryError(f"{Path(file)}: {error.strerror}: give a file with a query") from error


def _parse_assignments(params: tuple[str, ...]) -> dict[str, str]:
    assignments: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.UsageError(f"{param!r}: write parameters as name=value")
        if name in assignments:
            raise click.UsageError(f"{name!r} is given twice: give it once")
        assignments[name] = value
    return assignments

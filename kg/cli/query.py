"""``kg query``: ask a canned question or any SPARQL query."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

import click

from kg.cli import limits, options, terminal
from kg.cli.output_files import TABLE_FORMATS, choose_format, write_output
from kg.common import files
from kg.common.bilingual import Text
from kg.common.errors import QueryError
from kg.common.limits import Limits

_FORMAT_BY_EXTENSION: Final = {
    **TABLE_FORMATS,
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
}
_REPEATS: Final = Text(
    "note: a statement that several graphs make was counted once for each: see COUNT(DISTINCT)",
    "注意：若同一陈述见于多个图，则每图各计一次；如需去重，请用COUNT(DISTINCT …)",
)
_QUERY_FILE: Final = re.compile(r"[^\n{}]*\.(rq|ru|sparql|txt)", re.IGNORECASE)
_FIRST_WORD: Final = re.compile(r"([a-z]+)[\s(<*?$]", re.IGNORECASE)


@click.command()
@click.argument("name", required=False)
@click.argument("params", nargs=-1, metavar="[PARAM=VALUE]...")
@click.option(
    "--sparql",
    metavar="QUERY|FILE|-",
    help="Run a SPARQL 1.1 query: its text, a file that holds it, or - for standard input.",
)
@click.option("--explain", is_flag=True, help="Show the query and its parameters; don't run it.")
@options.as_of
@options.rows
@options.evidence
@click.option(
    "--format",
    type=click.Choice(options.QUERY_FORMATS),
    help="Output format.  [default: from the extension of FILE, else table or turtle]",
)
@options.output
@options.store
@options.timeout
@options.memory
@options.lang
def query(
    name: str | None,
    params: tuple[str, ...],
    sparql: str | None,
    explain: bool,
    as_of: str,
    limit: int | None,
    unlimited: bool,
    evidence: bool,
    format: str | None,
    output: Path | None,
    store: str | None,
    timeout: float | None,
    memory: int | None,
    lang: str,
) -> None:
    """Ask a canned question by NAME, or list them all by family (--format md: with descriptions).

    An entity is named in either language, by abbreviation, identifier or IRI:
    kg query ballot committee="ISO/TC 321" -o ballot.xlsx

    With --sparql, a statement that several named graphs make counts once for each of them: write
    COUNT(DISTINCT ?x).
    """
    from kg.cli.reports import questions as report
    from kg.entities.as_of import optional_day
    from kg.store.query_guard import counts_repeats

    limits.watch(Limits(timeout, memory))
    options.check_rows(limit, unlimited)
    format = choose_format(format, output, _FORMAT_BY_EXTENSION, "")
    limit = options.rows_to_show(limit, unlimited, output, is_table=format in ("", "table"))
    day = optional_day(as_of)
    if day is not None and (name is None or explain):
        raise click.UsageError("--as-of is for a canned question: give its NAME")
    if sparql is not None:
        if name is not None or explain:
            raise click.UsageError("--sparql can't be combined with a question or --explain")
        text = _read_query(sparql)
        graph = options.open_graph(store)
        result = graph.query(text, memory=memory)
        if counts_repeats(text):
            terminal.warn(_REPEATS.of(lang))
        format = format or ("turtle" if isinstance(result, list) else "table")
        content, answered = report.sparql_answer(
            graph.store, result, format, lang, limit, color=_color(output)
        )
        write_output(content, format, output)
        sys.exit(0 if answered else 1)
    if name is None:
        if explain:
            raise click.UsageError("--explain needs the NAME of a question")
        format = format or "table"
        if format not in ("table", "md"):
            raise click.UsageError("the list of questions is available as table or md only")
        page = report.questions_page() if format == "md" else report.question_list(lang)
        write_output(page.encode("utf-8"), format, output)
        return
    format = format or "table"
    assignments = _parse_assignments(params)
    graph = options.open_graph(store)
    if explain:
        explained = report.explanation(graph.store, name, assignments, lang)
        write_output(explained.encode("utf-8"), format, output)
        return
    content, answered = report.answer(
        graph.store,
        name,
        assignments,
        format,
        lang,
        limit,
        color=_color(output),
        evidence=evidence,
        day=day,
    )
    write_output(content, format, output)
    if not answered:
        terminal.echo(report.see_also(name, assignments, lang), nl=False, err=True)
    sys.exit(0 if answered else 1)


def _color(output: Path | None) -> bool | None:
    """Return False for a file, where color codes are noise; None lets the terminal decide."""
    return None if files.is_stdout(output) else False


def _read_query(given: str) -> str:
    """Return the query that ``--sparql`` gives: from standard input, from a file, or as its text.

    What exists as a file is one, and so is what is named as one. Otherwise a text is a query if it
    begins like one, or if it has braces or several lines, which a misspelled query has too.
    """
    if given == "-":
        return files.decode_utf8(sys.stdin.buffer.read(), "stdin")
    if not given.strip():
        raise click.UsageError("--sparql is empty: give a query, a file, or - for standard input")
    if not _is_file(given) and _is_query(given):
        return given
    try:
        return files.decode_utf8(Path(given).read_bytes(), given)
    except OSError as error:
        raise QueryError(
            f"{given}: {error.strerror}: give the text of a query, or a file that holds one"
        ) from error


def _is_file(given: str) -> bool:
    try:
        return Path(given).exists()
    except (OSError, ValueError):
        # Too long for a name, or with a null character.
        return False


def _is_query(given: str) -> bool:
    from kg.store.query_guard import FIRST_WORDS

    text = given.strip()
    if _QUERY_FILE.fullmatch(text):
        return False
    word = _FIRST_WORD.match(text)
    begins_like_one = word is not None and word[1].casefold() in FIRST_WORDS
    return begins_like_one or any(sign in text for sign in "{}\n")


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

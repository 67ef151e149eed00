"""The command line: arguments in, a call, a table out."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import terminal
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

# Names, not the modules that define them: those are loaded when a command needs them.
_TABLE_FORMATS = ("table", "csv", "tsv", "json", "md")
_EXPORT_FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")
_ENGINES = ("auto", "pyshacl", "shacl")

_store = click.option(
    "--store",
    metavar="DIR",
    help="Folder of the built graph; else KG_STORE, else one in the user's data folder.",
)
_lang = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    envvar="KG_LANG",
    show_envvar=True,
    show_default=True,
    help="Language of labels, titles and the shapes' messages; both are always searched.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(package_name="stdkg", prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """Build, ask, validate and export a knowledge graph of standardization.

    Exit codes: 0 done; 1 the data has violations, or nothing was found; 2 usage or input error.
    """
    context.obj["debug"] = debug
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command()
@_store
def build(store: str | None) -> None:
    """Build the graph: read, load, derive, check, validate, publish.

    The graph built before stays in place until the new one is complete.
    """
    from kg.build import STEPS, RejectedError  # noqa: PLC0415
    from kg.build import build as run  # noqa: PLC0415
    from kg.reports import rejected, summary  # noqa: PLC0415

    try:
        with terminal.steps(STEPS) as step:
            made = run(_folder(store), step)
    except RejectedError as error:
        click.echo(rejected(error), err=True, nl=False)
        click.echo(f"kg: {error}; nothing was published", err=True)
        sys.exit(1)
    click.echo(summary(made), nl=False)


@cli.command()
@click.argument("textfile", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Record the positions found, beside the claims.")
@click.option("--coverage", is_flag=True, help="Show each sentence with its claims, and every gap.")
def verify(textfile: Path, write: bool, coverage: bool) -> None:
    """Hold the phrases of an article's claims against its text.

    TEXTFILE is the unchanged text; its SHA-256 tells which source it is.
    """
    from kg import reports, resources  # noqa: PLC0415
    from kg import verify as checking  # noqa: PLC0415
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


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--engine", type=click.Choice(_ENGINES), default="auto", show_default=True)
@click.option("--format", "format_", type=click.Choice(["table", "json", "ttl"]), default="table")
@click.option("--coverage", is_flag=True, help="How many targets each shape found.")
@_store
@_lang
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
    together.
    """
    from kg import reports  # noqa: PLC0415
    from kg.graph import KnowledgeGraph  # noqa: PLC0415

    graph = KnowledgeGraph.of_files(files) if files else _open(store)
    if coverage:
        if format_ != "table":
            raise click.UsageError("--coverage comes as a table: leave out --format")
        rows = graph.shape_coverage()
        click.echo(reports.shape_coverage(rows, lang), nl=False)
        sys.exit(1 if any(row.fault for row in rows) else 0)
    with terminal.steps(("validate", "check")) as step:
        step("validate")
        report = graph.validate(engine)  # type: ignore[arg-type]
        step("check")
        defects = [] if files else graph.defects()
    click.echo(reports.validation(graph.store, report, format_, lang), nl=False)
    for defect in defects:
        click.echo(str(defect), err=True)
    sys.exit(0 if report.conforms and not defects else 1)


@cli.command()
@click.argument("name", required=False)
@click.argument("params", nargs=-1, metavar="[PARAM=VALUE]...")
@click.option("--sparql", metavar="FILE|-", help="Run the SPARQL 1.1 query of a file, or of stdin.")
@click.option("--explain", is_flag=True, help="Show what would be asked, instead of asking it.")
@click.option("--format", "format_", type=click.Choice(_TABLE_FORMATS), default="table")
@_store
@_lang
def query(
    name: str | None,
    params: tuple[str, ...],
    sparql: str | None,
    explain: bool,
    format_: str,
    store: str | None,
    lang: str,
) -> None:
    """Ask a canned question by NAME, or list them all.

    An entity is named in either language, by abbreviation, identifier or IRI:
    kg query ballot committee="ISO/TC 321"
    """
    from kg import reports  # noqa: PLC0415

    if sparql is not None:
        if name is not None or explain:
            raise click.UsageError("--sparql takes no question and no --explain")
        text = (
            _read(Path(sparql))
            if sparql != "-"
            else terminal.decoded(sys.stdin.buffer.read(), "stdin")
        )
        graph = _open(store)
        output, found = reports.answer(graph.store, graph.query(text), format_, lang)
        click.echo(output, nl=False)
        sys.exit(0 if found else 1)
    if name is None:
        if explain:
            raise click.UsageError("--explain needs the NAME of a question")
        click.echo(reports.questions(lang), nl=False)
        return
    given = _assigned(params)
    graph = _open(store)
    if explain:
        click.echo(reports.explanation(graph.store, name, given, lang), nl=False)
        return
    output, found = reports.question(graph.store, name, given, format_, lang)
    click.echo(output, nl=False)
    sys.exit(0 if found else 1)


@cli.command()
@click.option("--format", "format_", type=click.Choice(_EXPORT_FORMATS), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File; - or nothing for standard output.",
)
@_store
def export(format_: str, output: Path | None, store: str | None) -> None:
    """Write the whole graph; turtle, ntriples and rdfxml hold the union of its named graphs."""
    graph = _open(store)
    with terminal.binary(output) as stream:
        graph.export(format_, stream)


@cli.command()
@_store
@_lang
def stats(store: str | None, lang: str) -> None:
    """Count classes, properties, graphs, claims, sources, evidence, and the reach of the shapes."""
    from kg import reports  # noqa: PLC0415

    graph = _open(store)
    click.echo(reports.statistics(graph, lang), nl=False)


def main() -> None:
    """Run the command line; errors are one line on stderr, with a traceback on --debug."""
    terminal.prepare_streams()
    settings: dict[str, bool] = {}
    try:
        # Not cli.main(): click would end a closed pipe with exit code 1.
        # And UTF-8 whatever the locale says.
        arguments = [os.fsencode(a).decode("utf-8", "surrogateescape") for a in sys.argv[1:]]
        with cli.make_context("kg", arguments, obj=settings) as context:
            cli.invoke(context)
            sys.stdout.flush()
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe has seen enough; nothing more can be written, not even on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001
        if settings.get("debug"):
            traceback.print_exc()
        click.echo(f"kg: {terminal.told(error)}", err=True)
        sys.exit(2)


def _folder(store: str | None) -> Path:
    from kg.store.generations import default_folder  # noqa: PLC0415

    if store == "":
        raise click.UsageError("--store names no folder")
    return default_folder() if store is None else Path(store).expanduser()


def _open(store: str | None) -> KnowledgeGraph:
    from kg.graph import KnowledgeGraph  # noqa: PLC0415

    return KnowledgeGraph.open(_folder(store))


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
        if not value.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise click.UsageError(f"{name!r} is given in bytes that are not UTF-8")
        if name in given:
            raise click.UsageError(f"{name!r} is given twice: give it once")
        given[name] = value
    return given

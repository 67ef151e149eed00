"""The command line: arguments in, a call, a table out."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

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
    from kg.build import RejectedError  # noqa: PLC0415
    from kg.build import build as run  # noqa: PLC0415
    from kg.reports import rejected, summary  # noqa: PLC0415

    try:
        with _steps() as step:
            made = run(_folder(store), step)
    except RejectedError as error:
        click.echo(rejected(error), err=True, nl=False)
        click.echo(f"kg: {error}; the graph built before stands", err=True)
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
    report = graph.validate(engine)  # type: ignore[arg-type]
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
        text = _read(Path(sparql)) if sparql != "-" else _decoded(sys.stdin.buffer.read(), "stdin")
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
    with _binary(output) as stream:
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
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    settings: dict[str, bool] = {}
    try:
        # Not cli.main(): click would end a closed pipe with exit code 1.
        with cli.make_context("kg", sys.argv[1:], obj=settings) as context:
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
        click.echo(f"kg: {_told(error)}", err=True)
        sys.exit(2)


def _told(error: Exception) -> str:
    """An error on one line."""
    if isinstance(error, click.ClickException):
        text = error.format_message()
    elif isinstance(error, OSError):
        text = f"{error.filename or 'output'}: {error.strerror or error}"
    elif isinstance(error, KgError):
        text = str(error)
    elif isinstance(error, UnicodeError):
        text = f"a text that is no Unicode: {error}: use UTF-8"
    else:
        text = f"unexpected: {error or type(error).__name__}: run 'kg --debug ...' to see where"
    return " ".join(text.split())


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
        return _decoded(file.read_bytes(), str(file))
    except OSError as error:
        raise KgError(f"{file}: {error.strerror}: name a file with a query") from error


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KgError(f"{name}: not UTF-8 at byte {error.start}: convert it") from error


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


@contextmanager
def _binary(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears only when it is whole."""
    if output is None or str(output) == "-":
        yield sys.stdout.buffer
        return
    target = output.resolve()
    if target.exists() and not target.is_file():
        # A device or a pipe is written to, never replaced.
        with target.open("wb") as file:
            yield file
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".kg-", delete=False) as part:
        try:
            yield cast("BinaryIO", part.file)
            part.close()
            Path(part.name).chmod(0o644)
            Path(part.name).replace(target)
        finally:
            Path(part.name).unlink(missing_ok=True)


@contextmanager
def _steps() -> Iterator[Callable[[str], None]]:
    """Show the steps of a build on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from kg.build import STEPS  # noqa: PLC0415

    columns: tuple[Any, ...] = (
        TextColumn("{task.description:<9}"),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("build", total=len(STEPS))

        def step(name: str) -> None:
            progress.update(task, description=name, completed=STEPS.index(name))

        yield step

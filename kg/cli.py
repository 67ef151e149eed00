"""The command line: arguments in, a call, a table out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

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
    type=click.Path(path_type=Path),
    envvar="KG_STORE",
    show_envvar=True,
    help="Folder of the built graph; by default one in the user's data folder.",
)
_lang = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    envvar="KG_LANG",
    show_envvar=True,
    show_default=True,
    help="Language of labels and messages; both are always searched.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="stdkg", prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def cli(debug: bool) -> None:
    """Build, ask, validate and export a knowledge graph of standardization.

    Exit codes: 0 done; 1 the data has violations, or nothing was found; 2 usage or input error.
    """


@cli.command()
@_store
def build(store: Path | None) -> None:
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
@_lang
def verify(textfile: Path, write: bool, coverage: bool, lang: str) -> None:
    """Hold the phrases of an article's claims against its text.

    TEXTFILE is the unchanged text; its SHA-256 tells which source it is.
    """
    from kg import reports, resources  # noqa: PLC0415
    from kg import verify as checking  # noqa: PLC0415
    from kg.sources import article  # noqa: PLC0415

    found = checking.verify(article.read_all(resources.articles()), textfile)
    faults = [] if write else list(found.faults)
    if write and not any(fault for fault in found.faults if "recorded at" not in fault):
        click.echo(f"written: {checking.write(found)}")
    elif write:
        faults = list(found.faults)
    elif not faults and checking.unrecorded(found):
        faults.append(
            f"{found.article.folder}: positions are missing or out of date: "
            f"run 'kg verify {textfile} --write'"
        )
    unexplained = 0
    if coverage:
        covered = checking.cover(found)
        unexplained = covered.unexplained + len(covered.stale)
        click.echo(reports.coverage(found, covered, lang, color=sys.stdout.isatty()), nl=False)
    for fault in faults:
        click.echo(f"kg: {fault}", err=True)
    click.echo(reports.verified(found, len(faults)), nl=False)
    sys.exit(1 if faults or unexplained else 0)


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
    store: Path | None,
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
    store: Path | None,
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
        text = sys.stdin.read() if sparql == "-" else _read(Path(sparql))
        graph = _open(store)
        output, found = reports.answer(graph.store, graph.query(text), format_, lang)
        click.echo(output, nl=False)
        sys.exit(0 if found else 1)
    if name is None:
        click.echo(reports.questions(lang), nl=False)
        return
    given = dict(_assigned(param) for param in params)
    graph = _open(store)
    if explain:
        click.echo(reports.explanation(graph.store, name, given, lang), nl=False)
        return
    output, found = reports.question(graph.store, name, given, format_, lang)
    click.echo(output, nl=False)
    sys.exit(0 if found else 1)


@cli.command()
@click.option("--format", "format_", type=click.Choice(_EXPORT_FORMATS), required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File; else standard output.")
@_store
def export(format_: str, output: Path | None, store: Path | None) -> None:
    """Write the whole graph; turtle, ntriples and rdfxml hold the union of its named graphs."""
    graph = _open(store)
    with _binary(output) as stream:
        graph.export(format_, stream)


@cli.command()
@_store
@_lang
def stats(store: Path | None, lang: str) -> None:
    """Count classes, properties, graphs, claims, sources, evidence, and the reach of the shapes."""
    from kg import reports  # noqa: PLC0415

    graph = _open(store)
    click.echo(reports.statistics(graph, lang), nl=False)


def main() -> None:
    """Run the command line; errors are one line on stderr, with a traceback on --debug."""
    debug = "--debug" in sys.argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except (KgError, click.ClickException) as error:
        if debug:
            raise
        text = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo("kg: " + " ".join(text.split()), err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe has seen enough; nothing more can be written, not even on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        what = " ".join(str(error).split()) or type(error).__name__
        click.echo(f"kg: unexpected: {what}: run 'kg --debug ...' to see where", err=True)
        sys.exit(2)


def _folder(store: Path | None) -> Path:
    from kg.store.generations import default_folder  # noqa: PLC0415

    return store or default_folder()


def _open(store: Path | None) -> KnowledgeGraph:
    from kg.graph import KnowledgeGraph  # noqa: PLC0415

    return KnowledgeGraph.open(_folder(store))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{file}: {error}: give a readable file in UTF-8") from error


def _assigned(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals:
        raise click.UsageError(f"{param!r}: write parameters as name=value")
    return name, value


@contextmanager
def _binary(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears only when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(output)
    except OSError as error:
        raise KgError(f"{output}: {error.strerror}: choose another place with -o") from error
    finally:
        part.unlink(missing_ok=True)


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

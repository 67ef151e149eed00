"""Writes every export, answer, picture and page into a folder, to compare two checkouts.

    python -m tests.outputs FOLDER                      of this checkout
    python -m tests.outputs FOLDER --checkout CHECKOUT  of another one
    python -m tests.outputs --compare FOLDER OTHER

Two graphs are built with the checkout's own program: that of the article, and that of the article
joined to the catalogues of ``tests/fixtures``. What commands print on standard output is kept, with
the exit code; messages on standard error are kept in ``stderr.txt`` and may differ. So may the
comments in the scripts of a page, with the digests of its security policy, and run times.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from itertools import count
from pathlib import Path
from typing import Final

_WORLD: Final = Path(__file__).resolve().parent / "fixtures" / "catalogues"
# Not those of tests.support, which would be another checkout's own.
CATALOGUES: Final = (
    *sorted(_WORLD.glob("relaton-data-*")),
    *(_WORLD / name for name in ("ICS.xml", "iso_technical_committees.csv")),
    _WORLD / "iso_deliverables_metadata.csv",
)
RDF: Final = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")
NETWORKS: Final = ("graphml", "gexf", "cytoscape")
LANGUAGES: Final = ("en", "zh")
SHOWN: Final = 100
"""How many things are shown and looked up in each graph."""
_THINGS: Final = (
    "SELECT DISTINCT ?thing WHERE { ?thing a ?class ; skos:prefLabel ?l } ORDER BY ?thing"
)


def commands(store: Path, list_file: Path) -> Iterator[list[str]]:
    """The commands whose output is kept, without ``--store``."""
    from kg import KnowledgeGraph

    graph = KnowledgeGraph.open(store)
    table = graph.query(_THINGS)
    rows = [row[0].value for row in table.rows]  # type: ignore[union-attr]
    things = rows[:: max(1, len(rows) // SHOWN)]
    names = [graph.label(thing, lang) for thing in things for lang in LANGUAGES]
    list_file.write_text("\n".join(["reference", *names]) + "\n", encoding="utf-8")
    for lang, forms in (("en", ("table", "json", "tsv")), ("zh", ("md", "csv"))):
        yield from (["query", "--format", form, "--lang", lang] for form in forms)
        for name in graph.questions:
            yield from (["query", name, "--format", form, "--lang", lang] for form in forms)
        for name in graph.views:
            yield ["view", name, "--format", "table", "--lang", lang]
            yield ["view", name, "--format", "svg", "--lang", lang]
            yield ["view", name, "--format", "html", "--lang", lang]
            yield ["view", name, "--format", "csv", "--lang", lang, "-o", f"{name}.{lang}.csv"]
        yield from (["export", "--format", form, "--lang", lang] for form in NETWORKS)
        yield from (["stats", "--format", form, "--lang", lang] for form in forms)
        yield ["match", str(list_file), "--column", "reference", "--lang", lang]
        yield ["validate", "--lang", lang]
        for number, thing in enumerate(things):
            form = forms[number % len(forms)]
            yield ["show", thing, "--lang", lang, "--format", form]
            yield ["search", names[2 * number + (lang == "zh")], "--lang", lang, "--format", form]
        for one, other in zip(things[::7], things[3::7], strict=False):
            yield from (["relate", one, other, "--lang", lang, "--format", form] for form in forms)
    for name in ("committees", "standards"):
        yield ["view", name, "--format", "svg", "--dark"]
        yield ["view", name, "--format", "png"]
        yield from (["view", name, "--format", form] for form in NETWORKS)
    yield from (["export", "--format", form] for form in RDF)
    yield from (["query", name, "--explain"] for name in graph.questions)
    yield ["validate", "--coverage"]
    yield from (["validate", "--format", form] for form in ("json", "csv"))


@contextmanager
def captured() -> Iterator[io.BytesIO]:
    """Standard output as bytes."""
    before, stream = sys.stdout, io.BytesIO()
    sys.stdout = io.TextIOWrapper(stream, encoding="utf-8", write_through=True)
    try:
        yield stream
    finally:
        sys.stdout = before


def run(arguments: list[str], store: Path) -> bytes:
    """Run a command; return its output and exit code."""
    from kg.cli import main

    sys.argv = ["kg", *arguments, "--store", str(store)]
    code: object = 0
    with captured() as out:
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        return out.getvalue() + f"\nexit {code}\n".encode()


def write(folder: Path) -> None:
    """Build both graphs and write what each command prints."""
    os.environ["COLUMNS"] = "120"
    for name, sources in (("article", ()), ("world", CATALOGUES)):
        place, store = folder / name, folder.with_name(f"{folder.name}.stores") / name
        place.mkdir(parents=True)
        os.chdir(place)
        numbers = count()
        with Path("stderr.txt").open("w", encoding="utf-8") as errors, redirect_stderr(errors):
            run(["build", *map(str, sources)], store)
            for arguments in commands(
                store, folder.with_name(f"{folder.name}.stores") / f"{name}.csv"
            ):
                errors.write(f"$ {' '.join(arguments)}\n")
                words = "_".join(a.rpartition("/")[2] or "-" for a in arguments)[:80]
                Path(f"{next(numbers):05}_{words}").write_bytes(run(arguments, store))


def compare(folder: Path, other: Path) -> list[str]:
    """Return the outputs that differ, or that only one of two folders has."""
    names = {file.relative_to(each) for each in (folder, other) for file in each.rglob("*.*")}
    names |= {file.relative_to(each) for each in (folder, other) for file in each.rglob("*_*")}
    outputs = sorted(name for name in names if name.name != "stderr.txt")
    print(f"{len(outputs)} outputs")
    return [str(name) for name in outputs if _stable(folder / name) != _stable(other / name)]


def _stable(file: Path) -> bytes | None:
    """Return an output without what may differ; None if there is no such file."""
    if not file.exists():
        return None
    content = file.read_bytes()
    if "_html" in file.name:
        for pattern in (
            rb"sha256-[\w+/=]+",
            rb"/\*.*?\*/",
            rb"(?m)(^|\s)//\s[^\n]*",
            rb"<!--.*?-->",
        ):
            content = re.sub(pattern, b"", content, flags=re.DOTALL)
        return b"\n".join(content.split())
    return re.sub(rb"\d+\.\d s\)", b"", content) if "validate" in file.name else content


def main(arguments: list[str]) -> None:
    """Write the outputs of this checkout, or start again with the program of another."""
    if arguments[0] == "--compare":
        different = compare(Path(arguments[1]), Path(arguments[2]))
        print("\n".join(different) or "all the same")
        sys.exit(bool(different))
    folder = Path(arguments[0]).resolve()
    if len(arguments) == 1:
        write(folder)
        return
    checkout = Path(arguments[2]).resolve()
    code = "import runpy, sys; sys.argv.pop(0); runpy.run_path(sys.argv[0], run_name='__main__')"
    here = Path(__file__).resolve()
    subprocess.run(
        [sys.executable, "-c", code, str(here), str(folder)],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        check=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])

"""The public API: its names, signatures, types, errors and how results look in a console."""

from __future__ import annotations

import importlib
import inspect
import io
import pkgutil
import re
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest
import rdflib

import kg
from kg import KgError, KnowledgeGraph
from kg import graph as graph_module
from tests.support import ROOT

EXPORTED = """
    Account Adjacency ArgumentError BuildError CatalogueReport Defect Draft Drawing Endpoint
    ExportError Hit
    Interpretation KgError KnowledgeGraph LabeledTable Match MatchedReference MissingPackageError
    Profile Proof QueryError QueryLimitError Question Reading RecordError RejectedError Report
    ResolutionError Scan ShapeCoverage SourceError Statistics Store StoreError Table View Way
    __version__
"""

SIGNATURES = """
ask(self, question: str, /, timeout: float | None = None, *, as_of: str = '', **params: str) -> list[dict[str, ox.NamedNode | ox.Literal]]
count_relations(self, entity: str, lang: str = 'en', *, as_of: str = '') -> list[tuple[str, int]]
defects(self) -> list[Defect]
draft(self, text: str, *, title: str = '', date: str = '', words: Path | str | None = None) -> Draft
evidence(self, entity: str, *, timeout: float | None = None) -> list[Proof]
export(self, format: str, output: BinaryIO) -> None
in_memory(articles: Iterable[Path] = ()) -> KnowledgeGraph
interpret(self, text: str) -> Interpretation
label(self, iri: str, lang: str = 'en') -> str
left_out(self, as_of: str, lang: str = 'en') -> list[str]
match(self, texts: Iterable[str], *, as_of: str = '') -> list[Match]
of_files(files: Iterable[Path]) -> KnowledgeGraph
open(folder: Path | str | None = None, *, endpoint: Endpoint | str | None = None) -> KnowledgeGraph
profile(self, entity: str, limit: int | None = 20, *, as_of: str = '', timeout: float | None = None) -> Profile
query(self, sparql: str, timeout: float | None = None, memory: int | None = None) -> Table | bool | list[ox.Triple]
rdflib(self) -> Dataset
relate(self, start: str, end: str, *, paths: int = 3, hops: int = 4, as_of: str = '', timeout: float | None = None) -> list[Way]
resolve(self, name: str) -> str
scan(self, document: Document | Path | str, *, as_of: str = '') -> Scan
search(self, text: str, *, within: str | None = None, limit: int = 20) -> list[Hit]
select(self, sparql: str, lang: str = 'en', timeout: float | None = None, memory: int | None = None) -> LabeledTable
shape_coverage(self, *, listed: bool = True) -> list[ShapeCoverage]
statistics(self, *, timeout: float | None = None) -> Statistics
structure(self) -> nx.MultiDiGraph[str]
table(self, question: str, /, lang: str = 'en', timeout: float | None = None, *, as_of: str = '', **params: str) -> LabeledTable
validate(self, engine: Engine = 'auto') -> Report
validate_catalogues(self, engine: Engine = 'auto') -> CatalogueReport | None
view(self, name: str = 'everything', *, kinds: Collection[str] = (), since: str = '', \
until: str = '', place: str = '', around: str = '', hops: int | None = None, as_of: str = '', \
at_most: int | None = None, timeout: float | None = None) -> Drawing
"""  # noqa: E501

PROPERTIES = """
catalogues: tuple[Account, ...]
questions: Mapping[str, Question]
relations: Adjacency
views: Mapping[str, View]
"""

FOREIGN = ("builtins", "collections", "networkx", "pyoxigraph", "rdflib", "types", "typing")
"""Packages whose types public methods may return, beside those that ``kg`` exports."""


class _Unquoted:
    """An annotation that shows as the text it was written as."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def public_members() -> dict[str, Any]:
    return {
        name: inspect.getattr_static(KnowledgeGraph, name)
        for name in vars(KnowledgeGraph)
        if not name.startswith("_")
    }


def methods() -> dict[str, Callable[..., Any]]:
    members = public_members()
    return {name: getattr(KnowledgeGraph, name) for name, m in members.items() if not getter(m)}


def getter(member: Any) -> Callable[..., Any] | None:
    """Return the function behind a property; None for a method."""
    return getattr(member, "fget", None) or getattr(member, "func", None)


def properties() -> dict[str, Callable[..., Any]]:
    return {name: get for name, m in public_members().items() if (get := getter(m))}


def signature(function: Callable[..., Any]) -> str:
    found = inspect.signature(function)
    parameters = [
        parameter.replace(annotation=_Unquoted(parameter.annotation))
        if parameter.annotation is not inspect.Parameter.empty
        else parameter
        for parameter in found.parameters.values()
    ]
    return str(
        found.replace(parameters=parameters, return_annotation=_Unquoted(found.return_annotation))
    )


def test_exported_names() -> None:
    assert kg.__all__ == EXPORTED.split()
    assert set(EXPORTED.split()) <= set(dir(kg))
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        kg.Nothing  # noqa: B018


def test_importing_kg_loads_nothing_heavy() -> None:
    heavy = ("pyoxigraph", "rdflib", "networkx", "numpy", "click", "importlib.metadata")
    code = f"import sys, kg; print([name for name in {heavy} if name in sys.modules])"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert answer.stdout == "[]\n"


def test_methods_and_their_signatures() -> None:
    found = {f"{name}{signature(method)}" for name, method in methods().items()}
    assert found == set(SIGNATURES.strip().splitlines())


def test_properties_and_their_types() -> None:
    found = {
        f"{name}: {inspect.signature(get).return_annotation}" for name, get in properties().items()
    }
    assert found == set(PROPERTIES.strip().splitlines())


def named_types(annotation: Any) -> Iterator[type]:
    """Yield every class that an annotation names."""
    if isinstance(annotation, type) and not typing.get_args(annotation):
        yield annotation
        return
    origin = typing.get_origin(annotation)
    if isinstance(origin, type):
        yield origin
    for argument in typing.get_args(annotation):
        if argument is not ...:
            yield from named_types(argument)


@pytest.mark.parametrize("name", [*methods(), *properties()])
def test_results_are_of_exported_or_well_known_types(name: str) -> None:
    function = (methods() | properties())[name]
    # Some types are imported for type checkers only.
    exported = {each: getattr(kg, each) for each in kg.__all__}
    namespace = vars(graph_module) | exported | {"Dataset": rdflib.Dataset, "nx": networkx}
    annotation = inspect.signature(function).return_annotation.replace(
        "MultiDiGraph[str]", "MultiDiGraph"
    )
    types = list(named_types(eval(annotation, namespace)))
    assert types or annotation == "None"
    for found in types:
        known = found.__module__.split(".")[0] in FOREIGN
        assert known or found in exported.values(), found


@pytest.mark.parametrize("name", sorted(public_members()))
def test_public_members_have_docstrings(name: str) -> None:
    member = public_members()[name]
    assert inspect.getdoc(getter(member) or getattr(KnowledgeGraph, name))


@pytest.mark.parametrize("name", [n for n in EXPORTED.split() if n != "__version__"])
def test_exported_classes_have_docstrings(name: str) -> None:
    documented = getattr(kg, name).__doc__
    assert documented
    assert not documented.startswith(f"{name}("), "dataclasses make up a docstring from the fields"


def subclasses(error: type[Exception]) -> dict[str, Any]:
    """Return the tree of errors defined in ``kg`` under one of them, by name.

    Those of the server reach its clients as statuses of HTTP, and no program.
    """
    return {
        each.__name__: subclasses(each)
        for each in error.__subclasses__()
        if each.__module__.split(".")[0] == "kg" and not each.__module__.startswith("kg.web.")
    }


def test_the_tree_of_errors_is_the_one_in_the_docstring() -> None:
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if module.name != "kg.__main__":
            importlib.import_module(module.name)
    drawn: dict[int, dict[str, Any]] = {}
    for indent, name in re.findall(r"^([ │├└─]*)(\w+Error)\b", KgError.__doc__ or "", re.MULTILINE):
        drawn[len(indent)] = {}
        parents = [depth for depth in drawn if depth < len(indent)]
        if parents:
            drawn[max(parents)][name] = drawn[len(indent)]
    assert drawn[min(drawn)] == subclasses(KgError)
    assert {name for name in kg.__all__ if name.endswith("Error")} == {
        "KgError",
        *re.findall(r"─ (\w+Error)", KgError.__doc__ or ""),
    }


FAULTS: dict[str, Callable[[KnowledgeGraph, Path], object]] = {
    "no built graph": lambda _, folder: KnowledgeGraph.open(folder),
    "missing file": lambda _, folder: KnowledgeGraph.of_files([folder / "none.ttl"]),
    "unreadable file": lambda _, folder: KnowledgeGraph.of_files([broken(folder)]),
    "unknown question": lambda graph, _: graph.ask("balot"),
    "unknown parameter": lambda graph, _: graph.ask("ballot", city="Hangzhou"),
    "unknown value": lambda graph, _: graph.ask("ballot", committee="ISO/TC 999"),
    "unknown question of a table": lambda graph, _: graph.table("balot"),
    "malformed query": lambda graph, _: graph.query("SELECT"),
    "remote query": lambda graph, _: graph.query("ASK { SERVICE <http://a.b/> { ?s ?p ?o } }"),
    "unknown name": lambda graph, _: graph.resolve("Hangzou"),
    "empty name": lambda graph, _: graph.resolve(""),
    "no IRI": lambda graph, _: graph.label("ISO"),
    "evidence of nothing": lambda graph, _: graph.evidence("Hangzou"),
    "unknown view": lambda graph, _: graph.view("comittees"),
    "unknown kind": lambda graph, _: graph.view(kinds=["std:Standrad"]),
    "no date": lambda graph, _: graph.view(since="soon"),
    "unknown place": lambda graph, _: graph.view(place="ISO"),
    "unknown center": lambda graph, _: graph.view(around="Hangzou"),
    "hops of nothing": lambda graph, _: graph.view(hops=2),
    "negative hops": lambda graph, _: graph.view(around="ISO", hops=-1),
    "filter of a timeline": lambda graph, _: graph.view("timeline", around="ISO"),
    "network of a timeline": lambda graph, _: graph.view("timeline").network,
    "unknown format of a view": lambda graph, _: graph.view("committees").write("docx"),
    "impossible format of a view": lambda graph, _: graph.view("timeline").write("gexf"),
    "search for punctuation": lambda graph, _: graph.search("，"),
    "search within nothing": lambda graph, _: graph.search("ISO", within="std:Foo"),
    "search for no hits": lambda graph, _: graph.search("ISO", limit=0),
    "profile of nothing": lambda graph, _: graph.profile("Hangzou"),
    "profile of no facts": lambda graph, _: graph.profile("ISO", limit=0),
    "path to itself": lambda graph, _: graph.relate("ISO", "ISO"),
    "path to nothing": lambda graph, _: graph.relate("ISO", "Hangzou"),
    "no paths": lambda graph, _: graph.relate("ISO", "SAC", paths=0),
    "no steps": lambda graph, _: graph.relate("ISO", "SAC", hops=0),
    "unknown engine": lambda graph, _: graph.validate("jena"),  # type: ignore[arg-type]
    "unknown format": lambda graph, _: graph.export("docx", io.BytesIO()),
}


def broken(folder: Path) -> Path:
    file = folder / "broken.ttl"
    file.write_text("<a> <b>", encoding="utf-8")
    return file


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_of_users_are_kg_errors_of_one_line(
    graph: KnowledgeGraph, tmp_path: Path, fault: str
) -> None:
    with pytest.raises(KgError) as caught:
        FAULTS[fault](graph, tmp_path)
    assert str(caught.value)
    assert "\n" not in str(caught.value)


RESULTS: dict[str, Callable[[KnowledgeGraph], object]] = {
    "graph": lambda graph: graph,
    "questions": lambda graph: graph.questions,
    "views": lambda graph: graph.views,
    "store": lambda graph: graph.store,
    "answer": lambda graph: graph.query("SELECT * { ?s ?p ?o }"),
    "network": lambda graph: graph.view("committees"),
    "timeline": lambda graph: graph.view("timeline"),
    "figures": lambda graph: graph.view("figures"),
    "structure": lambda graph: graph.structure(),
    "hit": lambda graph: graph.search("ISO/TC 321")[0],
    "interpretation": lambda graph: graph.interpret("who proposed ISO/TC 321?"),
    "match": lambda graph: graph.match(["IOS/TC 321"])[0],
    "report": lambda graph: graph.validate(),
    "profile": lambda graph: graph.profile("ISO/TC 321"),
    "path": lambda graph: graph.relate("ISO", "SAC")[0],
    "proof": lambda graph: graph.evidence("ISO/TC 321")[0],
    "statistics": lambda graph: graph.statistics(),
    "table": lambda graph: graph.table("ballot", committee="ISO/TC 321"),
    "shape coverage": lambda graph: graph.shape_coverage()[0],
}


@pytest.mark.parametrize("result", RESULTS)
def test_results_look_short_in_a_console(graph: KnowledgeGraph, result: str) -> None:
    assert len(repr(RESULTS[result](graph))) < 300


def test_a_graph_shows_its_size_and_place(graph: KnowledgeGraph, built: Path) -> None:
    assert re.fullmatch(r"<KnowledgeGraph \d+,\d{3} quads in memory>", repr(graph))
    opened = KnowledgeGraph.open(built)
    assert opened.store.path is not None
    place = re.escape(str(opened.store.path.parent))
    assert re.fullmatch(rf"<KnowledgeGraph \d+,\d{{3}} quads at {place}>", repr(opened))
    assert repr(graph.views).startswith("<11 by name: committees, cooperation, ")

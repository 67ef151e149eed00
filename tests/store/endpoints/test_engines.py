"""Everything answers alike, whatever engine has the data.

The graph of the article with the small catalogues, in the embedded store and in each engine.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

import pytest

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.errors import QueryError
from kg.export import CLAIM_FORMATS, FORMATS, GRAPH_FORMATS, export_network
from kg.pipeline.build import Summary
from kg.queries import questions
from kg.queries.views import load_views
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, open_generation
from kg.store.remote.journal import Journal
from kg.store.remote.loading import load
from tests.store.endpoints import engines

Ask: TypeAlias = Callable[[KnowledgeGraph, str], object]

QUESTIONS: Final = questions.load_questions(resources.queries())
VIEWS: Final = load_views(resources.queries() / "views")
LISTS: Final = (
    *("ISO/TC 321", "国家标准化管理委员会", "ISO 9001", "GB/T 19001", "Standards Australia"),
    *("nothing of the kind", "iso/tc 154"),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        names = ["oxigraph", *(["virtuoso"] if engines.VIRTUOSO else [])]
        names += ["comunica"] if metafunc.config.getoption("--comunica") else []
        metafunc.parametrize("engine", names, scope="module")


@pytest.fixture(scope="module")
def embedded(joined: Summary) -> KnowledgeGraph:
    return KnowledgeGraph.open(joined.folder)


@pytest.fixture(scope="module")
def remote(
    engine: str, joined: Summary, tmp_path_factory: pytest.TempPathFactory, request: Any
) -> Iterator[KnowledgeGraph]:
    folder = tmp_path_factory.mktemp(engine)
    generation = open_generation(joined.folder)
    store = EmbeddedStore.open(generation / STORE)
    if engine == "comunica":
        data = folder / "data.nq"
        with data.open("wb") as file:
            KnowledgeGraph(store).export("nquads", file)
        program = request.config.getoption("--comunica")
        with engines.comunica(program, folder, data) as endpoint:
            yield KnowledgeGraph.open(endpoint=endpoint)
        return
    start = engines.oxigraph if engine == "oxigraph" else engines.virtuoso
    with start(folder) as endpoint:
        loaded = load(store, generation.name, endpoint, Journal.read(folder, endpoint.url))
        assert loaded.statements == store.size()
        yield KnowledgeGraph.open(endpoint=endpoint)


_EXPECTED: Final[dict[tuple[str, str], object]] = {}


def expected(kind: str, name: str, graph: KnowledgeGraph, ask: Ask) -> object:
    """Return what the embedded store answers, which all engines are compared with."""
    if (kind, name) not in _EXPECTED:
        _EXPECTED[kind, name] = ask(graph, name)
    return _EXPECTED[kind, name]


def answer(graph: KnowledgeGraph, name: str) -> object:
    try:
        return questions.run_question(graph.store, QUESTIONS[name], {})
    except QueryError as error:
        return str(error)


def view(graph: KnowledgeGraph, name: str) -> object:
    return graph.view(name).csv()


def export(graph: KnowledgeGraph, name: str) -> object:
    output = io.BytesIO()
    if name in GRAPH_FORMATS:
        export_network(graph.view("organizations").network, name, output)
    else:
        graph.export(name, output)
    return output.getvalue()


def report(graph: KnowledgeGraph, name: str) -> object:
    return REPORTS[name](graph)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_same_answer(
    embedded: KnowledgeGraph, remote: KnowledgeGraph, name: str
) -> None:
    assert answer(remote, name) == expected("question", name, embedded, answer)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_shows_the_same(embedded: KnowledgeGraph, remote: KnowledgeGraph, name: str) -> None:
    assert view(remote, name) == expected("view", name, embedded, view)


@pytest.mark.parametrize("name", [*FORMATS, *CLAIM_FORMATS, *GRAPH_FORMATS])
def test_an_export_has_the_same_bytes(
    embedded: KnowledgeGraph, remote: KnowledgeGraph, name: str
) -> None:
    assert export(remote, name) == expected("export", name, embedded, export)


REPORTS: Final[dict[str, Callable[[KnowledgeGraph], object]]] = {
    "evidence": lambda graph: graph.evidence("ISO/TC 321"),
    "show": lambda graph: graph.profile("ISO/TC 321"),
    "show a claim": lambda graph: graph.profile("claim:cfsn-2019-04-11/secretariat-china"),
    "relate": lambda graph: graph.relate("浙江省省长", "SAC"),
    "search": lambda graph: [graph.search(text) for text in ("浙江", "quality", "9001")],
    "match": lambda graph: graph.match(LISTS),
    "statistics": lambda graph: graph.statistics(),
    "validate": lambda graph: graph.validate("shacl"),
    "validate catalogues": lambda graph: list(graph.validate_catalogues("shacl") or ()),
    "defects": lambda graph: graph.defects(),
    "filtered view": lambda graph: graph.view(around="SAC", hops=2, since="2018").csv(),
    "describe": lambda graph: set(graph.query("DESCRIBE <cn/sac>")),  # type: ignore[arg-type]
    "ask": lambda graph: graph.query("ASK { <cn/sac> a std:Organization }"),
    "graphs": lambda graph: sorted(map(str, graph.store.graphs())),
    "quads": lambda graph: set(graph.store.quads()),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_the_same(
    embedded: KnowledgeGraph, remote: KnowledgeGraph, name: str
) -> None:
    assert report(remote, name) == expected("report", name, embedded, report)

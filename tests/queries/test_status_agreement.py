"""What questions and the overview say of a document's status agrees with the one function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations_with_replacement

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.common.namespaces import BASE, iri
from kg.entities.document_status import STAGE_KEYS, DocumentStatus, document_status
from kg.entities.index import name_index
from kg.store import Store
from tests.entities.test_later_editions import EDITIONS
from tests.support import BuildWith, store_of_catalogues

_DOCUMENTS = """
SELECT DISTINCT ?document ?body WHERE {
    GRAPH ?catalogue { ?document std:publisher ?body } ?catalogue a std:Catalogue
    # A work stands for all its editions, and has no status of its own.
    FILTER NOT EXISTS { ?document a std:Work }
}"""
_TYPED = "SELECT DISTINCT ?document WHERE { ?document std:deliverable ?type }"
_STATUSES = "SELECT ?document ?status WHERE { ?document std:documentStatus ?status }"
_ENDED = ("superseded", "withdrawn", "cancelled")
_KEYS = {
    iri("documentStatus:current"): "current",
    iri("documentStatus:draft"): "draft",
    iri("documentStatus:upcoming"): "upcoming",
    iri("documentStatus:earlier-draft"): "draft",
    iri("documentStatus:superseded"): "superseded",
    iri("documentStatus:withdrawn"): "withdrawn",
    iri("documentStatus:cancelled"): "cancelled",
    iri("documentStatus:untold"): "untold",
    iri("documentStatus:replaced"): "replaced",
}


@pytest.fixture(scope="module")
def editions(build_with: BuildWith) -> KnowledgeGraph:
    return KnowledgeGraph.open(build_with(*EDITIONS).folder)


@pytest.fixture(scope="module", params=["world", "editions"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """The small world, and catalogues that tell no status."""
    chosen: KnowledgeGraph = request.getfixturevalue(request.param)
    return chosen


def published(store: Store) -> Iterator[tuple[str, str]]:
    """Yield each document of a catalogue and its publisher."""
    for document, body in store.select(_DOCUMENTS).rows:
        assert isinstance(document, ox.NamedNode)
        assert isinstance(body, ox.NamedNode)
        yield document.value, body.value


@pytest.fixture(scope="module")
def statuses(graph: KnowledgeGraph) -> dict[str, DocumentStatus]:
    index = name_index(graph.store)
    documents = {document for document, _ in published(graph.store)}
    return {each: document_status(graph.store, index, each) for each in sorted(documents)}


def key(status: DocumentStatus) -> str:
    """Return the key of a status; a named successor counts before the document's own stage."""
    return "replaced" if status.successors else status.key


def ended(status: DocumentStatus) -> bool:
    return bool(status.successors) or status.key in _ENDED


def test_documents_with_and_without_status_are_compared(
    graph: KnowledgeGraph, statuses: dict[str, DocumentStatus]
) -> None:
    keys = {status.key for status in statuses.values()}
    assert "untold" in keys
    later = [status for status in statuses.values() if status.later]
    successors = [status for status in statuses.values() if status.successors]
    assert successors or later
    assert not any(status.successors and status.later for status in statuses.values())


def test_every_successor_is_stated(
    graph: KnowledgeGraph, statuses: dict[str, DocumentStatus]
) -> None:
    for document, status in statuses.items():
        stated = {row["other"].value for row in lineage(graph, document, "later")}
        assert set(status.successors) <= stated, document
        assert {later for later, _ in status.statements} <= stated
        # What the question calls later has replaced the document to this function, too.
        assert bool(status.successors) == bool(stated), document


def lineage(graph: KnowledgeGraph, document: str, place: str) -> list[dict[str, ox.NamedNode]]:
    rows = graph.ask("lineage", document=f"<{document.removeprefix(BASE)}>")
    return [row for row in rows if row["place"].value == place]  # type: ignore[misc]


def test_statuses_by_body_counts_the_same(
    graph: KnowledgeGraph, statuses: dict[str, DocumentStatus]
) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for row in graph.ask("statuses-by-body"):
        counted[row["body"].value, _KEYS[row["status"].value]] += int(row["documents"].value)
    expected = Counter(
        (body, key(statuses[document])) for document, body in set(published(graph.store))
    )
    assert counted == expected


@pytest.mark.parametrize("question", ["quality-by-body", "deliverables"])
def test_what_is_not_told_is_counted(
    graph: KnowledgeGraph, statuses: dict[str, DocumentStatus], question: str
) -> None:
    counted: Counter[str] = Counter()
    for row in graph.ask(question):
        counted[row["body"].value] += int(row["untold"].value)
    typed = {row[0] for row in graph.store.select(_TYPED).rows}
    expected = Counter(
        body
        for document, body in set(published(graph.store))
        if key(statuses[document]) == "untold"
        and (question != "deliverables" or ox.NamedNode(document) in typed)
    )
    assert +counted == expected
    assert expected


def test_what_stands_is_counted(graph: KnowledgeGraph, statuses: dict[str, DocumentStatus]) -> None:
    counted: Counter[str] = Counter()
    for row in graph.ask("deliverables"):
        counted[row["body"].value] += int(row["current"].value)
    typed = {row[0] for row in graph.store.select(_TYPED).rows}
    expected = Counter(
        body
        for document, body in set(published(graph.store))
        if key(statuses[document]) == "current"
        if ox.NamedNode(document) in typed
    )
    assert +counted == expected


def test_years_count_what_is_not_told(
    graph: KnowledgeGraph, statuses: dict[str, DocumentStatus]
) -> None:
    for body in {body for _, body in published(graph.store)}:
        documents = {each for each, of in published(graph.store) if of == body}
        rows = graph.ask("published-by-year", body=f"<{body.removeprefix(BASE)}>")
        untold = sum(int(row["untold"].value) for row in rows)
        standing = sum(int(row["current"].value) for row in rows)
        assert untold <= sum(statuses[each].key == "untold" for each in documents)
        if rows and all(statuses[each].key == "untold" for each in documents):
            assert untold == sum(int(row["documents"].value) for row in rows)
            assert not standing


def test_what_stands_the_longest_has_not_ended(
    graph: KnowledgeGraph, statuses: dict[str, DocumentStatus]
) -> None:
    for body in {body for _, body in published(graph.store)}:
        for row in graph.ask("oldest-in-force", body=f"<{body.removeprefix(BASE)}>"):
            status = statuses[row["document"].value]
            assert status.key == "current"
            assert not ended(status)


def test_what_is_still_referred_to_has_ended(
    graph: KnowledgeGraph, statuses: dict[str, DocumentStatus]
) -> None:
    for body in {body for _, body in published(graph.store)}:
        for row in graph.ask("still-referred-to", body=f"<{body.removeprefix(BASE)}>"):
            assert (row["document"].value, body) in set(published(graph.store))
            assert ended(statuses[row["document"].value])
            assert not ended(statuses[row["by"].value])


def test_the_overview_counts_the_same(
    graph: KnowledgeGraph, statuses: dict[str, DocumentStatus]
) -> None:
    table = graph.store.select(graph.views["overview"].sparql)
    counted = Counter(
        {
            (row["thing"].value, row["part"].value): int(row["number"].value)
            for row in table.as_dicts()
            if row["panel"].value == "bodies" and "part" in row
        }
    )
    expected = Counter(
        (body, "ended" if ended(statuses[document]) else statuses[document].key)
        for document, body in set(published(graph.store))
    )
    assert counted == expected


_STAGES = (*(key.rpartition("/")[2] for key in STAGE_KEYS), "")


def _combined() -> str:
    """Return documents in all pairs of stages, alone and replaced by one in any stage."""
    lines = ["<graph/one> a std:Catalogue .", "<graph/one> {"]
    for number, stages in enumerate(combinations_with_replacement(_STAGES, 2)):
        named = f"std:publisher <iso> ; skos:prefLabel 'ISO {number + 1}'"
        staged = named + "".join(f" ; std:stage stage:{each}" for each in stages if each)
        # One source may call a series what is a document with a stage to another.
        series = ", std:StandardSeries" if any(stages) else ""
        lines.append(f"<d/{number}> a std:Document{series} ; {staged} .")
        for later in _STAGES:
            replaced = f"<d/{number}-{later}>"
            stage = f" ; std:stage stage:{later}" if later else ""
            lines.append(f"{replaced} a std:Document ; {staged} .")
            lines.append(f"<d/{number}-{later}/2> a std:Document ; {named}{stage} .")
            lines.append(f"<d/{number}-{later}/2> std:replaces {replaced} .")
    return "\n".join([*lines, "}"])


def test_rule_and_function_agree_on_all_stages_and_successors() -> None:
    store = store_of_catalogues(_combined())
    index = name_index(store)
    found = {
        (key(document_status(store, index, document.value)), _KEYS[status.value])
        for document, status in store.select(_STATUSES).rows
        if isinstance(document, ox.NamedNode) and isinstance(status, ox.NamedNode)
    }
    assert len(found) == len({*_KEYS.values()})
    assert {(one, other) for one, other in found if one != other} == set()

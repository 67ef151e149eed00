"""What a worker reads once and keeps: questions, words of relations, the newest day."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kg.analysis import relation_pages
from kg.analysis.sentences import Phrasings
from kg.common import resources
from kg.common.errors import KgError
from kg.queries.families import NEEDS
from kg.queries.model import Question
from kg.queries.questions import answer_question, bind_parameters, load_questions

if TYPE_CHECKING:
    from kg.analysis.model import Fact
    from kg.analysis.profile import Relation
    from kg.analysis.relation_pages import Select
    from kg.graph import KnowledgeGraph
    from kg.store import Table

_PHRASINGS: WeakKeyDictionary[KnowledgeGraph, Phrasings] = WeakKeyDictionary()
_LACKING: WeakKeyDictionary[KnowledgeGraph, frozenset[str]] = WeakKeyDictionary()
_SNAPSHOTS: WeakKeyDictionary[KnowledgeGraph, str] = WeakKeyDictionary()


def facts_of_relation(
    graph: KnowledgeGraph,
    entity: str,
    relation: Relation,
    start: int,
    limit: int,
    select: Select | None = None,
) -> tuple[tuple[Fact, ...], int]:
    """Return facts of one kind of relation of an entity, and the number of entities in it.

    See :func:`kg.analysis.relation_pages.facts_of_relation`.
    """
    if graph not in _PHRASINGS:
        _PHRASINGS[graph] = Phrasings.read(graph.store)
    return relation_pages.facts_of_relation(
        graph.store,
        graph.views["everything"],
        graph.relations,
        _PHRASINGS[graph],
        graph.resolve(entity),
        relation,
        start,
        limit,
        select,
    )


@cache
def all_questions() -> Mapping[str, Question]:
    """Return the canned questions by name."""
    return load_questions(resources.queries())


def rows_about(graph: KnowledgeGraph, question: Question, param: str, entity: str) -> Table | None:
    """Return the answer to a question about an entity (IRI).

    None if the graph lacks the catalogue that it needs.
    """
    try:
        bound = bind_parameters(graph.store, question, {param: f"<{entity}>"})
    except KgError:
        return None
    return answer_question(graph.store, question, bound)


def lacking_data(graph: KnowledgeGraph) -> frozenset[str]:
    """Return the data (keys of ``NEEDS``) that a graph does not have."""
    if graph not in _LACKING:
        _LACKING[graph] = frozenset(
            name for name, (_, query) in NEEDS.items() if not graph.store.ask(query)
        )
    return _LACKING[graph]


def newest_snapshot(graph: KnowledgeGraph) -> str:
    """Return the day of the newest catalogue (ISO 8601); empty without catalogues."""
    if graph not in _SNAPSHOTS:
        snapshots = (account.snapshot for account in graph.catalogues if account.snapshot)
        _SNAPSHOTS[graph] = max(snapshots, default="")
    return _SNAPSHOTS[graph]

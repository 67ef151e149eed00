"""What a worker reads once and keeps: questions, and the newest day of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kg.common import resources
from kg.queries.questions import Question, load_questions

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_SNAPSHOTS: WeakKeyDictionary[KnowledgeGraph, str] = WeakKeyDictionary()


@cache
def all_questions() -> Mapping[str, Question]:
    """Return the canned questions by name."""
    return load_questions(resources.queries())


def newest_snapshot(graph: KnowledgeGraph) -> str:
    """Return the day of the newest catalogue (ISO 8601); empty without catalogues."""
    if graph not in _SNAPSHOTS:
        snapshots = (account.snapshot for account in graph.catalogues if account.snapshot)
        _SNAPSHOTS[graph] = max(snapshots, default="")
    return _SNAPSHOTS[graph]

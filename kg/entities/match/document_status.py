"""Determine the status of a document, and the documents that replaced it."""

from __future__ import annotations

from collections import deque
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import iri
from kg.entities.index import NameIndex
from kg.entities.index.schema import Rank
from kg.entities.match.model import DocumentStatus
from kg.identifiers import parse, undated
from kg.store import Store

_SUCCESSORS: Final = "SELECT DISTINCT ?document ?later WHERE { ?later std:replaces ?document }"
_DOCUMENTS: Final = frozenset(map(iri, ("std:Document", "std:Standard")))
_KEYS: Final = {
    iri("stage:published"): "current",
    iri("stage:in-force"): "current",
    iri("stage:development"): "draft",
    iri("stage:superseded"): "superseded",
    iri("stage:withdrawn"): "withdrawn",
    iri("stage:cancelled"): "cancelled",
}


def document_status(store: Store, index: NameIndex, entity: str) -> DocumentStatus:
    """Return the status of an entity (IRI); its key is empty if it isn't a document."""
    status = index.status(entity)
    if status.rank == Rank.MENTIONED:
        return DocumentStatus("mentioned")
    if status.rank == Rank.SERIES:
        return DocumentStatus("series")
    if not _DOCUMENTS & index.kind_sets[status.kind].every:
        return DocumentStatus()
    key = _KEYS.get(status.stage, "untold")
    # A later draft doesn't replace a current document.
    if key in ("current", "draft"):
        return DocumentStatus(key)
    return DocumentStatus(
        key, _current_successors(store, index, entity) or _current_edition(index, entity)
    )


def _current_successors(store: Store, index: NameIndex, document: str) -> tuple[str, ...]:
    """Return the current documents that replaced a document, or else the last in the chains."""
    seen, queue = {document}, deque([document])
    current: list[str] = []
    last: list[str] = []
    while queue:
        replaced = queue.popleft()
        rows = store.select(_SUCCESSORS, {"document": ox.NamedNode(replaced)}).rows
        successors = [later.value for _, later in rows if isinstance(later, ox.NamedNode)]
        # Drafts haven't replaced anything yet.
        successors = [later for later in successors if index.status(later).rank != Rank.DRAFT]
        if replaced != document and index.status(replaced).rank == Rank.CURRENT:
            current.append(replaced)
        elif replaced != document and not successors:
            last.append(replaced)
        for later in successors:
            if later not in seen:
                seen.add(later)
                queue.append(later)
    return tuple(sorted(current or last))


def _current_edition(index: NameIndex, document: str) -> tuple[str, ...]:
    for name in index.names_of(document):
        designation = parse(name)
        for _, edition in index.editions(str(undated(designation))) if designation else ():
            if edition.rank == Rank.CURRENT and edition.iri != document:
                return (edition.iri,)
    return ()

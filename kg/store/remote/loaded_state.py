"""Notices that another graph was loaded into an endpoint, without counting all of it."""

from __future__ import annotations

import hashlib
from typing import Final

from kg.common import namespaces
from kg.store.remote import RemoteStore
from kg.store.remote.loading import LAST_LOADED

_COUNTED: Final = (
    *LAST_LOADED,
    namespaces.ENTITIES_GRAPH,
    namespaces.ONTOLOGY_GRAPH,
    namespaces.DERIVED_GRAPH,
)
_SOURCES: Final = """
SELECT ?thing ?property ?value WHERE {
    { ?thing std:sha256 ?value BIND("sha256" AS ?property) }
    UNION { ?thing std:snapshotOn ?value BIND("day" AS ?property) }
    UNION { ?thing void:triples ?value BIND("triples" AS ?property) }
}"""


def loaded_state(store: RemoteStore) -> str:
    """Return a digest of what tells which graph an endpoint has.

    These are the digests and sizes of its sources, and the numbers of statements of the graphs that
    change with nearly every build. ``kg load`` replaces them last. Raises KgError if the endpoint
    fails.
    """
    sizes = store.graph_sizes(_COUNTED)
    rows = store.select(_SOURCES).rows
    lines = sorted([*map(str, rows), *(f"{name} {size}" for name, size in sizes.items())])
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()

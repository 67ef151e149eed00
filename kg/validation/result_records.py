"""The records of catalogues that state what a validation result complains about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.evidence.records import Statement, records_of_entities, records_of_statements
from kg.store import Store, Term

_MENTION: Final = """
SELECT ?graph ?thing ?property ?value WHERE {
    GRAPH ?graph { ?thing ?property ?value }
    FILTER EXISTS { ?graph a std:Catalogue }
}
LIMIT 1
"""


class Fault(NamedTuple):
    """What a result complains about: focus node, property (IRI or empty), and value, if any."""

    focus: Term
    path: str
    value: Term | None


def records_of_faults(store: Store, faults: Iterable[Fault]) -> dict[Fault, str]:
    """Return the first record that states the value of each fault, or else describes its focus.

    The record is empty where none is known.
    """
    statements = {fault: list(_statements(store, fault)) for fault in dict.fromkeys(faults)}
    records = records_of_statements(store, (each for some in statements.values() for each in some))
    describing: dict[str, str] = {}
    focuses = {fault.focus.value for fault in statements}
    for (_, entity), of_entity in records_of_entities(store, focuses).items():
        describing[entity] = min(describing.get(entity, of_entity[0]), of_entity[0])
    return {
        fault: min(
            (record for each in some for record in records[each]),
            default=describing.get(fault.focus.value, ""),
        )
        for fault, some in statements.items()
    }


def _statements(store: Store, fault: Fault) -> Iterator[Statement]:
    """Yield the statements of a fault: with its property and value, as far as it has these.

    Constraints in SPARQL give a value without its property, which may lead from the value.
    """
    focus, path, value = fault
    if not isinstance(focus, ox.NamedNode) or (not path and value is None):
        return
    stated = list(_statements_about(store, focus, path, value))
    if not stated and not path and isinstance(value, ox.NamedNode):
        stated = list(_statements_about(store, value, path, focus))
    yield from stated


def _statements_about(
    store: Store, subject: ox.NamedNode, path: str, value: Term | None
) -> Iterator[Statement]:
    property_ = ox.NamedNode(path) if path else None
    for quad in store.quads(predicate=property_, subject=subject):
        stated, graph = quad.object, quad.graph_name
        if (
            isinstance(graph, ox.NamedNode)
            and not isinstance(stated, ox.Triple)
            and value in (None, stated)
        ):
            yield Statement(graph.value, subject, quad.predicate, stated)


def find_record(store: Store, fault: Fault) -> tuple[str, str]:
    """Return the graph of the catalogue and the record (IRIs) that state a fault.

    Else those that mention the focus node; empty where unknown.
    """
    focus, path, value = fault
    exact: dict[str, Term] = {"thing": focus}
    if path:
        exact["property"] = ox.NamedNode(path)
    if value is not None:
        exact["value"] = value
    first_graph = ""
    tries = [exact, {"thing": focus}, {"value": focus}]
    if value is not None and not path:
        # A constraint in SPARQL may give what is stated of the focus.
        tries.insert(1, {"thing": value, "value": focus})
    for bindings in tries:
        for graph, subject, property_, stated in store.select(_MENTION, bindings).rows:
            if (
                not isinstance(graph, ox.NamedNode)
                or not isinstance(subject, ox.NamedNode)
                or not isinstance(property_, ox.NamedNode)
                or stated is None
            ):
                continue
            first_graph = first_graph or graph.value
            statement = Statement(graph.value, subject, property_, stated)
            records = records_of_statements(store, [statement])[statement]
            if not records:
                by_graph = records_of_entities(store, [subject.value])
                records = by_graph.get((graph.value, subject.value), ())
            if records:
                return graph.value, records[0]
    return first_graph, ""

"""Coverage of shapes: how often each SHACL shape applied; a shape without targets tests nothing.

A node shape counts its targets, a property shape the values of its path at those targets. A count
of 0 is a fault, most likely a misspelt class or property, unless the shape's
``std:untargetedReason`` explains it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.errors import SourceError
from kg.common.namespaces import PREFIXES, RDF_TYPE, compact, iri
from kg.store import Store

_FIRST: Final = iri("rdf:first")
_REST: Final = iri("rdf:rest")
_UNTARGETED_REASON: Final = iri("std:untargetedReason")
_SH: Final = PREFIXES["sh"]


@dataclass(frozen=True)
class ShapeCoverage:
    """How often a shape (IRI) applied: ``count`` targets, or values for a property shape.

    ``path`` is in SPARQL's syntax, empty for a node shape. ``reason`` (pairs of language and text)
    explains a count of 0. An ``optional`` shape may have no targets, since no catalogue lists
    everything that a catalogue can list.
    """

    shape: str
    path: str
    count: int
    reason: tuple[tuple[str, str], ...]
    optional: bool = False

    @property
    def fault(self) -> bool:
        """Whether the shape has no targets, though it is not optional and gives no reason."""
        return not (self.count or self.reason or self.optional)


def measure_shape_coverage(
    store: Store,
    shapes: Sequence[ox.Triple],
    graphs: Iterable[ox.NamedNode] = (),
    *,
    optional: bool = False,
) -> list[ShapeCoverage]:
    """Count the targets and values of each shape in a store, sorted by the shape's IRI.

    Only ``graphs`` are counted, or all graphs if it is empty. ``optional`` applies to all shapes.
    Raises SourceError for a path that can't be counted, and for a shape without IRI.
    """
    dataset = " ".join(f"FROM {graph}" for graph in graphs)
    properties_of: dict[object, dict[str, list[object]]] = {}
    for triple in shapes:
        properties_of.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(
            triple.object
        )
    rows = []
    for shape, properties in properties_of.items():
        if ox.NamedNode(_SH + "NodeShape") not in properties.get(RDF_TYPE.value, []):
            continue
        targets = _targets(properties)
        reason = _reason(properties)
        rows.append(
            ShapeCoverage(_iri(shape), "", _count(store, dataset, targets), reason, optional)
        )
        for property_ in properties.get(_SH + "property", []):
            path = _path(properties_of, properties_of[property_][_SH + "path"][0])
            # Two subqueries: a plain join takes minutes for the dates of 100,000s of documents.
            count = _count(
                store,
                dataset,
                f"{{ SELECT DISTINCT $this {{ {targets} }} }}"
                f" {{ SELECT $this ?value {{ $this {path} ?value }} }}",
            )
            own = _reason(properties_of[property_]) or reason
            rows.append(ShapeCoverage(_iri(property_), path, count, own, optional))
    return sorted(rows, key=lambda row: row.shape)


def _targets(properties: dict[str, list[object]]) -> str:
    classes = properties.get(_SH + "targetClass", [])
    # Subclasses first: a path from each of millions of entities takes minutes.
    patterns = [
        f"{{ {{ SELECT ?class {{ ?class rdfs:subClassOf* {c} }} }} $this a ?class }}"
        for c in classes
    ]
    patterns += [f"{{ $this {p} ?any }}" for p in properties.get(_SH + "targetSubjectsOf", [])]
    patterns += [f"{{ ?any {p} $this }}" for p in properties.get(_SH + "targetObjectsOf", [])]
    return " UNION ".join(patterns) or "FILTER(false)"


def _path(properties_of: dict[object, dict[str, list[object]]], node: object) -> str:
    """Translate a SHACL path (a property, an inverse, alternatives) into SPARQL's syntax."""
    if isinstance(node, ox.NamedNode):
        return str(node)
    properties = properties_of[node]
    if _SH + "inversePath" in properties:
        return f"^{_path(properties_of, properties[_SH + 'inversePath'][0])}"
    if _SH + "alternativePath" in properties:
        parts, rest = [], properties[_SH + "alternativePath"][0]
        while rest in properties_of and _FIRST in properties_of[rest]:
            parts.append(_path(properties_of, properties_of[rest][_FIRST][0]))
            rest = properties_of[rest][_REST][0]
        return f"({'|'.join(parts)})"
    raise SourceError(f"coverage can't count values of a path like this: {sorted(properties)}")


def _count(store: Store, dataset: str, pattern: str) -> int:
    variables = "$this ?value" if "?value" in pattern else "$this"
    query = (
        f"SELECT (COUNT(*) AS ?n) {dataset} WHERE {{ SELECT DISTINCT {variables} {{ {pattern} }} }}"
    )
    number = store.select(query).rows[0][0]
    return int(number.value) if isinstance(number, ox.Literal) else 0


def _reason(properties: dict[str, list[object]]) -> tuple[tuple[str, str], ...]:
    texts = (x for x in properties.get(_UNTARGETED_REASON, []) if isinstance(x, ox.Literal))
    return tuple(sorted((x.language or "", x.value) for x in texts))


def _iri(node: object) -> str:
    if not isinstance(node, ox.NamedNode):
        raise SourceError(
            f"a shape has no IRI: give {compact(str(node))} one, so that reports can name it"
        )
    return node.value

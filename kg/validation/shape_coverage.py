"""Did every shape find something to judge? A shape without targets proves nothing.

A node shape counts its targets, a property shape the values at its path in those targets. A shape
that finds none is a fault (a misspelt class or property, most likely) unless its
``std:untargetedReason`` says why the graph holds no such thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import PREFIXES, STD, compact
from kg.store import Store

_RDF: Final = PREFIXES["rdf"]
_SH: Final = PREFIXES["sh"]


@dataclass(frozen=True)
class ShapeCoverage:
    """How often one shape applied: ``found`` counts targets, or values of a property shape.

    ``reason`` says in English and Chinese why a shape finds nothing, where that is known. An
    ``optional`` shape may find nothing: not every catalogue lists all that a catalogue can.
    """

    shape: str
    path: str
    found: int
    reason: tuple[tuple[str, str], ...]
    optional: bool = False

    @property
    def fault(self) -> bool:
        """Whether the shape found nothing, and neither may it, nor does anybody say why."""
        return not (self.found or self.reason or self.optional)


def measure(
    store: Store,
    shapes: Sequence[ox.Triple],
    graphs: Iterable[ox.NamedNode] = (),
    *,
    optional: bool = False,
) -> list[ShapeCoverage]:
    """Count what each shape of a shapes graph finds in a store, by the shape's IRI.

    ``graphs`` are those to look into; without any, all of them. ``optional`` shapes may find
    nothing.
    """
    source = " ".join(f"FROM {graph}" for graph in graphs)
    facts: dict[object, dict[str, list[object]]] = {}
    for triple in shapes:
        facts.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(
            triple.object
        )
    rows = []
    for shape, about in facts.items():
        if ox.NamedNode(_SH + "NodeShape") not in about.get(_RDF + "type", []):
            continue
        targets = _targets(about)
        reason = _reason(about)
        rows.append(
            ShapeCoverage(_iri(shape), "", _count(store, source, targets), reason, optional)
        )
        for property_ in about.get(_SH + "property", []):
            path = _path(facts, facts[property_][_SH + "path"][0])
            # Each on its own: joined as they are found, dates of 100,000s would take minutes.
            found = _count(
                store,
                source,
                f"{{ SELECT DISTINCT $this {{ {targets} }} }}"
                f" {{ SELECT $this ?value {{ $this {path} ?value }} }}",
            )
            own = _reason(facts[property_]) or reason
            rows.append(ShapeCoverage(_iri(property_), path, found, own, optional))
    return sorted(rows, key=lambda row: row.shape)


def _targets(about: dict[str, list[object]]) -> str:
    classes = about.get(_SH + "targetClass", [])
    # The few classes first: a path from each of millions of things would take minutes.
    ways = [
        f"{{ {{ SELECT ?class {{ ?class rdfs:subClassOf* {c} }} }} $this a ?class }}"
        for c in classes
    ]
    ways += [f"{{ $this {p} ?any }}" for p in about.get(_SH + "targetSubjectsOf", [])]
    ways += [f"{{ ?any {p} $this }}" for p in about.get(_SH + "targetObjectsOf", [])]
    return " UNION ".join(ways) or "FILTER(false)"


def _path(facts: dict[object, dict[str, list[object]]], node: object) -> str:
    """A path of the shapes graph in SPARQL's syntax: a property, an inverse, alternatives."""
    if isinstance(node, ox.NamedNode):
        return str(node)
    about = facts[node]
    if _SH + "inversePath" in about:
        return f"^{_path(facts, about[_SH + 'inversePath'][0])}"
    if _SH + "alternativePath" in about:
        parts, rest = [], about[_SH + "alternativePath"][0]
        while rest in facts and _RDF + "first" in facts[rest]:
            parts.append(_path(facts, facts[rest][_RDF + "first"][0]))
            rest = facts[rest][_RDF + "rest"][0]
        return f"({'|'.join(parts)})"
    raise KgError(f"a shape has a path of a kind that coverage does not count: {sorted(about)}")


def _count(store: Store, source: str, pattern: str) -> int:
    variables = "$this ?value" if "?value" in pattern else "$this"
    query = (
        f"SELECT (COUNT(*) AS ?n) {source} WHERE {{ SELECT DISTINCT {variables} {{ {pattern} }} }}"
    )
    number = store.select(query).rows[0][0]
    return int(number.value) if isinstance(number, ox.Literal) else 0


def _reason(about: dict[str, list[object]]) -> tuple[tuple[str, str], ...]:
    said = (x for x in about.get(STD + "untargetedReason", []) if isinstance(x, ox.Literal))
    return tuple(sorted((x.language or "", x.value) for x in said))


def _iri(node: object) -> str:
    if not isinstance(node, ox.NamedNode):
        raise KgError(
            f"a shape has no IRI: give {compact(str(node))} one, so that reports can name it"
        )
    return node.value

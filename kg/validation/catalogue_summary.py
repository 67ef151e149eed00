"""The results on catalogues, counted by shape and body, each count with one example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from kg.common.namespaces import BASE, PREFIXES
from kg.store import Store, Term
from kg.validation import bulk_engine
from kg.validation.bulk_engine import Raw
from kg.validation.catalogues import Findings
from kg.validation.partitions import catalogues

_DEPTH: Final = BASE.count("/")
SEVERITIES: Final = ("Violation", "Warning", "Info")
"""The gravest first."""

_DERIVED_FROM: Final = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
_PUBLISHED: Final = """
SELECT ?thing ?publisher WHERE {
    { SELECT DISTINCT ?graph WHERE { ?graph a std:Catalogue } }
    GRAPH ?graph { ?thing std:publisher ?publisher }
}
"""
_NAME: Final = """
SELECT ?name ?thing WHERE { ?thing skos:prefLabel ?name } ORDER BY STRLEN(LANG(?name)) ?name LIMIT 1
"""
_STATED: Final = """
SELECT ?graph ?thing ?property ?value WHERE {
    GRAPH ?graph { ?thing ?property ?value }
    FILTER EXISTS { ?graph a std:Catalogue }
}
LIMIT 1
"""
_RECORD: Final = """
SELECT ?record ?graph ?thing WHERE { GRAPH ?graph { ?thing prov:wasDerivedFrom ?record } }
ORDER BY ?record LIMIT 1
"""


@dataclass(frozen=True)
class Example:
    """One result: what the thing is called, the property and value at fault, who says so.

    ``graph`` is that of the source, ``record`` the record in it; either may be unknown ("").
    """

    focus: str
    name: str
    path: str
    value: str
    graph: str
    record: str


@dataclass(frozen=True)
class Row:
    """How often a shape found a fault in what a body publishes or keeps.

    ``body`` is "" for what belongs to none; ``messages`` maps a language to the shape's text.
    """

    shape: str
    severity: str
    messages: tuple[tuple[str, str], ...]
    body: str
    count: int
    example: Example


@dataclass(frozen=True)
class Summary:
    """What became of holding catalogues against their shapes: engine, size, time, and counts."""

    engine: str
    triples: int
    seconds: float
    rows: tuple[Row, ...]

    def count(self, severity: str) -> int:
        """How many results of a severity (``Violation``, ``Warning``, ``Info``) there are."""
        return sum(row.count for row in self.rows if row.severity == severity)

    @property
    def conforms(self) -> bool:
        """Whether no result is a violation."""
        return not self.count("Violation")


def summarize(store: Store, found: Findings) -> Summary:
    """Count the results by shape and body in one pass; the gravest and most frequent come first."""
    of_whom = bodies(store, (one.focus_node for one in found.raw))
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], Raw] = {}
    shapes: Counter[tuple[str, str]] = Counter()
    for one in found.raw:
        key = (one.severity, bulk_engine.shape_of(one), of_whom[one.focus_node])
        counts[key] += 1
        shapes[key[:2]] += 1
        first.setdefault(key, one)
    order = sorted(
        counts, key=lambda k: (SEVERITIES.index(k[0]), -shapes[k[:2]], k[1], -counts[k], k[2])
    )
    results = bulk_engine.results((first[key] for key in order), found.shapes)
    rows = tuple(
        Row(
            shape=result.shape,
            severity=severity,
            messages=result.messages,
            body=body,
            count=counts[severity, shape, body],
            example=_example(store, first[severity, shape, body]),
        )
        for (severity, shape, body), result in zip(order, results, strict=True)
    )
    return Summary(found.engine, found.triples, found.seconds, rows)


def places(store: Store, found: Findings) -> dict[str, tuple[str, str]]:
    """Of each focus node, in N-Triples syntax: whose it is, and the first record that has it."""
    of_whom = bodies(store, (one.focus_node for one in found.raw))
    records: dict[str, str] = {}
    for graph in catalogues(store):
        for quad in store.quads(graph, _DERIVED_FROM):
            subject = str(quad.subject)
            if subject in of_whom and isinstance(quad.object, ox.NamedNode):
                records[subject] = min(records.get(subject, "~"), quad.object.value)
    return {focus: (body, records.get(focus, "")) for focus, body in of_whom.items()}


def bodies(store: Store, foci: Iterable[str]) -> Mapping[str, str]:
    """Whose each thing is, given as a term in N-Triples syntax; "" for what is nobody's.

    That is who publishes a document. Of anything else the IRI tells, for it begins with the owner.
    """
    published: dict[str, set[Term]] = {focus: set() for focus in foci}
    tally: Counter[Term] = Counter()
    # A quad would have its graph and its property looked up, too.
    for thing, publisher in store.select(_PUBLISHED).rows:
        if publisher is None:
            continue
        tally[publisher] += 1
        if (known := published.get(str(thing))) is not None:
            known.add(publisher)
    names = {publisher: _body(store, publisher) for publisher in tally}
    owners = {_owner(str(p)): name for p, name in names.items() if p.value.count("/") == _DEPTH}

    def whose(focus: str, publishers: set[Term]) -> str:
        # The body with most documents first: ISO/IEC, not IEC/ISO.
        ordered = sorted(publishers, key=lambda publisher: (-tally[publisher], str(publisher)))
        return "/".join(names[p] for p in ordered) or _owned(_owner(focus), owners)

    return {focus: whose(focus, publishers) for focus, publishers in published.items()}


def _owner(focus: str) -> str:
    """The first segment of the path of an IRI of ours; the host of any other."""
    iri = focus.strip("<>")
    if iri.startswith(BASE):
        return iri.removeprefix(BASE).partition("/")[0]
    return urlsplit(iri).netloc


def _owned(owner: str, names: Mapping[str, str]) -> str:
    if owner in ("graph", "source", "place"):
        return ""
    if owner in names:
        return names[owner]
    parts = owner.split("-")
    if all(part in names for part in parts):
        return "/".join(names[part] for part in parts)
    return owner if "." in owner else unquote(owner).upper()


def _body(store: Store, publisher: Term) -> str:
    """The name of a body; of one that nobody describes, the abbreviation in its IRI."""
    name = _name(store, publisher)
    if publisher.value.startswith(BASE) and name == unquote(publisher.value.removeprefix(BASE)):
        return name.rpartition("/")[2].upper()
    return name


def _name(store: Store, thing: Term) -> str:
    rows = store.select(_NAME, {"thing": thing}).rows if isinstance(thing, ox.NamedNode) else ()
    if rows and isinstance(rows[0][0], ox.Literal):
        return rows[0][0].value
    return (
        unquote(thing.value.removeprefix(BASE)) if isinstance(thing, ox.NamedNode) else thing.value
    )


def _example(store: Store, one: Raw) -> Example:
    [result] = bulk_engine.results([one], ())
    focus, value = result.focus, result.value if result.value != result.focus else None
    graph, record = _place(store, focus, result.path, value)
    return Example(
        focus=focus.value,
        name=_name(store, focus),
        path=result.path,
        value="" if value is None else _name(store, value),
        graph=graph,
        record=record,
    )


def _place(store: Store, focus: Term, path: str, value: Term | None) -> tuple[str, str]:
    """Which graph, and which record in it, says what is wrong of a thing, or names the thing."""
    exact: dict[str, Term] = {"thing": focus}
    if path:
        exact["property"] = ox.NamedNode(path)
    if value is not None:
        exact["value"] = value
    graph = ""
    for bindings in (exact, {"thing": focus}, {"value": focus}):
        for where, thing, *_ in store.select(_STATED, bindings).rows:
            if where is not None and thing is not None:
                rows = store.select(_RECORD, {"graph": where, "thing": thing}).rows
                graph = graph or where.value
                record = rows[0][0].value if rows and rows[0][0] is not None else ""
                if record:
                    return where.value, record
    return graph, ""

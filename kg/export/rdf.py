"""Turtle, TriG, N-Quads and N-Triples (RDF 1.1), written sorted so that files can be compared.

Blank nodes are labeled by RDF Dataset Canonicalization (RDFC-1.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.namespaces import PREFIXES

_RDF: Final = PREFIXES["rdf"]
_RDF_TYPE: Final = _RDF + "type"
_LANG_STRING: Final = _RDF + "langString"
_NEVER_SPELLED_OUT: Final = {_LANG_STRING, PREFIXES["xsd"] + "string"}

_BY_NAMESPACE: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_NAMESPACE: Final = re.compile("|".join(map(re.escape, sorted(PREFIXES.values(), reverse=True))))
# Local names that Turtle writes as they are (RDF 1.1 Turtle, PN_LOCAL), or none at all.
_PLAIN_NAME: Final = re.compile(r"(?:\w(?:[\w.-]*[\w-])?)?")


def write_turtle(quads: Iterable[ox.Quad], output: BinaryIO) -> None:
    """Write the union of all graphs, which Turtle can't name, as Turtle."""
    _write_triples(quads, output, ox.RdfFormat.TURTLE)


def write_ntriples(quads: Iterable[ox.Quad], output: BinaryIO) -> None:
    """Write the union of all graphs, which N-Triples can't name, as N-Triples."""
    _write_triples(quads, output, ox.RdfFormat.N_TRIPLES)


def write_trig(quads: Iterable[ox.Quad], output: BinaryIO) -> None:
    """Write the dataset with its named graphs as TriG."""
    arranged = arrange(quads)
    ox.serialize(arranged, output, ox.RdfFormat.TRIG, prefixes=_prefixes(arranged))


def write_nquads(quads: Iterable[ox.Quad], output: BinaryIO) -> None:
    """Write the dataset with its named graphs as N-Quads."""
    ox.serialize(arrange(quads), output, ox.RdfFormat.N_QUADS)


def union(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Move the quads to the default graph, for formats that have no other."""
    return (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def arrange(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the quads without doubles, sorted by graph, subject, predicate (types first), object.

    Blank nodes are renamed to their canonical labels (RDFC-1.0), so that isomorphic datasets give
    equal lists; the time this takes is exponential for adversarial blank nodes. Raises KgError
    for terms that are not RDF 1.1.
    """
    plain: set[ox.Quad] = set()
    with_blanks: set[ox.Quad] = set()
    for quad in quads:
        _refuse_beyond_rdf11(quad)
        blank = any(isinstance(term, ox.BlankNode) for term in (quad[0], quad[2], quad[3]))
        (with_blanks if blank else plain).add(quad)
    canonical: Iterable[ox.Quad] = ()
    if with_blanks:
        # Labels depend on the quads with blank nodes alone, so the others need not be copied.
        dataset = ox.Dataset(with_blanks)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        canonical = dataset
    return sorted(chain(plain, canonical), key=_order)


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    predicate = quad.predicate.value
    return graph, str(quad.subject), "" if predicate == _RDF_TYPE else predicate, str(quad.object)


def _refuse_beyond_rdf11(quad: ox.Quad) -> None:
    term = quad.object
    if isinstance(term, ox.Triple):
        fault = "a triple as its object (RDF 1.2)"
    elif not isinstance(term, ox.Literal):
        return
    elif term.direction is not None:
        fault = "a text with a base direction (RDF 1.2)"
    elif term.language is None and term.datatype.value == _LANG_STRING:
        fault = "an rdf:langString without a language"
    else:
        return
    raise KgError(f"can't export {quad.predicate} of {quad.subject}: it has {fault}; use RDF 1.1")


def _write_triples(quads: Iterable[ox.Quad], output: BinaryIO, syntax: ox.RdfFormat) -> None:
    arranged = arrange(union(quads))
    triples = (quad.triple for quad in arranged)
    ox.serialize(triples, output, syntax, prefixes=_prefixes(arranged))


def _prefixes(quads: Iterable[ox.Quad]) -> dict[str, str]:
    r"""Choose the prefixes of the project that Turtle or TriG will make use of.

    A namespace with a name that needs escapes (``claim:a\/1``) is written in full, since escapes
    are hard to read and to copy, and rdflib 7 fails on some (``std:a\.``).
    """
    iris: set[str] = set()
    for quad in quads:
        if quad.predicate.value != _RDF_TYPE:
            iris.add(quad.predicate.value)
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode):
                iris.add(term.value)
            elif isinstance(term, ox.Literal):
                iris.add(term.datatype.value)
    names: dict[str, list[str]] = {}
    for iri in iris - _NEVER_SPELLED_OUT:
        if match := _NAMESPACE.match(iri):
            names.setdefault(match[0], []).append(iri[match.end() :])
    found = [space for space, used in names.items() if all(map(_PLAIN_NAME.fullmatch, used))]
    return {_BY_NAMESPACE[namespace]: namespace for namespace in sorted(found)}

"""The data as a read-only rdflib dataset over the engine."""

from __future__ import annotations

from typing import Any, NoReturn

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import BNode, Dataset, Graph, Literal, Namespace, URIRef, Variable
from rdflib.query import Result
from rdflib.term import Identifier, Node

from kg.common.errors import QueryError, StoreError
from kg.common.namespaces import PREFIXES
from kg.store import FreeQuery, QueryFunction, Table, Term


def read_only_dataset(store: Any, run: QueryFunction) -> Dataset:
    """Return a dataset whose patterns read ``store`` and whose queries are run by ``run``.

    ``store`` is an engine, or what has its methods for patterns.
    """
    dataset = Dataset(store=_ReadOnlyStore(store, run), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, Namespace(namespace), replace=True)
    return dataset


def _refuse(*_: object, **__: object) -> NoReturn:
    raise StoreError("this dataset is read-only: copy it into another rdflib graph to change it")


class _ReadOnlyStore(OxigraphStore):
    def __init__(self, store: Any, run: QueryFunction) -> None:
        super().__init__(store=store)
        self._run = run

    def query(
        self,
        query: Any,
        initNs: Any,  # noqa: N803
        initBindings: Any,  # noqa: N803
        queryGraph: Any,  # noqa: N803
        **kwargs: Any,
    ) -> Result:
        # rdflib would silently fall back to its own engine for anything oxrdflib can't do.
        if not isinstance(query, str) or kwargs:
            raise QueryError("give the query as a string, not prepared, and without options")
        prefixes = {str(prefix): str(iri) for prefix, iri in dict(self.namespaces()).items()}
        free = FreeQuery(
            query,
            bindings={str(name): _from_rdflib(value) for name, value in initBindings.items()},
            prefixes=prefixes | {str(prefix): str(iri) for prefix, iri in initNs.items()},
            default_graphs=(
                (ox.NamedNode(str(queryGraph)),) if isinstance(queryGraph, URIRef) else None
            ),
        )
        return _result(self._run(free))

    def add_graph(self, graph: Any) -> None:
        """Do nothing; ``Dataset.graph(iri)`` calls this before reading a graph."""

    add = addN = remove = remove_graph = update = _refuse  # noqa: N815


def _result(answer: Table | bool | list[ox.Triple]) -> Result:
    if isinstance(answer, bool):
        result = Result("ASK")
        result.askAnswer = answer
    elif isinstance(answer, Table):
        result = Result("SELECT")
        names = [Variable(name) for name in answer.columns]
        result.vars = names
        result.bindings = [
            {
                name: _to_rdflib(term)
                for name, term in zip(names, row, strict=True)
                if term is not None
            }
            for row in answer.rows
        ]
    else:
        result = Result("CONSTRUCT")
        result.graph = Graph()
        for triple in answer:
            subject, predicate = _to_rdflib(triple.subject), _to_rdflib(triple.predicate)
            result.graph.add((subject, predicate, _to_rdflib(triple.object)))
    return result


def _to_rdflib(term: Term | ox.Triple) -> Identifier:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise QueryError("the answer has triple terms of RDF 1.2, which rdflib can't hold")
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value))


def _from_rdflib(term: Node) -> Term:
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return ox.Literal(str(term), datatype=datatype)
    raise QueryError(f"{term!r} can't be bound: give an IRI, a literal or a blank node")

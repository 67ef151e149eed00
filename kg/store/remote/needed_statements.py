"""Which statements a query can use: a superset, told from its patterns.

Some engines return wrong answers to joins, but the right statements for a single pattern. Their
queries are evaluated here, on the statements that their patterns match.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias

import pyoxigraph as ox
from rdflib import URIRef, Variable
from rdflib.paths import NegatedPath, Path
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.store import Term
from kg.store.remote.statements import EVERYTHING, Pattern

_Choices: TypeAlias = Mapping[Variable, Collection[Any]]
_OWN_VARIABLES: Final = ("Minus", "ToMultiSet", "SubSelect", "Project")
_EXISTS: Final = ("Builtin_EXISTS", "Builtin_NOTEXISTS")
_UNKNOWN: Final = frozenset({EVERYTHING})


def needed_statements(text: str, bindings: Mapping[str, Term]) -> frozenset[Pattern]:
    """Return patterns of all statements that the answer to a query depends on.

    ``text`` declares all its prefixes. The values of variables narrow the patterns.
    """
    names = tuple(sorted((n, t) for n, t in bindings.items() if isinstance(t, ox.NamedNode)))
    return _needed(text, names)


@lru_cache(maxsize=256)
def _needed(text: str, bindings: tuple[tuple[str, ox.NamedNode], ...]) -> frozenset[Pattern]:
    try:
        query = translateQuery(parseQuery(text))
    except Exception:  # noqa: BLE001
        # rdflib's parser differs from the engine's in a few places, such as escapes.
        return _UNKNOWN
    if query.algebra.name not in ("SelectQuery", "AskQuery", "ConstructQuery"):
        return _UNKNOWN
    algebra = query.algebra
    # Within a subquery a variable of this name may be another one.
    known = {} if _has_subquery(algebra) else {Variable(n): URIRef(t.value) for n, t in bindings}
    patterns = frozenset(_walk(algebra, None, {v: (iri,) for v, iri in known.items()}))
    return _UNKNOWN if EVERYTHING in patterns else patterns


def _has_subquery(node: Any) -> bool:
    return sum(1 for each in _all_nodes(node) if each.name == "Project") > 1


def _all_nodes(node: Any) -> Iterator[CompValue]:
    if isinstance(node, CompValue):
        yield node
        for value in node.values():
            yield from _all_nodes(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _all_nodes(value)


def _walk(node: Any, graph: URIRef | None, choices: _Choices) -> Iterator[Pattern]:
    if isinstance(node, list | tuple):
        for value in node:
            yield from _walk(value, graph, choices)
    if not isinstance(node, CompValue):
        return
    if node.name == "BGP":
        for triple in node.triples:
            yield from _of_triple(triple, graph, choices)
    elif node.name == "Graph":
        inner = node.term if isinstance(node.term, URIRef) else None
        yield from _walk(node.p, inner, choices)
    elif node.name == "Filter":
        yield from _walk(node.expr, graph, {})
        yield from _walk(node.p, graph, {**choices, **_choices(node.expr)})
    elif node.name in _EXISTS:
        # The translated pattern is an attribute; the item of this name is as it was parsed.
        pattern = vars(node).get("graph")
        yield from [EVERYTHING] if pattern is None else _walk(pattern, graph, {})
    else:
        for key, value in node.items():
            is_apart = node.name in _OWN_VARIABLES and key in ("p2", "p")
            is_apart = is_apart and not (node.name == "Project" and not _has_subquery(node))
            yield from _walk(value, graph, {} if is_apart else choices)


def _choices(expression: Any) -> dict[Variable, list[Any]]:
    """Return the values that a condition allows for variables."""
    if not isinstance(expression, CompValue):
        return {}
    if expression.name == "ConditionalAndExpression":
        found: dict[Variable, list[Any]] = {}
        for part in (expression.expr, *expression.other):
            found |= _choices(part)
        return found
    if expression.name != "RelationalExpression" or not isinstance(expression.expr, Variable):
        return {}
    other = expression.other
    values = list(other) if isinstance(other, list) else [other]
    if expression.op in ("IN", "=") and all(isinstance(value, URIRef) for value in values):
        return {expression.expr: values}
    return {}


def _of_triple(
    triple: tuple[Any, Any, Any], graph: URIRef | None, choices: _Choices
) -> Iterator[Pattern]:
    subject, predicate, value = triple
    named = None if graph is None else ox.NamedNode(str(graph))
    if isinstance(predicate, Path):
        properties = _of_path(predicate)
        if properties is None:
            yield EVERYTHING
            return
        for iri in properties:
            yield Pattern(named, ox.NamedNode(str(iri)), None)
        return
    for one in _values(subject, choices):
        for other in _values(predicate, choices):
            for third in _values(value, choices):
                yield Pattern(named, _node(other), _node(one), _node(third))


def _values(term: Any, choices: _Choices) -> Collection[Any]:
    if isinstance(term, Variable):
        return choices.get(term, (None,))
    return (term,)


def _node(term: Any) -> ox.NamedNode | None:
    """Return the node of an IRI; None for what may be anything, such as a value."""
    return ox.NamedNode(str(term)) if isinstance(term, URIRef) else None


def _of_path(path: Any) -> set[URIRef] | None:
    """Return the properties of a path; None if it may be any."""
    if isinstance(path, URIRef):
        return {path}
    if isinstance(path, NegatedPath) or not isinstance(path, Path):
        return None
    found: set[URIRef] = set()
    for part in getattr(path, "args", None) or [getattr(path, "arg", None) or path.path]:  # type: ignore[attr-defined]
        inner = _of_path(part)
        if inner is None:
            return None
        found |= inner
    return found

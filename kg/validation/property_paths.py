"""Property paths of results: RDF (SHACL, section 2.3.1) and text (SPARQL 1.1, section 9.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.common.namespaces import compact, iri, node
from kg.store import Term

Path: TypeAlias = "str | tuple[str, tuple[Path, ...]]"
"""The IRI of a property, or an operator (``/ | ^ * + ?``) with its operands."""

Properties: TypeAlias = Mapping[object, Mapping[str, list[Term]]]
"""The objects of triples by subject and predicate IRI."""

_FIRST, _REST, _NIL = iri("rdf:first"), iri("rdf:rest"), node("rdf:nil")
_OPERATORS: Final = {
    iri("sh:alternativePath"): "|",
    iri("sh:inversePath"): "^",
    iri("sh:zeroOrMorePath"): "*",
    iri("sh:oneOrMorePath"): "+",
    iri("sh:zeroOrOnePath"): "?",
}
_PROPERTIES: Final = {operator: property_ for property_, operator in _OPERATORS.items()}
_TOKEN: Final = re.compile(r"<[^>]*>|[()/|^*+?]")
_MAX_DEPTH: Final = 100


def read_path(term: Term, properties: Properties) -> Path | None:
    """Return the path that a term of a report stands for; None if it is none."""
    return _read(term, properties, _MAX_DEPTH)


def _read(term: Term, properties: Properties, depth: int) -> Path | None:
    if isinstance(term, ox.NamedNode):
        return term.value
    own = properties.get(term, {})
    if depth == 0:
        return None
    if _FIRST in own:
        return _operation("/", _items(term, properties), properties, depth)
    for property_, operator in _OPERATORS.items():
        if property_ in own:
            [operand, *_] = own[property_]
            operands = _items(operand, properties) if operator == "|" else [operand]
            return _operation(operator, operands, properties, depth)
    return None


def _operation(
    operator: str, operands: Iterable[Term], properties: Properties, depth: int
) -> Path | None:
    paths = [_read(each, properties, depth - 1) for each in operands]
    known = tuple(path for path in paths if path is not None)
    return (operator, known) if known and len(known) == len(paths) else None


def _items(list_: Term, properties: Properties) -> list[Term]:
    items: list[Term] = []
    while list_ != _NIL and len(items) < _MAX_DEPTH:
        own = properties.get(list_, {})
        if _FIRST not in own or _REST not in own:
            break
        items.append(own[_FIRST][0])
        list_ = own[_REST][0]
    return items


def path_text(path: Path, short: bool = False) -> str:
    """Return a path in SPARQL; ``short`` compacts its IRIs for people."""
    if isinstance(path, str):
        return compact(path) if short else f"<{path}>"
    operator, operands = path
    texts = [path_text(each, short) for each in operands]
    if operator in "/|":
        return f"({operator.join(texts)})"
    if operator == "^":
        return "^" + texts[0]
    inner = operands[0]
    plain = isinstance(inner, str) or inner[0] in "/|"
    return (texts[0] if plain else f"({texts[0]})") + operator


def parse_path(text: str) -> Path:
    """Parse a path in SPARQL with IRIs in angle brackets, as the bulk engine writes it."""
    tokens = _TOKEN.findall(text)
    path = _parse_alternative(tokens)
    if tokens:
        raise ValueError(f"not a path: {text}")
    return path


def _parse_alternative(tokens: list[str]) -> Path:
    return _parse_chain(tokens, "|", lambda rest: _parse_chain(rest, "/", _parse_step))


def _parse_chain(tokens: list[str], operator: str, parse: Callable[[list[str]], Path]) -> Path:
    parts = [parse(tokens)]
    while tokens and tokens[0] == operator:
        tokens.pop(0)
        parts.append(parse(tokens))
    return parts[0] if len(parts) == 1 else (operator, tuple(parts))


def _parse_step(tokens: list[str]) -> Path:
    if not tokens:
        raise ValueError("a path ends too early")
    first = tokens.pop(0)
    if first == "^":
        return "^", (_parse_step(tokens),)
    path: Path
    if first == "(":
        path = _parse_alternative(tokens)
        if not tokens or tokens.pop(0) != ")":
            raise ValueError("a path lacks a bracket")
    elif first.startswith("<"):
        path = first[1:-1]
    else:
        raise ValueError(f"a path can't begin with {first}")
    while tokens and tokens[0] in "*+?":
        path = (tokens.pop(0), (path,))
    return path


def path_triples(path: Path, prefix: str) -> tuple[ox.NamedNode | ox.BlankNode, list[ox.Triple]]:
    """Return a path as a term, and the triples that describe it.

    Labels of blank nodes begin with ``prefix``.
    """
    triples: list[ox.Triple] = []
    numbers = count(1)

    def describe(path: Path) -> ox.NamedNode | ox.BlankNode:
        if isinstance(path, str):
            return ox.NamedNode(path)
        operator, operands = path
        if operator == "/":
            return describe_list(operands)
        term = ox.BlankNode(f"{prefix}{next(numbers)}")
        value = describe_list(operands) if operator == "|" else describe(operands[0])
        triples.append(ox.Triple(term, ox.NamedNode(_PROPERTIES[operator]), value))
        return term

    def describe_list(paths: tuple[Path, ...]) -> ox.NamedNode | ox.BlankNode:
        rest: ox.NamedNode | ox.BlankNode = _NIL
        for each in reversed(paths):
            cell = ox.BlankNode(f"{prefix}{next(numbers)}")
            triples.append(ox.Triple(cell, ox.NamedNode(_FIRST), describe(each)))
            triples.append(ox.Triple(cell, ox.NamedNode(_REST), rest))
            rest = cell
        return rest

    return describe(path), triples


def path_json(path: Path) -> dict[str, object]:
    """Return a path as a node of JSON-LD."""
    if isinstance(path, str):
        return {"@id": path}
    operator, operands = path
    nodes = [path_json(each) for each in operands]
    if operator == "/":
        return {"@list": nodes}
    value = {"@list": nodes} if operator == "|" else nodes[0]
    return {compact(_PROPERTIES[operator]): value}


def properties_of(triples: Iterable[ox.Triple]) -> dict[object, dict[str, list[Term]]]:
    """Group the objects of triples by subject and predicate; triple terms are left out."""
    grouped: dict[object, dict[str, list[Term]]] = {}
    for triple in triples:
        value = triple.object
        if not isinstance(value, ox.Triple):
            grouped.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(
                value
            )
    return grouped

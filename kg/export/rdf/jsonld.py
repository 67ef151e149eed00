"""JSON-LD 1.1 with the terms, prefixes and base of a context.

Follows the JSON-LD 1.1 API (compaction) with one more rule: a short form is written only if it
reads back as the IRI that it stands for, see :mod:`kg.export.rdf.jsonld_context`.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from kg.common.errors import ExportError
from kg.common.namespaces import RDF_TYPE, iri
from kg.export.rdf.canonical_order import (
    Observer,
    Quads,
    TripleTerms,
    check_matches,
    sort_quads,
)
from kg.export.rdf.jsonld_context import (
    JsonLdContext,
    TermDefinition,
    load_context,
    parse_context,
)
from kg.store import Graph

_STRING: Final = iri("xsd:string")

_encode_string: Final = json.JSONEncoder(ensure_ascii=False).encode

_Json = dict[str, Any]
_ChooseKey = Callable[[str, str], tuple[str, TermDefinition]]


def write_jsonld(data: Quads, output: BinaryIO, source: Mapping[str, object] | None = None) -> None:
    """Write a dataset with its named graphs as one self-contained JSON-LD 1.1 document.

    ``source`` is a JSON-LD context, with or without its ``@context`` key; by default it is
    ``ontology/context.jsonld``. It is written into the document, so that readers need no network.
    Literals keep their lexical forms, so there are no JSON numbers. Lists stay chains of rdf:rest.
    Raises ExportError, before anything is written, for a context that is not supported and for an
    IRI that the context would change (``skos:Concept`` if ``skos`` is a prefix).
    """
    context = load_context() if source is None else parse_context(source, "the JSON-LD context")
    choose_key = functools.cache(functools.partial(_choose_key, context))
    with sort_quads(data, _reject_ambiguous(context)) as ordered:
        output.write(f'{{\n  "@context": {_dump(context.source, 2)},\n'.encode())
        output.write(f'  "{context.keyword("@graph")}": ['.encode())
        separator = "\n    "
        for graph, members in groupby(ordered.quads(), key=attrgetter("graph_name")):
            nodes = _nodes(members, context, choose_key)
            if isinstance(graph, ox.DefaultGraph):
                for node in nodes:
                    output.write(f"{separator}{_dump(node, 4)}".encode())
                    separator = ",\n    "
                continue
            head = f'"{context.keyword("@id")}": {_dump(_node_id(context, graph), 6)}'
            output.write(f"{separator}{{\n      {head},\n".encode())
            output.write(f'      "{context.keyword("@graph")}": ['.encode())
            for number, node in enumerate(nodes):
                output.write(f"{',' if number else ''}\n        {_dump(node, 8)}".encode())
            output.write(b"\n      ]\n    }")
            separator = ",\n    "
        output.write(b"\n  ]\n}\n" if separator.startswith(",") else b"]\n}\n")


def _dump(value: object, depth: int) -> str:
    """Return JSON with an indent of 2, as ``json.dumps`` does, at an indent of ``depth``.

    With an indent, ``json.dumps`` uses its Python code and takes twice as long.
    """
    if isinstance(value, str):
        return _encode_string(value)
    margin = "\n" + " " * (depth + 2)
    if isinstance(value, list):
        inner = f",{margin}".join([_dump(item, depth + 2) for item in value])
        return f"[{margin}{inner}{margin[:-2]}]"
    if isinstance(value, dict) and value:
        inner = f",{margin}".join(
            [f"{_encode_string(key)}: {_dump(item, depth + 2)}" for key, item in value.items()]
        )
        return f"{{{margin}{inner}{margin[:-2]}}}"
    return json.dumps(value)


def _reject_ambiguous(context: JsonLdContext) -> Observer:
    """Reject IRIs that would be read back as other IRIs."""

    def check_node(term: ox.NamedNode) -> None:
        if context.is_ambiguous(term.value):
            scheme = term.value.partition(":")[0]
            raise ExportError(
                f"JSON-LD can't hold the IRI {term}, since {scheme!r} is a term of the context:"
                " write the IRI in full where it was shortened, or choose another format"
            )

    def check_quad(quad: ox.Quad) -> None:
        for term in (*quad, quad.object.datatype if isinstance(quad.object, ox.Literal) else None):
            if isinstance(term, ox.NamedNode):
                check_node(term)

    schemes = "|".join(map(re.escape, context.prefixes))
    check_lines = check_matches(re.compile(f"<(?:{schemes}):".encode()), check_quad)

    def observe(graph: Graph, text: bytes, rows: Sequence[TripleTerms]) -> None:
        if isinstance(graph, ox.NamedNode):
            check_node(graph)
        check_lines(graph, text, rows)

    return observe


def _nodes(
    quads: Iterable[ox.Quad], context: JsonLdContext, choose_key: _ChooseKey
) -> Iterator[_Json]:
    for subject, group in groupby(quads, key=attrgetter("subject")):
        yield _node(subject, group, context, choose_key)


def _node(
    subject: object, quads: Iterable[ox.Quad], context: JsonLdContext, choose_key: _ChooseKey
) -> _Json:
    """Build the node object of a subject: its id, its types, then its properties by name."""
    types: list[str] = []
    properties: dict[str, tuple[TermDefinition, list[tuple[str, object]]]] = {}
    for quad in quads:
        value = quad.object
        if quad.predicate == RDF_TYPE and not isinstance(value, ox.Literal):
            types.append(_class_id(context, value))
            continue
        key, term = choose_key(quad.predicate.value, _kind(value))
        entry = _language(value), _value(context, term, value)
        properties.setdefault(key, (term, []))[1].append(entry)
    node: _Json = {context.keyword("@id"): _node_id(context, subject)}
    if types:
        node[context.keyword("@type")] = _unpack_single(types)
    for key, (term, values) in sorted(properties.items(), key=itemgetter(0)):
        pack = list if "@set" in term.container else _unpack_single
        if "@language" in term.container:
            by_language: dict[str, list[object]] = {}
            for language, text in sorted(values, key=itemgetter(0)):
                by_language.setdefault(language, []).append(text)
            node[key] = {language: pack(texts) for language, texts in by_language.items()}
        else:
            node[key] = pack([value for _, value in values])
    return node


def _unpack_single(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _kind(value: object) -> str:
    """Return the kind of a value for choosing a term: ``@id``, ``@language:zh`` or a datatype."""
    if not isinstance(value, ox.Literal):
        return "@id"
    return f"@language:{value.language}" if value.language else value.datatype.value


def _language(value: object) -> str:
    return (value.language or "") if isinstance(value, ox.Literal) else ""


def _choose_key(context: JsonLdContext, predicate: str, kind: str) -> tuple[str, TermDefinition]:
    """Choose the key for values of a kind: the best term, or else the IRI."""
    best: tuple[int, str, TermDefinition] | None = None
    for term in context.terms.get(predicate, ()):
        if (rank := _rank(term, kind)) and (best is None or (rank, term.name) < best[:2]):
            best = rank, term.name, term
    if best:
        return best[1], best[2]
    key = context.short_name(predicate)
    return key, TermDefinition(key, predicate, language=context.language)


def _rank(term: TermDefinition, kind: str) -> int:
    """Rank how well a term fits a kind of value: 1 is best, 2 is possible, 0 does not fit."""
    if "@language" in term.container:
        return int(kind.startswith("@language:"))
    if term.type is not None:
        return int(kind == ("@id" if term.type == "@vocab" else term.type))
    if term.language is not None:
        return int(kind == f"@language:{term.language}")
    return 2


def _value(context: JsonLdContext, term: TermDefinition, value: object) -> object:
    if isinstance(value, ox.Literal):
        return _literal(context, term, value)
    if term.type == "@vocab":
        return _class_id(context, value)
    name = _node_id(context, value)
    return name if term.type == "@id" else {context.keyword("@id"): name}


def _literal(context: JsonLdContext, term: TermDefinition, value: ox.Literal) -> object:
    datatype = value.datatype.value
    if value.language:
        implied = "@language" in term.container or term.language == value.language
        explicit = {context.keyword("@language"): value.language}
    elif datatype == _STRING:
        implied = term.language is None
        explicit = {}
    else:
        implied = term.type == datatype
        explicit = {context.keyword("@type"): context.short_name(datatype)}
    return value.value if implied else {**explicit, context.keyword("@value"): value.value}


def _node_id(context: JsonLdContext, node: object) -> str:
    return context.reference(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _class_id(context: JsonLdContext, node: object) -> str:
    return context.short_name(node.value) if isinstance(node, ox.NamedNode) else str(node)

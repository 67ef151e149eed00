"""JSON-LD 1.1 in the project's own words: the terms, prefixes and base of ``context.jsonld``.

Follows the JSON-LD 1.1 API (compaction) with one rule on top: a short form is written only where
it can be read back as nothing but the term it stands for. See ``jsonld_context`` for the choice.
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

from kg.common.errors import KgError
from kg.common.namespaces import PREFIXES
from kg.export.rdf.canonical_order import Data, Row, Watch, arranged, doubtful
from kg.export.rdf.jsonld_context import Context, Term, load_context, parse_context
from kg.store import Graph

_RDF_TYPE: Final = PREFIXES["rdf"] + "type"
_STRING: Final = PREFIXES["xsd"] + "string"

_quoted: Final = json.JSONEncoder(ensure_ascii=False).encode

_Json = dict[str, Any]
_Place = Callable[[str, str], tuple[str, Term]]


def write(data: Data, output: BinaryIO, context: Mapping[str, object] | None = None) -> None:
    """Write the dataset with its named graphs as one self-contained JSON-LD 1.1 document.

    ``context`` is a JSON-LD context, with or without its ``@context`` key; by default it is
    ``ontology/context.jsonld``. It is written into the document, so that readers need no network.
    Literals keep their lexical forms: there are no JSON numbers. Lists stay chains of rdf:rest.
    Raises KgError, before anything is written, for a context that is not understood and for an
    IRI that the context would turn into another one (``skos:Concept`` where ``skos`` is a prefix).
    """
    words = load_context() if context is None else parse_context(context, "the JSON-LD context")
    place = functools.cache(functools.partial(_place, words))
    with arranged(data, _ambiguous(words)) as found:
        output.write(f'{{\n  "@context": {_dump(words.source, 2)},\n'.encode())
        output.write(f'  "{words.keyword("@graph")}": ['.encode())
        separator = "\n    "
        for graph, members in groupby(found.quads(), key=attrgetter("graph_name")):
            nodes = _nodes(members, words, place)
            if isinstance(graph, ox.DefaultGraph):
                for node in nodes:
                    output.write(f"{separator}{_dump(node, 4)}".encode())
                    separator = ",\n    "
                continue
            head = f'"{words.keyword("@id")}": {_dump(_node_id(words, graph), 6)}'
            output.write(f"{separator}{{\n      {head},\n".encode())
            output.write(f'      "{words.keyword("@graph")}": ['.encode())
            for number, node in enumerate(nodes):
                output.write(f"{',' if number else ''}\n        {_dump(node, 8)}".encode())
            output.write(b"\n      ]\n    }")
            separator = ",\n    "
        output.write(b"\n  ]\n}\n" if separator.startswith(",") else b"]\n}\n")


def _dump(value: object, depth: int) -> str:
    """Give JSON as it looks ``depth`` columns in, as ``json.dumps`` does with an indent of 2.

    With an indent ``json.dumps`` is written in Python, and takes twice as long.
    """
    if isinstance(value, str):
        return _quoted(value)
    margin = "\n" + " " * (depth + 2)
    if isinstance(value, list):
        inner = f",{margin}".join([_dump(one, depth + 2) for one in value])
        return f"[{margin}{inner}{margin[:-2]}]"
    if isinstance(value, dict) and value:
        inner = f",{margin}".join(
            [f"{_quoted(key)}: {_dump(one, depth + 2)}" for key, one in value.items()]
        )
        return f"{{{margin}{inner}{margin[:-2]}}}"
    return json.dumps(value)


def _ambiguous(words: Context) -> Watch:
    """Refuse IRIs that would be read as others."""

    def refuse(term: ox.NamedNode) -> None:
        if words.is_ambiguous(term.value):
            scheme = term.value.partition(":")[0]
            raise KgError(
                f"JSON-LD can't hold the IRI {term}, since {scheme!r} is a word of the context:"
                " write the IRI in full where it was shortened, or choose another format"
            )

    def refuse_any(quad: ox.Quad) -> None:
        for term in (*quad, quad.object.datatype if isinstance(quad.object, ox.Literal) else None):
            if isinstance(term, ox.NamedNode):
                refuse(term)

    schemes = "|".join(map(re.escape, words.prefixes))
    in_lines = doubtful(re.compile(f"<(?:{schemes}):".encode()), refuse_any)

    def watch(graph: Graph, text: bytes, rows: Sequence[Row]) -> None:
        if isinstance(graph, ox.NamedNode):
            refuse(graph)
        in_lines(graph, text, rows)

    return watch


def _nodes(quads: Iterable[ox.Quad], words: Context, place: _Place) -> Iterator[_Json]:
    for subject, group in groupby(quads, key=attrgetter("subject")):
        yield _node(subject, group, words, place)


def _node(subject: object, quads: Iterable[ox.Quad], words: Context, place: _Place) -> _Json:
    """Build the node object of one subject: its id, its types, then its properties by name."""
    types: list[str] = []
    found: dict[str, tuple[Term, list[tuple[str, object]]]] = {}
    for quad in quads:
        value = quad.object
        if quad.predicate.value == _RDF_TYPE and not isinstance(value, ox.Literal):
            types.append(_class_id(words, value))
            continue
        key, term = place(quad.predicate.value, _kind(value))
        found.setdefault(key, (term, []))[1].append((_language(value), _value(words, term, value)))
    node: _Json = {words.keyword("@id"): _node_id(words, subject)}
    if types:
        node[words.keyword("@type")] = _one_or_all(types)
    for key, (term, values) in sorted(found.items(), key=itemgetter(0)):
        pack = list if "@set" in term.container else _one_or_all
        if "@language" in term.container:
            by_language: dict[str, list[object]] = {}
            for language, text in sorted(values, key=itemgetter(0)):
                by_language.setdefault(language, []).append(text)
            node[key] = {language: pack(texts) for language, texts in by_language.items()}
        else:
            node[key] = pack([value for _, value in values])
    return node


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _kind(value: object) -> str:
    """Name what decides which term can hold a value: ``@id``, ``@language:zh`` or a datatype."""
    if not isinstance(value, ox.Literal):
        return "@id"
    return f"@language:{value.language}" if value.language else value.datatype.value


def _language(value: object) -> str:
    return (value.language or "") if isinstance(value, ox.Literal) else ""


def _place(words: Context, predicate: str, kind: str) -> tuple[str, Term]:
    """Find the key for values of this kind: the closest term, or else the IRI."""
    best: tuple[int, str, Term] | None = None
    for term in words.terms.get(predicate, ()):
        if (rank := _rank(term, kind)) and (best is None or (rank, term.name) < best[:2]):
            best = rank, term.name, term
    if best:
        return best[1], best[2]
    key = words.word(predicate)
    return key, Term(key, predicate, language=words.language)


def _rank(term: Term, kind: str) -> int:
    """Tell how well a term fits a kind of value: 1 is best, 2 will do, 0 is not at all."""
    if "@language" in term.container:
        return int(kind.startswith("@language:"))
    if term.type is not None:
        return int(kind == ("@id" if term.type == "@vocab" else term.type))
    if term.language is not None:
        return int(kind == f"@language:{term.language}")
    return 2


def _value(words: Context, term: Term, value: object) -> object:
    if isinstance(value, ox.Literal):
        return _literal(words, term, value)
    if term.type == "@vocab":
        return _class_id(words, value)
    name = _node_id(words, value)
    return name if term.type == "@id" else {words.keyword("@id"): name}


def _literal(words: Context, term: Term, value: ox.Literal) -> object:
    datatype = value.datatype.value
    if value.language:
        implied = "@language" in term.container or term.language == value.language
        said = {words.keyword("@language"): value.language}
    elif datatype == _STRING:
        implied = term.language is None
        said = {}
    else:
        implied = term.type == datatype
        said = {words.keyword("@type"): words.word(datatype)}
    return value.value if implied else {**said, words.keyword("@value"): value.value}


def _node_id(words: Context, node: object) -> str:
    return words.reference(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _class_id(words: Context, node: object) -> str:
    return words.word(node.value) if isinstance(node, ox.NamedNode) else str(node)

"""Serializers of validation results for programs: Turtle, JSON-LD, CSV.

Turtle and JSON-LD are reports in SHACL's own terms
(https://www.w3.org/TR/shacl/#validation-report).
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.common.errors import ExportError
from kg.common.namespaces import PREFIXES, RDF_TYPE, compact, node
from kg.store import Term
from kg.validation.property_paths import parse_path, path_json, path_triples
from kg.validation.result_records import Fault
from kg.validation.shacl import SH, Result

FaultDetails: TypeAlias = Mapping[Fault, tuple[str, str]]
"""Maps what a result complains about to its publisher and source record."""

_REPORT: Final = ox.BlankNode("stdkgReport")
_REPORT_CLASS: Final = node("sh:ValidationReport")
_RESULT_CLASS: Final = node("sh:ValidationResult")
_CONFORMS: Final = node("sh:conforms")
_RESULT: Final = node("sh:result")
_FOCUS: Final = node("sh:focusNode")
_SEVERITY: Final = node("sh:resultSeverity")
_COMPONENT: Final = node("sh:sourceConstraintComponent")
_SHAPE: Final = node("sh:sourceShape")
_MESSAGE: Final = node("sh:resultMessage")
_PATH: Final = node("sh:resultPath")
_VALUE: Final = node("sh:value")
_FIELDS: Final = (
    "severity",
    "shape",
    "component",
    "body",
    "focus",
    "path",
    "value",
    "message",
    "record",
)


def serialize_results(
    results: Iterable[Result],
    format: str,
    lang: str,
    *,
    conforms: bool,
    details: FaultDetails | None = None,
) -> Iterator[str]:
    """Serialize any number of results as ``json`` (JSON-LD), ``ttl`` or ``csv``, in pieces.

    ``conforms`` is false if there is any result (SHACL, section 3.6.1), also a warning. CSV has
    messages in ``lang`` only, and the ``details`` of each fault. Raises
    ExportError for another format.
    """
    if format == "ttl":
        return _turtle(results, conforms)
    if format == "json":
        return _json(results, conforms)
    if format == "csv":
        return _csv(results, lang, details or {})
    raise ExportError(f"unknown format {format!r}: choose table, json, ttl or csv")


def _turtle(results: Iterable[Result], conforms: bool) -> Iterator[str]:
    prefixes = {name: PREFIXES[name] for name in ("sh", "shape")}
    # On disk: a report on a whole graph can be larger than the memory.
    with tempfile.TemporaryFile() as file:
        triples = _report_triples(results, conforms)
        ox.serialize(triples, file, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
        file.seek(0)
        yield from io.TextIOWrapper(file, encoding="utf-8", newline="\n")


def _report_triples(results: Iterable[Result], conforms: bool) -> Iterator[ox.Triple]:
    yield ox.Triple(_REPORT, RDF_TYPE, _REPORT_CLASS)
    yield ox.Triple(_REPORT, _CONFORMS, ox.Literal(conforms))
    for number, result in enumerate(results, 1):
        # Numbered for stable output; the prefix keeps them apart from blank nodes of the data.
        subject = ox.BlankNode(f"stdkgResult{number}")
        yield ox.Triple(_REPORT, _RESULT, subject)
        for property_, value in _statements(result):
            yield ox.Triple(subject, property_, value)
        # A shape without a name is a node without one: the report doesn't describe shapes.
        shape = ox.NamedNode(result.shape) if result.shape else ox.BlankNode(f"stdkgShape{number}")
        yield ox.Triple(subject, _SHAPE, shape)
        if result.complex_path:
            path, triples = path_triples(parse_path(result.complex_path), f"stdkgPath{number}_")
            yield ox.Triple(subject, _PATH, path)
            yield from triples


def _statements(result: Result) -> Iterator[tuple[ox.NamedNode, Term]]:
    """Yield property and value of each statement about a result."""
    yield RDF_TYPE, _RESULT_CLASS
    yield _FOCUS, result.focus
    yield _SEVERITY, ox.NamedNode(result.severity)
    custom = ":" in result.component
    yield _COMPONENT, ox.NamedNode(result.component if custom else SH + result.component)
    for language, text in result.messages:
        yield _MESSAGE, ox.Literal(text, language=language or None)
    if result.path:
        yield _PATH, ox.NamedNode(result.path)
    if result.value is not None:
        yield _VALUE, result.value


def _json(results: Iterable[Result], conforms: bool) -> Iterator[str]:
    # Nested under the report; pyoxigraph's JSON-LD is flat and expanded, and rdflib needs the
    # whole report in memory.
    head = {"@context": {"sh": SH}, "@type": "sh:ValidationReport", "sh:conforms": conforms}
    yield json.dumps(head, indent=2)[: -len("\n}")] + ',\n  "sh:result": ['
    separator = "\n    "
    for result in results:
        yield separator + json.dumps(_json_result(result), ensure_ascii=False)
        separator = ",\n    "
    yield "\n  ]\n}\n"


def _json_result(result: Result) -> dict[str, object]:
    members: dict[str, object] = {}
    messages: list[dict[str, str]] = []
    for property_, value in _statements(result):
        if property_ == RDF_TYPE:
            members["@type"] = compact(value.value)
        elif property_ == _MESSAGE:
            messages.append(_json_term(value))
            members[compact(property_.value)] = messages
        else:
            members[compact(property_.value)] = _json_term(value)
    members[compact(_SHAPE.value)] = {"@id": result.shape} if result.shape else {}
    if result.complex_path:
        members[compact(_PATH.value)] = path_json(parse_path(result.complex_path))
    return members


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"@id": term.value}
    if isinstance(term, ox.BlankNode):
        return {"@id": str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return {"@value": term.value, "@type": term.datatype.value}


def _csv(results: Iterable[Result], lang: str, details: FaultDetails) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_FIELDS)
    for result in results:
        publisher, record = details.get(Fault(result.focus, result.path, result.value), ("", ""))
        messages = dict(result.messages)
        writer.writerow(
            (
                result.severity.removeprefix(SH),
                compact(result.shape),
                result.component.removesuffix("ConstraintComponent"),
                publisher,
                result.focus.value,
                result.path or result.complex_path,
                "" if result.value is None else result.value.value,
                messages.get(lang) or messages.get("en") or "",
                record,
            )
        )
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()

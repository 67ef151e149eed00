"""Validation reports for programs: Turtle, JSON, CSV."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import PREFIXES, SHAPE, compact
from kg.store import Term
from kg.validation.shacl import SH, Result

Places = Mapping[str, tuple[str, str]]
"""Of focus nodes, in N-Triples syntax: whose each is, and the record in which it stands."""


_LOCAL: Final = re.compile(r"\w(?:[\w-]*\w)?")


def machine(
    results: Iterable[Result],
    format: str,
    lang: str,
    *,
    conforms: bool,
    places: Places | None = None,
) -> Iterator[str]:
    """Results, however many, as pieces of a text: ``json`` (JSON-LD), ``ttl`` or ``csv``.

    The first two are a report in SHACL's own terms
    (https://www.w3.org/TR/shacl/#validation-report). A line of the third is a result with its
    message in a language, and with what ``places`` tells of its focus node: whose it is, and in
    which record it stands. Raises KgError for another format.
    """
    if format == "ttl":
        return _turtle(results, conforms)
    if format == "json":
        return _json(results, conforms)
    if format == "csv":
        return _csv(results, lang, places or {})
    raise KgError(f"unknown format {format!r}: choose table, json, ttl or csv")


def _turtle(results: Iterable[Result], conforms: bool) -> Iterator[str]:
    yield "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("sh", "shape"))
    yield f"\n[] a sh:ValidationReport ;\n    sh:conforms {str(conforms).lower()}"
    between = " ;\n    sh:result "
    for one in results:
        shape = one.shape.removeprefix(SHAPE)
        lines = [
            f"sh:focusNode {one.focus}",
            f"sh:resultSeverity sh:{one.severity.removeprefix(SH)}",
            f"sh:sourceConstraintComponent sh:{one.component}",
            f"sh:sourceShape {f'shape:{shape}' if _LOCAL.fullmatch(shape) else f'<{one.shape}>'}",
        ]
        lines += [f"sh:resultPath <{one.path}>"] if one.path else []
        lines += [] if one.value is None else [f"sh:value {one.value}"]
        lines += [
            f"sh:resultMessage {ox.Literal(text, language=language or None)}"
            for language, text in one.messages
        ]
        body = " ;\n        ".join(lines)
        yield f"{between}[ a sh:ValidationResult ;\n        {body} ]"
        between = " ,\n    "
    yield " .\n"


def _json(results: Iterable[Result], conforms: bool) -> Iterator[str]:
    head = {"@context": {"sh": SH}, "@type": "sh:ValidationReport", "sh:conforms": conforms}
    yield json.dumps(head, indent=2)[: -len("\n}")] + ',\n  "sh:result": ['
    between = "\n    "
    for one in results:
        yield between + json.dumps(_node(one), ensure_ascii=False)
        between = ",\n    "
    yield "\n  ]\n}\n"


def _node(one: Result) -> dict[str, object]:
    def node(term: Term) -> dict[str, str]:
        if isinstance(term, ox.NamedNode):
            return {"@id": term.value}
        if isinstance(term, ox.BlankNode):
            return {"@id": str(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        return {"@value": term.value, "@type": term.datatype.value}

    result: dict[str, object] = {
        "@type": "sh:ValidationResult",
        "sh:focusNode": node(one.focus),
        "sh:resultSeverity": {"@id": one.severity},
        "sh:sourceConstraintComponent": {"@id": SH + one.component},
        "sh:sourceShape": {"@id": one.shape},
        "sh:resultMessage": [{"@value": text, "@language": lang} for lang, text in one.messages],
    }
    if one.path:
        result["sh:resultPath"] = {"@id": one.path}
    if one.value is not None:
        result["sh:value"] = node(one.value)
    return result


def _csv(results: Iterable[Result], lang: str, places: Places) -> Iterator[str]:
    line = StringIO()
    table = csv.writer(line, lineterminator="\n")
    table.writerow(
        ("severity", "shape", "component", "body", "focus", "path", "value", "message", "record")
    )
    for one in results:
        body, record = places.get(str(one.focus), ("", ""))
        texts = dict(one.messages)
        table.writerow(
            (
                one.severity.removeprefix(SH),
                compact(one.shape),
                one.component.removesuffix("ConstraintComponent"),
                body,
                one.focus.value,
                one.path,
                "" if one.value is None else one.value.value,
                texts.get(lang) or texts.get("en") or "",
                record,
            )
        )
        yield line.getvalue()
        line.seek(0)
        line.truncate()

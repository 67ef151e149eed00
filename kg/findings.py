"""Validation results for people: what is wrong with which thing, in which claim, which phrase."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Final

import pyoxigraph as ox

from kg.entities import labels
from kg.errors import KgError
from kg.namespaces import PREFIXES, SHAPE, compact
from kg.store import Store, Term
from kg.validate import SH, Report, Result

Places = Mapping[str, tuple[str, str]]
"""Of focus nodes, in N-Triples syntax: whose each is, and the record in which it stands."""

_LOCAL: Final = re.compile(r"\w(?:[\w-]*\w)?")

_CLAIMS: Final = """
SELECT DISTINCT ?focus ?property ?value ?claim WHERE {
    GRAPH ?claim { ?focus ?property ?value }
    FILTER EXISTS { ?claim a std:Claim }
}
ORDER BY ?claim
"""
_PHRASES: Final = """
SELECT DISTINCT ?claim ?phrase WHERE {
    ?claim std:evidence/oa:hasSelector/oa:exact ?phrase
}
ORDER BY ?phrase
"""


@dataclass(frozen=True)
class Finding:
    """One result with the label of its focus node, the claims that made it, and their phrases."""

    result: Result
    label: str
    claims: tuple[ox.NamedNode, ...]
    phrases: tuple[str, ...]

    def message(self, lang: str) -> str:
        """The shape's message in a language, else in English, else whatever there is."""
        texts = dict(self.result.messages)
        return (
            texts.get(lang) or texts.get("en") or next(iter(texts.values()), self.result.component)
        )

    def line(self, lang: str) -> str:
        """The finding on one line."""
        value = "" if self.result.value is None else f" = {_plain(self.result.value)}"
        path = f" {compact(self.result.path)}{value}" if self.result.path else value
        where = f" [{', '.join(compact(c.value) for c in self.claims)}]" if self.claims else ""
        quoted = f" “{' … '.join(self.phrases)}”" if self.phrases else ""
        return (
            f"{self.label} {_plain(self.result.focus)}{path}: {self.message(lang)}{where}{quoted}"
        )

    def block(self, lang: str) -> str:
        """The finding on a few lines: the thing, its value, what to do, claims and phrases."""
        severity = self.result.severity.removeprefix(SH)
        value = "" if self.result.value is None else f" = {_plain(self.result.value)}"
        path = compact(self.result.path) if self.result.path else "the thing as a whole"
        lines = [
            f"{severity}: {self.label} {_plain(self.result.focus)}".replace("  ", " "),
            f"  {path}{value}",
            f"  {self.message(lang)}",
            f"  {compact(self.result.shape)} ({self.result.component})",
        ]
        lines += [f"  {compact(claim.value)}" for claim in self.claims]
        lines += [f"  “{phrase}”" for phrase in self.phrases]
        return "\n".join(lines) + "\n"


def explain(store: Store, report: Report, lang: str = "en") -> list[Finding]:
    """The results of a report, each with label, claims and phrases as the graph has them."""
    foci = {r.focus for r in report.results if isinstance(r.focus, ox.NamedNode)}
    names = labels(store, sorted(foci, key=lambda iri: iri.value), lang)
    found = []
    for result in report.results:
        claims: tuple[ox.NamedNode, ...] = ()
        phrases: tuple[str, ...] = ()
        if isinstance(result.focus, ox.NamedNode):
            claims = _claims(store, result.focus, result)
            phrases = tuple(dict.fromkeys(p for claim in claims for p in _phrases(store, claim)))
        label = names.get(result.focus, "") if isinstance(result.focus, ox.NamedNode) else ""
        found.append(Finding(result, label, claims, phrases))
    return found


def _claims(store: Store, focus: ox.NamedNode, result: Result) -> tuple[ox.NamedNode, ...]:
    """The claims that say what is wrong; where none does, those that speak of the thing."""
    exact: dict[str, Term] = {"focus": focus}
    if result.path:
        exact["property"] = ox.NamedNode(result.path)
        if result.value is not None:
            exact["value"] = result.value
    for bindings in (exact, {"focus": focus}):
        rows = store.select(_CLAIMS, bindings).rows
        claims = dict.fromkeys(row[-1] for row in rows if isinstance(row[-1], ox.NamedNode))
        if claims:
            return tuple(claims)
    return ()


def _phrases(store: Store, claim: ox.NamedNode) -> list[str]:
    rows = store.select(_PHRASES, {"claim": claim}).rows
    return [row[1].value for row in rows if isinstance(row[1], ox.Literal)]


def _plain(term: Term) -> str:
    return compact(term.value) if isinstance(term, ox.NamedNode) else term.value


def write(store: Store, report: Report, format: str, lang: str) -> str:  # noqa: A002
    """The report as text: ``table`` for people; for machines see :func:`machine`.

    Raises KgError for another format.
    """
    if format == "table":
        return "\n".join(found.block(lang) for found in explain(store, report, lang))
    return "".join(machine(report.results, format, lang, conforms=report.conforms))


def machine(
    results: Iterable[Result],
    format: str,  # noqa: A002
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

"""Findings: validation results explained for people, with label, claims and phrases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.entities.labels import labels
from kg.evidence.reader import phrases_of_claim
from kg.store import Store, Term
from kg.validation.report_formats import serialize_results
from kg.validation.shacl import SH, Report, Result

_CLAIMS: Final = """
SELECT DISTINCT ?focus ?property ?value ?claim WHERE {
    GRAPH ?claim { ?focus ?property ?value }
    FILTER EXISTS { ?claim a std:Claim }
}
ORDER BY ?claim
"""

_SEVERITIES: Final = {
    "Violation": Text("Violation", "违规"),
    "Warning": Text("Warning", "警告"),
    "Info": Text("Info", "提示"),
}
_WHOLE: Final = Text("the thing as a whole", "事物整体")
_COLON: Final = Text(": ", "：")


@dataclass(frozen=True)
class Finding:
    """A result with the label of its focus node, the claims that caused it, and their phrases."""

    result: Result
    label: str
    claims: tuple[ox.NamedNode, ...]
    phrases: tuple[str, ...]

    def message(self, lang: str) -> str:
        """Return the shape's message in a language, else in English, else in any."""
        texts = dict(self.result.messages)
        return (
            texts.get(lang) or texts.get("en") or next(iter(texts.values()), self.result.component)
        )

    def to_line(self, lang: str) -> str:
        """Return the finding as one line."""
        value = "" if self.result.value is None else f" = {_short(self.result.value)}"
        path = f" {self.result.path_text}{value}" if self.result.path_text else value
        claims = f" [{', '.join(compact(c.value) for c in self.claims)}]" if self.claims else ""
        quoted = f" “{' … '.join(self.phrases)}”" if self.phrases else ""
        return (
            f"{self.label} {_short(self.result.focus)}{path}: {self.message(lang)}{claims}{quoted}"
        )

    def to_block(self, lang: str) -> str:
        """Return the finding as several lines: entity, value, message, shape, claims, phrases."""
        severity = self.result.severity.removeprefix(SH)
        severity = _SEVERITIES.get(severity, Text(severity, severity)).of(lang)
        focus = _short(self.result.focus)
        name = focus if self.label in ("", focus) else f"{self.label} {focus}"
        value = "" if self.result.value is None else f" = {_short(self.result.value)}"
        path = self.result.path_text or _WHOLE.of(lang)
        lines = [
            f"{severity}{_COLON.of(lang)}{name}",
            f"  {path}{value}",
            f"  {self.message(lang)}",
            f"  {compact(self.result.shape)} ({self.result.component})",
        ]
        lines += [f"  {compact(claim.value)}" for claim in self.claims]
        lines += [f"  “{phrase}”" for phrase in self.phrases]
        return "\n".join(lines) + "\n"


def explain_results(store: Store, report: Report, lang: str = "en") -> list[Finding]:
    """Explain each result of a report with label, claims and phrases from the validated store."""
    focus_nodes = {r.focus for r in report.results if isinstance(r.focus, ox.NamedNode)}
    names = labels(store, sorted(focus_nodes, key=lambda iri: iri.value), lang)
    findings = []
    for result in report.results:
        claims: tuple[ox.NamedNode, ...] = ()
        label = ""
        if isinstance(result.focus, ox.NamedNode):
            claims = _claims(store, result.focus, result)
            label = names.get(result.focus, "")
        phrases = dict.fromkeys(p for claim in claims for p in phrases_of_claim(store, claim))
        findings.append(Finding(result, label, claims, tuple(phrases)))
    return findings


def _claims(store: Store, focus: ox.NamedNode, result: Result) -> tuple[ox.NamedNode, ...]:
    """Return the claims that state the wrong value; if none does, those about the focus node."""
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


def _short(term: Term) -> str:
    return compact(term.value) if isinstance(term, ox.NamedNode) else term.value


def format_report(store: Store, report: Report, format: str, lang: str) -> str:
    """Format a report as text: ``table`` for people, else as :func:`serialize_results` does.

    Raises ExportError for an unknown format.
    """
    if format == "table":
        return "\n".join(f.to_block(lang) for f in explain_results(store, report, lang))
    return "".join(serialize_results(report.results, format, lang, conforms=not report.results))

"""Validation results for people: what is wrong with which thing, in which claim, which phrase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import compact
from kg.entities.labels import labels
from kg.store import Store, Term
from kg.validation.report_formats import machine
from kg.validation.shacl import SH, Report, Result

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


def write(store: Store, report: Report, format: str, lang: str) -> str:
    """The report as text: ``table`` for people; for machines see :func:`machine`.

    Raises KgError for another format.
    """
    if format == "table":
        return "\n".join(found.block(lang) for found in explain(store, report, lang))
    return "".join(machine(report.results, format, lang, conforms=report.conforms))

"""What proves a statement: the pieces of evidence of a claim, with phrase, place and source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.store import Store, Table

_COLUMNS: Final = "?claim ?evidence ?phrase ?start ?end ?source ?url ?sourceEn ?sourceZh"
_EVIDENCE: Final = """
    ?claim std:evidence ?evidence .
    ?evidence oa:hasSource ?source .
    OPTIONAL { ?source schema:url ?url }
    OPTIONAL { ?source skos:prefLabel ?sourceEn FILTER(LANG(?sourceEn) = "en") }
    OPTIONAL { ?source skos:prefLabel ?sourceZh FILTER(LANG(?sourceZh) = "zh") }
    OPTIONAL { ?evidence oa:hasSelector/oa:exact ?phrase }
    OPTIONAL { ?evidence oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
"""
_ALL: Final = f"SELECT DISTINCT {_COLUMNS} WHERE {{ {_EVIDENCE} }}"
_OF_THING: Final = f"""
SELECT DISTINCT ?thing {_COLUMNS} WHERE {{
    GRAPH ?claim {{ ?subject ?property ?value }}
    FILTER(?subject = ?thing || ?value = ?thing || ?claim = ?thing)
    {_EVIDENCE}
}}"""


@dataclass(frozen=True)
class Proof:
    """One piece of evidence: the claim it carries, its phrase and place, and its source.

    ``phrase``, ``start`` and ``end`` (code points) are None where only the source is named.
    ``source_en`` and ``source_zh`` are the names of the source.
    """

    claim: str
    phrase: str | None
    start: int | None
    end: int | None
    source: str
    url: str | None
    source_en: str
    source_zh: str

    def source_name(self, lang: str) -> str:
        """The name of the source in a language."""
        return self.source_zh if lang == "zh" else self.source_en


def of_claims(store: Store, claims: Iterable[str]) -> dict[str, tuple[Proof, ...]]:
    """The evidence of claims, by the IRI of the claim; the one named like the claim comes first."""
    wanted = set(claims)
    found: dict[str, list[tuple[bool, Proof]]] = {claim: [] for claim in sorted(wanted)}
    for evidence, proof in _proofs(store.select(_ALL)):
        if proof.claim in wanted:
            own = evidence == proof.claim.replace("/claim/", "/evidence/", 1)
            found[proof.claim].append((not own, proof))
    return {
        claim: tuple(proof for _, proof in sorted(pairs, key=_reading_order))
        for claim, pairs in found.items()
    }


def of_thing(store: Store, thing: ox.NamedNode) -> list[Proof]:
    """The evidence of whatever is said of a thing, or of a claim, in the order of the sources."""
    found = [proof for _, proof in _proofs(store.select(_OF_THING, {"thing": thing}))]
    return sorted(found, key=lambda p: (p.source, p.start is None, p.start or 0, p.claim))


def cited(proofs: Iterable[Proof], lang: str) -> str:
    """Evidence as text: the phrases of each source before its name, sources apart by ``; ``.

    >>> cited([Proof("c", "a vote", 0, 6, "s", None, "the Gazette", "公报")], "en")
    '“a vote” – the Gazette'
    """
    phrases: dict[str, list[str]] = {}
    for proof in proofs:
        said = phrases.setdefault(proof.source_name(lang), [])
        if proof.phrase and f"“{proof.phrase}”" not in said:
            said.append(f"“{proof.phrase}”")
    return "; ".join(
        f"{' '.join(said)} – {source}" if said else source for source, said in phrases.items()
    )


def _reading_order(pair: tuple[bool, Proof]) -> tuple[bool, str, int, str]:
    other, proof = pair
    return other, proof.source, proof.start or 0, proof.phrase or ""


def _proofs(table: Table) -> list[tuple[str, Proof]]:
    found = []
    for row in table.rows:
        cell = {
            name: term.value
            for name, term in zip(table.columns, row, strict=True)
            if term is not None
        }
        proof = Proof(
            claim=cell["claim"],
            phrase=cell.get("phrase"),
            start=int(cell["start"]) if "start" in cell else None,
            end=int(cell["end"]) if "end" in cell else None,
            source=cell["source"],
            url=cell.get("url"),
            source_en=cell.get("sourceEn", cell["source"]),
            source_zh=cell.get("sourceZh", cell["source"]),
        )
        found.append((cell["evidence"], proof))
    return found

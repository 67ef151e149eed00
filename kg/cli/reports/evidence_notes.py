"""Evidence beside the rows of a table: phrases and records in short, their sources below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.line_breaks import cell_width, wrap_cells
from kg.common.namespaces import CLAIM
from kg.evidence.proofs import Proof, is_catalogue_claim, proofs_of_claims
from kg.evidence.short_citations import in_short
from kg.store import Store
from kg.tables import LabeledTable

_PHRASE_WIDTH: Final = 28
_RECORD: Final = Text("record {}", "记录{}")
_MORE: Final = Text("{} and {} more", "{}等{}处")
_SHOWN: Final = 2
"""Pieces of evidence from one source that are shown in a row."""
_WHOLE: Final = Text("In full: --evidence", "完整证据：--evidence")


class EvidenceNotes:
    """Numbers the sources of a table in the order in which they occur."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._numbers: dict[str, int] = {}
        self._urls: dict[str, str | None] = {}

    def cite(self, proofs: Iterable[Proof]) -> str:
        """Return proofs in short: phrases, or else records, of each source with its number.

        Phrases that only name the subject, the agent or the date stand in the full citation, unless
        a claim has no others.
        """
        by_source: dict[str, dict[str, None]] = {}
        for proof in in_short(proofs):
            source = proof.source_with_snapshot(self.lang)
            self._urls.setdefault(source, proof.url)
            pieces = by_source.setdefault(source, {})
            if proof.phrase:
                pieces[f"“{_cut(proof.phrase)}”"] = None
            elif proof.record:
                pieces[_RECORD.of(self.lang).format(proof.record.rpartition("/")[2])] = None
        return "; ".join(
            f"{_joined(list(pieces), self.lang)}[{self._number(source)}]"
            for source, pieces in by_source.items()
        )

    def legend(self) -> str:
        """Return the sources by number, one a line, and how to see the evidence in full."""
        if not self._numbers:
            return ""
        lines = [
            f"[{number}] {source}" + (f"  {self._urls[source]}" if self._urls[source] else "")
            for source, number in self._numbers.items()
        ]
        return "\n" + "\n".join([*lines, _WHOLE.of(self.lang)]) + "\n"

    def _number(self, source: str) -> int:
        return self._numbers.setdefault(source, len(self._numbers) + 1)


def shorten_evidence(store: Store, table: LabeledTable, notes: EvidenceNotes) -> LabeledTable:
    """Return a table with short labels for the claims and records that its rows cite."""
    cited = [
        term
        for row in table.rows
        for term in row
        if isinstance(term, ox.NamedNode)
        and (term.value.startswith(CLAIM) or is_catalogue_claim(term.value))
    ]
    proofs = proofs_of_claims(store, {term.value for term in cited})
    labels = {
        term: notes.cite(proofs[term.value])
        for term in dict.fromkeys(cited)
        if proofs.get(term.value)
    }
    return replace(table, labels={**table.labels, **labels})


def _joined(pieces: list[str], lang: str) -> str:
    shown = " ".join(pieces[:_SHOWN])
    if len(pieces) > _SHOWN:
        count = len(pieces) if lang == "zh" else len(pieces) - _SHOWN
        shown = _MORE.of(lang).format(shown, count)
    return f"{shown} " if shown else ""


def _cut(phrase: str) -> str:
    if cell_width(phrase) <= _PHRASE_WIDTH:
        return phrase
    return wrap_cells(phrase, _PHRASE_WIDTH - 1)[0].rstrip("，,、；;") + "…"

"""The counts of the overview, read from its view, with names and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.common.bilingual import Text
from kg.entities.lookup import abbreviations, bilingual_labels
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.pictures.charts.overview.wording import PUBLISHER_COLORS, SEVERAL_KEY, TITLES
from kg.queries.kept_rows import select_rows
from kg.queries.views import View
from kg.store import Store

_EMPTY: Final = Text("", "")


@dataclass(frozen=True)
class OverviewCounts:
    """The rows of the view ``overview``.

    ``counts`` are by panel, entity and part, ``proofs`` by panel and entity (empty for the whole
    panel); ``abbreviations`` and ``names`` are by IRI. ``documents`` is the number of documents.
    """

    counts: Mapping[str, Mapping[str, Mapping[str, int]]]
    names: Mapping[str, Text]
    abbreviations: Mapping[str, str]
    proofs: Mapping[tuple[str, str], tuple[Proof, ...]]
    documents: int

    @classmethod
    def load(cls, store: Store, view: View) -> OverviewCounts:
        """Run the query of the view, and look up names and evidence."""
        counts: dict[str, dict[str, dict[str, int]]] = {name: {} for name in TITLES}
        catalogues: dict[tuple[str, str], set[str]] = {}
        documents = 0
        for row in select_rows(store, view):
            if row["catalogue"]:
                catalogues.setdefault((row["panel"], row["thing"]), set()).add(row["catalogue"])
            elif row["panel"] in counts and row["thing"]:
                parts = counts[row["panel"]].setdefault(row["thing"], {})
                parts[row["part"]] = int(row["number"])
            elif not row["thing"]:
                documents = int(row["number"])
        evidence = proofs.proofs_of_claims(
            store, {graph for some in catalogues.values() for graph in some}
        )
        entities = [entity for panel in counts.values() for entity in panel]
        return cls(
            counts,
            bilingual_labels(store, entities),
            abbreviations(store, {*counts["bodies"], *counts["countries"]}),
            {
                key: tuple(proof for graph in sorted(some) for proof in evidence.get(graph, ()))
                for key, some in sorted(catalogues.items())
            },
            documents,
        )

    def proofs_of(self, panel: str, entity: str) -> tuple[Proof, ...]:
        """Return the catalogues that the counts of an entity come from, as proofs."""
        panel = "bodies" if panel == "years" else panel
        return (*self.proofs.get((panel, entity), ()), *self.proofs.get((panel, ""), ()))

    def ranked(self, panel: str) -> list[str]:
        """Return the entities of a panel, largest total first."""
        totals = {entity: sum(parts.values()) for entity, parts in self.counts[panel].items()}
        return sorted(totals, key=lambda entity: (-totals[entity], entity))

    @cached_property
    def main_publishers(self) -> list[str]:
        """Return the bodies with most current documents in a field, as many as there are colors."""
        totals: Counter[str] = Counter()
        for parts in self.counts["fields"].values():
            totals.update({body: count for body, count in parts.items() if body != SEVERAL_KEY})
        ranked = sorted(totals, key=lambda body: (-totals[body], body))
        return ranked[: len(PUBLISHER_COLORS)]

    def short_and_full_name(self, entity: str) -> tuple[Text, Text]:
        """Return the short and the full name of a body; the latter is empty if both are equal."""
        full = self.names.get(entity, Text(entity, entity))
        short = self.abbreviations.get(entity)
        if short is None or full == Text(short, short):
            return full, _EMPTY
        return Text(short, short), full

    def field_name(self, entity: str) -> Text:
        """Return the code and name of a class of the ICS."""
        code, name = entity.rsplit("/", 1)[-1], self.names.get(entity, _EMPTY)
        if name.en.startswith("<") or not name.en:
            return Text(f"ICS {code}", f"ICS {code}")
        return Text(f"{code}  {name.en}", f"{code}  {name.zh}")

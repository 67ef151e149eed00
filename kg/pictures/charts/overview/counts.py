"""The numbers of the overview as its view gives them, with the names and catalogues of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.common.bilingual import Text
from kg.entities.lookup import bilingual_labels, query_values
from kg.evidence import proofs
from kg.evidence.proofs import Proof
from kg.pictures.charts.overview.wording import FILLS, SEVERAL_KEY, TITLES
from kg.pictures.charts.rows import read
from kg.queries.views import View
from kg.store import Store

_NONE: Final = Text("", "")
_LABELS: Final = """
SELECT DISTINCT ?iri ?label WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri skos:prefLabel|skos:altLabel ?label .
}}"""
_SHORT: Final = re.compile(r"[A-Z][A-Z0-9./&-]{1,11}")


@dataclass(frozen=True)
class Counted:
    """The rows of the view: numbers by panel, thing and part, and evidence by panel and thing."""

    numbers: Mapping[str, Mapping[str, Mapping[str, int]]]
    names: Mapping[str, Text]
    short: Mapping[str, str]
    proofs: Mapping[tuple[str, str], tuple[Proof, ...]]
    documents: int

    @classmethod
    def read(cls, store: Store, view: View) -> Counted:
        """Run the view, and look up what its things are called."""
        numbers: dict[str, dict[str, dict[str, int]]] = {name: {} for name in TITLES}
        catalogues: dict[tuple[str, str], set[str]] = {}
        documents = 0
        for row in read(store, view):
            if row["catalogue"]:
                catalogues.setdefault((row["panel"], row["thing"]), set()).add(row["catalogue"])
            elif row["panel"] in numbers and row["thing"]:
                parts = numbers[row["panel"]].setdefault(row["thing"], {})
                parts[row["part"]] = int(row["number"])
            elif not row["thing"]:
                documents = int(row["number"])
        known = proofs.of_claims(store, {one for many in catalogues.values() for one in many})
        things = [thing for panel in numbers.values() for thing in panel]
        spelled = query_values(store, _LABELS, sorted({*numbers["bodies"], *numbers["countries"]}))
        return cls(
            numbers,
            bilingual_labels(store, things),
            {iri: short for iri, labels in spelled.items() if (short := _shortest(labels))},
            {
                key: tuple(proof for one in sorted(found) for proof in known.get(one, ()))
                for key, found in sorted(catalogues.items())
            },
            documents,
        )

    def of(self, panel: str, thing: str) -> tuple[Proof, ...]:
        """The catalogues from which the numbers of a thing come."""
        panel = "bodies" if panel == "years" else panel
        return (*self.proofs.get((panel, thing), ()), *self.proofs.get((panel, ""), ()))

    def ranked(self, panel: str) -> list[str]:
        """The things of a panel, those with most first."""
        totals = {thing: sum(parts.values()) for thing, parts in self.numbers[panel].items()}
        return sorted(totals, key=lambda thing: (-totals[thing], thing))

    @cached_property
    def bodies(self) -> list[str]:
        """The bodies with most of the current documents that have a field, the first ones first."""
        found: Counter[str] = Counter()
        for parts in self.numbers["fields"].values():
            found.update({body: n for body, n in parts.items() if body != SEVERAL_KEY})
        return sorted(found, key=lambda body: (-found[body], body))[: len(FILLS)]

    def called(self, thing: str) -> tuple[Text, Text]:
        """The short name of a body and its full one, as far as they differ."""
        full = self.names.get(thing, Text(thing, thing))
        short = self.short.get(thing)
        if short is None or full == Text(short, short):
            return full, _NONE
        return Text(short, short), full

    def field(self, thing: str) -> Text:
        """A class of the ICS by its code and name."""
        code, name = thing.rsplit("/", 1)[-1], self.names.get(thing, _NONE)
        if name.en.startswith("<") or not name.en:
            return Text(f"ICS {code}", f"ICS {code}")
        return Text(f"{code}  {name.en}", f"{code}  {name.zh}")


def _shortest(labels: Iterable[str]) -> str:
    fitting = (label for label in labels if _SHORT.fullmatch(label))
    return min(fitting, key=lambda label: (len(label), label), default="")

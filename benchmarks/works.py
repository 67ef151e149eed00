"""Counts the records of each catalogue of documents, and the works and editions that they give.

    python -m benchmarks.works --store FOLDER

FOLDER is a folder of stores. Of each Relaton repository: records, rejected records, further records
of a document that has one, documents, works with a record of their own, works, editions, and
documents that others only refer to. Two counts must be 0: records that are none of these, and
documents of a catalogue without a class. The exit code is 1 if one isn't.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.pipeline.accounts import Account
from kg.pipeline.catalogues import read_accounts
from kg.store import Store

_COUNTS: Final = {
    "documents": "?x prov:wasDerivedFrom ?r ; a ?c FILTER(?c IN (std:Standard, std:Document))",
    # A document named without its edition, such as the first of NIST, may be the work of others.
    "described works": (
        "?x prov:wasDerivedFrom ?r ; a std:Work "
        "FILTER NOT EXISTS { ?x a ?c FILTER(?c IN (std:Standard, std:Document)) }"
    ),
    "works": "?x a std:Work",
    "editions": "?x std:editionOf ?work",
}
_MENTIONED: Final = "?x a std:Publication"
# An end of a relation between documents that is of no class in the whole graph.
_UNTYPED: Final = """
SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {
    {
        SELECT DISTINCT ?x WHERE {
            VALUES ?relation {
                std:replaces std:toReplace std:draftOf std:amends std:corrects std:consolidates
                std:updates std:editionOf std:inSeries std:adoptionOf std:conventionalAdoptionOf
                std:translationOf std:languageVersionOf std:manifestationOf std:derivedFrom
                std:describes std:cites std:complements std:relatedTo
            }
            { ?x ?relation ?o } UNION { ?s ?relation ?x }
        }
    }
    FILTER NOT EXISTS { ?x a ?class }
}"""


@dataclass(frozen=True)
class CatalogueCounts:
    """The counts of a catalogue, and how many of its records are not accounted for."""

    slug: str
    records: int
    rejected: int
    same: int
    counts: dict[str, int]

    @property
    def unaccounted(self) -> int:
        """Records that are neither rejected, nor of a document or work, nor a further record."""
        described = self.counts["documents"] + self.counts["described works"]
        return self.records - self.rejected - self.same - described


def count(store: Store, account: Account) -> CatalogueCounts:
    """Return the counts of a catalogue."""
    counts = {
        name: _number(store, f"GRAPH <{account.graph.value}> {{ {pattern} }}")
        for name, pattern in _COUNTS.items()
    }
    same = sum(account.counts.get("same", {}).values())
    return CatalogueCounts(
        account.slug, account.records, sum(account.rejected.values()), same, counts
    )


def untyped(store: Store) -> int:
    """Return the number of documents without a class that are related to others."""
    [[cell]] = store.select(_UNTYPED).rows
    return int(cell.value) if isinstance(cell, ox.Literal) else 0


def _number(store: Store, pattern: str) -> int:
    [[cell]] = store.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}").rows
    return int(cell.value) if isinstance(cell, ox.Literal) else 0


def main() -> None:
    """Print a row for each repository, and the counts that must be 0."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    graph = KnowledgeGraph.open(parser.parse_args().store)
    assert graph.store.path is not None
    columns = ("records", "rejected", "same", *_COUNTS, "unaccounted")
    print(f"{'':28}" + "".join(f"{name:>17}" for name in columns))
    unaccounted = 0
    for account in read_accounts(graph.store.path.parent):
        if account.kind != "relaton":
            continue
        row = count(graph.store, account)
        unaccounted += abs(row.unaccounted)
        cells = (row.records, row.rejected, row.same, *row.counts.values(), row.unaccounted)
        print(f"{row.slug:28}" + "".join(f"{cell:17,}" for cell in cells))
    without_class = untyped(graph.store)
    print(f"\n{_number(graph.store, _MENTIONED):9,}  documents that others only refer to")
    print(f"{unaccounted:9,}  records that are not accounted for (must be 0)")
    print(f"{without_class:9,}  documents without a class (must be 0)")
    sys.exit(1 if unaccounted or without_class else 0)


if __name__ == "__main__":
    main()

"""Counts what became of all documents of a graph, and checks that no successor is invented.

    python -m benchmarks.document_statuses --store FOLDER

FOLDER is a folder of stores. Counted are the documents by status key; those with stated successors;
the later editions that are listed, by what "later" rests on; stated successors that are older than
the document (errors of sources, which ``kg validate`` reports). Four counts must be 0: successors
without a statement, later editions that are older, documents with both, and documents of catalogues
for which the graph has another status (``std:documentStatus``) than :func:`document_status`. The
exit code is 1 if one isn't.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.common.dates import PartialDate
from kg.common.namespaces import compact, iri
from kg.entities.document_status import STATUS_KEYS, DocumentStatus, document_status
from kg.entities.index import NameIndex, name_index
from kg.identifiers import parse
from kg.store import Store

_DOCUMENTS: Final = """
SELECT DISTINCT ?document WHERE {
    { ?document a std:Standard } UNION { ?document a std:Document }
    UNION { ?later std:replaces ?document }
}"""
_STATUSES: Final = "SELECT ?document ?status WHERE { ?document std:documentStatus ?status }"
_STATEMENTS: Final = "SELECT DISTINCT ?later ?document WHERE { ?later std:replaces ?document }"
# The IEEE dates publication to the day on the web, so dates of issue come first.
_DATES: Final = (ox.NamedNode(iri("std:issuedOn")), ox.NamedNode(iri("std:publishedOn")))
_EXAMPLES: Final = 5
_DERIVED: Final = {"earlier-draft": "draft"}
"""Statuses of the graph that :class:`DocumentStatus` does not tell apart."""

NO_STATEMENT: Final = "successors without a statement"
OLDER_EDITION: Final = "later editions that are older"
BOTH: Final = "documents with both"
OTHER_STATUS: Final = "documents with another status in the graph"
FAULTS: Final = (NO_STATEMENT, OLDER_EDITION, BOTH, OTHER_STATUS)
"""Counts that must be 0."""


def main() -> None:
    """Print the counts, with examples of each fault."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    options = parser.parse_args()
    graph = KnowledgeGraph.open(options.store)
    begin = time.perf_counter()
    counts, examples = count(graph.store)
    seconds = time.perf_counter() - begin
    for key in STATUS_KEYS:
        print(f"{counts[f'status {key}']:9,}  {key}")
    print()
    for name in sorted(counts.keys() - {f"status {key}" for key in STATUS_KEYS} - set(FAULTS)):
        print(f"{counts[name]:9,}  {name}")
    print()
    for name in FAULTS:
        print(f"{counts[name]:9,}  {name} (must be 0)")
        for example in examples[name]:
            print(f"           {example}")
    documents = sum(counts[f"status {key}"] for key in STATUS_KEYS)
    print(f"\n{documents:,} documents, {1e6 * seconds / max(documents, 1):.0f} µs each")
    sys.exit(1 if any(counts[name] for name in FAULTS) else 0)


def count(store: Store) -> tuple[Counter[str], dict[str, list[str]]]:
    """Return the counts over all documents of a store, and examples of each fault."""
    index = name_index(store)
    statements = {
        (later.value, document.value)
        for later, document in store.select(_STATEMENTS).rows
        if isinstance(later, ox.NamedNode) and isinstance(document, ox.NamedNode)
    }
    derived = {
        document.value: status.value.rpartition("/")[2]
        for document, status in store.select(_STATUSES).rows
        if isinstance(document, ox.NamedNode) and isinstance(status, ox.NamedNode)
    }
    counts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {name: [] for name in FAULTS}
    for (document,) in store.select(_DOCUMENTS).rows:
        if not isinstance(document, ox.NamedNode):
            continue
        status = document_status(store, index, document.value)
        found = [*_counted(store, index, statements, document.value, status)]
        in_graph = derived.get(document.value)
        if in_graph is not None and _DERIVED.get(in_graph, in_graph) != _word(status):
            found += [OTHER_STATUS, f"{OTHER_STATUS}: {in_graph}, here {_word(status)}"]
        for name in found:
            counts[name] += 1
            if name in FAULTS and len(examples[name]) < _EXAMPLES:
                examples[name].append(compact(document.value))
    return counts, examples


def _word(status: DocumentStatus) -> str:
    """Return the status as one word; a successor counts before the document's own stage."""
    return "replaced" if status.successors else status.key


def _counted(
    store: Store,
    index: NameIndex,
    statements: set[tuple[str, str]],
    document: str,
    status: DocumentStatus,
) -> Iterator[str]:
    yield f"status {status.key}"
    if status.successors:
        yield "documents with stated successors"
        conflict = status.key in ("current", "draft")
        yield from ["documents with stated successors, listed as current or draft"] * conflict
    if status.later:
        yield f"documents with a later edition, {status.key}"
    if status.successors and status.later:
        yield BOTH
    for successor in status.successors:
        yield "successors stated"
        if not _leads_to(successor, document, statements & set(status.statements)):
            yield NO_STATEMENT
        if _is_older(store, index, successor, document):
            yield "successors stated though older"
    for edition in status.later:
        yield f"later editions by {edition.by}"
        if _is_older(store, index, edition.iri, document):
            yield OLDER_EDITION


def _leads_to(successor: str, document: str, statements: set[tuple[str, str]]) -> bool:
    """Return whether statements lead step by step from a document to its successor."""
    reached = {document}
    while new := {later for later, earlier in statements if earlier in reached} - reached:
        reached |= new
    return successor in reached - {document}


def _is_older(store: Store, index: NameIndex, one: str, other: str) -> bool:
    """Return whether the first date of a document is before that of another.

    Compared are dates of issue, or else of publication, or else the years of designations,
    whichever both have.
    """
    for first, second in zip(
        _first_dates(store, index, one), _first_dates(store, index, other), strict=True
    ):
        if first is not None and second is not None:
            return first.last_day < second.first_day
    return False


def _first_dates(store: Store, index: NameIndex, document: str) -> Iterator[PartialDate | None]:
    for property_ in _DATES:
        rows = store.about([ox.NamedNode(document)], [property_])
        dates = [PartialDate.parse_lexical(value.value) for _, _, value, _ in rows]
        yield min((date for date in dates if date), default=None)
    designation = next(filter(None, map(parse, index.names_of(document))), None)
    yield PartialDate(designation.year) if designation and designation.year else None


if __name__ == "__main__":
    main()

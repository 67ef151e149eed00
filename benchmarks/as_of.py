"""Compares statuses as of earlier days with those that the catalogue really gave on these days.

    python -m benchmarks.as_of OLD NEW [--documents N] [--days N] [--all] [--misses N]

OLD and NEW are two states of a catalogue: folders of built graphs, or sources, which are built in
temporary folders. The newest state alone answers, from the dates that it has; the older state is
the truth of its day. Of the days between, what both states say alike is the truth; where they
differ, either answer may be true, and the document counts as open on that day. A document that the
older state lacks was not published. Prints a line for each status and the misses.

Agreement is that of the answers that the dates allow: what is unknown is counted beside it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from kg.common.dates import PartialDate
from kg.entities.as_of import PastStatuses
from kg.entities.document_status import document_status
from kg.entities.index import NameIndex, name_index
from kg.graph import KnowledgeGraph
from kg.store.generations import had_graph

AIM: Final = 0.995
_UNPUBLISHED: Final = ("absent", "draft", "cancelled", "unpublished")
_DOCUMENTS: Final = "SELECT DISTINCT ?document WHERE { ?document std:documentStatus ?status }"
_SNAPSHOT: Final = "SELECT (MAX(?day) AS ?newest) { ?any std:snapshotOn ?day }"


@dataclass(frozen=True)
class State:
    """A built state of a catalogue."""

    graph: KnowledgeGraph
    index: NameIndex
    day: PartialDate
    documents: frozenset[str]

    def key(self, document: str) -> str:
        """Return the status that the state gives a document."""
        if document not in self.documents:
            return "absent"
        return document_status(self.graph.store, self.index, document).key


def main() -> None:
    """Print the table of agreement."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--all", action="store_true", help="all documents on the older day")
    parser.add_argument("--misses", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        old, new = (
            open_state(path, Path(folder) / name)
            for path, name in ((options.old, "old"), (options.new, "new"))
        )
        documents = sorted(old.documents | new.documents)
        if options.all:
            days = [old.day]
        else:
            number = min(options.documents, len(documents))
            documents = sorted(random.Random(1).sample(documents, number))
            days = list(days_between(old.day, new.day, options.days))
        counts, misses = compare(old, new, documents, days)
    for line in table(counts, len(documents), days):
        print(line)
    for (answer, truth), number in Counter(miss[1:] for miss in misses).most_common():
        names = dict.fromkeys(name for name, *rest in misses if rest == [answer, truth])
        listed = ", ".join(list(names)[: options.misses])
        print(f"  {number:5}  {answer} instead of {truth}: {listed}")
    agreed, missed = counts["agreed"], counts["missed"]
    sys.exit(0 if agreed >= AIM * (agreed + missed) else 1)


def open_state(path: Path, folder: Path) -> State:
    """Open a built graph, or build one of a source in an empty folder."""
    if not had_graph(path):
        from kg.pipeline import build as pipeline

        pipeline.build(folder, lambda step: None, pipeline.CatalogueSelection((path,)))
        path = folder
    graph = KnowledgeGraph.open(path)
    [(newest,)] = graph.store.select(_SNAPSHOT).rows
    day = PartialDate.parse(newest.value) if newest is not None else None
    if day is None:
        raise SystemExit(f"{path} has no catalogue")
    rows = graph.store.select(_DOCUMENTS).rows
    documents = frozenset(document.value for (document,) in rows if document is not None)
    return State(graph, name_index(graph.store), day, documents)


def days_between(first: PartialDate, last: PartialDate, number: int) -> Iterator[PartialDate]:
    """Yield days in equal steps, the first and the last among them."""
    start, end = (date(each.year, each.month, each.day) for each in (first, last))
    for step in range(number):
        day = start + timedelta(days=round(step * (end - start).days / max(number - 1, 1)))
        yield PartialDate(day.year, day.month, day.day)


def compare(
    old: State, new: State, documents: list[str], days: list[PartialDate]
) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    """Count answers that agree, miss, and are unknown or open; also return the misses.

    A miss is the document, the answer and the truth.
    """
    counts: Counter[str] = Counter()
    misses: list[tuple[str, str, str]] = []
    truths = {each: (_folded(old.key(each)), _folded(new.key(each))) for each in documents}
    for day in days:
        past = PastStatuses(new.graph.store, new.index, day)
        for document in documents:
            before, after = truths[document]
            if day == old.day:
                after = before
            elif day == new.day:
                before = after
            answer = _folded(past.key(document)) if document in new.documents else "unknown"
            if answer == "unknown":
                counts["unknown"] += 1
                counts[f"unknown {past.of(document).reason or 'not in the newest state'}"] += 1
            elif before != after:
                counts["open"] += 1
            elif answer == before:
                counts["agreed"] += 1
                counts[f"agreed {answer}"] += 1
            else:
                counts["missed"] += 1
                misses.append((new.graph.label(document), answer, before))
    return counts, misses


def _folded(key: str) -> str:
    return "unpublished" if key in _UNPUBLISHED else key


def table(counts: Counter[str], documents: int, days: list[PartialDate]) -> Iterator[str]:
    """Yield the lines of the report."""
    answered = counts["agreed"] + counts["missed"]
    share = counts["agreed"] / answered if answered else 0.0
    yield f"{documents:,} documents on {len(days)} days from {days[0]} to {days[-1]}"
    yield f"agreement {share:.2%} of {answered:,} answers; {counts['missed']:,} misses"
    yield f"unknown {counts['unknown']:,}, open {counts['open']:,}"
    for name in sorted(counts):
        if " " in name:
            yield f"  {counts[name]:7,}  {name}"


if __name__ == "__main__":
    main()

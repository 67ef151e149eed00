"""Counts the references of a list with known answers that are matched correctly.

    python -m benchmarks.matches [--list FILE] FOLDER

FOLDER is a folder of stores. FILE (default: references.csv here) has the columns ``reference``,
``meant`` (the path of the correct IRI, or empty where there is none) and ``kind``. The expected
answers are for a graph of the article, the ten catalogues of Relaton and ISO's committees.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from pathlib import Path
from typing import Final

from kg import KnowledgeGraph
from kg.common.namespaces import BASE

VERDICTS: Final = ("right", "refused rightly", "refused though known", "wrong")


def main() -> None:
    """Match the list; print a table by kind of reference, and each mistake."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", type=Path, default=Path(__file__).with_name("references.csv"))
    options = parser.parse_args()
    with options.list.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    graph = KnowledgeGraph.open(options.folder)
    begin = time.perf_counter()
    matches = graph.match([row["reference"] for row in rows])
    milliseconds = 1000 * (time.perf_counter() - begin) / len(rows)
    counts: Counter[tuple[str, str]] = Counter()
    for row, match in zip(rows, matches, strict=True):
        verdict = _verdict(row["meant"], match.iri)
        counts[row["kind"], verdict] += 1
        if verdict not in VERDICTS[:2]:
            print(f"{verdict}: {row['reference']} ({row['kind']}): {match.iri or '-'}")
    print(f"\n{'kind':30}", *(f"{verdict:>21}" for verdict in VERDICTS))
    for kind in dict.fromkeys(row["kind"] for row in rows):
        print(f"{kind:30}", *(f"{counts[kind, verdict]:21}" for verdict in VERDICTS))
    sums = [sum(n for (_, of), n in counts.items() if of == verdict) for verdict in VERDICTS]
    print(f"{f'all {len(rows)}':30}", *(f"{count:21}" for count in sums))
    print(f"\n{milliseconds:.1f} ms a reference")


def _verdict(meant: str, iri: str) -> str:
    if iri:
        return "right" if meant and iri == BASE + meant else "wrong"
    return "refused though known" if meant else "refused rightly"


if __name__ == "__main__":
    main()

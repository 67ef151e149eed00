"""Measures searches over all names of a built graph.

    python -m benchmarks.search [--rounds N] FOLDER

FOLDER is a folder of stores, or a generation in one. Each text is searched N times (20), after one
search that is not counted: median and 95th percentile in milliseconds, the number of hits and the
first one. The very first search, which opens the index, is shown separately.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from typing import Final

from kg.common.namespaces import compact
from kg.entities.index import name_index
from kg.entities.search import search
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current_generation

TEXTS: Final = (
    "iso 27001",
    "ISO/IEC 27001:2013",
    "9001",
    "ISO/TC 321",
    "information security",
    "standard",
    "e",
    "quality management systems requirements",
    "e-commerce",
    "电子商务",
    "标准",
    "杭",
    "試験方法",
    "ねじ",
    "プラスチック",
    "Qualité",
    "informatoin securty",
    "国家标准化委员会",
)


def main() -> None:
    """Measure the searches, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    folder = (
        options.folder if (options.folder / STORE).is_dir() else current_generation(options.folder)
    )
    store = EmbeddedStore.open(folder / STORE)
    begin = time.perf_counter()
    name_index(store)
    search(store, TEXTS[0])
    print(f"first search: {1000 * (time.perf_counter() - begin):.1f} ms")
    print(f"{'median':>8} {'p95':>8} {'hits':>4}  text: first hit")
    for text in TEXTS:
        hits = search(store, text)
        seconds = []
        for _ in range(options.rounds):
            begin = time.perf_counter()
            search(store, text)
            seconds.append(time.perf_counter() - begin)
        median = 1000 * statistics.median(seconds)
        p95 = 1000 * statistics.quantiles(seconds, n=20)[-1]
        first = f"{hits[0].name} ({hits[0].match}) {compact(hits[0].iri)}" if hits else "-"
        print(f"{median:8.1f} {p95:8.1f} {len(hits):4}  {text}: {first}")


if __name__ == "__main__":
    main()

"""Measures searches over all names of a built graph, and the ranks of the obvious answers.

    python -m benchmarks.search [--rounds N] FOLDER

FOLDER is a folder of stores with all catalogues, or a generation in one. ``searches.tsv`` has texts
as people type them, each with the names of what they mean, one of which should be among the first
three hits (``|`` between them; an undated number means the work or any edition). For each text the
rank of the answer is printed (- if it isn't found), with the way in which it was found, the median
of N rounds (5) in milliseconds after one that isn't counted, and the first hit. The last lines
count the ranks, also without the thesaurus, and give the median and the 95th percentile of all
rounds.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final
from unittest import mock

from kg.common.folding import fold
from kg.common.namespaces import compact
from kg.entities.index import NameIndex, name_index
from kg.entities.index.schema import Rank
from kg.entities.index.thesaurus import Topic
from kg.entities.search import Hit, search
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current_generation

CASES: Final = Path(__file__).with_name("searches.tsv")
FIRST: Final = 3
"""Number of hits among which the answer should be."""
_ROW: Final = "{rank:>4} {match:10} {median:7.1f}  {text}: {first}"


def main() -> None:
    """Run the searches, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    folder = (
        options.folder if (options.folder / STORE).is_dir() else current_generation(options.folder)
    )
    store = EmbeddedStore.open(folder / STORE)
    index = name_index(store)
    ranks: list[int] = []
    unaided = 0
    seconds: list[float] = []
    for text, answers in read_cases(CASES):
        hits = search(store, text)
        rank = rank_of(index, hits, answers)
        ranks.append(rank)
        match = hits[rank - 1].match if rank else ""
        with mock.patch.multiple(NameIndex, topics=_no_topic, topic_compound=_no_topic):
            unaided += 1 <= rank_of(index, search(store, text), answers) <= FIRST
        own = [_time(store, text) for _ in range(options.rounds)]
        seconds += own
        first = f"{hits[0].name} {compact(hits[0].iri)}" if hits else "-"
        median = 1000 * statistics.median(own)
        print(_ROW.format(rank=rank or "-", match=match, median=median, text=text, first=first))
    good = sum(1 <= rank <= FIRST for rank in ranks)
    print(f"\n{good} of {len(ranks)} answers among the first {FIRST}, {ranks.count(1)} first")
    print(f"{unaided} among them without the thesaurus")
    print(
        f"median {1000 * statistics.median(seconds):.1f} ms, "
        f"95th percentile {1000 * statistics.quantiles(seconds, n=20)[-1]:.1f} ms"
    )


def read_cases(file: Path) -> list[tuple[str, list[str]]]:
    """Return the texts of a table, each with the names of what it means."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["search"], row["answers"].split(" | ")) for row in rows]


def rank_of(index: NameIndex, hits: Sequence[Hit], answers: Iterable[str]) -> int:
    """Return the rank of the first hit that is one of the answers, or 0."""
    wanted = {fold(answer) for answer in answers}
    for rank, hit in enumerate(hits, 1):
        if wanted & {fold(name) for name in _names(index, hit.iri)}:
            return rank
    return 0


def _names(index: NameIndex, iri: str) -> list[str]:
    """Return the names of an entity, and those of the work or series that an edition belongs to."""
    names = index.names_of(iri)
    for label in index.labels([iri]):
        works = (Rank.SERIES, Rank.WORK)
        names += [name.text for name in index.family(label.family) if name.rank in works]
    return names


def _no_topic(index: NameIndex, text: str) -> list[Topic]:
    del index, text
    return []


def _time(store: EmbeddedStore, text: str) -> float:
    begin = time.perf_counter()
    search(store, text)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()

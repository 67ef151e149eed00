"""Tells for pairs of entities whether the way that an expert expects comes first.

    python -m benchmarks.relate CASES --store FOLDER

CASES is a CSV or TSV file with the columns ``one`` and ``other`` (names of entities), and, as far
as a program can judge the case, ``through`` (names of entities on the expected way, separated by
``|``), ``relation`` (a relation of it, such as ``std:liaison``) and ``expected`` (``strong``,
``weak`` or ``none``). Another column is printed as a note. FOLDER is a folder of stores.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kg import KgError, KnowledgeGraph, Way

_JUDGED: Final = ("through", "relation", "expected")
_ROW: Final = "{verdict:10}  {milliseconds:5.0f} ms  {one} | {other}  [{cost}] {first}  ({note})"
_PATHS: Final = 3


def main() -> None:
    """Relate the pairs; print a line for each, and how many there are of each verdict."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--lang", default="en", choices=("en", "zh"))
    options = parser.parse_args()
    graph = KnowledgeGraph.open(options.store)
    counts: Counter[str] = Counter()
    delimiter = "\t" if options.cases.suffix == ".tsv" else ","
    with options.cases.open(encoding="utf-8-sig", newline="") as file:
        for case in csv.DictReader(file, delimiter=delimiter):
            begin = time.perf_counter()
            try:
                ways = graph.relate(case["one"], case["other"], paths=_PATHS)
                judged = verdict(graph, case, ways)
            except KgError as error:
                ways, judged = [], "unknown"
                case["note"] = str(error)
            counts[judged] += 1
            notes = [text for name, text in case.items() if name not in ("one", "other", *_JUDGED)]
            print(
                _ROW.format(
                    verdict=judged,
                    milliseconds=1000 * (time.perf_counter() - begin),
                    one=case["one"],
                    other=case["other"],
                    cost=f"{ways[0].cost:.2f}" if ways else "none",
                    first=_describe(graph, ways[0], options.lang) if ways else "",
                    note="; ".join(filter(None, notes)),
                )
            )
    print()
    for judged, count in counts.most_common():
        print(f"{count:5}  {judged}")


def verdict(graph: KnowledgeGraph, case: Mapping[str, str], ways: list[Way]) -> str:
    """Return at which place the expected way is; ``to judge`` if the case does not tell it."""
    if not any(case.get(name) for name in _JUDGED):
        return "to judge"
    expected = case.get("expected", "")
    if expected == "none":
        return "none" if not ways else "too much"
    through = {graph.resolve(name.strip()) for name in case["through"].split("|") if name.strip()}
    for place, way in enumerate(ways, 1):
        stations = {*way.stations}.union(*(alike.stations for alike in way.alike))
        relations = {statement.relation for step in way.steps for statement in step}
        if through <= stations and (not case["relation"] or case["relation"] in relations):
            if expected and way.weak != (expected == "weak"):
                return "wrong strength"
            return f"place {place}"
    return "missing"


def _describe(graph: KnowledgeGraph, way: Way, lang: str) -> str:
    stations = " → ".join(graph.label(station, lang) for station in way.stations[1:-1])
    count = f" (one of {way.count:,})" if way.count > 1 else ""
    return (stations or "directly") + count


if __name__ == "__main__":
    main()

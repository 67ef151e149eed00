"""Counts the references of a table of cases that are matched, or refused, as they should be.

    python -m benchmarks.references CASES --store FOLDER

CASES is a CSV file with the columns ``reference``, ``means`` (the name of the document, without a
date where its current edition is meant; empty where a note tells what is expected), ``status`` (as
``kg match`` prints it, or empty) and ``note``. FOLDER is a folder of stores.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path
from typing import Final

from kg import KnowledgeGraph
from kg.analysis.match_rows import COLUMNS, match_rows
from kg.common.folding import fold
from kg.entities.index import name_index
from kg.entities.match import Match
from kg.identifiers import parse, undated

VERDICTS: Final = ("right", "refused", "matched, see note", "refused though known", "wrong")
_ROW: Final = "{verdict:20}  {reference}  ->  {name}  [{status}]  {why}  ({note})"


def main() -> None:
    """Match the references; print a line for each, and how many there are of each verdict."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--lang", default="en", choices=("en", "zh"))
    options = parser.parse_args()
    with options.cases.open(encoding="utf-8-sig", newline="") as file:
        cases = list(csv.DictReader(file))
    graph = KnowledgeGraph.open(options.store)
    matches = graph.match([case["reference"] for case in cases])
    rows = match_rows(graph.store, matches, options.lang)
    counts: Counter[str] = Counter()
    for case, match, row in zip(cases, matches, rows, strict=True):
        cells = dict(zip(COLUMNS, map(str, row), strict=True))
        titles = [title for _, title in name_index(graph.store).titles(match.iri)]
        verdict = _verdict(case, match, cells["status"], [cells["name"], *titles])
        counts[verdict] += 1
        shown = {**cells, "name": cells["name"] or "-", "note": case["note"] or cells["others"]}
        print(_ROW.format(verdict=verdict, reference=case["reference"], **shown))
    print()
    for verdict in VERDICTS:
        print(f"{counts[verdict]:5}  {verdict}")


def _verdict(case: dict[str, str], match: Match, status: str, names: list[str]) -> str:
    """Return one of VERDICTS; without a name in ``means``, only a reader of the note can judge."""
    means = case["means"]
    if not means:
        return "matched, see note" if match.iri else "refused"
    if not match.iri:
        return "refused though known"
    right = any(_is_named(name, means) for name in names) and case["status"] in ("", status)
    return "right" if right else "wrong"


def _is_named(name: str, means: str) -> bool:
    # A label of several names begins with the designation.
    if fold(name) == fold(means) or fold(name).startswith(fold(means)):
        return True
    own, wanted = parse(name), parse(means)
    return own is not None and wanted is not None and str(undated(own)) == str(wanted)


if __name__ == "__main__":
    main()

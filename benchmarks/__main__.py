"""All figures in one page.

    python -m benchmarks [--quick] [--data FOLDER] [--triples N] [--growth N,N,...]
                         [--only SUITE]... [--rounds N] [-o FILE]

FOLDER holds real catalogues (``relaton/*.tar.zst``, ``iso-open-data/``); without it a repository of
the same shape is generated (``--triples``, 1,000,000). ``--quick`` takes a few small catalogues, or
100,000 triples. ``--growth`` measures generated repositories of several sizes, ours alone, and how
time and memory grow. Each kind of run has a section of FILE (benchmarks/RESULTS.md), which says on
what it was measured.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import (
    asking,
    building,
    commands,
    exporting,
    finding,
    relating,
    report,
    starting,
    validating,
    yaml_readers,
)
from benchmarks.measure import Row
from benchmarks.world import World, generated, real

_SUITES = {
    "build": building,
    "start": starting,
    "find": finding,
    "commands": commands,
    "export": exporting,
    "validate": validating,
    "yaml": yaml_readers,
    # What measures in its own process comes last: its memory would hide that of commands.
    "questions": asking,
    "relate": relating,
}


def main() -> None:
    """Measure, and write the section of the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--triples", type=int)
    parser.add_argument("--growth", type=_sizes)
    parser.add_argument("--only", action="append", choices=_SUITES)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("-o", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    given = parser.parse_args()
    suites = given.only or list(_SUITES)
    with tempfile.TemporaryDirectory(prefix="kg-benchmarks-") as name:
        folder = Path(name)
        if given.growth:
            found = {}
            for size in given.growth:
                home = folder / str(size)
                sources = generated(home / "made", size)
                world = World(sources, home / "store", home, given.rounds or 1, alone=True)
                found[size] = _measured(world, suites)
            report.write(given.o, "Growth", report.growth(found))
            return
        triples = given.triples or (100_000 if given.quick else 1_000_000)
        sources = (
            real(given.data, given.quick) if given.data else generated(folder / "made", triples)
        )
        rounds = given.rounds or (3 if given.quick else 7)
        rows = _measured(World(sources, folder / "store", folder, rounds), suites)
        kind = "Real catalogues" if given.data else "Generated catalogue"
        title = f"{kind}, a quick run" if given.quick else kind
        report.write(given.o, title, report.table(rows, sources))


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _measured(world: World, suites: Iterable[str]) -> Sequence[Row]:
    found = []
    # Whatever is measured needs a store.
    for suite in dict.fromkeys(("build", *suites)):
        for row in _SUITES[suite].rows(world):
            print(report.line(row), flush=True)
            found.append(row)
    return found


if __name__ == "__main__":
    main()

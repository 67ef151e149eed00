"""Measure everything and write the results as a page in Markdown.

    python -m benchmarks [--quick] [--data FOLDER] [--triples N] [--growth N,N,...]
                         [--only SUITE]... [--rounds N] [-o FILE]

FOLDER holds real catalogues (``relaton/*.tar.zst``, ``iso-open-data/``); without it a repository of
the same shape is generated (``--triples``, 1,000,000). ``--quick`` takes a few small catalogues, or
100,000 triples. ``--growth`` measures generated repositories of several sizes, without peers, and
how time and memory grow. Each kind of run has a section of FILE (benchmarks/RESULTS.md) with the
machine and the versions used.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import (
    build,
    commands,
    exports,
    lookups,
    networks,
    questions,
    report,
    startup,
    validation,
    yaml_readers,
)
from benchmarks.measure import Row
from benchmarks.workload import Workload, generate, real_catalogues

_SUITES = {
    "build": build,
    "start": startup,
    "find": lookups,
    "commands": commands,
    "export": exports,
    "validate": validation,
    "yaml": yaml_readers,
    # Last, since they measure in this process: its memory would hide that of commands.
    "questions": questions,
    "relate": networks,
}


def main() -> None:
    """Run the suites, and write their section of the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--triples", type=int)
    parser.add_argument("--growth", type=_parse_sizes)
    parser.add_argument("--only", action="append", choices=_SUITES)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("-o", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    options = parser.parse_args()
    suites = options.only or list(_SUITES)
    with tempfile.TemporaryDirectory(prefix="kg-benchmarks-") as name:
        folder = Path(name)
        if options.growth:
            runs = {}
            for size in options.growth:
                home = folder / str(size)
                sources = generate(home / "made", size)
                workload = Workload(
                    sources, home / "store", home, options.rounds or 1, without_peers=True
                )
                runs[size] = _run(workload, suites)
            report.write_section(options.o, "Growth", report.growth_table(runs))
            return
        triples = options.triples or (100_000 if options.quick else 1_000_000)
        sources = (
            real_catalogues(options.data, options.quick)
            if options.data
            else generate(folder / "made", triples)
        )
        rounds = options.rounds or (3 if options.quick else 7)
        rows = _run(Workload(sources, folder / "store", folder, rounds), suites)
        kind = "Real catalogues" if options.data else "Generated catalogue"
        title = f"{kind}, quick run" if options.quick else kind
        report.write_section(options.o, title, report.table(rows, sources))


def _parse_sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _run(workload: Workload, suites: Iterable[str]) -> Sequence[Row]:
    rows = []
    # All suites need the store that the first one builds.
    for suite in dict.fromkeys(("build", *suites)):
        for row in _SUITES[suite].rows(workload):
            print(report.table_row(row), flush=True)
            rows.append(row)
    return rows


if __name__ == "__main__":
    main()

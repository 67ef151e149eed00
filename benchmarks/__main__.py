"""All figures in one table.

    python -m benchmarks [--quick] [--data FOLDER] [--only SUITE]... [-o FILE]

FOLDER holds real catalogues (``relaton/*.tar.zst``, ``iso-open-data/``); without it a repository of
the same shape is generated (``--triples``, 1,000,000). ``--quick`` takes a few small catalogues, or
100,000 triples. The table goes to FILE (benchmarks/RESULTS.md) and says on what it was measured.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import asking, building, exporting, finding, starting, validating, yaml_readers
from benchmarks.measure import Cost, Row
from benchmarks.world import World, generated, real

_SUITES = {
    "build": building,
    "questions": asking,
    "find": finding,
    "start": starting,
    "export": exporting,
    "validate": validating,
    "yaml": yaml_readers,
}
_PARTS = ("pyoxigraph", "rdflib", "networkx", "pyshacl", "shacl", "yaml-rs")


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--triples", type=int)
    parser.add_argument("--only", action="append", choices=_SUITES)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("-o", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-benchmarks-") as name:
        folder = Path(name)
        triples = given.triples or (100_000 if given.quick else 1_000_000)
        sources = (
            real(given.data, given.quick) if given.data else generated(folder / "made", triples)
        )
        rounds = given.rounds or (3 if given.quick else 7)
        world = World(sources, folder / "store", folder, rounds)
        found = []
        # Whatever is measured needs a store.
        for suite in dict.fromkeys(("build", *(given.only or _SUITES))):
            for row in _SUITES[suite].rows(world):
                print(_line(row), flush=True)
                found.append(row)
    given.o.write_text(_page(found, sources), encoding="utf-8")


def _page(rows: Sequence[Row], sources: Sequence[Path]) -> str:
    parts = ", ".join(f"{part} {version(part)}" for part in _PARTS)
    lines = [
        "# Results",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} processors ({platform.machine()}),"
        f" Python {platform.python_version()}, {parts}.",
        f"Sources: {', '.join(path.name for path in sources)}. Medians; ratios within one run.",
        "",
        "| what | seconds | CPU | memory | of the limit | faster than people's | to reach | |",
        "|---|---:|---:|---:|---:|---:|---|---|",
        *map(_line, rows),
        "",
        "## Notes",
        "",
        *(f"- {row.what}: {row.notes}." for row in rows if row.notes),
    ]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    reached = {None: "", True: "reached", False: "**not reached**"}[row.reached]
    memory = f"{row.ours.peak / 1e6:.0f} MB" if row.ours.peak else ""
    cells = (
        row.what,
        _seconds(row.ours.wall),
        _seconds(row.ours.cpu),
        memory,
        _times(row.of_limit, row.limit),
        _times(row.of_peer, row.peer),
        row.target,
        reached,
    )
    return f"| {' | '.join(cells)} |"


def _seconds(value: float) -> str:
    return f"{value:.3g}" if value >= 0.0005 else f"{value:.1g}"


def _times(ratio: float | None, beside: Cost | None) -> str:
    return "" if ratio is None or beside is None else f"{ratio:.3g}"


if __name__ == "__main__":
    main()

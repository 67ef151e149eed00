"""Write rows as a page in Markdown, with a section for each kind of run."""

from __future__ import annotations

import math
import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.measure import Cost, Row

_PACKAGES: Final = ("pyoxigraph", "rdflib", "networkx", "pyshacl", "shacl", "yaml-rs")
_TITLE: Final = "# Results"
_MAX_EXPONENT: Final = 1.1
"""Growth above this exponent is more than proportional."""
_MIN_SECONDS: Final = 0.5
"""Growth of shorter operations is noise."""


def write_section(file: Path, title: str, text: str) -> None:
    """Replace the section of the same title in a page, or append it."""
    page = file.read_text(encoding="utf-8") if file.exists() else _TITLE + "\n"
    sections = re.split(r"(?m)^(?=## )", page)
    new = f"## {title}\n\n{_machine()}\n\n{text}\n"
    indexes = [i for i, section in enumerate(sections) if section.startswith(f"## {title}\n")]
    if indexes:
        sections[indexes[0]] = new
    else:
        sections.append(new)
    page = "\n\n".join(section.strip() for section in sections) + "\n"
    file.write_text(page, encoding="utf-8")


def _machine() -> str:
    versions = ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} processors ({platform.machine()}),"
        f" Python {platform.python_version()}, {versions}."
    )


def table(rows: Sequence[Row], sources: Sequence[Path]) -> str:
    """Return the table of a run, with a row for each operation, and the notes."""
    lines = [
        f"Sources: {', '.join(path.name for path in sources)}. Medians; ratios are within"
        " one run, of wall seconds, or of CPU seconds where marked *cpu*. *Times the limit*"
        " compares with the bare engine, *times faster* with a peer, a common alternative.",
        "",
        "| operation | seconds | CPU | memory | times the limit | times faster | target | |",
        "|---|---:|---:|---:|---:|---:|---|---|",
        *map(table_row, rows),
        "",
        *(f"- {row.what}: {row.notes}." for row in rows if row.notes),
    ]
    return "\n".join(lines)


def table_row(row: Row) -> str:
    """Return a row as a line of the table."""
    reached = {None: "", True: "reached", False: "**not reached**"}[row.reached]
    cells = (
        row.what,
        _seconds(row.ours.wall),
        _seconds(row.ours.cpu),
        _memory(row.ours.peak),
        _number(row.times_limit) + (" *cpu*" if row.by_cpu and row.limit else ""),
        _number(row.times_faster),
        row.target,
        reached,
    )
    return f"| {' | '.join(cells)} |"


def growth_table(runs: Mapping[int, Sequence[Row]]) -> str:
    """Return the costs of runs of several sizes, in triples, and the exponents of growth.

    An exponent is log(b/a) / log(n/m), where an operation costs ``a`` at ``m`` triples and ``b``
    at ``n``; 1 is proportional. Time is in CPU seconds.
    """
    sizes = sorted(runs)
    runs_by_name = [{row.what: row.ours for row in runs[size]} for size in sizes]
    heads = " | ".join(f"{size:,}" for size in sizes)
    lines = [
        "CPU seconds and peak memory on generated catalogues with the given number of triples, and"
        " the exponents of growth from the first to the last size.",
        "",
        f"| operation | {heads} | time | memory | |",
        f"|---|{'---:|' * (len(sizes) + 2)}---|",
    ]
    for name in dict.fromkeys(row.what for size in sizes for row in runs[size]):
        costs = [run.get(name) for run in runs_by_name]
        cells = ["" if cost is None else _seconds_and_memory(cost) for cost in costs]
        time, memory = _exponents([(n, c) for n, c in zip(sizes, costs, strict=True) if c])
        above = max(time or 0, memory or 0) > _MAX_EXPONENT
        shown = ["" if exponent is None else f"{exponent:.2f}" for exponent in (time, memory)]
        lines.append(
            f"| {name} | {' | '.join([*cells, *shown])} | {'**above**' if above else ''} |"
        )
    return "\n".join(lines)


def _exponents(costs: Sequence[tuple[int, Cost]]) -> tuple[float | None, float | None]:
    if len(costs) < 2:
        return None, None
    (few, small), (many, large) = costs[0], costs[-1]
    ratio = math.log(many / few)
    time = (
        math.log(large.cpu / small.cpu) / ratio if large.cpu > _MIN_SECONDS and small.cpu else None
    )
    measured = small.peak and large.peak
    return time, math.log(large.peak / small.peak) / ratio if measured else None


def _seconds_and_memory(cost: Cost) -> str:
    memory = _memory(cost.peak)
    return _seconds(cost.cpu) + (f", {memory}" if memory else "")


def _memory(size: int) -> str:
    return f"{size / 1e6:.0f} MB" if size else ""


def _seconds(value: float) -> str:
    if not value:
        return ""
    return f"{value:.3g}" if value >= 0.0005 else f"{value:.1g}"


def _number(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.3g}"

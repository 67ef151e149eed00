"""Figures -> a page in Markdown, of which each kind of run has a section."""

from __future__ import annotations

import math
import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Cost, Row

_PARTS = ("pyoxigraph", "rdflib", "networkx", "pyshacl", "shacl", "yaml-rs")
_TITLE = "# Results"
_GROWS = 1.1
"""An exponent above this one is more than in proportion."""
_LITTLE = 0.5
"""Seconds under which growth is noise."""


def write(file: Path, title: str, text: str) -> None:
    """Put a section in the place of the one of the same title, or behind the others."""
    held = file.read_text(encoding="utf-8") if file.exists() else _TITLE + "\n"
    parts = re.split(r"(?m)^(?=## )", held)
    new = f"## {title}\n\n{_machine()}\n\n{text}\n"
    places = [place for place, part in enumerate(parts) if part.startswith(f"## {title}\n")]
    if places:
        parts[places[0]] = new
    else:
        parts.append(new)
    file.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


def _machine() -> str:
    parts = ", ".join(f"{part} {version(part)}" for part in _PARTS)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} processors ({platform.machine()}),"
        f" Python {platform.python_version()}, {parts}."
    )


def table(rows: Sequence[Row], sources: Sequence[Path]) -> str:
    """One run: each figure beside the limit and what people use, then the notes."""
    lines = [
        f"Sources: {', '.join(path.name for path in sources)}. Medians; ratios within one run, of"
        " CPU seconds where *cpu* is said.",
        "",
        "| what | seconds | CPU | memory | times the limit | times faster | to reach | |",
        "|---|---:|---:|---:|---:|---:|---|---|",
        *map(line, rows),
        "",
        *(f"- {row.what}: {row.notes}." for row in rows if row.notes),
    ]
    return "\n".join(lines)


def line(row: Row) -> str:
    """A row of the table."""
    reached = {None: "", True: "reached", False: "**not reached**"}[row.reached]
    cells = (
        row.what,
        _seconds(row.ours.wall),
        _seconds(row.ours.cpu),
        _memory(row.ours.peak),
        _times(row.of_limit, row.limit) + (" *cpu*" if row.by_cpu and row.limit else ""),
        _times(row.of_peer, row.peer),
        row.target,
        reached,
    )
    return f"| {' | '.join(cells)} |"


def growth(found: Mapping[int, Sequence[Row]]) -> str:
    """Runs of several sizes, in triples: what each figure took, and the exponents of growth.

    An exponent is log(b/a) / log(n/m), for what took or held ``a`` at ``m`` triples and ``b`` at
    ``n``: 1 is in proportion. That of time is of CPU seconds.
    """
    sizes = sorted(found)
    by_name = [{row.what: row.ours for row in found[size]} for size in sizes]
    heads = " | ".join(f"{size:,}" for size in sizes)
    lines = [
        "CPU seconds and memory of ours alone on generated catalogues of so many triples, and the"
        " exponents of growth between the first and the last size.",
        "",
        f"| what | {heads} | time | memory | |",
        f"|---|{'---:|' * (len(sizes) + 2)}---|",
    ]
    for name in dict.fromkeys(row.what for size in sizes for row in found[size]):
        costs = [known.get(name) for known in by_name]
        cells = ["" if cost is None else _both(cost) for cost in costs]
        time, memory = _exponents([(n, c) for n, c in zip(sizes, costs, strict=True) if c])
        above = max(time or 0, memory or 0) > _GROWS
        shown = ["" if each is None else f"{each:.2f}" for each in (time, memory)]
        lines.append(
            f"| {name} | {' | '.join([*cells, *shown])} | {'**above**' if above else ''} |"
        )
    return "\n".join(lines)


def _exponents(costs: Sequence[tuple[int, Cost]]) -> tuple[float | None, float | None]:
    if len(costs) < 2:
        return None, None
    (few, small), (many, large) = costs[0], costs[-1]
    ratio = math.log(many / few)
    time = math.log(large.cpu / small.cpu) / ratio if large.cpu > _LITTLE and small.cpu else None
    known = small.peak and large.peak
    return time, math.log(large.peak / small.peak) / ratio if known else None


def _both(cost: Cost) -> str:
    memory = _memory(cost.peak)
    return _seconds(cost.cpu) + (f", {memory}" if memory else "")


def _memory(size: int) -> str:
    return f"{size / 1e6:.0f} MB" if size else ""


def _seconds(value: float) -> str:
    if not value:
        return ""
    return f"{value:.3g}" if value >= 0.0005 else f"{value:.1g}"


def _times(ratio: float | None, beside: Cost | None) -> str:
    return "" if ratio is None or beside is None else f"{ratio:.3g}"

"""Lookup commands, each in a new process: seconds and peak memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.measure import Row, kg
from benchmarks.workload import Workload

_REFERENCES: Final = Path(__file__).with_name("references.csv")
_COMMANDS: Final = (
    ("stats",),
    ("query",),
    ("query", "newest"),
    ("query", "catalogues"),
    ("search", "management systems"),
    ("match", str(_REFERENCES), "--column", "reference"),
    ("show", "ISO/TC 321"),
    ("relate", "杭州市", "ISO/TC 154"),
    ("view", "committees", "--format", "graphml"),
    ("view", "everything", "--around", "ISO/TC 321", "--format", "graphml"),
)


def rows(workload: Workload) -> Iterator[Row]:
    """Measure the commands; exports and validation have their own suites."""
    for arguments in _COMMANDS:
        output = ("-o", str(workload.folder / "view")) if arguments[0] == "view" else ()
        words = [Path(word).name if word == str(_REFERENCES) else word for word in arguments]
        yield Row(f"kg {' '.join(words)}", kg(*arguments, *output, store=workload.store))

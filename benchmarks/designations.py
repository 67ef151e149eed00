"""Counts how many designations of lists are parsed and printed back, by family.

    python -m benchmarks.designations FOLDER

FOLDER holds lists of designations, ``FAMILY.NAME.txt`` with one on each line; a line or its rest
after ``#`` and a space is a comment. The columns are the designations; those parsed; those whose
printed form is parsed to an equal designation; those printed as written. Lists of other things
(non-iso-identifiers) are counted by what is rightly not read as a designation of that family. The
most common forms that fail follow, with digits as 9.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.identifiers import parse

_COMMENT: Final = re.compile(r"(^#|\s+#(?=\s)).*")
_OTHERS: Final = re.compile(r"\.non-(\w+)-identifiers$")
_MAX_SHOWN: Final = 12


@dataclass
class Counts:
    """Counts of one list; ``failed`` by form, with an example."""

    read: int = 0
    parsed: int = 0
    back: int = 0
    same: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Count one designation."""
        self.read += 1
        found = parse(text)
        back = found is not None and parse(str(found)) == found
        self.parsed += found is not None
        self.back += back
        self.same += str(found) == text
        if not back:
            self._fail(text)

    def add_other(self, text: str, family: str) -> None:
        """Count one text that isn't a designation of a family."""
        self.read += 1
        found = parse(text)
        wrong = found is not None and family.upper() in found.publishers
        for name in ("parsed", "back", "same"):
            setattr(self, name, getattr(self, name) + (not wrong))
        if wrong:
            self._fail(text)

    def _fail(self, text: str) -> None:
        form = re.sub(r"\d+", "9", text)
        self.failed[form] += 1
        self.examples.setdefault(form, text)


def lines(file: Path) -> Iterator[str]:
    """Yield the designations of a list."""
    for line in file.read_text(encoding="utf-8").splitlines():
        text = _COMMENT.sub("", line).strip()
        if text:
            yield text


def count(folder: Path) -> dict[str, Counts]:
    """Count the designations of each list of a folder, by the name of the list."""
    counts = {}
    for file in sorted(folder.glob("*.txt")):
        counted = counts[file.stem] = Counts()
        others = _OTHERS.search(file.stem)
        for text in lines(file):
            if others:
                counted.add_other(text, others[1])
            else:
                counted.add(text)
    return counts


def main(folder: Path) -> None:
    """Print a table of the lists in a folder."""
    counts = count(folder)
    columns = ("parsed", "back", "same")
    print(f"{'list':32}{'read':>8}" + "".join(f"{column:>10}" for column in columns))
    for name, counted in counts.items():
        cells = "".join(f"{getattr(counted, c) / max(counted.read, 1):>10.2%}" for c in columns)
        print(f"{name:32}{counted.read:>8,}{cells}")
    total = sum(counted.read for counted in counts.values())
    sums = [sum(getattr(counted, c) for counted in counts.values()) for c in columns]
    print(f"{'all':32}{total:>8,}" + "".join(f"{n / max(total, 1):>10.2%}" for n in sums))
    for name, counted in counts.items():
        if counted.failed:
            print(f"\n{name}: {counted.failed.total()} not parsed and printed back")
        for form, number in counted.failed.most_common(_MAX_SHOWN):
            print(f"  {number:>5}  {counted.examples[form]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

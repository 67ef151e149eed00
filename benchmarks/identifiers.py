"""How many designations of real catalogues are parsed and print back, body by body.

    python benchmarks/identifiers.py FOLDER...

Each FOLDER holds one catalogue in Relaton's YAML, a file for each document. The columns are the
primary identifiers; those parsed; those printed as the very same text; those printed with the
same letters and digits (case, dashes, slashes and spaces apart, which bodies write one way and
catalogues another). The commonest forms that were not parsed follow, digits as 9.
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

_BLOCK: Final = re.compile(r"^(?:docid|docidentifier):\n((?:[- ].*\n)+)", re.MULTILINE)
_ENTRY: Final = re.compile(r"^- ", re.MULTILINE)
_VALUE: Final = re.compile(r"^ *(\w+): (.+(?:\n {4,}\S.*)*)", re.MULTILINE)
_SHOWN: Final = 8


@dataclass
class Rates:
    """The counts of one catalogue."""

    read: int = 0
    parsed: int = 0
    printed: int = 0
    alike: int = 0
    left: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Count one identifier."""
        self.read += 1
        found = parse(text)
        if found is None:
            self.left[re.sub(r"\d+", "9", text)] += 1
            return
        self.parsed += 1
        self.printed += str(found) == text
        self.alike += _letters(str(found)) == _letters(text)


def primary(folder: Path) -> Iterator[str]:
    """The primary identifiers of the documents of a catalogue.

    A few fields are wanted of a gigabyte of YAML: they are cut out, which is sixty times faster
    than reading all of it.
    """
    for file in sorted(folder.rglob("*.yaml")):
        block = _BLOCK.search(file.read_text(encoding="utf-8"))
        # A few documents have one entry and no list.
        for entry in filter(None, _ENTRY.split(block[1]) if block else ()):
            values = {key: _plain(value) for key, value in _VALUE.findall(entry)}
            # IEEE has each identifier again with trademark signs.
            if values.get("primary") == "true" and "scope" not in values:
                text = values.get("id") or values["content"]
                # The catalogue of OGC leaves the body out.
                yield f"OGC {text}" if values["type"] == "OGC" else text


def _plain(value: str) -> str:
    text = " ".join(value.split())
    if text[:1] == text[-1:] and text[:1] in ("'", '"'):
        return text[1:-1].replace("''", "'")
    return text


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def main(folders: list[str]) -> None:
    """Print the table of the folders."""
    every = {Path(name).name: Rates() for name in folders}
    print(f"{'catalogue':12}{'read':>9}{'parsed':>9}{'printed':>9}{'alike':>9}")
    for name, rates in zip(folders, every.values(), strict=True):
        for text in primary(Path(name)):
            rates.add(text)
        shares = [rates.parsed, rates.printed, rates.alike]
        cells = "".join(f"{share / max(rates.read, 1):>9.2%}" for share in shares)
        print(f"{Path(name).name:12}{rates.read:>9,}{cells}")
    for name, rates in every.items():
        if rates.left:
            print(f"\n{name}: {rates.left.total()} not parsed")
        for form, count in rates.left.most_common(_SHOWN):
            print(f"  {count:>5}  {form}")


if __name__ == "__main__":
    main(sys.argv[1:])

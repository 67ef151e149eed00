"""Whether our reader of YAML reads real records as another one does, and how fast each is.

    python benchmarks/yaml_readers.py ARCHIVE...

Each ARCHIVE is a repository of Relaton. Every record is read by ours (yaml-rs, set up as the
importer does) and by PyYAML over libyaml, which keeps all scalars as texts, and what they give is
compared place by place, text by text. Where ours gives a number or a truth value, or none, the
text must be one for it; the importer takes such a value for none of its texts (it reads the file
again with PyYAML). Then come megabytes per second of processor time.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks.measure import Cost, Row
from benchmarks.world import World
from kg.sources import detection
from kg.sources.relaton.reading import yaml_reader

_OURS: Final = "yaml-rs"
_THEIRS: Final = "PyYAML"
_NONE: Final = ("", "~", "null", "Null", "NULL")
_SHOWN: Final = 8

Read = Callable[[str], Any]


def _base(text: str) -> Any:
    return yaml.load(text, yaml.CBaseLoader)


@dataclass
class Comparison:
    """What came of the files of one archive; ``valued`` counts scalars that are no texts."""

    files: int = 0
    signs: int = 0
    valued: int = 0
    refused: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, place: str, data: bytes) -> None:
        """Read a file with both, and compare."""
        self.files += 1
        self.signs += len(data)
        try:
            text = yaml_reader.decode(data)
            ours = self._timed(_OURS, yaml_reader.read, text)
        except yaml_reader.RecordError as error:
            self.refused.append(f"{place}: {error}")
            return
        theirs = self._timed(_THEIRS, _base, text)
        for where in self._differences(ours, theirs, ""):
            self.differing.append(f"{place}: {where}")

    def _timed(self, name: str, read: Read, text: str) -> Any:
        begin = time.process_time()
        found = read(text)
        self.seconds[name] += time.process_time() - begin
        return found

    def _differences(self, ours: Any, theirs: Any, place: str) -> Iterator[str]:
        if isinstance(ours, dict) and isinstance(theirs, dict):
            # The order of fields counts too.
            if [str(key) for key in ours] != list(theirs):
                yield f"{place or 'record'}: fields {list(ours)} and {list(theirs)}"
                return
            for (key, one), other in zip(ours.items(), theirs.values(), strict=True):
                yield from self._differences(one, other, f"{place}/{key}")
        elif isinstance(ours, list) and isinstance(theirs, list):
            if len(ours) != len(theirs):
                yield f"{place}: {len(ours)} and {len(theirs)} items"
                return
            for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
                yield from self._differences(one, other, f"{place}/{at}")
        elif not isinstance(theirs, str) or isinstance(ours, dict | list):
            yield f"{place}: {type(ours).__name__} and {type(theirs).__name__}"
        elif not isinstance(ours, str):
            self.valued += 1
            if not _is_for(theirs, ours):
                yield f"{place}: {ours!r} and {theirs!r}"
        elif ours != theirs:
            yield f"{place}: {ours!r} and {theirs!r}"


def _is_for(text: str, value: Any) -> bool:
    """Whether a text is one for a value of another kind (YAML 1.2.2, 10.3)."""
    if value is None:
        return text in _NONE
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    try:
        return bool(float(int(text, 0) if text[:2] in ("0x", "0o") else text) == value)
    except ValueError:
        return False


def compared(archive: Path) -> Comparison:
    """Read all records of an archive."""
    found = Comparison()
    for place, data in detection.records(archive, detection.detect(archive).kind):
        found.add(place, data)
    return found


def rows(world: World) -> Iterator[Row]:
    """Our reader beside PyYAML over libyaml, each over all records."""
    for archive in world.sources:
        if not detection.detect(archive).kind.startswith("relaton"):
            continue
        found = compared(archive)
        ours, theirs = (Cost(found.seconds[n], found.seconds[n]) for n in (_OURS, _THEIRS))
        yield Row(
            f"YAML of {archive.name}",
            ours,
            None,
            theirs,
            "the same texts",
            not found.differing,
            f"{found.files:,} files, {len(found.differing)} read otherwise; people: PyYAML's"
            " CBaseLoader",
            by_cpu=True,
        )


def main(archives: list[str]) -> None:
    """Print a line for each archive, and what is read otherwise."""
    names = (_OURS, _THEIRS)
    speeds = "".join(f"{name + ' MB/s':>18}" for name in names)
    print(f"{'archive':30}{'files':>8}{'differ':>8}{'refused':>8}{'no text':>9}{speeds}")
    for archive in map(Path, archives):
        found = compared(archive)
        cells = "".join(f"{found.signs / 1e6 / found.seconds[name]:>18.1f}" for name in names)
        counts = f"{found.files:>8,}{len(found.differing):>8}{len(found.refused):>8}"
        print(f"{archive.name:30}{counts}{found.valued:>9,}{cells}", flush=True)
        for line in (*found.differing[:_SHOWN], *found.refused[:_SHOWN]):
            print(f"  {line}")


if __name__ == "__main__":
    main(sys.argv[1:])

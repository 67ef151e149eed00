"""Compares the importer's YAML reader with PyYAML on real records: results and speed.

    python -m benchmarks.yaml_readers ARCHIVE...

Each ARCHIVE is a Relaton repository. Every record is read with yaml-rs, set up as in the importer,
and with PyYAML over libyaml, which keeps all scalars as strings; all values are compared. Where
yaml-rs returns a number, boolean or null, PyYAML's string must be a spelling of it; the importer
does not use such values as strings, but reads the file again with PyYAML. The speeds are in
megabytes per CPU second.
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
from benchmarks.workload import Workload
from kg.sources import detection
from kg.sources.record_batch import RecordError
from kg.sources.relaton.reading import yaml_reader
from kg.sources.source import Source

_OURS: Final = "yaml-rs"
_THEIRS: Final = "PyYAML"
_NULLS: Final = ("", "~", "null", "Null", "NULL")
_MAX_SHOWN: Final = 8

Read = Callable[[str], Any]


def _read_with_pyyaml(text: str) -> Any:
    return yaml.load(text, yaml.CBaseLoader)


@dataclass
class Comparison:
    """Results for one archive; ``typed`` counts scalars that yaml-rs does not read as strings."""

    files: int = 0
    size: int = 0
    typed: int = 0
    refused: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, place: str, data: bytes) -> None:
        """Read a file with both readers, and compare the results."""
        self.files += 1
        self.size += len(data)
        try:
            text = yaml_reader.decode_yaml(data)
            ours = self._timed(_OURS, yaml_reader.read_yaml, text)
        except RecordError as error:
            self.refused.append(f"{place}: {error}")
            return
        theirs = self._timed(_THEIRS, _read_with_pyyaml, text)
        for where in self._differences(ours, theirs, ""):
            self.differing.append(f"{place}: {where}")

    def _timed(self, name: str, read: Read, text: str) -> Any:
        begin = time.process_time()
        record = read(text)
        self.seconds[name] += time.process_time() - begin
        return record

    def _differences(self, ours: Any, theirs: Any, place: str) -> Iterator[str]:
        if isinstance(ours, dict) and isinstance(theirs, dict):
            # The order of fields matters too.
            if [str(key) for key in ours] != list(theirs):
                yield f"{place or 'record'}: fields {list(ours)} and {list(theirs)}"
                return
            for (key, our), their in zip(ours.items(), theirs.values(), strict=True):
                yield from self._differences(our, their, f"{place}/{key}")
        elif isinstance(ours, list) and isinstance(theirs, list):
            if len(ours) != len(theirs):
                yield f"{place}: {len(ours)} and {len(theirs)} items"
                return
            for index, (our, their) in enumerate(zip(ours, theirs, strict=True)):
                yield from self._differences(our, their, f"{place}/{index}")
        elif not isinstance(theirs, str) or isinstance(ours, dict | list):
            yield f"{place}: {type(ours).__name__} and {type(theirs).__name__}"
        elif not isinstance(ours, str):
            self.typed += 1
            if not _is_spelling_of(theirs, ours):
                yield f"{place}: {ours!r} and {theirs!r}"
        elif ours != theirs:
            yield f"{place}: {ours!r} and {theirs!r}"


def _is_spelling_of(text: str, value: Any) -> bool:
    """Whether a string is a spelling of a value that is no string (YAML 1.2.2, section 10.3)."""
    if value is None:
        return text in _NULLS
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    try:
        return bool(float(int(text, 0) if text[:2] in ("0x", "0o") else text) == value)
    except ValueError:
        return False


def compare(archive: Path) -> Comparison:
    """Read all records of an archive with both readers."""
    result = Comparison()
    source = Source.open(archive)
    for place, data in detection.record_files(source, detection.detect(source).kind):
        result.add(place, data)
    return result


def rows(workload: Workload) -> Iterator[Row]:
    """Measure both readers on all records of each repository."""
    for archive in workload.sources:
        if not detection.detect(Source.open(archive)).kind.startswith("relaton"):
            continue
        result = compare(archive)
        ours, theirs = (
            Cost(result.seconds[name], result.seconds[name]) for name in (_OURS, _THEIRS)
        )
        yield Row(
            f"YAML of {archive.name}",
            ours,
            None,
            theirs,
            "equal texts",
            not result.differing,
            f"{result.files:,} files, {len(result.differing)} with differences; peer: PyYAML's"
            " CBaseLoader",
            by_cpu=True,
        )


def main(archives: list[str]) -> None:
    """Print a line for each archive, and the differences."""
    names = (_OURS, _THEIRS)
    speeds = "".join(f"{name + ' MB/s':>18}" for name in names)
    print(f"{'archive':30}{'files':>8}{'differ':>8}{'refused':>8}{'no text':>9}{speeds}")
    for archive in map(Path, archives):
        result = compare(archive)
        cells = "".join(f"{result.size / 1e6 / result.seconds[name]:>18.1f}" for name in names)
        counts = f"{result.files:>8,}{len(result.differing):>8}{len(result.refused):>8}"
        print(f"{archive.name:30}{counts}{result.typed:>9,}{cells}", flush=True)
        for line in (*result.differing[:_MAX_SHOWN], *result.refused[:_MAX_SHOWN]):
            print(f"  {line}")


if __name__ == "__main__":
    main(sys.argv[1:])

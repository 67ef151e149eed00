"""Tell documents apart that share identifier and edition, but not the day of publication.

Most identifiers name a year, and the rest an edition that appeared once. Where a source gives an
undated identifier and the same edition to documents of several days, each of them is a document of
its own, named by its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from kg.common.namespaces import iri
from kg.pipeline.compressed_lines import compress_lines
from kg.pipeline.record_groups import (
    RecordIndex,
    read_all_lines,
    read_records,
    records_by_thing,
    shared_things,
)

_DATED: Final = re.compile(r"[-/](?:18|19|20)\d\d(?![\d.])")
"""A year in the IRI of a document, from its designation."""
_DATE: Final = re.compile(
    f"(?:<{re.escape(iri('std:publishedOn'))}>|<{re.escape(iri('std:issuedOn'))}>)"
    r' "([-\d]+)"'
)
_RECORDS_PER_FRAME: Final = 1000
_NAMES: Final = tuple(f" <{iri(name)}> " for name in ("skos:prefLabel", "dcterms:identifier"))


@dataclass(frozen=True, slots=True)
class _Renaming:
    """The new IRI (as a term) of the document of a record, and what follows its name."""

    old: str
    new: str
    suffix: str


def split_records(file: Path, index: Sequence[RecordIndex]) -> list[RecordIndex]:
    """Split documents of several days in a compressed file of N-Triples; return its new index.

    The file is rewritten only if there are any. Raises BuildError if it can't be read.
    """
    shared = {
        thing: records
        for thing, records in records_by_thing(index).items()
        if len(records) > 1 and not _DATED.search(thing)
    }
    if not shared:
        return list(index)
    wanted = {record for records in shared.values() for record in records}
    renamings: dict[str, _Renaming] = {}
    records = (each for each in read_records(file, index) if each.record in wanted)
    for thing, group in shared_things(records, {**records_by_thing(index), **shared}):
        if thing in shared:
            renamings.update(_renamings(thing, group))
    if not renamings:
        return list(index)
    _rewrite(file, index, renamings)
    return [_renamed_index(each, renamings) for each in index]


def _renamings(thing: str, group: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, _Renaming]]:
    dates = {
        record: min((match[1] for match in map(_DATE.search, lines) if match), default="")
        for record, lines in group.items()
    }
    if len(set(dates.values())) == 1 or not all(dates.values()):
        return
    for record, date in dates.items():
        yield record, _Renaming(thing, f"{thing[:-1]}/date/{date}>", f" ({date})")


def _rewrite(file: Path, index: Iterable[RecordIndex], renamings: Mapping[str, _Renaming]) -> None:
    rewritten = file.with_name(file.name + ".split")
    try:
        with rewritten.open("wb") as out:
            for batch in _batches(read_all_lines(file, index)):
                text = "".join(
                    f"{_renamed(line, renamings[record]) if record in renamings else line}\n"
                    for record, lines in batch
                    for line in lines
                )
                out.write(compress_lines(text.encode()))
        rewritten.replace(file)
    finally:
        rewritten.unlink(missing_ok=True)


def _batches(
    records: Iterable[tuple[str, list[str]]],
) -> Iterator[list[tuple[str, list[str]]]]:
    remaining = iter(records)
    while batch := list(islice(remaining, _RECORDS_PER_FRAME)):
        yield batch


def _renamed(line: str, renaming: _Renaming) -> str:
    subject, property_, value = line.split(" ", 2)
    if subject == renaming.old and f" {property_} " in _NAMES and value.endswith('" .'):
        value = f'{value[:-3]}{renaming.suffix}" .'
    renamed = [renaming.new if term == renaming.old else term for term in (subject, property_)]
    if value == f"{renaming.old} .":
        value = f"{renaming.new} ."
    return " ".join((*renamed, value))


def _renamed_index(each: RecordIndex, renamings: Mapping[str, _Renaming]) -> RecordIndex:
    renaming = renamings.get(each.record)
    if renaming is None:
        return each
    things = tuple(renaming.new if thing == renaming.old else thing for thing in each.things)
    return replace(each, things=things)

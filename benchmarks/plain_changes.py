"""Changes of relations and of committees, read plainly: from the fields of records alone.

Used by :mod:`benchmarks.catalogue_changes` as the other side of the comparison. Nothing of the
program's importers is used here; identifiers are read with a few patterns, and only what the
repositories compared have.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

Record = Mapping[str, Any]
Pairs = set[str]
"""Pairs of identifiers, as ``one -> other``."""

_DRAFT: Final = re.compile(
    r"/(?:awi|pwi|np|wd|cd|dis|fdis|prf|d?tr|dts|dpas|cdts|fdamd?|damd?|cdamd?|dcor|dadd)\b"
)
_DATED: Final = re.compile(r":\d{4}(?:-\d\d)?(?:\([a-z/]+\))?$")
_SUPPLEMENT: Final = re.compile(r"(?P<base>.+)/(?P<kind>amd|cor)\s?\d+(?::\d{4}(?:-\d\d)?)?")
_WORKS: Final = (
    re.compile(r"(?P<work>(?:iso|iec|cispr|iwa|guide)[^:]*):\d{4}(?:-\d\d)?"),
    re.compile(r"(?P<work>etsi .+?) v[\d.]+ \(\d{4}-\d\d\)"),
    re.compile(r"(?P<body>w3c )[a-z]+-(?P<work>.+)-\d{8}"),
)
_ETSI_DATE: Final = re.compile(r" \(\d{4}-\d\d\)$")
_W3C_PUBLISHED: Final = re.compile(r"w3c (?:rec|note|stmt|spsd|registry|ry)-")


def identifiers(record: Record) -> list[str]:
    """Return the identifiers of a record or of a related one, in small letters."""
    listed = record.get("docid") or record.get("docidentifier") or ()
    return [str(each.get("id") or each.get("content")).casefold() for each in listed]


def is_out(record: Record) -> bool:
    """Return whether a document has been published, whatever became of it since."""
    name = identifiers(record)[0]
    if name.startswith("w3c "):
        return bool(_W3C_PUBLISHED.match(name))
    status = record.get("docstatus") or record.get("status") or {}
    stage, substage = (_text(status.get(field)) for field in ("stage", "substage"))
    if stage.isdigit():
        # Stage 60.00 is the preparation of the publication.
        return (int(stage), int(substage or 60)) >= (60, 60)
    return not any(word in stage for word in ("draft", "candidate", "proposed", "proposal"))


def _text(value: object) -> str:
    text = value.get("value") if isinstance(value, dict) else value
    return str(text or "").casefold()


def relations(records: Iterable[Record]) -> dict[str, Pairs]:
    """Return what the documents that are out replace, amend and correct, by kind of event."""
    listed = {identifiers(record)[0]: record for record in records}
    found: dict[str, Pairs] = {"replaced": set(), "amended": set(), "corrected": set()}
    for name, record in listed.items():
        for earlier, later in _successions(name, record):
            # Who is not listed, or not out yet, has replaced nothing.
            if later in listed and is_out(listed[later]):
                found["replaced"].add(f"{earlier} -> {later}")
        supplement = _SUPPLEMENT.fullmatch(name)
        if supplement and is_out(record):
            kind = {"amd": "amended", "cor": "corrected"}[supplement["kind"]]
            found[kind].add(f"{supplement['base']} -> {name}")
    return found


def _successions(name: str, record: Record) -> Iterator[tuple[str, str]]:
    """Yield earlier and later documents, as a record of ISO or W3C relates them."""
    for relation in record.get("relation") or ():
        other = next(iter(identifiers(relation["bibitem"])), "")
        kind = relation["type"]
        if name.startswith("w3c "):
            if not (
                _W3C_PUBLISHED.match(name)
                and _W3C_PUBLISHED.match(f"w3c {other}".replace("w3c w3c ", "w3c "))
            ):
                continue
            if kind == "obsoletes":
                yield other, name
            elif kind == "updatedBy":
                yield name, other
        elif not (_DATED.search(other) and _DATED.search(name)) or _DRAFT.search(other):
            continue
        elif kind == "obsoletes":
            yield other, name
        elif kind == "updates" and not other.startswith(f"{name}/"):
            # Scraped from "Revised by", whose target is the later one.
            yield name, other


def work_of(name: str) -> str:
    """Return the work whose edition an identifier names; empty for supplements and others."""
    for pattern in _WORKS:
        if match := pattern.fullmatch(name):
            return f"{match.groupdict().get('body', '')}{match['work']}"
    return ""


def published(record: Record) -> str:
    """Return the date of publication."""
    dates = [
        d.get("value") or d.get("at")
        for d in record.get("date") or ()
        if d.get("type") == "published"
    ]
    return str(dates[0]) if dates else ""


def new_editions(old: Iterable[Record], new: Iterable[Record]) -> Pairs:
    """Return works and the documents that came out later than all other editions of them."""
    before: dict[str, dict[str, Record]] = {}
    for record in old:
        name = identifiers(record)[0]
        before.setdefault(work_of(name), {})[name] = record
    found = set()
    for record in new:
        name = identifiers(record)[0]
        work = work_of(name)
        editions = before.get(work, {}) if work else {}
        if not is_out(record) or (name in editions and is_out(editions[name])):
            continue
        if _ETSI_DATE.sub("", name) in {
            _ETSI_DATE.sub("", each) for each in editions if each != name
        }:
            # The same version under a corrected date.
            continue
        others = [published(r) for other, r in editions.items() if other != name and is_out(r)]
        date = published(record)
        if others and date and max(others) < date:
            found.add(f"{work} -> {name}")
    return found


def committee_table(file: Path) -> dict[str, dict[str, set[str]]]:
    """Return secretariats and members by committee, from ISO's table in either form.

    The key is the number of a committee, whose reference may change its form.
    """
    found = {}
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows: Iterable[Mapping[str, Any]] = (
            csv.DictReader(stream) if file.suffix == ".csv" else map(json.loads, stream)
        )
        for row in rows:
            found[str(row["id"])] = {
                "reference": {str(row["reference"])},
                "secretariats": _numbers(row, "secretariat"),
                "p-members": _numbers(row, "pMembers"),
                "o-members": _numbers(row, "oMembers"),
            }
    return found


def _numbers(row: Mapping[str, Any], field: str) -> set[str]:
    if f"{field}.id" in row:
        return set(re.findall(r"\d+", row[f"{field}.id"]))
    value = row.get(field) or []
    listed = value if isinstance(value, list) else [value]
    return {str(each["id"]) for each in listed if each["id"] is not None}

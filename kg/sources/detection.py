"""Which kind of source a file, folder or archive is, told from its content, and its records."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from kg.common.errors import KgError
from kg.sources import archives

KINDS: Final = {
    "relaton": "a Relaton repository of documents: YAML files, mostly in data/",
    "relaton-sdo": "Relaton's organizations: orgs/*/metadata.yaml",
    "iso-committees": "ISO Open Data, technical committees: CSV or JSON Lines",
    "iso-deliverables": "ISO Open Data, deliverables: CSV or JSON Lines",
    "ics": "ISO Open Data, International Classification for Standards: XML",
    "rdf": "any RDF: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML",
}
"""The kinds of sources, each with what it looks like."""

_YAML: Final = (".yaml", ".yml")
_LINES: Final = (".jsonl", ".ndjson")
_RDF: Final = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf", ".owl")
_ENDINGS: Final = {
    "relaton": _YAML,
    "relaton-sdo": _YAML,
    "iso-committees": (".csv", *_LINES, ".json"),
    "iso-deliverables": (".csv", *_LINES, ".json"),
    "ics": (".xml",),
    "rdf": (*_RDF, ".xml"),
}
_ORGANIZATION: Final = re.compile(r"(?:^|.*/)orgs/[^/]+/metadata\.ya?ml")
_INDEX: Final = re.compile(r"(?:^|.*/)index(?:-v\d+)?\.ya?ml")
_DOCUMENT: Final = re.compile(rb"^(docid|docidentifier):", re.MULTILINE)
_NAMED: Final = re.compile(rb"^(name|abbreviation):", re.MULTILINE)
_ROOT: Final = re.compile(rb"<(?:\w+:)?(\w+)(?=[\s/>])([^>]*)>")
_NO_ELEMENT: Final = re.compile(rb"<[?!](?:--.*?--|[^>]*)>", re.DOTALL)
_SYNTAX: Final = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_COLUMNS: Final = {
    "iso-committees": (frozenset(("id", "reference")), frozenset(("pMembers", "secretariat"))),
    "iso-deliverables": (frozenset(("id", "reference")), frozenset(("deliverableType",))),
}
"""What both tables have, and what tells one from the other."""

_HEAD: Final = 1 << 16
_GLANCES: Final = 40
"""Files of each ending that are looked into before a kind is told."""
_NAMES: Final = 4000
"""Files whose names are looked at."""


@dataclass(frozen=True)
class Found:
    """The kind of a source (a key of ``KINDS``), and in one sentence how that was told."""

    kind: str
    why: str


def detect(source: Path) -> Found:
    """Tell the kind of a source from its first files.

    Raises KgError, with the list of kinds, for a source of no kind that is known or of several.
    """
    found: dict[str, str] = {}
    glances: Counter[str] = Counter()

    def of_interest(name: str) -> bool:
        ending = PurePosixPath(name).suffix.lower()
        known = any(ending in endings for endings in _ENDINGS.values()) and not _INDEX.fullmatch(
            name
        )
        glances[ending] += known
        return known and glances[ending] <= _GLANCES

    for name, data in archives.peek(source, of_interest, _NAMES):
        told = _told(name, data[:_HEAD])
        if told:
            found.setdefault(told.kind, told.why)
    if len(found) == 1:
        [(kind, why)] = found.items()
        return Found(kind, why)
    choices = ", ".join(KINDS)
    if found:
        raise KgError(
            f"{source}: holds several kinds of data ({'; '.join(found.values())}): give each by"
            f" itself, or say which to take with --as KIND ({choices})"
        )
    raise KgError(
        f"{source}: no kind of source that is known: say what it is with --as KIND ({choices})"
    )


def records(
    source: Path, kind: str, ignored: Counter[str] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The files of a source that hold records of a kind: path inside and bytes, one by one.

    ``ignored`` counts what else the source holds, by name or ending. Raises KgError for a kind
    that is unknown, a source that is not whole, and one without any file of the kind.
    """
    if kind not in KINDS:
        raise KgError(f"{kind!r} is no kind of source: give one of {', '.join(KINDS)}")
    others: Counter[str] = Counter() if ignored is None else ignored
    contents = archives.contents(source)
    others.update(contents.skipped)
    alone = source.is_file() and contents.names == (source.name,)
    wanted = set(contents.names) if alone else _candidates(contents.names, kind)
    others.update(_name_of(name) for name in contents.names if name not in wanted)
    none = True
    for name, data in contents.read(wanted):
        # A file that is a source by itself is taken at its word; documents are told one by one.
        if not alone and not kind.startswith("relaton"):
            told = _told(name, data[:_HEAD])
            if told is None or told.kind != kind:
                others[PurePosixPath(name).name] += 1
                continue
        none = False
        yield name, data
    if none:
        what = f"{KINDS[kind]}"
        raise KgError(f"{source}: nothing of the kind {kind} in it ({what}): check --as and path")


def _candidates(names: tuple[str, ...], kind: str) -> set[str]:
    found = {name for name in names if name.lower().endswith(_ENDINGS[kind])}
    if kind == "relaton-sdo":
        return {name for name in found if _ORGANIZATION.fullmatch(name)}
    if kind != "relaton":
        return found
    found = {name for name in found if not _INDEX.fullmatch(name)}
    # A repository has settings in YAML too; they lie beside data/ and not in it.
    return {name for name in found if "data" in name.split("/")[:-1]} or found


def _name_of(name: str) -> str:
    """What a file that is passed over is counted as: its ending if it is one of many."""
    path = PurePosixPath(name)
    return f"*{path.suffix.lower()}" if path.suffix and len(path.parts) > 1 else path.name


def _told(name: str, head: bytes) -> Found | None:
    """The kind of one file; None where its first bytes tell none."""
    ending = PurePosixPath(name).suffix.lower()
    shown = PurePosixPath(name).name
    if ending in _RDF:
        return Found("rdf", f"{shown} is an RDF file ({ending})")
    if ending in _YAML:
        return _told_yaml(name, shown, head)
    if ending == ".xml":
        return _told_xml(shown, head)
    if ending == ".csv":
        return _told_columns(_header(head), f"the header of {shown}")
    return _told_columns(_keys(head), f"the first object of {shown}")


def _told_yaml(name: str, shown: str, head: bytes) -> Found | None:
    if _ORGANIZATION.fullmatch(name):
        fields = {field.decode() for field in _NAMED.findall(head)}
        if fields:
            return Found("relaton-sdo", f"{name} describes an organization")
    document = _DOCUMENT.search(head)
    if not document:
        return None
    return Found("relaton", f"{shown} describes a document (it has {document[1].decode()})")


def _told_xml(shown: str, head: bytes) -> Found | None:
    root = _ROOT.search(_NO_ELEMENT.sub(b"", head))
    if not root:
        return None
    if root[1] == b"fields":
        return Found("ics", f"the root of {shown} is <fields>")
    if root[1] == b"RDF" and _SYNTAX in head:
        return Found("rdf", f"the root of {shown} is rdf:RDF")
    return None


def _told_columns(columns: frozenset[str], where: str) -> Found | None:
    # A nested field is one column for each of its parts in CSV: pMembers.id.
    names = {column.partition(".")[0] for column in columns}
    for kind, (shared, own) in _COLUMNS.items():
        if names >= shared | own:
            return Found(kind, f"{where} names {', '.join(sorted(own))}")
    return None


def _header(head: bytes) -> frozenset[str]:
    first = head.decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
    try:
        return frozenset(cell.strip() for row in csv.reader([first]) for cell in row)
    except csv.Error:
        return frozenset()


def _keys(head: bytes) -> frozenset[str]:
    """The keys of the first object of JSON Lines, of which the end may be missing."""
    text = head.decode("utf-8-sig", "replace").lstrip()
    try:
        found, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return frozenset(re.findall(r'"(\w+)":', text.partition("\n")[0]))
    return frozenset(found) if isinstance(found, dict) else frozenset()

"""Detect the kind of a source from its content, and find the files that hold its records."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from kg.common.errors import SourceError
from kg.sources.lists.recognition import recognize_list
from kg.sources.lists.tables import SUFFIXES
from kg.sources.source import Form, Source

KINDS: Final = {
    "relaton": "a Relaton repository of documents: YAML files, mostly in data/",
    "relaton-sdo": "Relaton's organizations: orgs/*/metadata.yaml",
    "iso-committees": "ISO Open Data, technical committees: CSV or JSON Lines",
    "iso-deliverables": "ISO Open Data, deliverables: CSV or JSON Lines",
    "ics": "ISO Open Data, International Classification for Standards: XML",
    "list": "a list of documents of one's own: CSV or XLSX, with a column of their numbers",
    "rdf": "any RDF: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML",
}
"""The kinds of sources, each with a description for users."""

_YAML: Final = (".yaml", ".yml")
_LINES: Final = (".jsonl", ".ndjson")
_RDF: Final = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf", ".owl")
_SUFFIXES: Final = {
    "relaton": _YAML,
    "relaton-sdo": _YAML,
    "iso-committees": (".csv", *_LINES, ".json"),
    "iso-deliverables": (".csv", *_LINES, ".json"),
    "ics": (".xml",),
    "list": SUFFIXES,
    "rdf": (*_RDF, ".xml"),
}
_ORGANIZATION: Final = re.compile(r"(?:^|.*/)orgs/[^/]+/metadata\.ya?ml")
_INDEX: Final = re.compile(r"(?:^|.*/)index(?:-v\d+)?\.ya?ml")
_DOCUMENT_FIELD: Final = re.compile(rb"^(docid|docidentifier):", re.MULTILINE)
_ORGANIZATION_FIELD: Final = re.compile(rb"^(name|abbreviation):", re.MULTILINE)
_XML_ROOT: Final = re.compile(rb"<(?:\w+:)?(\w+)(?=[\s/>])([^>]*)>")
_XML_PROLOG: Final = re.compile(rb"<[?!](?:--.*?--|[^>]*)>", re.DOTALL)
_RDF_NAMESPACE: Final = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_COLUMNS: Final = {
    "iso-committees": (frozenset(("id", "reference")), frozenset(("pMembers", "secretariat"))),
    "iso-deliverables": (frozenset(("id", "reference")), frozenset(("deliverableType",))),
}
"""By kind: the columns common to both tables, and the columns of this table only."""

_HEAD_BYTES: Final = 1 << 16
_MAX_SAMPLES: Final = 40
"""Maximum number of files of each suffix read for the detection."""
_MAX_NAMES: Final = 4000
"""Maximum number of file names considered for the detection."""


@dataclass(frozen=True)
class Detection:
    """The kind of a source (a key of ``KINDS``), and the reason for it in a sentence."""

    kind: str
    why: str


def detect(source: Source) -> Detection:
    """Detect the kind of a source from its first files.

    Raises SourceError, with the list of kinds, for an unknown kind and for several kinds at once.
    """
    reasons: dict[str, str] = {}
    sampled: Counter[str] = Counter()

    def is_sample(name: str) -> bool:
        suffix = PurePosixPath(name).suffix.lower()
        known = any(suffix in suffixes for suffixes in _SUFFIXES.values())
        candidate = known and not _INDEX.fullmatch(name)
        sampled[suffix] += candidate
        return candidate and sampled[suffix] <= _MAX_SAMPLES

    for name, data in source.sample(is_sample, _MAX_NAMES):
        detection = _detect_file(name, data)
        if detection:
            reasons.setdefault(detection.kind, detection.why)
    if len(reasons) == 1:
        [(kind, why)] = reasons.items()
        return Detection(kind, why)
    choices = ", ".join(KINDS)
    if reasons:
        raise SourceError(
            f"{source.path}: holds several kinds of data ({'; '.join(reasons.values())}): give each"
            f" by itself, or name the one to read with --as KIND ({choices})"
        )
    raise SourceError(f"{source.path}: unknown kind of source: name it with --as KIND ({choices})")


def record_files(
    source: Source, kind: str, ignored: Counter[str] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files of a source that hold records of a kind.

    ``ignored`` receives counts of all other files, by name or suffix. Raises SourceError for an
    unknown kind, a damaged source, and one without any file of the kind.
    """
    if kind not in KINDS:
        raise SourceError(f"{kind!r} is not a kind of source: give one of {', '.join(KINDS)}")
    others: Counter[str] = Counter() if ignored is None else ignored
    names = source.names
    others.update(source.skipped)
    is_file = source.form is Form.FILE
    wanted = set(names) if is_file else _candidates(names, kind)
    others.update(_ignored_key(name) for name in names if name not in wanted)
    empty = True
    for name, data in source.read(wanted):
        # A single file is what the user says it is; Relaton's records are checked one by one.
        if not is_file and not kind.startswith("relaton"):
            detection = _detect_file(name, data)
            if detection is None or detection.kind != kind:
                others[PurePosixPath(name).name] += 1
                continue
        empty = False
        yield name, data
    if empty:
        raise SourceError(
            f"{source.path}: no files of the kind {kind} ({KINDS[kind]}): check --as and the path"
        )


def named_files(source: Source, kind: str) -> list[str]:
    """Return the paths of the files that :func:`record_files` yields, in its order.

    Empty if their names alone don't tell which they are.
    """
    if source.form is Form.FILE or not kind.startswith("relaton"):
        return []
    wanted = _candidates(source.names, kind)
    return [name for name in source.names if name in wanted]


def _candidates(names: tuple[str, ...], kind: str) -> set[str]:
    candidates = {name for name in names if name.lower().endswith(_SUFFIXES[kind])}
    if kind == "relaton-sdo":
        return {name for name in candidates if _ORGANIZATION.fullmatch(name)}
    if kind != "relaton":
        return candidates
    candidates = {name for name in candidates if not _INDEX.fullmatch(name)}
    # Settings of a repository are YAML too, but lie outside data/.
    return {name for name in candidates if "data" in name.split("/")[:-1]} or candidates


def _ignored_key(name: str) -> str:
    """Return the key for counting an ignored file: its name, or in folders its suffix."""
    path = PurePosixPath(name)
    return f"*{path.suffix.lower()}" if path.suffix and len(path.parts) > 1 else path.name


def _detect_file(name: str, data: bytes) -> Detection | None:
    """Return the kind of a file, from its name and first bytes; None if unknown."""
    suffix = PurePosixPath(name).suffix.lower()
    shown = PurePosixPath(name).name
    head = data[:_HEAD_BYTES]
    if suffix in _RDF:
        return Detection("rdf", f"{shown} is an RDF file ({suffix})")
    if suffix in _YAML:
        return _detect_yaml(name, shown, head)
    if suffix == ".xml":
        return _detect_xml(shown, head)
    if suffix in SUFFIXES:
        why = f"the header of {shown}"
        return _detect_columns(_csv_header(head), why) or _detect_list(shown, data)
    return _detect_columns(_json_keys(head), f"the first object of {shown}")


def _detect_yaml(name: str, shown: str, head: bytes) -> Detection | None:
    if _ORGANIZATION.fullmatch(name):
        fields = {field.decode() for field in _ORGANIZATION_FIELD.findall(head)}
        if fields:
            return Detection("relaton-sdo", f"{name} describes an organization")
    document = _DOCUMENT_FIELD.search(head)
    if not document:
        return None
    return Detection("relaton", f"{shown} describes a document (it has {document[1].decode()})")


def _detect_xml(shown: str, head: bytes) -> Detection | None:
    root = _XML_ROOT.search(_XML_PROLOG.sub(b"", head))
    if not root:
        return None
    if root[1] == b"fields":
        return Detection("ics", f"the root of {shown} is <fields>")
    if root[1] == b"RDF" and _RDF_NAMESPACE in head:
        return Detection("rdf", f"the root of {shown} is rdf:RDF")
    return None


def _detect_list(shown: str, data: bytes) -> Detection | None:
    why = recognize_list(shown, data)
    return Detection("list", why) if why else None


def _detect_columns(columns: frozenset[str], where: str) -> Detection | None:
    # In CSV each part of a nested field is a column: pMembers.id.
    names = {column.partition(".")[0] for column in columns}
    for kind, (shared, own) in _COLUMNS.items():
        if names >= shared | own:
            return Detection(kind, f"{where} names {', '.join(sorted(own))}")
    return None


def _csv_header(head: bytes) -> frozenset[str]:
    first = head.decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
    try:
        return frozenset(cell.strip() for row in csv.reader([first]) for cell in row)
    except csv.Error:
        return frozenset()


def _json_keys(head: bytes) -> frozenset[str]:
    """Return the keys of the first object of JSON Lines, which may be truncated."""
    text = head.decode("utf-8-sig", "replace").lstrip()
    try:
        first, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return frozenset(re.findall(r'"(\w+)":', text.partition("\n")[0]))
    return frozenset(first) if isinstance(first, dict) else frozenset()

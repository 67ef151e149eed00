"""Small tables, read by an importer, and what it says of one thing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph as ox

from kg.common.namespaces import BASE, PREFIXES, compact
from kg.sources.record_batch import Batch, Options
from tests.support import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "catalogues"

Convert = Callable[[str, bytes, Options], Batch]


def fixture(convert: Convert, name: str, *, abstracts: bool = False) -> Batch:
    slug = name.partition(".")[0].lower().replace("_", "-")
    return convert(name, (FIXTURES / name).read_bytes(), Options(slug, abstracts))


def said(batch: Batch, subject: str, property_: str) -> list[str]:
    """The values of a property of one thing, sorted: ``<iso>``, ``text@en``, ``2024-01-01``."""
    prefix, _, name = property_.partition(":")
    wanted = PREFIXES[prefix] + name
    return sorted(
        _shown(triple.object)
        for triple in batch.triples
        if triple.subject == ox.NamedNode(BASE + subject) and triple.predicate.value == wanted
    )


def instances(batch: Batch, type_: str) -> set[str]:
    """The IRIs of all things of a kind."""
    prefix, _, name = type_.partition(":")
    kind = ox.NamedNode(PREFIXES[prefix] + name)
    return {subject(triple) for triple in batch.triples if triple.object == kind}


def subject(triple: ox.Triple) -> str:
    assert isinstance(triple.subject, ox.NamedNode)
    return triple.subject.value.removeprefix(BASE)


def _shown(value: object) -> str:
    if isinstance(value, ox.NamedNode):
        concept = value.value.removeprefix(BASE + "scheme/")
        return concept.replace("/", ":", 1) if concept != value.value else compact(value.value)
    assert isinstance(value, ox.Literal)
    return f"{value.value}@{value.language}" if value.language else value.value


def table(*rows: Mapping[str, Any]) -> bytes:
    """Rows as a CSV file."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def reasons(batch: Batch) -> list[tuple[str, str]]:
    """Place and reason of each reject."""
    return [(reject.place, reject.reason) for reject in batch.rejects]

"""Helpers: build small tables, convert fixtures, and look up values in a batch."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph as ox

from kg.common.namespaces import BASE, compact, iri, node
from kg.sources.record_batch import Batch, Options
from tests.support import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "catalogues"

Convert = Callable[[str, bytes, Options], Batch]


def fixture(convert: Convert, name: str, *, abstracts: bool = False) -> Batch:
    slug = name.partition(".")[0].lower().replace("_", "-")
    return convert(name, (FIXTURES / name).read_bytes(), Options(slug, abstracts))


def values(batch: Batch, subject: str, property_: str) -> list[str]:
    """Return the distinct values of a property, sorted: ``<iso>``, ``text@en``, ``2024-01-01``."""
    return sorted(
        {
            _shown(triple.object)
            for triple in batch.triples
            if triple.subject == ox.NamedNode(BASE + subject)
            and triple.predicate.value == iri(property_)
        }
    )


def instances(batch: Batch, type_: str) -> set[str]:
    """Return the IRIs of all instances of a class, without base."""
    class_ = node(type_)
    return {subject(triple) for triple in batch.triples if triple.object == class_}


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
    """Return rows as a CSV file."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def reasons(batch: Batch) -> list[tuple[str, str]]:
    """Return place and reason of each reject."""
    return [(reject.place, reject.reason) for reject in batch.rejects]

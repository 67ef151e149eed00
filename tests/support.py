"""Paths of the project, and types of fixtures that are functions."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.common.namespaces import BASE, CATALOGUES_DERIVED_GRAPH, PREFIXES
from kg.pipeline.build import Summary
from kg.pipeline.curated import apply_rule
from kg.store.embedded import EmbeddedStore
from kg.store.writer import StoreWriter

ROOT = Path(__file__).resolve().parent.parent
TEXT = ROOT.parent / "shared" / "article" / "cfsn-2019-04-11.txt"
DESIGNATIONS = ROOT.parent / "shared" / "data" / "designations"
"""Lists of designations as they are written, a file for each family; they may not be shipped."""

WORLD = ROOT / "tests" / "fixtures" / "catalogues"
CATALOGUES = (
    *sorted(WORLD.glob("relaton-data-*")),
    WORLD / "ICS.xml",
    WORLD / "iso_technical_committees.csv",
    WORLD / "iso_deliverables_metadata.csv",
)
"""Small catalogues of our own, in the native forms: together one world."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]
BuildWith = Callable[..., Summary]

RULES = ROOT / "ontology" / "rules" / "catalogues"
_PROLOGUE = f"@base <{BASE}> .\n" + "".join(f"@prefix {p}: <{i}> .\n" for p, i in PREFIXES.items())


def store_of_catalogues(trig: str) -> EmbeddedStore:
    """Return a store of a few statements, with the statuses and dates that follow from them."""
    with StoreWriter(None) as writer:
        writer.extend(ox.parse(_PROLOGUE + trig, format=ox.RdfFormat.TRIG))
        for rule in ("21-document-status.rq", "22-publication-dates.rq"):
            graph = ox.NamedNode(CATALOGUES_DERIVED_GRAPH)
            writer.extend(apply_rule(writer, RULES / rule, graph))
        return EmbeddedStore.in_memory(writer.view().quads())
